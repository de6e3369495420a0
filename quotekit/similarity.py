"""String scores, 0..1; the one place that knows rapidfuzz."""

from __future__ import annotations

from collections.abc import Sequence

from rapidfuzz.distance import Indel

__all__ = ["name_similarity"]


def name_similarity(a: Sequence[str], b: Sequence[str]) -> float:
    """How near the spellings of two names are, each given as its words; whatever their order, 0..1.

    Case and accents count: fold the words first where they should not.

    >>> name_similarity(["geng", "shuang"], ["shuang", "geng"])
    1.0
    >>> round(name_similarity(["khalid", "mahmud"], ["khaled", "mahmud"]), 2)
    0.92
    """
    return Indel.normalized_similarity(" ".join(sorted(a)), " ".join(sorted(b)))
