"""Names folded, cut into parts and compared."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotekit.lexicon import table
from quotekit.registry.names import (
    PersonName,
    agree,
    fold,
    is_acronym,
    name_key,
    same_sound,
    spelled_out,
    words_of,
)


def test_letters_spelled_out() -> None:
    """Umlauts become two letters; all else stays."""
    assert spelled_out("Özil, Schäuble, Müller, Peña") == "Oezil, Schaeuble, Mueller, Peña"


def agreement(mention: str, name: str) -> float:
    """How far two names agree; 0 where they are of different people."""
    found = agree(PersonName.parse(mention), PersonName.parse(name))
    return found.score if found else 0.0


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("O’Neill", ("oneill",)),
        ("Pakistan's", ("pakistan",)),
        ("yesterday`s", ("yesterday",)),
        ("Jorge Castañeda", ("jorge", "castaneda")),
        ("Ban Ki-moon", ("ban", "ki", "moon")),
        ("the U.S.-led", ("the", "us", "led")),
        ("G.K. Butterfield", ("gk", "butterfield")),
        ("Søren Łukasz", ("soren", "lukasz")),
        ("Владимир Путин", ("владимир", "путин")),
        ("习近平", ("习近平",)),
        ("“…”", ()),
    ],
)
def test_words(text: str, words: tuple[str, ...]) -> None:
    """A text's words are folded, without apostrophes, accents and stops."""
    assert words_of(text) == words


@given(st.text())
def test_folding_is_once_and_for_all(text: str) -> None:
    """Any text can be folded, and its words are folded already."""
    fold(text)
    assert all(words_of(word) == (word,) for word in words_of(text) if word.isascii())


@given(st.text())
def test_every_name_has_a_key(text: str) -> None:
    """A name has a key exactly where it has words."""
    assert bool(name_key(text)) == bool(words_of(text))


def test_an_article_alone_stays() -> None:
    """An article is left out before other words only."""
    assert (name_key("The Hill"), name_key("The")) == ("hill", "the")


@pytest.mark.parametrize("name", ["FO", "U.S.", "the IMF", "NATO's"])
def test_acronyms(name: str) -> None:
    """Two to five capitals are an acronym, with stops, an article or as a possessor."""
    assert is_acronym(name)


@pytest.mark.parametrize("name", ["Dawn", "I", "UNESCO", "F1", "The"])
def test_no_acronyms(name: str) -> None:
    """Other words are none."""
    assert not is_acronym(name)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Gen. Colin Powell", PersonName(("colin", "powell"), honorifics=("gen",))),
        ("Lt Gen Faiz Ali", PersonName(("faiz", "ali"), honorifics=("lt", "gen"))),
        ("Henry C. Johnson, Jr.", PersonName(("henry", "c", "johnson"), "jr")),
        ("Clinton, Hillary", PersonName(("hillary", "clinton"))),
        ("Ruth Baker, PhD", PersonName(("ruth", "baker"))),
        ("John Smith III", PersonName(("john", "smith"), "iii")),
        ("Malik Riaz", PersonName(("malik", "riaz"))),
        ("PUTIN Vladimir", PersonName(("vladimir", "putin"))),
        ("H.R. McMaster", PersonName(("h", "r", "mcmaster"))),
        ("HR McMaster", PersonName(("h", "r", "mcmaster"))),
        ("PM Modi", PersonName(("pm", "modi"))),
        ("Abdelfattah al-Sisi", PersonName(("abdul", "fattah", "al", "sisi"))),
        ("Abd al-Fattah", PersonName(("abdul", "fattah"))),
        ("Abdullah Khan", PersonName(("abdullah", "khan"))),
        ("Fazlur Rahman", PersonName(("fazl", "ur", "rahman"))),
        ("Mohamed ElBaradei", PersonName(("mohamed", "el", "baradei"))),
        ("John McCain", PersonName(("john", "mccain"))),
        ("Ana Ocasio-Cortez", PersonName(("ana", "ocasio", "cortez"), compound=2)),
        ("Bashar al-Assad", PersonName(("bashar", "al", "assad"))),
        ("Dr", PersonName(("dr",))),
        ("", PersonName(())),
    ],
)
def test_parse(text: str, name: PersonName) -> None:
    """Honorifics before and degrees after a name come off; what is also a name stays."""
    assert PersonName.parse(text) == name


@pytest.mark.parametrize(
    ("name", "surnames"),
    [
        ("Osama bin Laden", {"laden", "bin laden"}),
        ("Geng Shuang", {"geng"}),
        ("Kim Novak", {"kim", "novak"}),
        ("Madonna", set()),
        ("Nkosazana Dlamini-Zuma", {"dlamini zuma"}),
        ("Mariano Rajoy Brey", {"rajoy", "brey"}),
        ("Juan Manuel Santos", {"santos"}),
        ("Nguyen Phu Trong", {"nguyen", "trong"}),
    ],
)
def test_surnames(name: str, surnames: set[str]) -> None:
    """The family name is the last, with its particles, or the first where families come first."""
    folded = {" ".join(map(same_sound, surname.split())) for surname in surnames}
    assert set(PersonName.parse(name).surnames()) == folded


@pytest.mark.parametrize(
    ("mention", "name", "at_least"),
    [
        ("Khwajah Mohammad Asif", "Khawaja Muhammad Asif", 0.9),
        ("Nafees Zakariya", "Nafees Zakaria", 0.9),
        ("Aisha Farooqi", "Ayesha Farooqui", 0.9),
        ("Bill Gates", "William Gates", 0.9),
        ("Volodymyr Zelenskiy", "Volodymyr Zelensky", 0.9),
        ("Qamar Bajwa", "Qamar Javed Bajwa", 0.8),
        ("Richard Olson", "Richard G. Olson", 0.9),
        ("French Hill", "J. French Hill", 0.9),
        ("D. Trump", "Donald J. Trump", 0.7),
        ("Faisal Muhammad", "Muhammad Faisal", 0.8),
        ("Nafees Zakaria", "Muhammad Nafees Zakaria", 0.6),
        ("Ildefonso Guajardo", "Ildefonso Guajardo Villarreal", 0.6),
        ("Henry Johnson", "Henry Johnson, Jr.", 0.8),
        ("Osama bin Ladin", "Osama bin Laden", 0.6),
        ("Abdul Kalam", "A. P. J. Abdul Kalam", 0.9),
        ("Saad el-Hariri", "Saad al-Hariri", 0.9),
    ],
)
def test_one_person(mention: str, name: str, at_least: float) -> None:
    """Spellings, short forms, initials and names left out agree."""
    assert at_least <= agreement(mention, name) < 1


@pytest.mark.parametrize(
    ("mention", "name"),
    [
        ("Ji Hyun Kim", "Ji Hyung Kim"),
        ("Richard B. Olson", "Richard G. Olson"),
        ("Hassan Rouhani", "Hussain Rouhani"),
        ("Frank Doyle Jr.", "Frank Doyle"),
        ("Frank Doyle Jr.", "Frank Doyle Sr."),
        ("Donald T", "Donald Trump"),
        ("Bill Clinton", "Hillary Clinton"),
        ("Wei Li", "Wei Lee"),
        ("Joe Trump", "Donald J. Trump"),
        ("David Vance", "J. D. Vance"),
        ("John Hill", "J. French Hill"),
        ("Ahmed Khan", "Imran Ahmed Khan Niazi"),
        ("Karin Meyer", "Karen Meyer"),
        ("Edgar Stone supporters", "Edgar Stone"),
        ("Muhammad Khan", "Malik Muhammad Ahmad Khan"),
    ],
)
def test_two_people(mention: str, name: str) -> None:
    """Near names of different people do not agree enough to be an answer."""
    assert agreement(mention, name) < 0.5


WORDS = ("ana", "bo", "c", "khan", "li", "muhammad", "al", "jr", "dr")


@given(st.lists(st.sampled_from(WORDS), min_size=2, max_size=7).map(" ".join))
def test_every_name_agrees_with_itself(name: str) -> None:
    """A name of two words or more agrees wholly with itself, and shares a block with itself."""
    parsed = PersonName.parse(name)
    if len(parsed.words) > 1:
        assert agreement(name, name) == 1
        assert set(parsed.blocks())


@pytest.mark.parametrize("name", ["name_variants", "nicknames"])
def test_variants_stand_for_something_that_stands_for_itself(name: str) -> None:
    """One look into a table of spellings is enough: what a row leads to has no row of its own in it."""
    rows = table(name)
    assert rows
    assert not set(rows) & set(rows.values())
    assert all(words_of(word) == (word,) for row in rows.items() for word in row)


def test_nicknames_lead_to_the_spelling_that_stands_for_all() -> None:
    """A short form leads to a name as the table of spellings writes it."""
    assert not set(table("nicknames").values()) & set(table("name_variants"))
