"""An inverted index that grows: which texts have a shingle, and which texts share most with another."""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from quotekit.matching.sharing import Counts, ranges
from quotekit.matching.shingles import MOST_TEXTS, TEXT_BITS, Numbers, text_of, without_text

__all__ = ["MOST_ASKING", "Candidates", "Postings"]

BOUND = 24  # texts; of a shingle that more have, such as a stock phrase, only the first few are looked at
FIRST = 4
MOST = 16  # candidates of a text
LEAST = 30.0  # bits: what two shingles are worth that hardly any other text has
IMAGINED = 1 << 16  # other texts, so that sharing a common word is no surprise where there are few texts

MOST_ASKING = 1 << 12  # texts that may ask at once

# A pair and its weight are one number, because numbers sort many times faster than rows of a table.
_STEPS = 16  # of a weight, to the bit
_WEIGHT_BITS = np.uint64(16)
_WEIGHT = (np.uint64(1) << _WEIGHT_BITS) - np.uint64(1)


class Candidates(NamedTuple):
    """Pairs of texts that share shingles: one that asked, and one of the index; by the former, best first."""

    texts: Numbers
    others: Numbers


class Postings:
    """Shingles with their texts, in sorted segments: a new one each time, and like sizes are merged.

    So adding one text at a time costs n log n in all, and a look-up visits few segments.
    """

    def __init__(self, found: Numbers | None = None) -> None:
        """Start with these shingles, sorted, or with none."""
        self._segments = [] if found is None else [found]

    @classmethod
    def of(cls, parts: Iterable[Numbers]) -> Postings:
        """All of these shingles in one segment, without a copy of them on the way."""
        everything = array("Q")
        for part in parts:
            everything.frombytes(part.tobytes())
        found = np.frombuffer(everything, dtype=np.uint64)
        found.sort()
        return cls(found)

    def add(self, found: Numbers) -> None:
        """Take in the shingles of new texts, sorted."""
        self._segments.append(found)
        while len(self._segments) > 1 and 2 * len(self._segments[-1]) > len(self._segments[-2]):
            last = self._segments.pop()
            self._segments[-1] = np.sort(np.concatenate([self._segments[-1], last]))

    def candidates(self, found: Numbers, *, texts: int, below: bool = False) -> Candidates:
        """What shares most with the texts that have these shingles, in an index of so many `texts`.

        With `below`, only texts with a smaller number than the one that asks. A shingle is worth as many bits as it is
        surprising that a text has it.
        """
        shared = [_shared(segment, found) for segment in self._segments]
        counts = np.sum([count for _, count in shared], axis=0, initial=0) + np.zeros(len(found), dtype=np.int64)
        bits = np.log2((texts + IMAGINED) / np.maximum(counts, 1))
        asking = text_of(found)
        lowest = asking.min(initial=MOST_TEXTS)
        parts = [np.zeros(0, dtype=np.uint64)]
        for segment, (starts, count) in zip(self._segments, shared, strict=True):
            taken = np.where(counts > BOUND, np.minimum(count, FIRST), count)
            others = text_of(segment[ranges(starts, taken)])
            weights = np.repeat((bits * _STEPS).astype(np.uint64), taken)
            askers = np.repeat(asking, taken)
            kept = others < askers if below else others != askers
            parts.append((((askers - lowest) << TEXT_BITS | others) << _WEIGHT_BITS | weights)[kept])
        askers, others = _heaviest(np.sort(np.concatenate(parts)))
        return Candidates(askers + lowest, others)


def _shared(segment: Numbers, found: Numbers) -> tuple[Counts, Counts]:
    """Where the texts that have each shingle start in a segment, and how many they are."""
    lowest = without_text(found)
    starts = np.searchsorted(segment, lowest)
    return starts, np.searchsorted(segment, lowest | text_of(~lowest), side="right") - starts


def _heaviest(found: Numbers) -> tuple[Numbers, Numbers]:
    """Of sorted pairs with weights, those whose weights come to enough, and of these the heaviest of each text."""
    pairs = found >> _WEIGHT_BITS
    starts = np.flatnonzero(_changes(pairs))
    weights = np.add.reduceat(found & _WEIGHT, starts) if len(starts) else found
    enough = weights >= LEAST * _STEPS
    askers, others = pairs[starts][enough] >> TEXT_BITS, text_of(pairs[starts][enough])
    lightness = _WEIGHT - np.minimum(weights[enough], _WEIGHT)
    ranked = np.sort((askers << _WEIGHT_BITS | lightness) << TEXT_BITS | others)
    askers = ranked >> (_WEIGHT_BITS + TEXT_BITS)
    place = np.arange(len(askers)) - np.searchsorted(askers, askers)
    return askers[place < MOST], text_of(ranked[place < MOST])


def _changes(numbers: Numbers) -> npt.NDArray[np.bool_]:
    """Where a number is another than the one before."""
    out = np.ones(len(numbers), dtype=np.bool_)
    out[1:] = numbers[1:] != numbers[:-1]
    return out
