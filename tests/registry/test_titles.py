"""Where the name stands in a source phrase."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotekit.registry.titles import before_link, is_title, parts_of, readings


def split(phrase: str, name: str) -> tuple[str, bool, float]:
    """The title, whether it is one, and the score of the reading that ends in this name."""
    found = {reading.name: reading for reading in readings(phrase, {"centcom", "defense"}, {"imran"})}
    return found[name].title, found[name].titled, found[name].score


@pytest.mark.parametrize(
    ("phrase", "name"),
    [
        ("President Donald Trump", "Donald Trump"),
        ("FO spokesperson Dr Muhammad Faisal", "Muhammad Faisal"),
        ("The foreign minister of Pakistan Khwajah Mohammad Asif", "Khwajah Mohammad Asif"),
        ("Chief of Army Staff General Qamar Bajwa", "Qamar Bajwa"),
        ("White House chief of staff General John Kelly", "John Kelly"),
        ("his Chinese counterpart Geng Shuang", "Geng Shuang"),
        ("Minister of Defense Edgar Stone", "Edgar Stone"),
        ("Trump's lawyer Michael Cohen", "Michael Cohen"),
        ("FBI Director James Comey", "James Comey"),
    ],
)
def test_titles(phrase: str, name: str) -> None:
    """Posts, honorifics, bodies and countries may stand before a name."""
    assert split(phrase, name)[2] == 1


@pytest.mark.parametrize(
    ("phrase", "name"),
    [
        ("a spokesman for Imran Khan", "Imran Khan"),
        ("a spokesman for President Trump", "Trump"),
        ("an aide to Defense Secretary Stone", "Stone"),
        ("the wife of Mr Khan", "Khan"),
        ("Sharif and Prime Minister Khan", "Khan"),
    ],
)
def test_people_who_have_to_do_with_the_named(phrase: str, name: str) -> None:
    """A phrase about somebody else is not read as a title and a name."""
    assert name not in {reading.name for reading in readings(phrase, {"defense"}, set())}


def test_a_name_before_a_name() -> None:
    """A word that is a name itself makes another name of the two."""
    assert split("Imran Qadir Khan", "Qadir Khan") == ("Imran", False, 0.47)


def test_an_unknown_word_before_a_name() -> None:
    """A capitalized word that is neither title nor name costs some of the score."""
    assert split("Xyzzy Edgar Stone", "Edgar Stone") == ("Xyzzy", False, 0.6)


@pytest.mark.parametrize("word", ["minister", "dr", "spokeswoman", "general"])
def test_title(word: str) -> None:
    """Posts and honorifics are titles."""
    assert is_title(word)


@pytest.mark.parametrize("word", ["malik", "dean", "stone", "defense"])
def test_no_title(word: str) -> None:
    """What is also a name, and what is no person, is none."""
    assert not is_title(word)


def test_parts() -> None:
    """Commas, brackets and dashes cut a phrase; what is more than four parts is left out."""
    assert parts_of("Geng Shuang (spokesman) – of the ministry, who spoke, in Beijing") == [
        "Geng Shuang",
        "spokesman",
        "of the ministry",
        "who spoke",
    ]


@pytest.mark.parametrize(
    ("part", "before"),
    [("Peter Lund of the State Department", "Peter Lund"), ("House of Commons", ""), ("Ana Sol and Bo Li", "")],
)
def test_before_link(part: str, before: str) -> None:
    """A name may have a phrase with a preposition after it."""
    assert before_link(part) == before


@given(st.text())
def test_any_phrase(phrase: str) -> None:
    """Every reading is the phrase cut in two."""
    for reading in readings(phrase, set(), set()):
        assert f"{reading.title} {reading.name}".split() == phrase.split()
        assert 0 < reading.score <= 1
        assert bool(reading.reason) == (reading.score < 1)
