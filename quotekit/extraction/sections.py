"""A long document as sections that are read one after another, so that memory holds the scores of one only.

Sections end where nothing is torn: between paragraphs, else between sentences, and outside quotations. What is found in
them is joined before speakers are resolved, which needs the whole document. Only texts longer than a book's chapter
are cut: others give the same as ever.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

import attrs

from quotekit.document import Attribution, Document, Mention, Quotation
from quotekit.extraction.nested import moved
from quotekit.spans import Span

__all__ = ["SECTION", "cut_sections", "join", "section"]

SECTION = 100_000  # code points

_PARAGRAPH_END = re.compile(r"[\n\r]\s*")
_SENTENCE_END = re.compile(r"[.!?…][”’»\"')\]]*\s+(?=[“‘«\"'(\[]*[^\W\d_a-z])")
_WORD_END = re.compile(r"\s+")


def cut_sections(document: Document) -> list[Span]:
    """The sections of a document, which together are its text; a short document is one.

    >>> cut_sections(Document(id="", text="Short."))
    [Span(start=0, end=6)]
    """
    out: list[Span] = []
    start = 0
    while len(document.text) - start > SECTION:
        end = _end(document, start + SECTION // 2, start + SECTION)
        out.append(Span(start, end))
        start = end
    return [*out, Span(start, len(document.text))]


def section(document: Document, span: Span) -> Document:
    """One section as a document of its own, with its share of the document's quotations."""
    return Document(text=document.text[span.slice], quotations=tuple(_within(document.quotations, span)))


def join(document: Document, spans: Sequence[Span], read: Sequence[Document]) -> Document:
    """The document with what was found in each of its sections."""
    attributions: list[Attribution] = []
    mentions: list[Mention] = []
    for span, part in zip(spans, read, strict=True):
        before = len(attributions)
        for a in part.attributions:
            parent = None if a.parent is None else a.parent + before
            attributions.append(attrs.evolve(moved(document.text, a, span.start), parent=parent))
        for m in part.mentions:
            mentions.append(attrs.evolve(m, span=Span(m.span.start + span.start, m.span.end + span.start)))
    return attrs.evolve(document, attributions=tuple(attributions), mentions=tuple(mentions))


def _end(document: Document, low: int, high: int) -> int:
    """The last place between `low` and `high` where a section may end; inside a quotation only if all of it is one."""
    quoted: int | None = None
    for border in (_PARAGRAPH_END, _SENTENCE_END, _WORD_END):
        ends = [match.end() for match in border.finditer(document.text, low, high)]
        outside = next((end for end in reversed(ends) if not _is_quoted(document.quotations, end)), None)
        if outside is not None:
            return outside
        quoted = quoted or next(reversed(ends), None)
    return quoted or high


def _is_quoted(quotations: Sequence[Quotation], place: int) -> bool:
    before = bisect_left(quotations, place, key=lambda q: q.start)
    return before > 0 and quotations[before - 1].end > place


def _within(quotations: Sequence[Quotation], span: Span) -> Iterator[Quotation]:
    """What lies of some quotations in a section, with the places they have there."""
    first = bisect_right(quotations, span.start, key=lambda q: q.end)
    for quotation in quotations[first : bisect_left(quotations, span.end, key=lambda q: q.start)]:
        start, end = max(quotation.start, span.start), min(quotation.end, span.end)
        yield Quotation(
            start=start - span.start, end=end - span.start, closed=quotation.closed and end == quotation.end,
            children=tuple(_within(quotation.children, span)),
            text=quotation.text[start - quotation.start : end - quotation.start],
        )  # fmt: skip
