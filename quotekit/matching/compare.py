"""Two quotations or reports compared: one utterance or not, and what became of its words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import attrs

from quotekit.document import Attribution, Difference, Kind, Match, Relation
from quotekit.matching.alignment import Run, align
from quotekit.matching.differences import find_differences
from quotekit.matching.evidence import Evidence, weigh, weights
from quotekit.matching.rewording import Retelling, rewording_weights, speak_alike, weigh_retelling
from quotekit.matching.stretches import Stretch, gaps
from quotekit.matching.utterance import Utterance
from quotekit.matching.wordings import are_one, has_verb, is_small

__all__ = ["Quoted", "compare", "join_words", "match_retelling", "match_words"]

WORTH_SHOWING = 0.5  # of the shorter one's words; two that share less have nothing else in common

Quoted = str | Attribution | Mapping[str, Any] | Utterance


def compare(a: Quoted, b: Quoted, *, lang: str = "en", threshold: float | None = None) -> Match:
    """Whether two quotations or reports are one utterance, and the words in which they differ.

    Each is a text, an attribution, or a mapping with `text` and, where known, `speaker` (a `Speaker`, a name, or
    several), `date`, `outlet` and `kind` (direct, mixed or indirect); an `Utterance` is compared without being read
    again. The spans of the differences are of each one's own text. Which one comes first makes no difference.

    Where the words in their order do not show one utterance, the telling ones in any order may: then one is `reworded`
    in the other, its score is that of the retelling, and the differences are only the numbers, names and negations in
    which the two conflict. Two speakers' own words are never reworded.

    The same are those whose score reaches `threshold` (0..1), or without one those fitted for words and for retellings.
    Raises `InputError` for anything else.

    >>> match = compare("We will not pay for the wall.", "We will pay for the wall")
    >>> match.same, str(match.relation), [str(d.kind) for d in match.differences]
    (True, 'altered', ['negation'])
    >>> told = {"text": "that 14 bridges were swept away in Nyando", "speaker": "Achieng Odhiambo", "kind": "indirect"}
    >>> said = {"text": "“The Nyando valley has lost 14 bridges”", "speaker": "Gov. Odhiambo"}
    >>> str(compare(said, told).relation)
    'reworded'
    """
    first, second = Utterance.of(a, lang), Utterance.of(b, lang)
    found = match_words(first, second, threshold)
    return found if found.same else match_retelling(first, second, threshold) or found


def match_words(a: Utterance, b: Utterance, threshold: float | None = None) -> Match:
    """Whether two are one utterance by the words that they share in order; never `reworded`."""
    if _comes_first(b, a):  # ties in the alignment fall the same way round
        return _mirrored(match_words(b, a, threshold))
    weighed = _Weighed.of(a, b)
    if (found := _same(weighed, threshold)) is None:
        shown = find_differences(a, b, weighed.runs) if weighed.evidence.cover >= WORTH_SHOWING else ()
        found = Match(same=False, relation=Relation.DIFFERENT, score=weighed.score, differences=shown)
    return attrs.evolve(found, reasons=tuple(_reasons(a, b, weighed.evidence, found.differences)))


def join_words(a: Utterance, b: Utterance, threshold: float | None = None) -> Match | None:
    """What `match_words` finds for two that are the same, without its reasons; `None` for two that are not."""
    if _comes_first(b, a):
        found = _same(_Weighed.of(b, a), threshold)
        return found and _mirrored(found)
    return _same(_Weighed.of(a, b), threshold)


def match_retelling(a: Utterance, b: Utterance, threshold: float | None = None) -> Match | None:
    """How one of two retells the other in other words; `None` where neither does."""
    swapped = _comes_first(b, a)
    retelling = weigh_retelling(b, a) if swapped else weigh_retelling(a, b)
    if retelling is None:
        return None
    model = rewording_weights(a.lang)
    score = model.score(retelling.features())
    if score < (model.threshold if threshold is None else threshold):
        return None
    found = Match(
        same=True,
        relation=Relation.REWORDED,
        score=score,
        differences=retelling.differences,
        reasons=tuple(_reasons_retold(a, b, retelling)),
    )
    return _mirrored(found) if swapped else found


def _comes_first(a: Utterance, b: Utterance) -> bool:
    return (a.keys, a.text) < (b.keys, b.text)


@attrs.frozen
class _Weighed:
    """Two quotations, the words that they share in order, what speaks for and against one utterance, and its score."""

    a: Utterance
    b: Utterance
    runs: tuple[Run, ...]
    evidence: Evidence
    score: float

    @classmethod
    def of(cls, a: Utterance, b: Utterance) -> _Weighed:
        runs = align(a.keys, b.keys, a.bits)
        evidence = weigh(a, b, runs)
        return cls(a, b, runs, evidence, weights(a.lang).score(evidence.features()))


def _same(weighed: _Weighed, threshold: float | None) -> Match | None:
    """How two are one utterance, the reasons aside; `None` where they are not."""
    a, b, runs = weighed.a, weighed.b, weighed.runs
    if not runs or weighed.score < (weights(a.lang).threshold if threshold is None else threshold):
        return None
    differences = find_differences(a, b, runs)
    relation = _relation(a, b, runs, differences)
    if _says_less(weighed, relation):
        return None
    return Match(same=True, relation=relation, score=weighed.score, differences=differences)


def _says_less(weighed: _Weighed, relation: Relation) -> bool:
    """Whether a report shares words with another one, but not what it says.

    So it is where one only names a thing ("the tax rate"), where one is a part of what somebody else says, and where
    none of the words that the shorter one quotes is among those that both have in order.
    """
    a, b = weighed.a, weighed.b
    if relation is Relation.VERBATIM:
        return False
    if any(said.kind is Kind.INDIRECT and not has_verb(said.keys, said.lang) for said in (a, b)):
        return True
    if relation is not Relation.TRUNCATED or not (a.reported or b.reported):
        return False
    return speak_alike(a, b) is False or _without_quoted(weighed)


def _without_quoted(weighed: _Weighed) -> bool:
    """Whether the shorter one quotes something, and none of those words, small ones aside, is shared in order."""
    runs = weighed.runs
    if len(weighed.a.keys) < len(weighed.b.keys):
        said, starts = weighed.a, [run.a for run in runs]
    else:
        said, starts = weighed.b, [run.b for run in runs]
    if said.kind is not Kind.MIXED:
        return False
    quoted = {place for place in said.in_marks() if not is_small(said.keys[place], said.lang)}
    shared = {place for start, run in zip(starts, runs, strict=True) for place in range(start, start + run.length)}
    return bool(quoted) and not quoted & shared


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
    yield from _reasons_of(a, b, differences, evidence.same_speaker, evidence.days)


def _reasons_retold(a: Utterance, b: Utterance, retelling: Retelling) -> Iterator[str]:
    share = f"{retelling.both_cover:.0%} of the longer one’s telling words"
    yield f"text: shares {share}, worth {retelling.shared:.0f} bits"
    if retelling.numbers:
        yield f"text: shares {retelling.numbers} number{'s' * (retelling.numbers > 1)}"
    yield from _reasons_of(a, b, retelling.differences, retelling.same_speaker, retelling.days)


def _reasons_of(
    a: Utterance, b: Utterance, differences: Sequence[Difference], same_speaker: bool | None, days: int | None
) -> Iterator[str]:
    """The differences, then what is known beside the text."""
    for kind, count in Counter(str(difference.kind) for difference in differences).items():
        yield f"text: {count} difference{'s' * (count > 1)} of {kind}"
    if same_speaker is not None:
        yield "speaker: " + ("named alike" if same_speaker else "named differently")
    if days is not None:
        yield "date: the same" if not days else f"date: {days} day{'s' * (days > 1)} apart"
    if a.outlet and b.outlet:
        yield "outlet: " + ("the same" if a.outlet == b.outlet else "another")
