"""How much of a content stands between quotation marks: what tells its `Kind`."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from quotekit.document import Kind, Quotation
from quotekit.spans import Span

__all__ = ["kind_of"]

_WORDLESS = re.compile(r"[\W_]*")


def kind_of(text: str, content: Sequence[Span], quotations: Sequence[Quotation]) -> Kind:
    """How much of a content stands between quotation marks; a quotation it lies in the middle of does not count."""
    inside = outside = False
    for span in content:
        at = span.start
        for start, end in _quoted(span, quotations):
            inside = True
            outside |= not _WORDLESS.fullmatch(text, at, start)
            at = end
        outside |= not _WORDLESS.fullmatch(text, at, span.end)
    if not inside:
        return Kind.INDIRECT
    return Kind.MIXED if outside else Kind.DIRECT


def _quoted(span: Span, quotations: Sequence[Quotation]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for at in range(bisect_right(quotations, span.start, key=_end), len(quotations)):
        quotation = quotations[at]
        if quotation.start >= span.end:
            break
        if quotation.start < span.start and span.end < quotation.end:
            return _quoted(span, quotation.children)
        found.append((max(span.start, quotation.start), min(span.end, quotation.end)))
    return found


def _end(quotation: Quotation) -> int:
    return quotation.end
