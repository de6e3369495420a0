"""Scores and quotations → attributions and mentions, still without speakers."""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from quotekit.analysis.scores import MENTION_LABELS, PART_LABELS, Scores
from quotekit.document import Attribution, Document, Kind, Mention, MentionType, Via
from quotekit.extraction.acts import act_of
from quotekit.extraction.clauses import clause_of
from quotekit.extraction.decode import Range, decode_ranges
from quotekit.extraction.forms import Form, find_forms
from quotekit.extraction.headlines import find_headline
from quotekit.extraction.link import Draft, link
from quotekit.extraction.nested import add_inner, inner_documents, set_parents
from quotekit.extraction.parts import Parts
from quotekit.extraction.relayed import find_relayed
from quotekit.extraction.sections import cut_sections, join, section
from quotekit.extraction.snap import Borders, trim
from quotekit.extraction.targets import target_in
from quotekit.extraction.via import Relay, via_in
from quotekit.kinds import kind_of
from quotekit.spans import Span, merge, tag_names, tags_to_spans

__all__ = ["cut_sections", "extract", "join", "section"]

MOSTLY = 0.5  # an attribution with more of its content than this in one that its form shows is the same, or inside


def extract(
    document: Document, scores: Scores, sentences: Sequence[Span], words: Sequence[Span], lang: str = "en"
) -> Document:
    """The document with its attributions, those inside their contents among them, and mentions.

    `scores` are the encoder's; `sentences` and `words` are those of the text, in order; no span cuts a word.
    """
    known = attrs.evolve(document, mentions=_mentions(document.text, scores))
    read = _reports(known, scores, sentences, words, lang)
    inner = inner_documents(read, words, sentences, lang)
    return add_inner(read, inner, [_reports(i.document, scores.inside(i.span), (), i.words, lang) for i in inner])


def _reports(
    document: Document, scores: Scores, sentences: Sequence[Span], words: Sequence[Span], lang: str
) -> Document:
    """The document with what one pass over its tokens finds, and what the form of lines and sentences shows."""
    borders = Borders(document.text, tuple(words), document.quotations)
    drafts = link(scores, decode_ranges(scores, PART_LABELS), document.text)
    read = [a for draft in drafts if (a := _attribution(document, scores, draft, borders, lang)) is not None]
    headline = find_headline(document, lang)
    forms = (*((headline,) if headline else ()), *find_forms(document), *find_relayed(document, sentences, lang))
    shown = [_from_form(document, form, lang) for form in forms]
    kept = [a for a in read if not any(_is_in(a, form) for form in shown)]
    return attrs.evolve(document, attributions=set_parents([*kept, *shown]))


def _from_form(document: Document, form: Form, lang: str) -> Attribution:
    parts = Parts(source=(form.source,), cue=(form.cue,), content=form.content)
    kind = kind_of(document.text, form.content, document.quotations)
    return _cut(document.text, parts, kind=kind, score=1.0, lang=lang)


def _is_in(read: Attribution, shown: Attribution) -> bool:
    """Whether what the model read is mostly what a form shows; what is reported inside that is read on its own."""
    shared = sum(max(0, min(r.end, s.end) - max(r.start, s.start)) for r in read.content for s in shown.content)
    return shared > MOSTLY * sum(map(len, read.content))


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
    score = round(scores.calibration(draft.score, str(kind)), 4)
    return _cut(text, Parts(source=source, cue=cue, content=content), kind=kind, score=score, lang=lang)


def _cut(text: str, parts: Parts, *, kind: Kind, score: float, lang: str) -> Attribution:
    """The attribution of some parts, with what the words around them say: to whom, through whom, and in which act."""
    clause = clause_of(text, parts, lang) if parts.cue else None
    relay = via_in(text, clause) if clause and parts.content else Relay()
    begin = relay.content_start or 0
    content = tuple(Span(max(span.start, begin), span.end) for span in parts.content if span.end > begin)
    parts = Parts(source=(relay.source,) if relay.source else parts.source, cue=parts.cue, content=content)
    target = target_in(text, attrs.evolve(clause, parts=parts)) if clause else ()
    act, negated = act_of(text, attrs.evolve(parts, target=target), lang)
    return Attribution.cut(
        text, content=content, cue=parts.cue, source=parts.source, target=target,
        via=tuple(Via(span) for span in relay.via), kind=kind, act=act, negated=negated, score=score,
    )  # fmt: skip


def _mentions(text: str, scores: Scores) -> tuple[Mention, ...]:
    names = tag_names(MENTION_LABELS)
    tags = [names[tag] for tag in scores.mentions.argmax(axis=1).tolist()]
    starts, ends = scores.tokens.starts, scores.tokens.ends
    found = []
    for first, last, label in tags_to_spans(tags):
        span = Span(int(starts[first]), int(ends[last - 1]))
        found.append(Mention(span=span, text=text[span.slice], type=MentionType(label)))
    return tuple(found)
