"""String scores, 0..1; the one place that knows rapidfuzz."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

from rapidfuzz.distance import Indel, LCSseq

__all__ = ["common_words", "count_common", "name_similarity"]


def name_similarity(a: Sequence[str], b: Sequence[str]) -> float:
    """How near the spellings of two names are, each given as its words; whatever their order, 0..1.

    Case and accents count: fold the words first where they should not.

    >>> name_similarity(["geng", "shuang"], ["shuang", "geng"])
    1.0
    >>> round(name_similarity(["khalid", "mahmud"], ["khaled", "mahmud"]), 2)
    0.92
    """
    return Indel.normalized_similarity(" ".join(sorted(a)), " ".join(sorted(b)))


def common_words(a: Sequence[str], b: Sequence[str]) -> tuple[tuple[int, int, int], ...]:
    """The words that two sequences share in order, as many as can be: runs of `(place in a, place in b, length)`.

    >>> common_words(["we", "will", "not", "go"], ["we", "go"])
    ((0, 0, 1), (3, 1, 1))
    """
    return tuple(
        (step.src_start, step.dest_start, step.src_end - step.src_start)
        for step in LCSseq.opcodes(a, b)
        if step.tag == "equal"
    )


def count_common(a: Sequence[Hashable], b: Sequence[Hashable]) -> int:
    """How many words two sequences share in order, as many as can be.

    >>> count_common(["we", "will", "not", "go"], ["we", "go"])
    2
    """
    return LCSseq.similarity(a, b)
