"""Windows over tokens: everything is read once, in reach of its neighbors."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from quotekit.analysis.tokens import Tokens
from quotekit.analysis.windows import batches, collate, cut_windows

lengths = st.lists(st.integers(1, 6), min_size=1, max_size=300)


def tokens(pieces_each: list[int]) -> Tokens:
    """Tokens of so many pieces each."""
    firsts = np.append(0, np.cumsum(pieces_each)).astype(np.int64)
    count = len(pieces_each)
    at = np.arange(count, dtype=np.int64)
    pieces = np.arange(1000, 1000 + firsts[-1], dtype=np.int64)
    return Tokens(starts=at, ends=at + 1, pieces=pieces, firsts=firsts, features=np.ones((count, 3), dtype=np.int64))


@given(lengths)
def test_every_token_is_kept_once(each):
    """The kept ranges of the windows follow one another without gap or overlap."""
    windows = list(cut_windows(tokens(each), size=40, margin=8))
    assert [w.keep_first for w in windows] == [0, *(w.keep_last for w in windows[:-1])]
    assert windows[-1].keep_last == len(each)
    assert all(w.first <= w.keep_first < w.keep_last <= w.last for w in windows)


@given(lengths)
def test_no_window_is_longer_than_the_encoder_reads(each):
    """Tokens and the two framing pieces fit the size."""
    cut = tokens(each)
    assert all(cut.firsts[w.last] - cut.firsts[w.first] <= 38 for w in cut_windows(cut, size=40, margin=8))


def test_a_token_too_long_for_a_window_is_still_kept():
    """A freak token is read by its first pieces instead of stopping the work."""
    cut = tokens([3, 100, 3])
    windows = list(cut_windows(cut, size=40, margin=8))
    assert windows[-1].keep_last == 3
    for window in windows:
        assert collate([(cut, window)], size=40).pieces.shape[1] <= 40


def test_a_batch_holds_the_first_piece_of_each_token():
    """`firsts` finds a token's first piece behind the framing piece."""
    cut = tokens([1, 3, 2])
    (window,) = cut_windows(cut)
    batch = collate([(cut, window)])
    assert batch.pieces[0, batch.firsts[0]].tolist() == [1000, 1001, 1004]
    assert batch.present.all()


@given(st.lists(lengths, min_size=1, max_size=6))
def test_batches_hold_every_window_and_no_more_than_they_may(texts):
    """Grouping by length loses no window, and no padded batch outgrows its size."""
    cut = [(i, t, w) for i, t in enumerate(map(tokens, texts)) for w in cut_windows(t, size=40, margin=8)]
    grouped = list(batches(cut, pieces=120))
    assert sorted((i, w.first) for g in grouped for i, _, w in g) == sorted((i, w.first) for i, _, w in cut)
    assert all(collate([(t, w) for _, t, w in group], size=40).pieces.numel() <= 120 for group in grouped)


def test_no_tokens_make_no_windows():
    """An empty text is not read."""
    empty = np.zeros(0, dtype=np.int64)
    none = Tokens(
        starts=empty, ends=empty, pieces=empty, firsts=np.zeros(1, dtype=np.int64), features=empty.reshape(0, 3)
    )
    assert list(cut_windows(none)) == []
