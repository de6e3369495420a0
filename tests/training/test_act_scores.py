"""Acts, negations, targets and relays against labels."""

from __future__ import annotations

from pathlib import Path

import pytest

from quotekit.training.act_scores import ActScores, Tally, measure
from quotekit.training.markup import read_markup

ARTICLE = """## one | 2020-01-01 | The Fells Gazette
{1s:Anna Berg} {1c:told} {1t:the council} {1q:it was late}. {2s:She} {2c:did not blame} {2q:{2t:the mayor} for it}.

{3v:The Post} quoted {3s:Berg} {3c:as saying} {3q:the bridge was shut}. {4s:She} {4c:said} {4q:the harbor was too}.
@ 1 asserts
@ 2 accuses negated
@ 3 asserts
@ 4 criticizes
"""


@pytest.fixture
def scores(tmp_path: Path) -> ActScores:
    """The figures of one article, of whose four acts three are as the tables tell them."""
    path = tmp_path / "articles.txt"
    path.write_text(ARTICLE, encoding="utf-8")
    return measure(read_markup(path))


def test_acts_are_counted(scores: ActScores) -> None:
    """A wrong act is one missed of its own and one too many of the other."""
    assert scores.acts["asserts"] == Tally(right=2, wrong=1)
    assert scores.acts["criticizes"] == Tally(missed=1)
    assert (scores.labelled, scores.accuracy) == (4, 0.75)
    assert scores.macro_f1 == pytest.approx((0.8 + 0 + 1) / 3)


def test_negations_targets_and_relays_are_counted(scores: ActScores) -> None:
    """A target counts by its words, a relay and a negation once."""
    assert scores.negated == Tally(right=1)
    assert scores.target == Tally(right=4)
    assert scores.via == Tally(right=1)


def test_nothing_to_find_and_nothing_found_is_perfect() -> None:
    """Where there is nothing to find, finding nothing is right."""
    assert Tally().f1 == 1
    assert measure(()).accuracy == 0
