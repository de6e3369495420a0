"""The language tables: what they must hold, and that they are well-formed."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import attrs
import pytest

import quotekit
from quotekit import lexicon
from quotekit.document import Act
from quotekit.errors import InputError

FOLDER = Path(quotekit.__file__).parent / "data" / "en"
FIELDS = [field.name for field in attrs.fields(lexicon.Lexicon) if field.name != "lang"]
VALUES = {
    "acts": {str(act) for act in Act},
    "unsaid": {str(act) for act in Act},
    "judgments": {str(act) for act in Act},
    "answers": {"confirms", "denies"},
    "open_cues": {"neutral", "judged", "threat", "vow", "query", "culprit", "future", "outlook", "proposal"},
    "obligations": {"now", "past"},
    "futures": {"will", "may"},
    "participles": {"done", "doing"},
    "relays": {"anybody", "as"},
    "outlets": {"noun", "name", "acronym", "last", "none"},
    "pronouns": {"male", "female", "plural", "self", "thing", "any"},
    "honorifics": {"male", "female", ""},
    "roles": {"male", "female", ""},
    "collectives": {"several", "one"},
    "documents": {
        "ad",
        "article",
        "book",
        "complaint",
        "film",
        "letter",
        "plan",
        "poll",
        "post",
        "ruling",
        "speech",
        "statement",
        "study",
        "study poll",  # two sorts: the study may have been called a poll before
        "website",
    },
    "determiners": {"definite", "indefinite", "whose"},
    "given_names": {"male", "female", "any"},
}


def test_the_tables_are_read_once() -> None:
    """Loading a language again gives the same object."""
    assert lexicon.load("en") is lexicon.load("en")


def test_an_unknown_language_is_refused() -> None:
    """A language without tables is the caller's mistake, and the message names those there are."""
    with pytest.raises(InputError, match="lang='xx'; quotekit ships: en"):
        lexicon.load("xx")


@pytest.mark.parametrize("name", FIELDS)
def test_a_table_tells_what_it_holds(name: str) -> None:
    """Every table opens with a comment, for whoever translates it."""
    assert (FOLDER / f"{name}.tsv").read_text(encoding="utf-8").startswith("# ")


@pytest.mark.parametrize("name", FIELDS)
def test_a_table_has_each_entry_once(name: str) -> None:
    """No key stands twice: the second would silently win."""
    lines = (FOLDER / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    keys = [line.partition("\t")[0] for line in lines if line and not line.startswith("#")]
    assert sorted(keys) == sorted(set(keys))


@pytest.mark.parametrize("name", FIELDS)
def test_keys_are_folded(name: str) -> None:
    """Keys are in small letters, in composed form and without space around them, as lookups are."""
    for key in getattr(lexicon.load(), name):
        assert key == unicodedata.normalize("NFC", key).lower().strip()


@pytest.mark.parametrize(("name", "allowed"), VALUES.items())
def test_values_are_of_a_closed_set(name: str, allowed: set[str]) -> None:
    """A value that the code does not know would never be acted on."""
    assert set(getattr(lexicon.load(), name).values()) <= allowed


def test_a_form_with_a_row_of_its_own_keeps_it() -> None:
    """A form of a verb is read as its base form is, where no row says otherwise."""
    acts = lexicon.load().acts
    assert acts["considers"] == acts["consider"] == "believes"
    assert acts["considering"] == "expects"


def test_a_row_with_whose_holds_for_all_who() -> None:
    """The possessive of a row stands for every one."""
    acts = lexicon.load().acts
    assert acts["gave their word"] == acts["gives her word"] == "promises"
    assert "give one's word" not in acts


@pytest.mark.parametrize("form", ["said", "denied", "denies", "denying", "according to", "called on", "pointed out"])
def test_cue_forms_are_known(form: str) -> None:
    """Inflected and multiword cues are entries of their own."""
    assert form in lexicon.load().acts


@pytest.mark.parametrize(
    ("name", "gender"),
    [("muhammad", "male"), ("ayesha", "female"), ("narendra", "male"), ("ngozi", "female"), ("kim", "any")],
)
def test_given_names_of_many_regions_tell_a_gender(name: str, gender: str) -> None:
    """Given names are known beyond one country."""
    assert lexicon.load().given_names[name] == gender
