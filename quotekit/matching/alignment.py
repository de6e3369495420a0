"""The words of one quotation found in another: runs of equal words, chained in order so that rare words count most.

Linear in practice and bounded at worst: long texts are anchored at their rarer words first, what stands between two
anchors is compared word by word, and where even that is too much it counts as replaced.
"""

from __future__ import annotations

import bisect
import itertools
from collections import Counter
from collections.abc import Iterator, Sequence, Set
from typing import NamedTuple

from quotekit.similarity import common_words

__all__ = ["Run", "align"]

MOST_SEEDS = 20_000  # places of equal words to look at
MOST_RUNS = 160  # runs to chain; of more, the heaviest
HEAVIEST = 6  # runs that are chained first, to see which others may be in a better chain
MARGIN = 1e-6  # bits between two sums of the same words in another order
LARGEST_GAP = 1_000_000  # words times words between two anchors

# What it costs to go on behind a gap, in the bits that words are worth.
OPEN, REPLACED, CUT, MOST_REPLACED = 2.0, 1.0, 3.0, 8


class Run(NamedTuple):
    """Equal words: the first one's place in each of two sequences, and how many they are."""

    a: int
    b: int
    length: int


def align(a: Sequence[str], b: Sequence[str], bits: Sequence[float]) -> tuple[Run, ...]:
    """The runs of equal words that make the heaviest chain, in order.

    `bits` is the weight of each word of `a`, the same wherever the word stands.

    >>> align("we will not go there".split(), "he said we will go there".split(), [5.0] * 5)
    (Run(a=0, b=2, length=2), Run(a=3, b=4, length=2))
    """
    if (whole := _within(a, b)) is not None:
        return (whole,)
    weights = list(itertools.accumulate(bits, initial=0.0))
    runs = sorted(_runs(a, b))
    if not runs and a and b and a[0] == b[0]:  # words that all repeat too often to start from
        runs = [Run(0, 0, _extended(a, b, 0, 0)[1])]
    if len(runs) > MOST_RUNS:
        runs = _heaviest(runs, weights, MOST_RUNS)
    if len(runs) > HEAVIEST:
        runs = _hopeful(runs, a, b, bits, weights)
    return tuple(_with_gaps_filled(_best_chain(runs, weights)[1], a, b))


def _within(a: Sequence[str], b: Sequence[str]) -> Run | None:
    """The run that is all of one sequence, where it stands once in the other: no chain of parts weighs as much."""
    short, long = (a, b) if len(a) < len(b) else (b, a)
    if not short or len(a) * len(b) > MOST_SEEDS:
        return None
    whole, part = f" {' '.join(long)} ", f" {' '.join(short)} "
    place = whole.find(part)
    if place < 0 or whole.find(part, place + 1) >= 0:
        return None
    first = whole.count(" ", 0, place)
    return Run(0, first, len(short)) if short is a else Run(first, 0, len(short))


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


def _seeds(a: Sequence[str], places: dict[str, list[int]]) -> Set[str]:
    """The shared words to start from: all of them, or those with the fewest places where all would be too many."""
    if len(a) * sum(map(len, places.values())) <= MOST_SEEDS:
        return places.keys()
    costs = sorted((count * len(places[key]), key) for key, count in Counter(a).items() if key in places)
    sums = list(itertools.accumulate(cost for cost, _ in costs))
    return frozenset(key for _, key in costs[: bisect.bisect_right(sums, MOST_SEEDS)])


def _extended(a: Sequence[str], b: Sequence[str], start: int, place: int) -> tuple[int, int]:
    """The range in `a` of the equal words around two equal ones."""
    shift, first, last = place - start, start, start + 1
    lowest, highest = max(0, -shift), min(len(a), len(b) - shift)
    while first > lowest and a[first - 1] == b[first - 1 + shift]:
        first -= 1
    while last < highest and a[last] == b[last + shift]:
        last += 1
    return first, last


def _heaviest(runs: Sequence[Run], weights: Sequence[float], count: int) -> list[Run]:
    """So many runs, those that weigh most, in order."""
    return sorted(sorted(runs, key=lambda run: weights[run.a] - weights[run.a + run.length])[:count])


def _hopeful(
    runs: Sequence[Run], a: Sequence[str], b: Sequence[str], bits: Sequence[float], weights: Sequence[float]
) -> list[Run]:
    """The runs, without those through which no chain weighs as much as the best one of the heaviest runs.

    A chain weighs no more than all that stands before a place of it and is in both sequences, and all that stands
    behind it.
    """
    least = _best_chain(_heaviest(runs, weights, HEAVIEST), weights)[0] - MARGIN
    worth, in_b = dict(zip(a, bits, strict=True)), set(b)
    up_to_a = list(itertools.accumulate((worth[key] if key in in_b else 0.0 for key in a), initial=0.0))
    up_to_b = list(itertools.accumulate((worth.get(key, 0.0) for key in b), initial=0.0))
    all_a, all_b = up_to_a[-1], up_to_b[-1]
    found = []
    for run in runs:
        before_a, before_b = up_to_a[run.a + run.length], up_to_b[run.b + run.length]
        if min(before_a, before_b) + min(all_a - before_a, all_b - before_b) >= least:
            found.append(run)
    return found


def _best_chain(runs: Sequence[Run], weights: Sequence[float]) -> tuple[float, list[Run]]:
    """The runs, cut where they overlap, that one after another weigh most, and what they weigh."""
    best: list[tuple[float, int, int]] = []  # weight of the chain up to a run, the run before it, words cut off it
    before: list[tuple[int, int, int, float]] = []  # the runs a chain may go on behind: number, ends, weight
    for number, (start_a, start_b, length) in enumerate(runs):
        end = weights[start_a + length]
        found, previous, cut_off = end - weights[start_a], -1, 0
        for other, end_a, end_b, weight in before:
            gap_a, gap_b = start_a - end_a, start_b - end_b
            cut = -gap_a if gap_a < gap_b else -gap_b
            if cut < 0:
                cut = 0
            elif cut >= length:
                continue
            gained = weight + end - weights[start_a + cut]
            if gained > found:  # before what the gap costs, which takes longer to tell
                gained -= _cost(gap_a + cut, gap_b + cut)
                if gained > found:
                    found, previous, cut_off = gained, other, cut
        best.append((found, previous, cut_off))
        if found > OPEN:
            before.append((number, start_a + length, start_b + length, found))
    number = max(range(len(runs)), key=lambda n: best[n][0], default=-1)
    weight, chain = best[number][0] if best else 0.0, []
    while number >= 0:
        run, (_, before_it, cut) = runs[number], best[number]
        chain.append(Run(run.a + cut, run.b + cut, run.length - cut))
        number = before_it
    return weight, chain[::-1]


def _cost(gap_a: int, gap_b: int) -> float:
    replaced, cut = (gap_a, gap_b - gap_a) if gap_a < gap_b else (gap_b, gap_a - gap_b)
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
