"""Labelled articles written by hand, labels inside the text → articles with spans.

    ## gulf-01 | 2023-03-05 | Gulf Courier
    {1s:Dr Amina Yusuf} {1c:told} {1t:reporters} {1q:that {2s:the mayor} {2c:had promised} {2q:a bridge}}.
    @ 1 asserts
    @ 2 promises negated

A brace names the attribution and the part that it marks (`s` source, `c` cue, `q` content, `t` target, `v` via), or
several (`{1s,2s:she}`); braces nest. A line of `@` gives an attribution's act, and whether it is negated.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import attrs

from quotekit.document import Act
from quotekit.errors import InputError

__all__ = ["MarkedArticle", "MarkedAttribution", "nested", "read_markup"]

PARTS = {"s": "source", "c": "cue", "q": "content", "t": "target", "v": "via"}

_HEADER = re.compile(r"## (?P<id>\S+) \| (?P<date>\d{4}(?:-\d\d){0,2}) \| (?P<outlet>.+)")
_BRACE = re.compile(r"\{(?P<tags>\d+[scqtv](?:,\d+[scqtv])*):|\{|\}")
_ACT = re.compile(r"@ (?P<number>\d+) (?P<act>\w+)(?P<negated> negated)?")

Ranges = tuple[tuple[int, int], ...]


@attrs.frozen(kw_only=True)
class MarkedAttribution:
    """One labelled attribution: ranges of code points for each part, and what the cue does.

    `parent` is the index of the attribution whose content it stands in.
    """

    source: Ranges = ()
    cue: Ranges = ()
    content: Ranges = ()
    target: Ranges = ()
    via: Ranges = ()
    act: Act | None = None
    negated: bool = False
    parent: int | None = None


@attrs.frozen(kw_only=True)
class MarkedArticle:
    """One labelled article."""

    id: str
    date: str
    outlet: str
    text: str
    attributions: tuple[MarkedAttribution, ...]


def read_markup(path: Path) -> Iterator[MarkedArticle]:
    """The articles of a file, in order.

    Raises `InputError` where the markup is broken, naming the file, the article and what is wrong.
    """
    lines = path.read_text(encoding="utf-8").splitlines()
    starts = [n for n, line in enumerate(lines) if line.startswith("## ")]
    if not starts or any(line.strip() for line in lines[: starts[0]]):
        raise InputError(f"a labelled article must open with '## ID | DATE | OUTLET' @ {path}:1")
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        try:
            yield _article(lines[start:end])
        except ValueError as error:
            raise InputError(f"{error} @ {path}:{start + 1}") from None


def _article(lines: Sequence[str]) -> MarkedArticle:
    header = _HEADER.fullmatch(lines[0])
    if header is None:
        raise ValueError(f"expected '## ID | DATE | OUTLET', got {lines[0]!r}")
    body = "\n".join(line for line in lines[1:] if not line.startswith("@ ")).strip("\n")
    text, spans = _strip_braces(body)
    acts = dict(_act(line) for line in lines[1:] if line.startswith("@ "))
    numbers = sorted({number for number, _ in spans})
    if unknown := set(acts) - set(numbers):
        raise ValueError(f"a line of '@' names attribution {min(unknown)}, which has no braces in the text")
    ordered = sorted(numbers, key=lambda n: spans.get((n, "content"), [(len(text), 0)])[0])
    found = []
    for number in ordered:
        parts = {part: tuple(sorted(spans.get((number, part), ()))) for part in PARTS.values()}
        if not parts["content"]:
            raise ValueError(f"attribution {number} has no content")
        if any(len(parts[part]) > 1 for part in ("source", "cue", "target", "via")):
            raise ValueError(f"attribution {number} has a source, cue, target or via in several pieces")
        act, negated = acts.get(number, (None, False))
        found.append(
            MarkedAttribution(
                source=parts["source"], cue=parts["cue"], content=parts["content"], target=parts["target"],
                via=parts["via"], act=act, negated=negated,
            )
        )  # fmt: skip
    return MarkedArticle(
        id=header["id"], date=header["date"], outlet=header["outlet"].strip(), text=text, attributions=nested(found)
    )


def _act(line: str) -> tuple[int, tuple[Act, bool]]:
    match = _ACT.fullmatch(line.rstrip())
    if match is None or match["act"] not in set(Act):
        raise ValueError(f"expected '@ NUMBER ACT [negated]' with one of the acts, got {line!r}")
    return int(match["number"]), (Act(match["act"]), bool(match["negated"]))


def _strip_braces(body: str) -> tuple[str, dict[tuple[int, str], list[tuple[int, int]]]]:
    """The text without braces, and the ranges that each attribution's part has in it."""
    spans: dict[tuple[int, str], list[tuple[int, int]]] = {}
    out: list[str] = []
    opened: list[tuple[str, int]] = []
    length = at = 0
    for brace in _BRACE.finditer(body):
        out.append(body[at : brace.start()])
        length += len(out[-1])
        at = brace.end()
        near = body[max(0, brace.start() - 20) : brace.end() + 20]
        if brace["tags"]:
            opened.append((brace["tags"], length))
        elif brace.group() == "{" or not opened:
            raise ValueError(f"a brace opens no label, or closes none, in {near!r}")
        else:
            tags, start = opened.pop()
            if not out or start == length:
                raise ValueError(f"an empty label in {near!r}")
            for tag in tags.split(","):
                spans.setdefault((int(tag[:-1]), PARTS[tag[-1]]), []).append((start, length))
    if opened:
        raise ValueError(f"a label {{{opened[-1][0]}: is never closed")
    return "".join([*out, body[at:]]), spans


def nested(found: Sequence[MarkedAttribution]) -> tuple[MarkedAttribution, ...]:
    """The attributions of an article, each with the one whose content it stands in."""
    return tuple(attrs.evolve(a, parent=_parent(i, found)) for i, a in enumerate(found))


def _parent(index: int, found: Sequence[MarkedAttribution]) -> int | None:
    """The attribution with the shortest content that holds the whole content of this one, and is longer."""
    mine = found[index].content
    holders = [
        (_length(other.content), i)
        for i, other in enumerate(found)
        if i != index and _length(other.content) > _length(mine) and all(_held(span, other.content) for span in mine)
    ]
    return min(holders)[1] if holders else None


def _held(span: tuple[int, int], within: Ranges) -> bool:
    return any(start <= span[0] and span[1] <= end for start, end in within)


def _length(ranges: Ranges) -> int:
    return sum(end - start for start, end in ranges)


def _main(paths: Sequence[str]) -> None:
    """Print what each file holds."""
    for name in paths:
        articles = list(read_markup(Path(name)))
        found = [a for article in articles for a in article.attributions]
        words = sum(len(article.text.split()) for article in articles)
        acts = Counter(str(a.act) for a in found)
        parts = {part: sum(bool(getattr(a, part)) for a in found) for part in PARTS.values()}
        inside, negated = sum(a.parent is not None for a in found), sum(a.negated for a in found)
        print(f"{name}: {len(articles)} articles, {words} words, {len(found)} attributions, {inside} nested")  # noqa: T201
        print(f"  {parts}\n  negated {negated}, acts {dict(acts)}")  # noqa: T201


if __name__ == "__main__":
    import sys

    _main(sys.argv[1:])
