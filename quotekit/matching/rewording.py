"""What speaks for and against one report being another one in other words: a few figures, and what they weigh.

The words may stand in any order and form, so what counts is which telling words both have, and how much else either
says. Two speakers' own words are never one another's retelling: what a quotation changes is `altered`.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Sequence

import attrs

from quotekit.document import Difference, DifferenceKind
from quotekit.lexicon import table
from quotekit.matching.agreement import compatible
from quotekit.matching.conflicts import Side, conflicts
from quotekit.matching.evidence import MOST_DAYS, MOST_SHARED, Weights, days_between, same_speaker
from quotekit.matching.terms import Term, common_terms, distinct, terms
from quotekit.matching.utterance import Utterance
from quotekit.matching.wordings import has_verb
from quotekit.speakers import Speaker

__all__ = ["FEATURES", "Retelling", "rewording_weights", "speak_alike", "weigh_retelling"]

FEWEST = 3  # terms that both have; two are but a topic
MOST_NUMBERS = 2

FEATURES = (
    "shared",
    "both_cover",
    "numbers",
    "other_names",
    "opposed",
    "same_speaker",
    "other_speaker",
    "days",
)


@attrs.frozen(kw_only=True)
class Retelling:
    """The figures of two reports held against each other, and the words in which they conflict.

    `shared` is the bits of the terms that both have, `both_cover` how much of the longer report they are, 0..1, and
    `numbers` how many numbers are among them. `other_names` says that each has some which the other has not, the
    speakers' own aside. `days` lie between them, `None` where a date is not known;
    `same_speaker` is `None` where nobody can tell.
    """

    shared: float
    both_cover: float
    numbers: int
    other_names: bool
    days: int | None
    same_speaker: bool | None
    differences: tuple[Difference, ...]

    def features(self) -> tuple[float, ...]:
        """The figures as the model takes them, in the order of `FEATURES`."""
        return (
            min(MOST_SHARED, math.log2(1 + self.shared)),
            self.both_cover,
            float(min(MOST_NUMBERS, self.numbers)),
            float(self.other_names),
            float(any(difference.kind is DifferenceKind.NEGATION for difference in self.differences)),
            float(self.same_speaker is True),
            float(self.same_speaker is False),
            math.log2(1 + min(MOST_DAYS, self.days or 0)),
        )


@functools.cache
def rewording_weights(lang: str = "en") -> Weights:
    """The weights that ship, from `data/<lang>/rewording_weights.tsv`; `quotekit.training.rewordings` makes them."""
    rows = {name: float(value) for name, value in table("rewording_weights", lang).items()}
    return Weights(tuple(rows[name] for name in FEATURES), rows["constant"], rows["threshold"])


def weigh_retelling(a: Utterance, b: Utterance) -> Retelling | None:
    """The evidence that one of two reports retells the other.

    `None` where the words are equal or both are their speakers' own, where one only names a thing, or where they share
    too few telling words to be held against each other.
    """
    if a.keys == b.keys or (a.own_words and b.own_words):
        return None
    if not (has_verb(a.keys, a.lang) and has_verb(b.keys, b.lang)):
        return None
    terms_a, terms_b = terms(a), terms(b)
    common_a, common_b = common_terms(terms_a, terms_b), common_terms(terms_b, terms_a)
    if min(len(distinct(common_a)), len(distinct(common_b))) < FEWEST:
        return None
    sides = Side(a, terms_a, common_a), Side(b, terms_b, common_b)
    own = {key for speaker in (*a.speakers, *b.speakers) for key in _name_terms(speaker, a.lang)}
    shared = min(_bits(common_a), _bits(common_b))
    return Retelling(
        shared=shared,
        both_cover=shared / max(1.0, _bits(terms_a), _bits(terms_b)),
        numbers=sum(term.kind is DifferenceKind.NUMBER for term in distinct(common_a).values()),
        other_names=all(any(t.key not in own for t in side.left(DifferenceKind.NAME)) for side in sides),
        days=days_between(a, b),
        same_speaker=speak_alike(a, b),
        differences=tuple(conflicts(*sides)),
    )


def _bits(found: Sequence[Term]) -> float:
    """The bits of terms, each counted once."""
    return sum(term.bits for term in distinct(found).values())


@functools.lru_cache(maxsize=1 << 12)
def _name_terms(speaker: Speaker, lang: str) -> frozenset[str]:
    """What names a speaker, of which a report may say "it" or "our"."""
    names = (speaker.name, speaker.role, speaker.organization)
    return frozenset(term.key for name in names if name for term in terms(Utterance.of(name, lang)))


def speak_alike(a: Utterance, b: Utterance) -> bool | None:
    """Whether a speaker of both is one, or speaks for the other; `None` where that cannot be told."""
    found = {compatible(one, other) for one in a.speakers for other in b.speakers}
    if True in found:
        return True
    return False if False in found else same_speaker(a, b)
