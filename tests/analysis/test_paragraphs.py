"""Where a paragraph ends, by line breaks alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotekit.analysis.paragraphs import flowing, paragraphs

WRAPPED = """\
The two ministers met in Geneva on Monday for the first time since
March, and both sides called the meeting useful. Officials said that
President Osei would travel to the region before the end of the year.
   A second round is planned for the spring, the foreign office said,
but Lena Voss, who leads the delegation, named no date for it.
"""


def texts_of(text: str) -> list[str]:
    """The paragraphs as strings."""
    return [text[span.slice] for span in paragraphs(text)]


@given(st.text(alphabet=" \t\r\n\x85\u2028aB.,"))
def test_paragraphs_hold_everything_but_white_space(text: str) -> None:
    """Of any text, the paragraphs in order hold all that is not white space, and none is blank."""
    found = texts_of(text)
    assert "".join("".join(found).split()) == "".join(text.split())
    assert all(paragraph.strip() for paragraph in found)


@pytest.mark.parametrize("line_break", ["\n", "\r\n", "\r", "\v", "\f", "\x85", "\u2028", "\u2029"])
def test_a_line_break_ends_a_paragraph(line_break: str) -> None:
    """Whatever the line break is, the next line starts a paragraph."""
    assert texts_of(f"Talks go on{line_break}The two sides met.") == ["Talks go on", "The two sides met."]


def test_an_unfinished_line_goes_on_in_lower_case() -> None:
    """A break in the middle of a sentence does not end the paragraph."""
    assert len(texts_of("The two sides met in Lahore,\nwhere it rained.")) == 1


@pytest.mark.parametrize("text", ["The two sides met.\nit rained.", "The two sides met,\n\nwhere it rained."])
def test_a_stop_or_a_blank_line_is_no_soft_break(text: str) -> None:
    """After a finished sentence, or over a blank line, lower case is not enough."""
    assert len(texts_of(text)) == 2


def test_a_hard_wrapped_text_has_its_paragraphs() -> None:
    """Full lines go on even before a capital; an indented line starts a paragraph."""
    first, second = texts_of(WRAPPED)
    assert first.endswith("the end of the year.")
    assert second.lstrip().startswith("A second round")


def test_short_lines_are_not_wrapped() -> None:
    """Lines of many lengths, such as headlines, stay apart."""
    lines = ["Minister resigns", "Flood report names three dams and two towns", "Rain is expected", "Shares fall again"]
    assert texts_of("\n".join(lines)) == lines


@given(st.text(alphabet=" \t\r\n\x85\u2028aB.,"))
def test_flowing_text_stands_where_it_stood(text: str) -> None:
    """Of any text, as many characters are left, and all but line breaks are the same."""
    read = flowing(text)
    assert len(read) == len(text)
    assert all(a == b or (b == " " and a in "\n\r\x85\u2028") for a, b in zip(text, read, strict=True))


def test_a_wrapped_text_flows() -> None:
    """Inside a paragraph a line break is a space; between two it stays."""
    assert "time since March, and both" in flowing(WRAPPED)
    assert flowing(WRAPPED).count("\n") == 2
