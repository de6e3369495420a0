"""Spans, their algebra, and spans as tags."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotekit.errors import InputError
from quotekit.spans import Span, hull, may_follow, merge, spans_to_tags, tag_names, tags_to_spans

spans = st.tuples(st.integers(0, 50), st.integers(0, 50)).map(lambda p: Span(min(p), max(p)))


@pytest.mark.parametrize(("start", "end"), [(3, 2), (-1, 4)])
def test_a_span_needs_its_ends_in_order(start, end):
    """A span that ends before it starts, or starts before the text, is refused by name."""
    with pytest.raises(InputError, match=f"start={start}, end={end}"):
        Span(start, end)


def test_spans_that_touch_do_not_overlap():
    """Spans are half-open: where one ends the next may start."""
    assert not Span(0, 4).overlaps(Span(4, 6))
    assert Span(0, 5).overlaps(Span(4, 6))


@given(st.lists(spans, max_size=8))
def test_merged_spans_cover_the_same_and_keep_apart(given_spans):
    """Merging keeps every code point and leaves no two spans that touch."""
    merged = merge(given_spans)
    covered = {i for s in given_spans for i in range(s.start, s.end)}
    assert {i for s in merged for i in range(s.start, s.end)} == covered
    assert all(a.end < b.start for a, b in itertools.pairwise(merged))


def test_merge_bridges_white_space_only_with_the_text():
    """A gap of white space is bridged where the text shows that it is one."""
    assert merge([Span(0, 4), Span(5, 9)]) == (Span(0, 4), Span(5, 9))
    assert merge([Span(0, 4), Span(5, 9)], "Khan said") == (Span(0, 9),)


@given(st.lists(spans, min_size=1, max_size=8))
def test_the_hull_contains_every_span(given_spans):
    """The hull is the smallest span around all."""
    around = hull(given_spans)
    assert all(around.contains(s) for s in given_spans)
    assert around.start in {s.start for s in given_spans}


def test_the_hull_of_nothing_is_refused():
    """There is no span around nothing."""
    with pytest.raises(InputError, match="at least one span"):
        hull([])


token_ranges = st.lists(st.tuples(st.integers(1, 4), st.integers(0, 3), st.sampled_from(["source", "cue"])), max_size=6)


@given(token_ranges)
def test_tags_read_back_as_the_spans_they_were_written_from(steps):
    """Writing ranges as BIOES tags and reading them gives the ranges back."""
    ranges, at = [], 0
    for length, gap, label in steps:
        ranges.append((at, at + length, label))
        at += length + gap
    assert list(tags_to_spans(spans_to_tags(ranges, at + 2))) == ranges


@given(token_ranges)
def test_written_tags_follow_the_grammar(steps):
    """Tags written from ranges only ever follow one another as the grammar allows."""
    ranges, at = [], 0
    for length, gap, label in steps:
        ranges.append((at, at + length, label))
        at += length + gap
    tags = spans_to_tags(ranges, at + 1)
    assert all(may_follow(a, b) for a, b in itertools.pairwise(tags))


@given(st.lists(st.sampled_from(tag_names(["source", "cue"])), max_size=20))
def test_any_tags_read_as_ranges_that_keep_apart(tags):
    """However torn the tags are, the ranges read from them lie in order and apart."""
    found = list(tags_to_spans(tags))
    assert all(0 <= a < b <= len(tags) for a, b, _ in found)
    assert all(one[1] <= two[0] for one, two in itertools.pairwise(found))


def test_of_two_ranges_that_overlap_the_first_is_written():
    """A range that would overwrite another is left out."""
    assert spans_to_tags([(0, 2, "source"), (1, 3, "cue")], 3) == ["B-source", "E-source", "O"]
