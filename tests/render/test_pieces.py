"""Overlapping spans as pieces side by side."""

from __future__ import annotations

import time

from hypothesis import given
from hypothesis import strategies as st

from quotekit.render.pieces import MOST_PARTS, Mark, cut
from quotekit.spans import Span

LENGTH = 30

spans = st.tuples(st.integers(0, LENGTH), st.integers(0, LENGTH)).map(lambda ends: Span(min(ends), max(ends)))
marks = st.lists(
    st.builds(Mark, spans.filter(len), st.sampled_from(["content", "cue", "evidence"]), st.integers(1, 9)), max_size=6
)


@given(marks, st.lists(st.integers(0, LENGTH), max_size=6))
def test_each_piece_has_the_marks_that_cover_it(found: list[Mark], borders: list[int]) -> None:
    """The pieces of a stretch follow one another without a gap, and each has exactly the marks over it."""
    ends = sorted({*borders})
    stretches = [Span(start, end) for start, end in zip(ends[::2], ends[1::2], strict=False)]
    for stretch, pieces in zip(stretches, cut(stretches, found), strict=True):
        places = [place for piece in pieces for place in range(piece.span.start, piece.span.end)]
        assert places == list(range(stretch.start, stretch.end))
        for piece in pieces:
            covering = {mark for mark in found if mark.span.contains(piece.span)}
            assert {*piece.parts, *piece.evidence} == covering
            assert not any(mark.span.overlaps(piece.span) for mark in {*found} - covering)


def test_the_innermost_comes_last() -> None:
    """Of marks inside one another the outer one stands first, also where both begin at one place."""
    inner, outer = Mark(Span(0, 4), "content", 1), Mark(Span(0, 9), "content", 2)
    (pieces,) = cut([Span(0, 9)], [inner, outer])
    assert [piece.parts for piece in pieces] == [(outer, inner), (outer,)]


def test_deep_nesting_names_the_innermost() -> None:
    """Of ten thousand marks inside one another a piece names a few, and the time is linear."""
    count = 10_000
    deep = [Mark(Span(i, 2 * count - i), "content", i + 1) for i in range(count)]
    start = time.process_time()
    (pieces,) = cut([Span(0, 2 * count)], deep)
    assert time.process_time() - start < 5
    assert len(pieces) == 2 * count - 1
    assert [mark.number for mark in pieces[count - 1].parts] == list(range(count - MOST_PARTS + 1, count + 1))
