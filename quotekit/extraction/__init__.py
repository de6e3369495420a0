"""Scores and quotations → attributions and mentions, still without speakers."""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from quotekit.analysis.scores import MENTION_LABELS, PART_LABELS, Scores
from quotekit.document import Act, Attribution, Document, Kind, Mention, MentionType
from quotekit.extraction.acts import act_of
from quotekit.extraction.decode import Range, decode_ranges
from quotekit.extraction.link import Draft, link
from quotekit.extraction.snap import Borders, kind_of, trim
from quotekit.spans import Span, hull, merge, tag_names, tags_to_spans

__all__ = ["extract"]


def extract(document: Document, scores: Scores, words: Sequence[Span], lang: str = "en") -> Document:
    """The document with its attributions and mentions, found from the encoder's scores.

    `words` are the words of the text, in order, which no span cuts.
    """
    borders = Borders(document.text, tuple(words), document.quotations)
    drafts = link(scores, decode_ranges(scores, PART_LABELS))
    found = (_attribution(document, scores, draft, borders, lang) for draft in drafts)
    attributions = sorted((a for a in found if a is not None), key=lambda a: a.content[0])
    return attrs.evolve(document, attributions=tuple(attributions), mentions=_mentions(document.text, scores))


def _span(scores: Scores, range_: Range) -> Span:
    return Span(int(scores.tokens.starts[range_.first]), int(scores.tokens.ends[range_.last - 1]))


def _attribution(document: Document, scores: Scores, draft: Draft, borders: Borders, lang: str) -> Attribution | None:
    text = document.text
    contents = [trim(text, borders.whole_quotations(borders.whole_words(_span(scores, r)))) for r in draft.contents]
    content = merge((c for c in contents if len(c)), text)
    if not content:
        return None
    kind = kind_of(text, content, document.quotations)
    if draft.cue is None and kind is not Kind.DIRECT:
        return None
    cue = (borders.whole_words(_span(scores, draft.cue)),) if draft.cue else ()
    source = (borders.whole_words(_span(scores, draft.source)),) if draft.source else ()
    act, negated = _act(text, cue, lang)
    parts = {"content": content, "cue": cue, "source": source}
    return Attribution.cut(text, **parts, kind=kind, act=act, negated=negated, score=round(draft.score, 4))


def _act(text: str, cue: tuple[Span, ...], lang: str) -> tuple[Act, bool]:
    where = hull(cue) if cue else Span(0, 0)
    return act_of(text[where.slice], text[max(0, where.start - 60) : where.start], lang)


def _mentions(text: str, scores: Scores) -> tuple[Mention, ...]:
    names = tag_names(MENTION_LABELS)
    tags = [names[tag] for tag in scores.mentions.argmax(axis=1).tolist()]
    starts, ends = scores.tokens.starts, scores.tokens.ends
    found = []
    for first, last, label in tags_to_spans(tags):
        span = Span(int(starts[first]), int(ends[last - 1]))
        found.append(Mention(span=span, text=text[span.slice], type=MentionType(label)))
    return tuple(found)
