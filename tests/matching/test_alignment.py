"""Runs of words that two sequences share."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotekit.matching import alignment
from quotekit.matching.alignment import Run, align

SEQUENCES = st.lists(st.sampled_from("abcdefg"), max_size=40)


def aligned(a: str, b: str, bits: float = 5.0) -> tuple[Run, ...]:
    """The runs of two texts of words that all weigh the same."""
    return align(a.split(), b.split(), [bits] * len(a.split()))


@given(SEQUENCES, SEQUENCES)
def test_runs_are_equal_words_in_order(a: list[str], b: list[str]) -> None:
    """Whatever is aligned is the same on both sides, and nothing stands twice."""
    before = Run(0, 0, 0)
    for run in align(a, b, [5.0] * len(a)):
        assert run.length > 0
        assert a[run.a : run.a + run.length] == b[run.b : run.b + run.length]
        assert run.a >= before.a + before.length
        assert run.b >= before.b + before.length
        before = run


@given(SEQUENCES.filter(bool))
def test_a_sequence_is_one_run_of_itself(a: list[str]) -> None:
    """However much it repeats itself."""
    assert align(a, a, [5.0] * len(a)) == (Run(0, 0, len(a)),)


def test_a_part_is_found_in_one_piece() -> None:
    """Not scattered over earlier places of the same words."""
    assert aligned("what does it mean", "it what does he say what does it mean") == (Run(0, 5, 4),)


def test_rare_words_decide_which_of_two_orders_counts() -> None:
    """Where two stretches are swapped, the heavier one is kept."""
    a, b = "of the to zebra crossing", "zebra crossing of the to"
    assert align(a.split(), b.split(), [1, 1, 1, 9, 9]) == (Run(3, 0, 2),)


def test_words_between_two_runs_are_found() -> None:
    """A small word between words that were replaced is shared all the same."""
    runs = aligned("red barn old the grey dog ran far away", "red barn new the white cat ran far away")
    assert runs == (Run(0, 0, 2), Run(3, 3, 1), Run(6, 6, 3))


def test_nothing_is_far_fetched() -> None:
    """A single common word a long way off is no part of what is shared."""
    assert aligned("the dam held", "the dam " + "x " * 300 + "held") == (Run(0, 0, 2),)


@given(st.lists(st.sampled_from("abcdefgh"), max_size=14), st.integers(0, 13), st.integers(0, 13), st.booleans())
def test_short_way_is_the_long_one(words: list[str], first: int, last: int, swapped: bool) -> None:
    """A sequence that stands whole in the other is aligned as it is where all chains are weighed."""
    a, b = (words[first:last], words) if swapped else (words, words[first:last])
    bits = [4.1 + 0.7 * ord(word) for word in a]
    found = align(a, b, bits)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(alignment, "_within", lambda *_: None)
        assert align(a, b, bits) == found


@given(SEQUENCES, SEQUENCES)
def test_runs_passed_over_are_in_no_best_chain(a: list[str], b: list[str]) -> None:
    """What is aligned is what comes out where all runs are chained."""
    bits = [4.1 + 0.7 * ord(word) for word in a]
    found = align(a, b, bits)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(alignment, "_hopeful", lambda runs, *_: runs)
        assert align(a, b, bits) == found
