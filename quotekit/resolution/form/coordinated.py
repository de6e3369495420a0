"""Cues without a source of their own: "Khan said it was late, adding that …", "…, but warned of fog"."""

from __future__ import annotations

from collections.abc import Sequence

from quotekit.document import Attribution, How
from quotekit.extraction.words import ends_in, is_manner
from quotekit.lexicon import table
from quotekit.resolution.form.scene import Answers, Scene, passed_on
from quotekit.resolution.words import Word
from quotekit.spans import Span

__all__ = ["told_by_subject"]

LONGEST_ADVERBS = 2  # words between an "and" and its verb: "and also later"
_PAUSES = frozenset(",—–")


def told_by_subject(scene: Scene, attribution: Attribution, near: Sequence[int], told: Sequence[Answers]) -> Answers:
    """The speakers of the last source before, in the same sentence, of whom a cue without a source goes on to tell.

    `near` are the attributions before it. A passive ("was expected") and a cue with a subject of its own go on from
    nobody, nor does anything after somebody else has been named.
    """
    if not attribution.cue or attribution.parent is not None or not _goes_on(attribution, scene):
        return ()
    sentence = scene.setting.sentence_start(attribution.cue[0].start)
    for number in reversed(near):
        before = scene.document.attributions[number]
        if not before.source or before.parent is not None or before.source[-1].end > attribution.cue[0].start:
            continue
        if before.source[0].start < sentence:
            return ()
        inside = any(span.overlaps(attribution.cue[0]) for span in before.content)
        others = inside or _names_others(before, attribution, told[number], scene)
        return () if others else passed_on(told[number], How.IMPLICIT, 0.7)
    return ()


def _goes_on(attribution: Attribution, scene: Scene) -> bool:
    """Whether a cue is a participle after a comma or an "and", or a verb after an "and", and no passive."""
    words, tables = scene.cast.words, scene.tables
    cue = words.range_of(attribution.cue[0])
    if not cue or any(words[number].key in tables.passives for number in cue):
        return False
    first = cue.start
    before = first - 1
    while before >= 0 and first - before <= LONGEST_ADVERBS and _is_adverb(words[before], scene):
        before -= 1
    if before < 0:
        return False
    joined = words[before].key in table("coordinators", scene.cast.lang) and not words[before].breaks
    forms = tables.participles.items()
    participle = next((kind for form, kind in forms if form == words[first].key or ends_in(words[first].key, form)), "")
    return joined or (participle == "doing" and words[before].gap.strip()[-1:] in _PAUSES)


def _is_adverb(word: Word, scene: Scene) -> bool:
    plain = word.key in scene.tables.adverbs or is_manner(word.key, scene.tables)
    return plain and not word.breaks and not word.capitalized


def _names_others(before: Attribution, attribution: Attribution, told: Answers, scene: Scene) -> bool:
    """Whether somebody else is named between two attributions, outside what the first one reports."""
    start, end = before.source[-1].end, attribution.cue[0].start
    own = {answer.voice for answer in told}
    between = (seen for seen in scene.cast.within(Span(start, end)) if scene.is_person(seen.member))
    return any(
        seen.member not in own and not any(span.contains(seen.name.span) for span in before.content) for seen in between
    )
