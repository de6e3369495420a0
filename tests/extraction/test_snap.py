"""Spans snap to whole words and whole quotations."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotekit.extraction.snap import Borders, trim
from quotekit.quotations import find_quotations
from quotekit.spans import Span


def borders(text: str) -> Borders:
    """The borders of a text whose words stand apart."""
    words, at = [], 0
    for word in text.split():
        start = text.index(word, at)
        at = start + len(word)
        words.append(Span(start, at))
    return Borders(text, tuple(words), find_quotations(text))


def span(text: str, part: str) -> Span:
    """Where `part` stands."""
    return Span(text.index(part), text.index(part) + len(part))


@pytest.mark.parametrize(
    ("text", "tagged", "whole"),
    [
        ("“It is late,” she said.", "It is late", "“It is late,”"),
        ("“It is late,” she said.", "“It is late", "“It is late,”"),
        ("“It is very late now,” she said.", "now,” she", "she"),
        ("He said that it was “rather late” then.", "that it was “rather late", "that it was “rather late”"),
        ("He said that it was “rather late” then.", "that it was “", "that it was"),
        ("“He told me that it rains a lot in spring and in autumn.”", "that it rains", "that it rains"),
        ("“She said ‘it rains’ to me and to all of them there.”", "it rains", "‘it rains’"),
    ],
)
def test_a_content_takes_quotations_in_whole_or_leaves_them(text, tagged, whole):
    """Most of a quotation stands for all of it, a little of it for nothing."""
    assert text[borders(text).whole_quotations(span(text, tagged)).slice] == whole


def test_a_span_never_cuts_a_word():
    """A span that starts or ends inside a word takes it in."""
    text = "the vice-president spoke"
    assert text[borders(text).whole_words(Span(9, 18)).slice] == "vice-president"


def test_a_span_of_white_space_stays():
    """Where there is no word there is nothing to grow to."""
    assert borders("a   b").whole_words(Span(2, 3)) == Span(2, 3)


@pytest.mark.parametrize(
    ("tagged", "trimmed"),
    [("“Go”,", "“Go”"), (": “Go.”", "“Go.”"), ("it rains.", "it rains."), ("— it rains —", "it rains"), (", ", "")],
)
def test_loose_punctuation_is_left_outside(tagged, trimmed):
    """Commas, colons and dashes at the ends are the sentence's; stops and marks are the content's."""
    assert tagged[trim(tagged, Span(0, len(tagged))).slice] == trimmed


@given(st.text(alphabet="ab “”\"'.,\n", max_size=40), st.integers(0, 40), st.integers(0, 40))
def test_any_span_snaps_to_a_span_of_the_text(text, a, b):
    """Whatever is tagged, what comes out lies in the text."""
    start, end = sorted((min(a, len(text)), min(b, len(text))))
    given_borders = borders(text)
    snapped = given_borders.whole_quotations(given_borders.whole_words(Span(start, end)))
    assert 0 <= snapped.start <= snapped.end <= len(text)
