"""What a comparison can come to at most, told from the words alone: most candidates need no closer look."""

from __future__ import annotations

from quotekit.matching.evidence import Evidence, weights

__all__ = ["highest_score"]


def highest_score(shared: float, cover: float) -> float:
    """The highest score of two quotations of which the words in common come to so many bits, wherever they stand.

    `cover` is their share of the shorter quotation, 0..1. Order, words in between and dates can only lower the score.

    >>> highest_score(shared=5.0, cover=0.1) < 0.1 < 0.9 < highest_score(shared=100.0, cover=1.0)
    True
    """
    best = Evidence(shared=shared, cover=cover, replaced=0.0, cuts=0, title=False, days=0, same_speaker=True)
    return weights().score(best.features())
