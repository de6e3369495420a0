"""GUM's coreference: documents as running text, with the places of each mention and what chain it belongs to."""

from __future__ import annotations

import lzma
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import attrs

from quotekit.spans import Span

__all__ = ["Chained", "read_chains"]

_ENTITY = re.compile(r"(?:^|\|)Entity=([^|]*)")
_BRACKET = re.compile(r"\([^()]*\)?|[^()]+\)")
_PART = re.compile(r"\[.*")  # "12[1/2]": a mention in two pieces
MINSPAN = 5  # which field of a mention gives its head's words


@attrs.frozen(kw_only=True)
class Chained:
    """A document and its chains: chain → the places of the heads of its mentions, in order."""

    id: str
    text: str
    chains: dict[str, tuple[Span, ...]]

    def chain_at(self, span: Span) -> str | None:
        """The chain of the mention whose head `span` is or holds, the longest head first."""
        held = [
            (len(head), chain) for chain, heads in self.chains.items() for head in heads
            if span.contains(head) or head.contains(span)
        ]  # fmt: skip
        return max(held)[1] if held else None


class _Open(NamedTuple):
    """A mention that has begun: the number of its first word, and which of its words are the head."""

    first: int
    head: tuple[int, ...]


def read_chains(path: Path) -> Iterator[Chained]:
    """The documents of GUM in a compressed CoNLL-U file."""
    with lzma.open(path, "rt", encoding="utf-8") as file:
        for document in file.read().split("# newdoc id = ")[1:]:
            name, _, body = document.partition("\n")
            yield _Reader(name).read(body)


class _Reader:
    """Builds one document: its text as it grows, and the mentions that are open."""

    def __init__(self, name: str) -> None:
        self.name, self.text, self.space = name, "", False
        self.open: dict[str, list[_Open]] = defaultdict(list)
        self.heads: dict[str, list[Span]] = defaultdict(list)
        self.words: dict[int, Span] = {}  # of one sentence

    def read(self, body: str) -> Chained:
        for block in body.split("\n\n"):
            lines = block.splitlines()
            if self.text and any(re.fullmatch(r"# newpar\b(?!_).*", line) for line in lines):
                self.text, self.space = self.text + "\n\n", False
            rows = [line.split("\t") for line in lines if line[:1].isdigit()]
            self._sentence([row for row in rows if "." not in row[0]])
        chains = {chain: tuple(sorted(heads)) for chain, heads in self.heads.items()}
        return Chained(id=self.name, text=self.text, chains=chains)

    def _sentence(self, rows: Sequence[Sequence[str]]) -> None:
        self.words = {}
        for row in rows:
            first, _, last = row[0].partition("-")
            if int(first) not in self.words:
                self._write(row, range(int(first), int(last or first) + 1), rows)
        for row in rows:
            found = _ENTITY.search(row[-1])
            if found and "-" not in row[0]:
                self._brackets(found.group(1), int(row[0]))

    def _write(self, row: Sequence[str], numbers: range, rows: Sequence[Sequence[str]]) -> None:
        """Set one token, which may stand for several words: "don't"."""
        start = len(self.text) + self.space
        self.text += " " * self.space + row[1]
        self.space = "SpaceAfter=No" not in row[-1]
        forms = {int(other[0]): other[1] for other in rows if other[0].isdigit() and int(other[0]) in numbers}
        apart = "".join(forms.values()) == row[1]
        for number in numbers:
            end = start + len(forms[number]) if apart else len(self.text)
            self.words[number] = Span(start, end)
            start = end if apart else start

    def _brackets(self, written: str, number: int) -> None:
        """Open and close the mentions at a word: `(6-person-…(7-place-…)6)`."""
        for bracket in _BRACKET.findall(written):
            fields = bracket.strip("()").split("-")
            chain = _PART.sub("", fields[0])
            if bracket.startswith("("):
                head = fields[MINSPAN] if len(fields) > MINSPAN else "1"
                self.open[chain].append(_Open(number, tuple(int(n) for n in head.split(",") if n.isdigit()) or (1,)))
            if bracket.endswith(")") and self.open[chain]:
                mention = self.open[chain].pop()
                words = [mention.first + n - 1 for n in mention.head]
                known = [self.words[n] for n in words if n in self.words]
                if known:
                    self.heads[chain].append(Span(known[0].start, known[-1].end))
