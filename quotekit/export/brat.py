"""brat standoff: a folder with a `.txt` and a `.ann` for each document, to be looked at and corrected in brat.

An attribution is its content, an annotation that may be discontinuous, with attributes for kind, act and negation.
Relations lead from it to its source, cue, target and via, and to the content it stands inside.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from pathlib import Path
from urllib.parse import quote

from quotekit.document import Act, Attribution, Document, Kind
from quotekit.export.labels import PathLike
from quotekit.export.written import whole_characters
from quotekit.files import replacing
from quotekit.spans import Span, merge
from quotekit.speakers import Speaker

__all__ = ["INSIDE", "PARTS", "file_name", "to_brat", "write_brat"]

PARTS = ("source", "cue", "target", "via")
INSIDE = "Inside"
LONGEST_NAME = 200  # characters: file systems take some 250, suffixes and drafts need a few
UNNAMED = "document"

_LINE_BREAKS = re.compile(r"[\r\n]+")

CONFIGURATION = f"""# Written by quotekit: what it marks, for brat.

[entities]
Content
Source
Cue
Target
Via

[relations]
Source Arg1:Content, Arg2:Source
Cue Arg1:Content, Arg2:Cue
Target Arg1:Content, Arg2:Target
Via Arg1:Content, Arg2:Via
Inside Arg1:Content, Arg2:Content
<OVERLAP> Arg1:<ENTITY>, Arg2:<ENTITY>, <OVL-TYPE>:<ANY>

[events]

[attributes]
Kind Arg:Content, Value:{"|".join(Kind)}
Act Arg:Content, Value:{"|".join(Act)}
Negated Arg:Content
"""


def write_brat(documents: Iterable[Document], folder: PathLike) -> None:
    """Write a `.txt` and a `.ann` for each document into a folder, which is made where it is missing.

    Files are named by the documents' ids, with what no file name should hold as `%` and its bytes; a second document of
    the same name gets a number. The folder's `annotation.conf` is written where there is none.
    Raises `OSError`.
    """
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    taken: set[str] = set()
    for document in documents:
        name = _free(file_name(document.id), taken)
        text, annotations = to_brat(document)
        for suffix, content in ((".txt", text), (".ann", annotations)):
            with replacing(folder / (name + suffix)) as file:
                file.write(content)
    if not (folder / "annotation.conf").exists():
        with replacing(folder / "annotation.conf") as file:
            file.write(CONFIGURATION)


def file_name(doc: str) -> str:
    """The name of the files of the document with this id, without a suffix.

    >>> file_name("news/17")
    'news%2F17'
    """
    name = quote(doc.encode("utf-8", "surrogatepass"), safe=" ") or UNNAMED
    if len(name) > LONGEST_NAME:
        name = f"{name[:LONGEST_NAME]}-{sha256(name.encode()).hexdigest()[:8]}"
    return name.replace(".", "%2E", 1) if name.startswith(".") else name


def _free(name: str, taken: set[str]) -> str:
    free, number = name, 1
    while free.casefold() in taken:
        number += 1
        free = f"{name}~{number}"
    taken.add(free.casefold())
    return free


def to_brat(document: Document) -> tuple[str, str]:
    r"""A document as the text and the annotations of its two files.

    Spans that meet or overlap become one, empty ones are left out, and what spans a line break is annotated in pieces.
    Speakers are notes for the annotator. Half a character becomes "�".

    >>> said = Attribution.cut("Rain fell, she said.", content=[Span(0, 10)], kind=Kind.INDIRECT, score=0.9)
    >>> to_brat(Document(text="Rain fell, she said.", attributions=(said,)))[1].splitlines()[0]
    'T1\tContent 0 10\tRain fell,'
    """
    text = whole_characters(document.text)
    lines = _Lines(text)
    contents = [lines.text_bound("Content", a.content) for a in document.attributions]
    for attribution, content in zip(document.attributions, contents, strict=True):
        if content:
            lines.attribution(attribution, content)
        if content and attribution.parent is not None and (parent := contents[attribution.parent]):
            lines.add("R", f"{INSIDE} Arg1:{content} Arg2:{parent}")
    return text, "".join(f"{line}\n" for line in lines.written)


class _Lines:
    """The lines of an `.ann` file, numbered by their kinds; one annotation serves all attributions that share it."""

    def __init__(self, text: str) -> None:
        self.written: list[str] = []
        self._text = text
        self._numbers: dict[str, int] = {}
        self._shared: dict[tuple[str, tuple[Span, ...]], str] = {}

    def add(self, sign: str, body: str) -> str:
        number = self._numbers[sign] = self._numbers.get(sign, 0) + 1
        self.written.append(f"{sign}{number}\t{body}")
        return f"{sign}{number}"

    def text_bound(self, label: str, spans: Sequence[Span]) -> str:
        """The id of an annotation, or nothing where no character would be in it."""
        pieces = tuple(piece for span in merge(s for s in spans if len(s)) for piece in _pieces(self._text, span))
        if not pieces:
            return ""
        places = ";".join(f"{piece.start} {piece.end}" for piece in pieces)
        return self.add("T", f"{label} {places}\t{' '.join(self._text[piece.slice] for piece in pieces)}")

    def attribution(self, attribution: Attribution, content: str) -> None:
        self.add("A", f"Kind {content} {attribution.kind}")
        self.add("A", f"Act {content} {attribution.act}")
        if attribution.negated:
            self.add("A", f"Negated {content}")
        via = tuple(each.span for each in attribution.via)
        for part, spans in zip(PARTS, (attribution.source, attribution.cue, attribution.target, via), strict=True):
            if linked := self._linked(part.capitalize(), spans):
                self.add("R", f"{part.capitalize()} Arg1:{content} Arg2:{linked}")
        if attribution.speakers:
            self.add("#", f"AnnotatorNotes {content}\t{'; '.join(map(_named, attribution.speakers))}")

    def _linked(self, label: str, spans: tuple[Span, ...]) -> str:
        if (label, spans) not in self._shared:
            self._shared[label, spans] = self.text_bound(label, spans)
        return self._shared[label, spans]


def _named(speaker: Speaker) -> str:
    shown = f"{speaker.name} ({speaker.id})" if speaker.id else speaker.name
    return " ".join(whole_characters(shown).split())


def _pieces(text: str, span: Span) -> Iterator[Span]:
    """The stretches of a span between line breaks, which no annotation of brat's may hold."""
    start = span.start
    for breaks in _LINE_BREAKS.finditer(text, span.start, span.end):
        if breaks.start() > start:
            yield Span(start, breaks.start())
        start = breaks.end()
    if start < span.end:
        yield Span(start, span.end)
