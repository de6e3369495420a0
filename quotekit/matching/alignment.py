"""The words of one quotation found in another: runs of equal words, chained in order so that rare words count most.

Linear in practice and bounded at worst: long texts are anchored at their rarer words first, what stands between two
anchors is compared word by word, and where even that is too much it counts as replaced.
"""

from __future__ import annotations

import bisect
import itertools
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from quotekit.similarity import common_words

__all__ = ["Run", "align"]

MOST_SEEDS = 20_000  # places of equal words to look at
MOST_RUNS = 160  # runs to chain; of more, the heaviest
LARGEST_GAP = 1_000_000  # words times words between two anchors

# What it costs to go on behind a gap, in the bits that words are worth.
OPEN, REPLACED, CUT, MOST_REPLACED = 2.0, 1.0, 3.0, 8


class Run(NamedTuple):
    """Equal words: the first one's place in each of two sequences, and how many they are."""

    a: int
    b: int
    length: int


def align(a: Sequence[str], b: Sequence[str], bits: Sequence[float]) -> tuple[Run, ...]:
    """The runs of equal words that make the heaviest chain, in order; `bits` is the weight of each word of `a`.

    >>> align("we will not go there".split(), "he said we will go there".split(), [5.0] * 5)
    (Run(a=0, b=2, length=2), Run(a=3, b=4, length=2))
    """
    weights = list(itertools.accumulate(bits, initial=0.0))
    runs = sorted(_runs(a, b))
    if not runs and a and b and a[0] == b[0]:  # words that all repeat too often to start from
        runs = [Run(0, 0, _extended(a, b, 0, 0)[1])]
    if len(runs) > MOST_RUNS:
        runs = sorted(sorted(runs, key=lambda run: weights[run.a] - weights[run.a + run.length])[:MOST_RUNS])
    return tuple(_with_gaps_filled(_best_chain(runs, weights), a, b))


def _runs(a: Sequence[str], b: Sequence[str]) -> Iterator[Run]:
    """The longest runs through the places where rarer words are equal; each once."""
    places: dict[str, list[int]] = {}
    for place, key in enumerate(b):
        places.setdefault(key, []).append(place)
    seeds = _seeds(a, places)
    covered: dict[int, int] = {}  # diagonal → where in a the last run on it ends
    for start, key in enumerate(a):
        if key not in seeds:
            continue
        for place in places[key]:
            if covered.get(place - start, 0) > start:
                continue
            first, last = _extended(a, b, start, place)
            covered[place - start] = last
            yield Run(first, first + place - start, last - first)


def _seeds(a: Sequence[str], places: dict[str, list[int]]) -> frozenset[str]:
    """The shared words to start from: all of them, or those with the fewest places where all would be too many."""
    costs = sorted((count * len(places[key]), key) for key, count in Counter(a).items() if key in places)
    sums = list(itertools.accumulate(cost for cost, _ in costs))
    return frozenset(key for _, key in costs[: bisect.bisect_right(sums, MOST_SEEDS)])


def _extended(a: Sequence[str], b: Sequence[str], start: int, place: int) -> tuple[int, int]:
    """The range in `a` of the equal words around two equal ones."""
    shift, first, last = place - start, start, start + 1
    while first and first + shift and a[first - 1] == b[first - 1 + shift]:
        first -= 1
    while last < len(a) and last + shift < len(b) and a[last] == b[last + shift]:
        last += 1
    return first, last


def _best_chain(runs: Sequence[Run], weights: Sequence[float]) -> list[Run]:
    """The runs, cut where they overlap, that one after another weigh most."""
    best: list[tuple[float, int, int]] = []  # weight of the chain up to a run, the run before it, words cut off it
    for number, run in enumerate(runs):
        end = run.a + run.length
        found = (weights[end] - weights[run.a], -1, 0)
        for previous in range(number):
            before, weight = runs[previous], best[previous][0]
            gap_a, gap_b = run.a - before.a - before.length, run.b - before.b - before.length
            cut = -min(0, gap_a, gap_b)
            if weight <= OPEN or cut >= run.length:
                continue
            gained = weight + weights[end] - weights[run.a + cut] - _cost(gap_a + cut, gap_b + cut)
            if gained > found[0]:
                found = (gained, previous, cut)
        best.append(found)
    number = max(range(len(runs)), key=lambda n: best[n][0], default=-1)
    chain = []
    while number >= 0:
        run, (_, before_it, cut) = runs[number], best[number]
        chain.append(Run(run.a + cut, run.b + cut, run.length - cut))
        number = before_it
    return chain[::-1]


def _cost(gap_a: int, gap_b: int) -> float:
    replaced, cut = min(gap_a, gap_b), abs(gap_a - gap_b)
    return OPEN + REPLACED * min(replaced, MOST_REPLACED) + CUT * cut.bit_length()


def _with_gaps_filled(chain: Sequence[Run], a: Sequence[str], b: Sequence[str]) -> Iterator[Run]:
    """The chain with the words that are equal between its runs."""
    for before, run in zip((None, *chain), chain, strict=False):
        if before:
            first_a, first_b = before.a + before.length, before.b + before.length
            words_a, words_b = a[first_a : run.a], b[first_b : run.b]
            if words_a and words_b and len(words_a) * len(words_b) <= LARGEST_GAP:
                yield from (Run(first_a + x, first_b + y, length) for x, y, length in common_words(words_a, words_b))
        yield run
