"""Findings judged by labels."""

import pytest

from quotekit.document import Attribution, Kind
from quotekit.spans import Span
from quotekit.training.evaluation import figures_of, judge
from quotekit.training.readers import Labelled

TEXT = "Berg said that it rains. Moss denied that it snows."


def at(words: str) -> tuple[int, int]:
    """Where words stand in the text."""
    return TEXT.index(words), TEXT.index(words) + len(words)


def found(source: str, content: str) -> Attribution:
    """An attribution as the library finds it."""
    parts = {"source": (Span(*at(source)),), "content": (Span(*at(content)),)}
    return Attribution.cut(TEXT, **parts, kind=Kind.INDIRECT, score=0.9)


GOLD = [
    Labelled((at("Berg"),), (at("said"),), (at("that it rains"),)),
    Labelled((at("Moss"),), (at("denied"),), (at("that it snows"),)),
]


def test_all_right_is_a_hundred():
    """The labels themselves score full marks."""
    figures = figures_of(judge(TEXT, GOLD, [found("Berg", "that it rains"), found("Moss", "that it snows")]))
    assert (figures.attribution, figures.overlap, figures.exact) == (100.0, 100.0, 100.0)
    assert figures.recall == {"indirect": 100.0}


def test_another_source_is_not_right():
    """A content given to somebody else overlaps and is no right attribution."""
    figures = figures_of(judge(TEXT, GOLD, [found("Moss", "that it rains"), found("Moss", "that it snows")]))
    assert (figures.attribution, figures.overlap) == (50.0, 100.0)


def test_a_part_of_a_content_overlaps_without_being_exact():
    """Two of three words are a Jaccard of two thirds."""
    (judged, *_) = judge(TEXT, GOLD[:1], [found("Berg", "it rains")])
    assert judged.overlap == pytest.approx(2 / 3)
    assert judged.right


def test_what_is_missed_and_what_is_invented_count():
    """Each label and each finding is judged once."""
    judged = judge(TEXT, GOLD[:1], [found("Moss", "that it snows")])
    assert [(j.gold, j.found) for j in judged] == [(0, None), (None, 0)]
    assert figures_of(judged).precision == 0.0
