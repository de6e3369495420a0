"""What a comparison can come to at most, told from the words alone: most candidates need no closer look."""

from __future__ import annotations

import functools
import math
from collections.abc import Hashable, Iterable, Mapping, Sequence

import attrs
import numpy as np
import numpy.typing as npt

from quotekit.matching.evidence import FEATURES, MOST_SHARED, weights
from quotekit.similarity import count_common

__all__ = ["Outline", "highest_match", "highest_score", "highest_scores"]

Figures = npt.NDArray[np.float64]


def highest_score(shared: float, cover: float, *, same_speaker: bool = True) -> float:
    """The highest score of two quotations of which the words in common come to so many bits, wherever they stand.

    `cover` is their share of the shorter quotation, 0..1; `same_speaker` says that one speaker may have said both.
    Order, words in between and dates can only lower the score.

    >>> highest_score(shared=5.0, cover=0.1) < 0.1 < 0.9 < highest_score(shared=100.0, cover=1.0)
    True
    """
    constant, of_speaker, of_cover, of_shared = _model()
    best = constant + of_speaker * same_speaker
    total = best + of_cover * cover + of_shared * min(MOST_SHARED, math.log2(1 + shared))
    return 1 / (1 + math.exp(-max(-500.0, min(500.0, total))))


def highest_scores(shared: Figures, cover: Figures) -> Figures:
    """`highest_score` of many pairs."""
    constant, of_speaker, of_cover, of_shared = _model()
    total = constant + of_speaker + of_cover * cover + of_shared * np.minimum(MOST_SHARED, np.log2(1 + shared))
    scores: Figures = 1 / (1 + np.exp(-np.clip(total, -500.0, 500.0)))
    return scores


@functools.cache
def _model() -> tuple[float, float, float, float]:
    """The constant, and what one speaker adds to it at most, the cover, and the logarithm of the shared bits."""
    model = weights()
    weight = dict(zip(FEATURES, model.features, strict=True))
    return model.constant, max(0.0, weight["same_speaker"]), weight["cover"], weight["shared"]


@attrs.frozen
class Outline:
    """The words of a text, or numbers that stand for them, and for each what all its places in the text are worth."""

    words: Sequence[Hashable]
    bits: Mapping[Hashable, float]

    @classmethod
    def of(cls, words: Sequence[Hashable], bits: Iterable[float]) -> Outline:
        """The outline of a text with these words, each worth so many bits."""
        worth: dict[Hashable, float] = {}
        for word, weight in zip(words, bits, strict=True):
            worth[word] = worth.get(word, 0.0) + weight
        return cls(words, worth)


def highest_match(a: Outline, b: Outline, *, same_speaker: bool = True) -> float:
    """The highest score of two texts: as `highest_score`, but of their words only those count that stand in order."""
    short, long = (a, b) if len(a.words) < len(b.words) else (b, a)
    shared = sum(map(short.bits.__getitem__, short.bits.keys() & long.bits.keys()))
    cover = count_common(short.words, long.words) / max(1, len(short.words))
    return highest_score(shared, cover, same_speaker=same_speaker)
