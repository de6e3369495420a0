"""Text as HTML."""

from __future__ import annotations

from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotekit.render.markup import Markup, joined, markup, plain, tag

HIDDEN = ["\x00", "\x1b", "\x7f", "\x85", "\u200f", "\u202e", "\u2066", "\ufff9", "\U000e0041", "\ud800", "\udfff"]


@pytest.mark.parametrize("character", HIDDEN)
def test_what_hides_or_reorders_is_named(character: str) -> None:
    """A control, an override or half a character stands there as its code point, in text and in attributes."""
    name = f"U+{ord(character):04X}"
    assert markup(f"a{character}b") == f'a<span class="qk-odd">{name}</span>b'
    assert tag("a", title=character) == f'<a title="{name}"></a>'


@pytest.mark.parametrize("text", ["a\tb\nc", "Ærø", "नमस्ते", "👩‍👩‍👧", "a\u200bb", "\ufeff"])
def test_what_is_harmless_stays(text: str) -> None:
    """White space, letters of any script and what joins them are left as they are."""
    assert markup(text) == text


def test_carriage_returns_survive_the_parser() -> None:
    """A carriage return is a reference, since a parser would make it a line feed; alone it breaks the line."""
    assert markup("a\r\nb\rc") == "a&#13;\nb&#13;<br>c"


def test_markup_is_not_escaped_again() -> None:
    """What is HTML already enters an element as it is; everything else is text."""
    assert tag("p", tag("b", "<&>"), "<i>") == "<p><b>&lt;&amp;&gt;</b>&lt;i&gt;</p>"
    assert joined([Markup("<hr>"), "<hr>"]) == "<hr>&lt;hr&gt;"


@given(st.text())
def test_attribute_cannot_be_left(text: str) -> None:
    """No text ends the attribute it stands in, and a browser reads its characters back."""
    inside = tag("a", title=text).removeprefix('<a title="').removesuffix('"></a>')
    assert not set('"<>') & set(inside)
    assert inside == plain(text)
    if text.isprintable():
        assert unescape(inside) == text
