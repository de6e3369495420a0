"""Two quotations compared: one utterance or not, and what became of its words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import attrs

from quotekit.document import Attribution, Difference, Match, Relation
from quotekit.matching.alignment import Run, align
from quotekit.matching.differences import find_differences
from quotekit.matching.evidence import Evidence, weigh, weights
from quotekit.matching.stretches import Stretch, gaps
from quotekit.matching.utterance import Utterance
from quotekit.matching.wordings import are_one

__all__ = ["Quoted", "compare"]

WORTH_SHOWING = 0.5  # of the shorter one's words; two that share less have nothing else in common

Quoted = str | Attribution | Mapping[str, Any] | Utterance


def compare(a: Quoted, b: Quoted, *, lang: str = "en") -> Match:
    """Whether two quotations are one utterance, and the words in which they differ.

    Each is a text, an attribution, or a mapping with `text` and, where known, `speaker` (a `Speaker`, a name, or
    several), `date` and `outlet`; an `Utterance` is compared without being read again. The spans of the differences
    are of each one's own text. Which one comes first makes no difference. Raises `InputError` for anything else.

    >>> match = compare("We will not pay for the wall.", "We will pay for the wall")
    >>> match.same, str(match.relation), [str(d.kind) for d in match.differences]
    (True, 'altered', ['negation'])
    """
    first, second = Utterance.of(a, lang), Utterance.of(b, lang)
    if (second.keys, second.text) < (first.keys, first.text):  # ties in the alignment fall the same way round
        return _mirrored(_compared(second, first))
    return _compared(first, second)


def _compared(a: Utterance, b: Utterance) -> Match:
    runs = align(a.keys, b.keys, a.bits)
    evidence, model = weigh(a, b, runs), weights(a.lang)
    score = model.score(evidence.features())
    same = score >= model.threshold
    differences = find_differences(a, b, runs) if same or evidence.cover >= WORTH_SHOWING else ()
    relation = _relation(a, b, runs, differences) if same else Relation.DIFFERENT
    return Match(
        same=same,
        relation=relation,
        score=score,
        differences=differences,
        reasons=tuple(_reasons(a, b, evidence, differences)),
    )


def _mirrored(match: Match) -> Match:
    return attrs.evolve(match, differences=tuple(Difference(d.kind, d.b, d.a) for d in match.differences))


def _relation(a: Utterance, b: Utterance, runs: Sequence[Run], differences: Sequence[Difference]) -> Relation:
    """What became of the words of one utterance."""
    if differences:
        return Relation.ALTERED
    first, last = runs[0], runs[-1]
    before = (Stretch(a, 0, first.a), Stretch(b, 0, first.b))
    behind = (
        Stretch(a, last.a + last.length, len(a.words)),
        Stretch(b, last.b + last.length, len(b.words)),
    )
    whole = all(
        (in_a.inserted and in_b.inserted) or are_one(in_a.keys, in_b.keys, a.lang)
        for in_a, in_b in (before, *gaps(a, b, runs), behind)
    )
    return Relation.VERBATIM if whole else Relation.TRUNCATED


def _reasons(a: Utterance, b: Utterance, evidence: Evidence, differences: Sequence[Difference]) -> Iterator[str]:
    """What spoke for and against, in words; the speaker, date and outlet apart from the text."""
    yield f"text: shares {evidence.cover:.0%} of the shorter one’s words, worth {evidence.shared:.0f} bits"
    if evidence.cuts:
        yield f"text: words left out without a sign in {evidence.cuts} place{'s' * (evidence.cuts > 1)}"
    if evidence.replaced:
        yield f"text: other words, worth {evidence.replaced:.0f} bits, in between"
    if evidence.title:
        yield "text: written like a title"
    for kind, count in Counter(str(difference.kind) for difference in differences).items():
        yield f"text: {count} difference{'s' * (count > 1)} of {kind}"
    if evidence.same_speaker is not None:
        yield "speaker: " + ("named alike" if evidence.same_speaker else "named differently")
    if evidence.days is not None:
        yield "date: the same" if not evidence.days else f"date: {evidence.days} day{'s' * (evidence.days > 1)} apart"
    if a.outlet and b.outlet:
        yield "outlet: " + ("the same" if a.outlet == b.outlet else "another")
