"""What a comparison can come to at most, told from the words alone: most candidates need no closer look."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from quotekit.matching.evidence import FEATURES, MOST_SHARED, weights

__all__ = ["highest_score", "highest_scores"]

Figures = npt.NDArray[np.float64]


def highest_score(shared: float, cover: float) -> float:
    """The highest score of two quotations of which the words in common come to so many bits, wherever they stand.

    `cover` is their share of the shorter quotation, 0..1. Order, words in between and dates can only lower the score.

    >>> highest_score(shared=5.0, cover=0.1) < 0.1 < 0.9 < highest_score(shared=100.0, cover=1.0)
    True
    """
    return float(highest_scores(np.array([shared]), np.array([cover]))[0])


def highest_scores(shared: Figures, cover: Figures) -> Figures:
    """`highest_score` of many pairs."""
    model = weights()
    weight = dict(zip(FEATURES, model.features, strict=True))
    best = model.constant + weight["cover"] * cover + max(0.0, weight["same_speaker"])
    total = best + weight["shared"] * np.minimum(MOST_SHARED, np.log2(1 + shared))
    scores: Figures = 1 / (1 + np.exp(-np.clip(total, -500.0, 500.0)))
    return scores
