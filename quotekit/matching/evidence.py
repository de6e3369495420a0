"""What speaks for and against two quotations being one utterance: a few figures, and what they weigh."""

from __future__ import annotations

import functools
import math
from collections.abc import Sequence

import attrs

from quotekit.lexicon import table
from quotekit.matching.alignment import Run
from quotekit.matching.stretches import Stretch, gaps
from quotekit.matching.utterance import Utterance

__all__ = [
    "FEATURES",
    "MOST_DAYS",
    "MOST_SHARED",
    "Evidence",
    "Weights",
    "days_between",
    "same_speaker",
    "weigh",
    "weights",
]

MOST_SHARED = 7.0  # of the logarithm: beyond some 130 bits more words say nothing more
MOST_DAYS = 30  # later ones are no less likely to go back to one utterance
TITLE = 0.75  # share of the words with content that have capitals
WITH_CONTENT = 9.0  # bits of a word that is no small one


@attrs.frozen(kw_only=True)
class Evidence:
    """The figures of one comparison.

    `shared` is how surprising the words that both have are, in bits; `cover` how much of the shorter quotation they
    are, 0..1; `replaced` the bits of words of one that stand for other words in the other; `cuts` how often one leaves
    words out without a sign; `title` whether it is written like a title. `days` lie between them, `None` where a date
    is not known; `same_speaker` is `None` where either speaker is not named.
    """

    shared: float
    cover: float
    replaced: float
    cuts: int
    title: bool
    days: int | None
    same_speaker: bool | None

    def features(self) -> tuple[float, ...]:
        """The figures as the model takes them, in the order of `FEATURES`."""
        return (
            min(MOST_SHARED, math.log2(1 + self.shared)),
            self.cover,
            math.log2(1 + self.replaced),
            math.log2(1 + self.cuts),
            float(self.title),
            math.log2(1 + min(MOST_DAYS, self.days or 0)),
            float(self.same_speaker is True),
        )


FEATURES = ("shared", "cover", "replaced", "cuts", "title", "days", "same_speaker")


@attrs.frozen
class Weights:
    """What each of `FEATURES` weighs in the score, the constant, and the score from which two are the same."""

    features: tuple[float, ...]
    constant: float
    threshold: float

    def score(self, features: Sequence[float]) -> float:
        """How sure it is that two quotations with these features are one utterance, 0..1."""
        total = self.constant + sum(weight * x for weight, x in zip(self.features, features, strict=True))
        return 1 / (1 + math.exp(-max(-500.0, min(500.0, total))))


@functools.cache
def weights(lang: str = "en") -> Weights:
    """The weights that ship, from `data/<lang>/match_weights.tsv`, made by `python -m quotekit.training.pairs`."""
    rows = {name: float(value) for name, value in table("match_weights", lang).items()}
    return Weights(tuple(rows[name] for name in FEATURES), rows["constant"], rows["threshold"])


def weigh(a: Utterance, b: Utterance, runs: Sequence[Run]) -> Evidence:
    """The evidence that the words which two quotations share, and what is known of both, make."""
    between = list(gaps(a, b, runs))
    return Evidence(
        shared=sum(_surprise(a, b, run) for run in runs),
        cover=sum(run.length for run in runs) / max(1, min(len(a.words), len(b.words))),
        replaced=sum(min(in_a.bits, in_b.bits) for in_a, in_b in between),
        cuts=sum(_is_silent_cut(in_a, in_b) for in_a, in_b in between),
        title=bool(runs)
        and _is_title(Stretch(a, runs[0].a, runs[-1].a + runs[-1].length))
        and _is_title(Stretch(b, runs[0].b, runs[-1].b + runs[-1].length)),
        days=days_between(a, b),
        same_speaker=same_speaker(a, b),
    )


def _surprise(a: Utterance, b: Utterance, run: Run) -> float:
    """Bits of a run; its first word stands behind another one in each text, and may be less surprising in one."""
    in_a, in_b = a.surprises[run.a : run.a + run.length], b.surprises[run.b : run.b + run.length]
    return sum(map(max, in_a, in_b))


def _is_silent_cut(a: Stretch, b: Stretch) -> bool:
    """Whether one leaves out what the other says, and shows no sign of it.

    A negation left out is what there is to find, and says nothing against one utterance; nor does what an editor added.
    """
    if bool(a) == bool(b):
        return False
    said, cut = (a, b) if a else (b, a)
    negations = table("negations", said.whole.lang)
    return not cut.elided and any(not word.inserted and word.key not in negations for word in said.words)


def _is_title(stretch: Stretch) -> bool:
    """Whether the words with content are written with capitals, as in the name of a book or a show."""
    text, bits = stretch.whole.text, stretch.whole.bits[stretch.first : stretch.last]
    telling = [word for word, weight in zip(stretch.words, bits, strict=True) if weight > WITH_CONTENT]
    return len(telling) > 1 and sum(text[word.start].isupper() for word in telling) > TITLE * len(telling)


def days_between(a: Utterance, b: Utterance) -> int | None:
    """The fewest days that can lie between the two dates."""
    if a.date is None or b.date is None:
        return None
    return max(0, (max(a.date.first(), b.date.first()) - min(a.date.last(), b.date.last())).days)


def same_speaker(a: Utterance, b: Utterance) -> bool | None:
    """Whether a speaker of both is named alike; of a body and a person who may speak for it nothing is known."""
    if a.ids & b.ids or any(one & other for one in a.names for other in b.names):
        return True
    if not a.names or not b.names or a.bodies != b.bodies:
        return None
    return False
