"""Scores → the best sequence of tags, held against trying every sequence."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from quotekit.extraction.decode import allowed, best_tags
from quotekit.spans import may_follow, tag_names

LABELS = ("cue",)
NAMES = tag_names(LABELS)
scores = arrays.arrays(np.float32, st.tuples(st.integers(1, 5), st.just(len(NAMES))), elements=st.integers(-9, 9))


def total(found, table, rules):
    """What a sequence of tags scores."""
    steps = sum(rules[a, b] for a, b in itertools.pairwise(found))
    return sum(table[i, tag] for i, tag in enumerate(found)) + steps


@given(scores)
def test_no_sequence_scores_more(table):
    """Viterbi's sequence is as good as the best of all sequences."""
    rules = allowed(LABELS)
    best = max(total(s, table, rules) for s in itertools.product(range(len(NAMES)), repeat=len(table)))
    assert total(best_tags(table, rules), table, rules) == pytest.approx(best)


@given(scores)
def test_the_sequence_follows_the_grammar(table):
    """No forbidden tag ever follows, whatever the scores."""
    found = [NAMES[tag] for tag in best_tags(table, allowed(LABELS))]
    assert all(may_follow(a, b) for a, b in itertools.pairwise(found))


@given(st.integers(0, 9999), st.integers(60, 300))
def test_a_long_text_is_read_as_if_in_one(seed, length):
    """No sequence scores more in a text of many blocks either: as much as one found token by token."""
    table, rules = np.random.default_rng(seed).normal(0, 2, (length, len(NAMES))), allowed(LABELS)
    best = table[0]
    for row in table[1:]:
        best = row + (best[:, None] + rules).max(axis=0)
    assert total(best_tags(table.astype(np.float32), rules), table, rules) == pytest.approx(best.max(), abs=1e-2)


def test_what_a_long_text_begins_with_is_not_forgotten():
    """Where nothing but the first token tells a whole text's tags apart, blocks cannot be read without it."""
    table = np.full((200, len(NAMES)), -50.0, dtype=np.float32)
    table[:, NAMES.index("O")] = table[:, NAMES.index("I-cue")] = 0.0
    table[0] = [-30.0, 0.0, -30.0, -50.0, -50.0]
    assert [NAMES[tag] for tag in best_tags(table, allowed(LABELS))] == ["B-cue", *["I-cue"] * 199]


def test_no_tokens_have_no_tags():
    """An empty text decodes to nothing."""
    assert len(best_tags(np.zeros((0, 5), dtype=np.float32), allowed(LABELS))) == 0


def test_long_texts_keep_their_precision():
    """Sums over a hundred thousand tokens do not drown the difference of one token."""
    table = np.full((100_000, len(NAMES)), -1.0, dtype=np.float32)
    table[:, 0] = 0.0
    table[-1] = [0.0, -1.0, -1.0, -1.0, 0.01]
    assert NAMES[best_tags(table, allowed(LABELS))[-1]] == "S-cue"
