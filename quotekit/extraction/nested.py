"""Reports inside a report: contents are read once more, as texts of their own.

"The ministry said the rebels had claimed the airport": the tags of the article mark the outer content whole. Heads of
their own say what its words would be in a text that had nothing else: a source, a cue and a content.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

import attrs

from quotekit import lexicon
from quotekit.document import Attribution, Document, Via
from quotekit.quotations import find_quotations
from quotekit.spans import Span

__all__ = ["Inner", "add_inner", "inner_documents", "inner_span", "is_believed", "moved", "set_parents"]

FEWEST_WORDS = 5
LEAST_SURE = 0.5  # a report inside another that is likelier wrong than right is not believed

_WORD = re.compile(r"\w+")
_LEAD = " \t\r\n\u00a0“”\"'‘’`«»„"


@attrs.frozen(kw_only=True)
class Inner:
    """A piece of content to be read as a text of its own: where it stands in the article, and its words."""

    span: Span
    document: Document
    words: tuple[Span, ...]


def inner_documents(
    document: Document, words: Sequence[Span], sentences: Sequence[Span], lang: str = "en"
) -> tuple[Inner, ...]:
    """The sentences of a document's contents in which somebody may be reported to have said something."""
    pieces = sorted({span for a in document.attributions for span in a.content})
    parts = (part for piece in pieces for part in _sentences_of(piece, sentences))
    return tuple(inner for part in parts if (inner := _inner(document.text, part, words, lang)))


def _sentences_of(piece: Span, sentences: Sequence[Span]) -> Iterator[Span]:
    """What lies of each sentence in a piece of content."""
    for sentence in _within(piece, sentences):
        yield Span(max(piece.start, sentence.start), min(piece.end, sentence.end))


def _within(span: Span, sorted_spans: Sequence[Span]) -> Sequence[Span]:
    """Those of some spans in order that overlap a span."""
    first = bisect_right(sorted_spans, span.start, key=lambda s: s.end)
    return sorted_spans[first : bisect_left(sorted_spans, span.end, key=lambda s: s.start)]


def _inner(text: str, piece: Span, words: Sequence[Span], lang: str) -> Inner | None:
    body = inner_span(text, piece, lang)
    if body is None:
        return None
    inside = [Span(w.start - body.start, w.end - body.start) for w in _within(body, words) if body.contains(w)]
    inner = Document(text=text[body.slice], quotations=find_quotations(text[body.slice]))
    return Inner(span=body, document=inner, words=tuple(inside))


def inner_span(text: str, piece: Span, lang: str = "en") -> Span | None:
    """What of a piece of content is read as a text of its own: all but marks and complementizer at its start.

    `None` where it is too short to report anything, or holds no word that could be a cue.
    """
    start = piece.start + len(text[piece.slice]) - len(text[piece.slice].lstrip(_LEAD))
    opening = _WORD.match(text, start, piece.end)
    if opening and opening.group().lower() in lexicon.load(lang).complementizers:
        start = min(opening.end() + 1, piece.end)
    words = _WORD.findall(text[start : piece.end].casefold())
    may_report = len(words) >= FEWEST_WORDS and not lexicon.load(lang).acts.keys().isdisjoint(words[1:])
    return Span(start, piece.end) if may_report else None


def add_inner(document: Document, inner: Sequence[Inner], found: Sequence[Document]) -> Document:
    """The document with the attributions `found` in its `inner` pieces, each told what it stands inside."""
    new = [
        moved(document.text, attribution, piece.span.start)
        for piece, read in zip(inner, found, strict=True)
        for attribution in read.attributions
        if is_believed(attribution)
    ]
    known = {(a.cue, a.source) for a in document.attributions}
    attributions = [*document.attributions, *(a for a in new if (a.cue, a.source) not in known)]
    return attrs.evolve(document, attributions=set_parents(attributions))


def is_believed(inner: Attribution) -> bool:
    """Whether what was found in a content is taken for a report: it is sure enough, and somebody said it."""
    return inner.score >= LEAST_SURE and bool(inner.source and inner.cue)


def moved(text: str, attribution: Attribution, by: int) -> Attribution:
    """What was found in a piece of `text` that begins `by` code points into it, as it stands in the whole."""

    def move(spans: tuple[Span, ...]) -> Iterator[Span]:
        return (Span(span.start + by, span.end + by) for span in spans)

    parts = {part: tuple(move(getattr(attribution, part))) for part in ("content", "cue", "source", "target")}
    via = tuple(Via(Span(v.span.start + by, v.span.end + by)) for v in attribution.via)
    return Attribution.cut(
        text, **parts, via=via, kind=attribution.kind, act=attribution.act, negated=attribution.negated,
        score=attribution.score,
    )  # fmt: skip


def set_parents(attributions: Sequence[Attribution]) -> tuple[Attribution, ...]:
    """The attributions in the order of the text, each with the index of the one whose content it stands in."""
    ordered = sorted(attributions, key=lambda a: (a.content[0].start, -a.content[-1].end))
    out: list[Attribution] = []
    open_: list[int] = []
    for index, attribution in enumerate(ordered):
        open_ = [i for i in open_ if ordered[i].content[-1].end > attribution.content[0].start]
        holders = [i for i in open_ if _holds(ordered[i], attribution)]
        parent = holders[-1] if holders else None
        out.append(attribution if attribution.parent == parent else attrs.evolve(attribution, parent=parent))
        open_.append(index)
    return tuple(out)


def _holds(outer: Attribution, inner: Attribution) -> bool:
    """Whether the inner one stands whole, with its cue and source, in one piece of the outer one's content."""
    spans = (*inner.content, *inner.cue, *inner.source)
    return (
        any(all(piece.contains(span) for span in spans) for piece in outer.content) and outer.content != inner.content
    )
