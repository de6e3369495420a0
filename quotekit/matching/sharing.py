"""What pairs of texts have in common, wherever it stands: for many pairs at once."""

from __future__ import annotations

from typing import NamedTuple

import attrs
import numpy as np
import numpy.typing as npt

__all__ = ["Shared", "Side", "ranges", "shared_words"]

Counts = npt.NDArray[np.int64]
Bits = npt.NDArray[np.float64]

_WORD_BITS = np.uint64(32)


class Shared(NamedTuple):
    """The words that two texts have in common: their bits, and their share of the shorter text."""

    bits: float
    cover: float


@attrs.frozen
class Side:
    """One text of each pair: the words of all of them in a row, and how many each has."""

    words: npt.NDArray[np.uint32]
    lengths: Counts


def shared_words(a: Side, b: Side, bits: Bits) -> tuple[Bits, Bits]:
    """The bits of the words that the texts of each pair share, and their share of the shorter text, 0..1.

    A word counts as often as both have it. `bits` is what each word is worth; one that has no place in it is in none
    of the texts of `b`.
    """
    words_a, counts_a = _counted(a)
    words_b, counts_b = _counted(b)
    found = np.searchsorted(words_a, words_b)
    found[found == len(words_a)] = 0
    equal = words_a[found] == words_b if len(words_a) else np.zeros(len(words_b), dtype=np.bool_)
    both = np.minimum(counts_a[found[equal]], counts_b[equal]).astype(np.float64)
    pairs = (words_b[equal] >> _WORD_BITS).astype(np.int64)
    worth = bits[words_b[equal].astype(np.uint32)]
    shorter = np.maximum(1, np.minimum(a.lengths, b.lengths))
    shared, count = (np.bincount(pairs, each, len(shorter)).astype(np.float64) for each in (worth * both, both))
    return shared, count / shorter


def _counted(side: Side) -> tuple[npt.NDArray[np.uint64], Counts]:
    """Each word of each pair, the pair's number before it, sorted, and how often it stands there."""
    pairs = np.repeat(np.arange(len(side.lengths), dtype=np.uint64), side.lengths)
    words = np.sort(pairs << _WORD_BITS | side.words)
    starts = np.flatnonzero(np.diff(words, prepend=~words[:1]) != 0)
    return words[starts], np.diff(starts, append=len(words))


def ranges(starts: Counts, counts: Counts) -> Counts:
    """The numbers of ranges, one range after another.

    >>> ranges(np.array([5, 9]), np.array([2, 3]))
    array([ 5,  6,  9, 10, 11])
    """
    before = np.cumsum(counts) - counts
    return np.repeat(starts - before, counts) + np.arange(counts.sum())
