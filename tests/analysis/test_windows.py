"""Windows over tokens: everything is read once, in reach of its neighbors."""

from collections.abc import Iterable

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from quotekit.analysis.tokens import CASES, GAPS, Tokens
from quotekit.analysis.windows import batches, collate, cut_windows

lengths = st.lists(st.integers(1, 6), min_size=1, max_size=300)
slacks = st.sampled_from([0, 5, 20])


def tokens(pieces_each: list[int], paragraphs: Iterable[int] = ()) -> Tokens:
    """Tokens of so many pieces each; before those that are named a blank line stands."""
    firsts = np.append(0, np.cumsum(pieces_each)).astype(np.int64)
    count = len(pieces_each)
    at = np.arange(count, dtype=np.int64)
    pieces = np.arange(1000, 1000 + firsts[-1], dtype=np.int64)
    features = np.ones((count, 3), dtype=np.int64)
    features[[n for n in paragraphs if n < count], 1] = GAPS["paragraph"]
    return Tokens(starts=at, ends=at + 1, pieces=pieces, firsts=firsts, features=features)


@given(lengths, st.sets(st.integers(0, 299)), slacks)
def test_every_token_is_kept_once(each, paragraphs, slack):
    """The kept ranges of the windows follow one another without gap or overlap, wherever paragraphs begin."""
    windows = list(cut_windows(tokens(each, paragraphs), size=40, margin=8, slack=slack))
    assert [w.keep_first for w in windows] == [0, *(w.keep_last for w in windows[:-1])]
    assert windows[-1].keep_last == len(each)
    assert all(w.first <= w.keep_first < w.keep_last <= w.last for w in windows)


@given(lengths, st.sets(st.integers(0, 299)), slacks)
def test_no_window_is_longer_than_the_encoder_reads(each, paragraphs, slack):
    """Tokens and the two framing pieces fit the size."""
    cut = tokens(each, paragraphs)
    windows = cut_windows(cut, size=40, margin=8, slack=slack)
    assert all(cut.firsts[w.last] - cut.firsts[w.first] <= 38 for w in windows)


def test_a_window_keeps_whole_paragraphs():
    """A window ends before a paragraph, even if a little more would fit, and shares nothing there."""
    windows = list(cut_windows(tokens([1] * 90, [30, 55]), size=40, margin=8, slack=20))
    assert [(w.first, w.last) for w in windows[:2]] == [(0, 30), (30, 55)]


def test_a_paragraph_that_begins_far_before_the_end_of_a_window_does_not_end_it():
    """Beyond the slack a window is cut within the paragraph, with the whole margin on both sides."""
    first, second, *_ = cut_windows(tokens([1] * 90, [5]), size=40, margin=8, slack=20)
    assert (first.keep_last, first.last, second.first) == (30, 38, 22)


def test_a_line_that_breaks_a_sentence_is_no_place_to_cut():
    """In a hard-wrapped text a window does not end with a line."""
    wrapped = tokens([1] * 90)
    wrapped.features[[20, 28], 1] = GAPS["line"]
    wrapped.features[19, 0] = CASES["mark"]
    first, *_ = cut_windows(wrapped, size=40, margin=8, slack=20)
    assert first.keep_last == 20


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


@given(st.lists(lengths, min_size=2, max_size=6))
def test_a_window_is_padded_by_its_own_length(texts):
    """Whatever else is in its batch, a window has the length it has alone, of which little is padding."""
    cut = [(i, t, w) for i, t in enumerate(map(tokens, texts)) for w in cut_windows(t)]
    for group in batches(cut):
        together = collate([(t, w) for _, t, w in group])
        for row, (_, t, w) in enumerate(group):
            alone = collate([(t, w)])
            assert alone.pieces.shape[1] == together.pieces.shape[1]
            assert alone.present.shape[1] - int(together.present[row].sum()) <= max(7, alone.present.shape[1] / 4)
