"""Text → tokens and what the encoder is told of them."""

import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotekit.analysis.pack import BUNDLED, load_wordpiece
from quotekit.analysis.tokens import CASES, GAPS, MARKS, readable, tokenize
from quotekit.quotations import find_quotations


@pytest.fixture(scope="module")
def wordpiece():
    """The pack's word pieces."""
    return load_wordpiece(BUNDLED / "en")


def read(text, wordpiece):
    """The tokens of a text, and their texts."""
    tokens = tokenize(text, find_quotations(text), wordpiece)
    return tokens, [text[s:e] for s, e in zip(tokens.starts.tolist(), tokens.ends.tolist(), strict=True)]


def names(tokens, column, table):
    """One column of the features, in words."""
    words = {number: name for name, number in table.items()}
    return [words[number] for number in tokens.features[:, column].tolist()]


def test_tokens_are_words_and_marks(wordpiece):
    """A mark is a token of its own, a long word one token of several pieces."""
    tokens, words = read("Dr. Faisal’s incontrovertibility", wordpiece)
    assert words == ["Dr", ".", "Faisal", "’", "s", "incontrovertibility"]
    assert tokens.firsts[-1] == len(tokens.pieces) > len(words)


def test_tokens_know_their_case(wordpiece):
    """The uncased pieces are joined by the case of the word."""
    tokens, _ = read("the Pentagon NATO McCain 45 .", wordpiece)
    assert names(tokens, 0, CASES) == ["lower", "title", "upper", "mixed", "digit", "mark"]


def test_tokens_know_the_space_before_them(wordpiece):
    """Lines and paragraphs are told from plain spaces."""
    tokens, _ = read("a b.\nc\n\nd", wordpiece)
    assert names(tokens, 1, GAPS) == ["paragraph", "space", "none", "line", "paragraph"]


def test_tokens_know_where_they_stand_in_the_quotations(wordpiece):
    """Opening and closing marks, the inside, and quotations in quotations are told apart."""
    tokens, words = read("a “b ‘c’ d” e", wordpiece)
    assert words == ["a", "“", "b", "‘", "c", "’", "d", "”", "e"]
    expected = ["outside", "opening", "inside", "opening", "nested", "closing", "inside", "closing", "outside"]
    assert names(tokens, 2, MARKS) == expected


@given(st.text(max_size=80))
def test_tokens_of_any_text_lie_in_it_in_order(wordpiece, text):
    """Whatever the text, tokens follow one another and hold no white space at their ends."""
    tokens, words = read(text, wordpiece)
    edges = [edge for pair in zip(tokens.starts.tolist(), tokens.ends.tolist(), strict=True) for edge in pair]
    assert edges == sorted(edges)
    assert all(0 <= edge <= len(text) for edge in edges)
    assert all(word for word in words)


def test_lone_surrogates_are_replaced_one_for_one():
    """The model never sees half a character, and offsets hold."""
    assert readable("a\ud800b") == "a?b"


def test_a_line_break_inside_a_wrapped_paragraph_is_a_space(wordpiece):
    """Hard-wrapped lines are no paragraphs: the encoder is told of a space, as if the text ran on."""
    paragraph = "The two ministers, who met in Geneva on Monday, called the meeting useful. " * 5
    plain, wrapped = (
        tokenize(f"{text}\n\nIt was short.", (), wordpiece) for text in (paragraph, textwrap.fill(paragraph, 60))
    )
    assert wrapped.features[:, 1].tolist() == plain.features[:, 1].tolist()
