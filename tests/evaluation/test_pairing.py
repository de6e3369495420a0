"""Labels and findings are paired one to one by the words that their contents share."""

from __future__ import annotations

import re

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotekit.document import Attribution, Kind
from quotekit.evaluation import Judged, judge
from quotekit.evaluation.pairing import TextWords
from quotekit.spans import Span

TEXT = "Berg said that it rains. Moss firmly denied that it snows."


def at(words: str) -> Span:
    """Where words stand in the text."""
    return Span(TEXT.index(words), TEXT.index(words) + len(words))


def found(content: str, source: str = "", cue: str = "") -> Attribution:
    """An attribution of the text."""
    parts = {"source": [at(source)] if source else [], "cue": [at(cue)] if cue else []}
    return Attribution.cut(TEXT, content=[at(content)], **parts, kind=Kind.INDIRECT, score=0.9)


RAINS = found("that it rains", "Berg", "said")


@pytest.mark.parametrize(
    ("finding", "overlap", "right", "strict"),
    [
        (RAINS, 1.0, True, True),
        (found("it rains.", "Berg", "said"), 2 / 3, True, True),
        (found("rains", "Berg", "said"), 1 / 3, False, True),
        (found("that it rains", "Moss", "said"), 1.0, False, False),
        (found("that it rains", "", "said"), 1.0, False, False),
        (found("that it rains", "Berg", "firmly"), 1.0, True, False),
        (found("that it rains", "Berg said", ""), 1.0, True, False),
    ],
)
def test_a_pair_is_judged(finding: Attribution, overlap: float, right: bool, strict: bool) -> None:
    """Half of the content's words and one of the source's make it right; the strict measure asks for more."""
    (judged,) = judge(TEXT, [RAINS], [finding])
    assert judged.overlap == pytest.approx(overlap)
    assert (judged.right, judged.strict) == (right, strict)


def test_sources_agree_where_both_are_empty() -> None:
    """A speaker that no words name is found by finding none."""
    (judged,) = judge(TEXT, [found("that it rains")], [found("that it rains")])
    assert judged.right
    assert judged.cues_agree


def test_best_overlap_goes_first() -> None:
    """The first of two findings does not take a label from the better one."""
    rows = judge(TEXT, [RAINS], [found("Berg said that it rains", "Berg"), RAINS])
    assert [(row.gold, row.found) for row in rows] == [(0, 1), (None, 0)]


def test_what_is_missed_and_what_is_invented_count_once() -> None:
    """Each with the kind of its own side."""
    quoted = attrs.evolve(found("that it snows"), kind=Kind.DIRECT)
    assert judge(TEXT, [RAINS], [quoted]) == (
        Judged(gold=0, found=None, kind=Kind.INDIRECT),
        Judged(gold=None, found=0, kind=Kind.DIRECT),
    )


def test_a_finding_without_a_word_is_none() -> None:
    """A mark alone says nothing."""
    assert [row.found for row in judge(TEXT, [RAINS], [found(".")])] == [None]


@given(st.text("ab ’.", max_size=30), st.integers(0, 30), st.integers(0, 30))
def test_a_span_touches_the_words_it_shares_a_character_with(text: str, one: int, other: int) -> None:
    """As by asking every word."""
    start, end = sorted((min(one, len(text)), min(other, len(text))))
    words = [match.span() for match in re.finditer(r"\w+(?:['’]\w+)*", text)]
    shared = [number for number, (first, last) in enumerate(words) if first < end and start < last]
    assert list(TextWords(text).touched(Span(start, end))) == shared
