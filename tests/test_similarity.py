"""String scores."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotekit.similarity import common_words, name_similarity

words = st.lists(st.text(alphabet="abcdefgh", min_size=1, max_size=8), min_size=1, max_size=4)


def test_equal_in_any_order() -> None:
    """The order of the words does not count."""
    assert name_similarity(["muhammad", "faisal"], ["faisal", "muhammad"]) == 1.0


def test_nearer_spellings_score_higher() -> None:
    """One letter changed is nearer than a whole word."""
    near = name_similarity(["hassan", "rouhani"], ["hasan", "rouhani"])
    far = name_similarity(["hassan", "rouhani"], ["hassan", "diab"])
    assert far < 0.7 < near < 1


def test_nothing_alike() -> None:
    """Words without a letter in common score 0."""
    assert name_similarity(["ab"], ["cd"]) == pytest.approx(0)


@given(words, words)
def test_symmetric_and_bounded(a: list[str], b: list[str]) -> None:
    """The score lies in 0..1 and does not depend on which name comes first."""
    assert 0 <= name_similarity(a, b) == name_similarity(b, a) <= 1


@given(words, words)
def test_common_words_are_equal_and_in_order(a: list[str], b: list[str]) -> None:
    """Each run is the same in both sequences, behind the one before it."""
    end_a = end_b = 0
    for in_a, in_b, length in common_words(a, b):
        assert a[in_a : in_a + length] == b[in_b : in_b + length] != []
        assert in_a >= end_a
        assert in_b >= end_b
        end_a, end_b = in_a + length, in_b + length


def test_as_many_common_words_as_can_be() -> None:
    """The longest subsequence, not the first words that fit."""
    assert common_words(["a", "b", "c"], ["c", "a", "b"]) == ((0, 1, 2),)
