"""brat standoff → documents, from quotekit's own annotations or a corpus that was annotated with brat."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote_to_bytes

from quotekit.document import Act, Document, Kind
from quotekit.errors import InputError
from quotekit.export.brat import INSIDE, PARTS, file_name
from quotekit.export.checked import Node
from quotekit.export.labels import PathLike, document_of
from quotekit.spans import Span

__all__ = ["from_brat", "read_brat"]

_VALUED: dict[str, type[Kind] | type[Act]] = {"kind": Kind, "act": Act}
_NAMES = {"T": "T1<tab>Label 0 5;9 12<tab>text", "R": "R1<tab>Name Arg1:T1 Arg2:T2", "E": "E1<tab>Name:T1 Role:T2"}
_NAMES |= dict.fromkeys("AM", "A1<tab>Name T1 value")
_LINES = {
    "T": re.compile(r"(T\S*)\t(\S+) (\d{1,15} \d{1,15}(?:;\d{1,15} \d{1,15})*)(?:\t.*)?"),
    "R": re.compile(r"R\S*\t(\S+) \S+:(\S+) \S+:(\S+)\s*"),
    "E": re.compile(r"E\S*\t(\S+:\S+(?: \S+:\S+)*)\s*"),
    **dict.fromkeys("AM", re.compile(r"[AM]\S*\t(\S+) (\S+)(?: (.+))?")),
}


def read_brat(folder: PathLike) -> Iterator[Document]:
    """The documents of a folder, by the names of their files, each a `.txt` with its `.ann`.

    A document's id is the name of its files. Raises `InputError` that names file and line, and `OSError`.
    """
    texts = sorted(Path(folder).glob("*.txt"))
    if not texts:
        raise InputError(f"expected a .txt and a .ann for each document in {os.fspath(folder)}, got no .txt")
    for path in texts:
        annotations = path.with_name(path.stem + ".ann")
        try:
            yield from_brat(_read(path), _read(annotations), doc=_id_of(path.stem))
        except InputError as error:
            raise InputError(f"{annotations}: {error}") from None


def _id_of(name: str) -> str:
    """The id that `write_brat` names files so by; another name is itself the id."""
    try:
        doc = unquote_to_bytes(name).decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return name
    return doc if file_name(doc) == name else name


def _read(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        byte = f"0x{error.object[error.start]:02x} at byte {error.start}"
        raise InputError(f"expected UTF-8 text, got {byte}; convert it first (iconv -t UTF-8)") from None


def from_brat(text: str, annotations: str, *, doc: str = "") -> Document:
    r"""The document of a text and its annotations.

    Each `Content` is an attribution. To it belong the `Source`, `Cue`, `Target` and `Via` that a relation ties to it or
    to its cue, in either direction; an event ties its trigger to its arguments. Names count in any case. A `Kind` that
    is not given is told from the marks; of anything else that is there, nothing is kept.
    Raises `InputError` that names the line.

    >>> from_brat("Rain fell, she said.", "T1\tContent 0 9\tRain fell").attributions[0].text
    'Rain fell'
    """
    graph = _Graph(text)
    for number, line in enumerate(annotations.split("\n"), start=1):
        try:
            graph.read(line.rstrip("\r"))
        except InputError as error:
            raise InputError(f"line {number}: {error}") from None
    return document_of({"doc": doc, "text": text, "attributions": graph.attributions()})


class _Graph:
    """What is annotated in one text, and what is tied to what."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._spans: dict[str, list[list[int]]] = {}
        self._labels: dict[str, str] = {}
        self._triggers: dict[str, str] = {}
        self._ties: dict[str, dict[str, None]] = {}  # as sets, in order
        self._inside: dict[str, str] = {}
        self._attributes: dict[str, dict[str, Any]] = {}

    def read(self, line: str) -> None:
        """Take in one line; those of kinds that no attribution is made of are passed over."""
        if line[:1] not in _LINES:
            return
        match = _LINES[line[0]].fullmatch(line)
        if match is None:
            raise InputError(f"expected {_NAMES[line[0]]}, got {line[:60]!r}")
        readings: dict[str, Callable[..., None]] = {"T": self._text_bound, "R": self._relation, "E": self._event}
        readings.get(line[0], self._attribute)(*match.groups())

    def _text_bound(self, mark: str, label: str, places: str) -> None:
        pieces = [Span(*map(int, piece.split())) for piece in places.split(";")]
        end = max(piece.end for piece in pieces)
        if end > len(self._text):
            raise InputError(f"{mark} ends at {end} but the text has {len(self._text)} characters")
        self._spans[mark] = [[span.start, span.end] for span in _joined(self._text, pieces)]
        self._labels[mark] = label.lower()

    def _relation(self, name: str, first: str, second: str) -> None:
        if name.lower() == INSIDE.lower():
            self._inside[first] = second
        else:
            self._tie(first, second)

    def _event(self, body: str) -> None:
        trigger, *arguments = (part.partition(":")[2] for part in body.split())
        self._triggers[trigger] = "cue"
        for argument in arguments:
            self._tie(trigger, argument)

    def _tie(self, one: str, other: str) -> None:
        self._ties.setdefault(one, {})[other] = None
        self._ties.setdefault(other, {})[one] = None

    def _attribute(self, name: str, mark: str, value: str | None) -> None:
        name = name.lower()
        if name in _VALUED:
            word = Node(value and value.lower(), name).word(_VALUED[name])
            self._attributes.setdefault(mark, {})[name] = word.value
        elif name == "negated":
            self._attributes.setdefault(mark, {})[name] = True

    def attributions(self) -> list[dict[str, Any]]:
        """The attributions in the order of the text."""
        self._labels |= self._triggers
        contents = [mark for mark in self._spans if self._labels[mark] == "content"]
        contents.sort(key=lambda mark: self._spans[mark][0][0])
        places = {mark: index for index, mark in enumerate(contents)}
        return [
            {
                "content": self._spans[mark],
                **self._parts(mark),
                **self._attributes.get(mark, {}),
                "parent": places.get(self._inside.get(mark, "")),
            }
            for mark in contents
        ]

    def _parts(self, content: str) -> dict[str, Any]:
        near = self._ties.get(content, {})
        hubs = (mark for mark in near if self._labels.get(mark) == "cue")
        marks = {**near, **{mark: None for hub in hubs for mark in self._ties[hub]}}
        spans = {
            part: [s for m in marks if self._labels.get(m) == part for s in self._spans.get(m, ())] for part in PARTS
        }
        return {**spans, "via": [{"span": span} for span in spans["via"]]}


def _joined(text: str, pieces: list[Span]) -> list[Span]:
    """Pieces that only a line break parts are one span."""
    out = pieces[:1]
    for piece in pieces[1:]:
        gap = text[out[-1].end : piece.start]
        if gap and not gap.strip("\r\n"):
            out[-1] = Span(out[-1].start, piece.end)
        else:
            out.append(piece)
    return out
