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


@pytest.mark.parametrize("table_name", ["seats", "unions"])
def test_tables_name_countries_as_the_table_of_countries_does(table_name: str) -> None:
    """Whatever stands for a country leads to its one name."""
    rows = table(table_name)
    assert {country or name for name, country in rows.items()} <= set(table("countries").values())


def test_a_capital_may_be_its_country() -> None:
    """A capital is a word of the phrase, and its country where the phrase is read so."""
    phrase = Phrase.read("Moscow's foreign minister")
    assert "moscow" in phrase.words
    assert phrase.by_seat() == Phrase.read("the Russian foreign minister")


def test_an_ambassador_in_a_capital_is_sent_to_the_country() -> None:
    """The capital after "in" is where somebody is sent."""
    assert Phrase.read("India's envoy in Islamabad") == Phrase.read("Indian envoy to Pakistan")


@pytest.mark.parametrize("phrase", ["Russia's UN ambassador", "the Russian permanent representative to the UN"])
def test_an_ambassador_to_a_union(phrase: str) -> None:
    """Of a country and a union of them the country sends."""
    assert Phrase.read(phrase) == Phrase.read("Russian ambassador to the United Nations")


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
    names = "countries post_words post_synonyms post_heads name_links name_suffixes name_joins family_first"
    for name in (*names.split(), "given_titles", "double_surnames", "firm_forms", "seats", "unions"):
        assert all(key == key.casefold() and key.isascii() for key in table(name)), name
