"""Spans as tagged → spans as a reader would draw them: whole words, whole quotations."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from operator import attrgetter

import attrs

from quotekit.document import Quotation
from quotekit.spans import Span

__all__ = ["Borders", "trim"]

LOOSE = " \t\r\n\u00a0\u200b,;:—–-"
MOST = 0.6

_START, _END = attrgetter("start"), attrgetter("end")


@attrs.frozen
class Borders:
    """What spans of one text snap to: its words, and its quotations from the outside in."""

    text: str
    words: tuple[Span, ...]
    quotations: tuple[Quotation, ...]

    def whole_words(self, span: Span) -> Span:
        """The span grown to the borders of the words it cuts."""
        first = bisect_right(self.words, span.start, key=_END)
        last = bisect_left(self.words, span.end, key=_START) - 1
        if first > last:
            return span
        return Span(min(span.start, self.words[first].start), max(span.end, self.words[last].end))

    def whole_quotations(self, span: Span) -> Span:
        """The span with each quotation it holds most of taken in whole, marks included, and the others left out."""
        return _settle(self.text, span, self.quotations)


def trim(text: str, span: Span) -> Span:
    """The span without the commas, colons, dashes and white space at its ends, which belong to the sentence around."""
    body = text[span.slice]
    lead = len(body) - len(body.lstrip(LOOSE))
    return Span(span.start + lead, max(span.start + lead, span.end - (len(body) - len(body.rstrip(LOOSE)))))


def _settle(text: str, span: Span, quotations: Sequence[Quotation]) -> Span:
    for at in range(bisect_right(quotations, span.start, key=_END), len(quotations)):
        quotation = quotations[at]
        if quotation.start >= span.end:
            break
        if span.contains(quotation.span):
            continue
        shared = _letters(text, max(span.start, quotation.start), min(span.end, quotation.end))
        if shared >= MOST * _letters(text, quotation.start, quotation.end):
            span = Span(min(span.start, quotation.start), max(span.end, quotation.end))
        elif quotation.span.contains(span):
            return _settle(text, span, quotation.children)
        elif span.start < quotation.start:
            span = Span(span.start, quotation.start - _blanks_before(text, span.start, quotation.start))
        else:
            span = Span(quotation.end + _blanks_after(text, quotation.end, span.end), span.end)
    return span


def _letters(text: str, start: int, end: int) -> int:
    return sum(map(str.isalnum, text[start:end]))


def _blanks_before(text: str, start: int, end: int) -> int:
    return end - start - len(text[start:end].rstrip())


def _blanks_after(text: str, start: int, end: int) -> int:
    return end - start - len(text[start:end].lstrip())
