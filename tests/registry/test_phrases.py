"""Phrases for posts and bodies as sets of words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotekit.lexicon import table
from quotekit.registry.phrases import Phrase, When, countries_in


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("the Defence Minister", "Minister of Defense"),
        ("Pakistan's defence minister", "the Minister of Defence of Pakistan"),
        ("Chinese foreign ministry spokeswoman", "spokesman of the Ministry of Foreign Affairs of China"),
        ("the U.S. Secretary of State", "American Secretary of State"),
        ("acting chairman", "chairwoman"),
        ("the army chief", "Chief of the Army Staff"),
        ("the PM", "prime minister"),
        ("US ambassador to Pakistan", "Ambassador of the United States to Pakistan"),
        ("ex-president of Chad", "the former Chadian president"),
    ],
)
def test_one_post(one: str, other: str) -> None:
    """Order, spelling, small words and the form of a country's name do not count."""
    assert Phrase.read(one) == Phrase.read(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("president", "vice president"),
        ("spokesperson", "deputy spokesperson"),
        ("US ambassador to Pakistan", "Pakistani ambassador to the US"),
        ("the minister", "a minister"),
        ("the minister", "the former minister"),
        ("minister-designate", "the former minister"),
        ("minister of defense", "minister of state for defense"),
    ],
)
def test_two_posts(one: str, other: str) -> None:
    """Rank, country, article and time count."""
    assert Phrase.read(one) != Phrase.read(other)


def test_parts() -> None:
    """A phrase has words, places, a time, and may be indefinite."""
    assert Phrase.read("a former South Korean envoy to Saudi Arabia") == Phrase(
        words=frozenset({"envoy", "to:saudi arabia"}),
        places=frozenset({"south korea"}),
        when=When.BEFORE,
        definite=False,
    )


@pytest.mark.parametrize(
    ("phrase", "places"),
    [
        ("spokesman for China's foreign ministry", {"china"}),
        ("special envoy for Iraq and Syria", set()),
        ("US envoy to the Democratic Republic of the Congo", {"united states"}),
    ],
)
def test_places_are_whose_not_where_to(phrase: str, places: set[str]) -> None:
    """A country that somebody is sent to, or at the end is responsible for, is not the one whose post it is."""
    assert Phrase.read(phrase).places == places


def test_countries() -> None:
    """Countries are found by name, adjective and abbreviation, the longest form first."""
    assert countries_in("Guinea-Bissau, the U.S. and Papua New Guinea") == {
        "guinea bissau",
        "united states",
        "papua new guinea",
    }


@given(st.text())
def test_any_text(text: str) -> None:
    """Any text can be read, and no country stays among the words."""
    assert not Phrase.read(text).words & set(table("countries").values())


def test_tables_are_folded() -> None:
    """What is looked up folded stands folded in the tables."""
    for name in ("countries", "post_words", "post_synonyms", "name_links", "name_suffixes", "family_first"):
        assert all(key == key.casefold() and key.isascii() for key in table(name)), name
