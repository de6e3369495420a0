"""Speakers told by where an attribution stands: an "I" inside a quotation, a quotation that goes on."""

from __future__ import annotations

import bisect
from collections.abc import Sequence

import attrs

from quotekit import lexicon
from quotekit.document import Attribution, Document, How, Kind
from quotekit.resolution.answers import Answer
from quotekit.spans import hull

__all__ = ["told_by_place"]

NEAREST = 12  # contents looked at for the one around a pronoun
AROUND = 40  # code points on either side of a quotation that must hold nothing else, or a paragraph's end
FARTHEST = 200  # code points from the end of the last attribution to a quotation that goes on from it

Answers = tuple[Answer, ...]


def told_by_place(document: Document, answers: Sequence[Answers], lang: str = "en") -> list[Answers]:
    """The answers, with those that only the place of an attribution tells.

    An "I" or "we" inside a quotation is whoever says that quotation. A quotation that is a whole paragraph,
    with neither cue nor source, goes on from the paragraph before where that ends in somebody's words.
    """
    attributions = document.attributions
    pronouns = lexicon.load(lang).pronouns
    order = sorted(range(len(attributions)), key=lambda number: attributions[number].content[0].start)
    starts = [attributions[number].content[0].start for number in order]
    told = list(answers)
    for number in order:
        attribution = attributions[number]
        at = bisect.bisect_left(starts, (attribution.source or attribution.content)[0].start)
        if attribution.source:
            if not told[number] and pronouns.get(document[attribution.source[0]].casefold()) == "self":
                around = _around(attribution, order[max(0, at - NEAREST) : at + 1], attributions)
                told[number] = _passed_on(told[around], How.PRONOUN, 0.9) if around is not None else ()
        elif not attribution.cue and at and _is_paragraph(attribution, document.text):
            before = order[at - 1]
            if _ends_paragraph_before(attributions[before], attribution, document.text):
                told[number] = _passed_on(told[before], How.IMPLICIT, 0.7)
    return told


def _passed_on(answers: Answers, how: How, share: float) -> Answers:
    return tuple(attrs.evolve(answer, how=how, score=round(answer.score * share, 2)) for answer in answers)


def _around(attribution: Attribution, near: Sequence[int], attributions: Sequence[Attribution]) -> int | None:
    """The innermost attribution one of whose contents holds the source."""
    holding = [
        (len(content), number)
        for number in near
        for content in attributions[number].content
        if attributions[number] is not attribution and content.contains(attribution.source[0])
    ]
    return min(holding)[1] if holding else None


def _is_paragraph(attribution: Attribution, text: str) -> bool:
    """Whether a direct content fills its paragraph."""
    if attribution.kind is not Kind.DIRECT or len(attribution.content) > 1:
        return False
    span = attribution.content[0]
    _, newline, left = text[max(0, span.start - AROUND) : span.start].rpartition("\n")
    right, _, _ = text[span.end : span.end + AROUND].partition("\n")
    opens = bool(newline) or span.start <= AROUND
    return opens and not any(character.isalnum() for character in left + right)


def _ends_paragraph_before(last: Attribution, attribution: Attribution, text: str) -> bool:
    """Whether `last` is the end of the paragraph right before `attribution`."""
    end = hull((*last.content, *last.cue, *last.source)).end
    start = attribution.content[0].start
    if not 0 <= start - end <= FARTHEST or last.parent is not None:
        return False
    between = text[end:start]
    return "\n" in between and not any(character.isalnum() for character in between)
