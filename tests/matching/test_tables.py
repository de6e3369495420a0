"""The language tables that matching reads."""

from __future__ import annotations

from pathlib import Path

import pytest

import quotekit
from quotekit.matching.normalize import normalize

FOLDER = Path(quotekit.__file__).parent / "data" / "en"
OF_KEYS = ("function_words", "modals", "negations", "hesitations")
OTHERS = (
    "antonyms",
    "capitals",
    "contractions",
    "currencies",
    "frequencies",
    "governments",
    "masks",
    "match_weights",
    "negative_prefixes",
    "numbers",
    "prefixes",
    "rewording_weights",
    "spellings",
    "stock_phrases",
    "swear_words",
    "synonyms",
    "tenses",
    "word_endings",
    "word_pairs",
)


def rows(name: str) -> list[str]:
    """The first column of a table."""
    lines = (FOLDER / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    return [line.partition("\t")[0] for line in lines if line and not line.startswith("#")]


@pytest.mark.parametrize("name", OF_KEYS + OTHERS)
def test_a_table_tells_what_it_holds_and_has_each_entry_once(name: str) -> None:
    """For whoever translates it; of two rows with one key the second would silently win."""
    assert (FOLDER / f"{name}.tsv").read_text(encoding="utf-8").startswith("# ")
    assert sorted(rows(name)) == sorted(set(rows(name)))


@pytest.mark.parametrize("name", OF_KEYS[:3])
def test_words_are_looked_up_by_key(name: str) -> None:
    """A row that no word's key can be would never be found."""
    assert [word for word in rows(name) if normalize(word).keys != (word,)] == []


def test_a_word_has_one_meaning() -> None:
    """A synonym stands in one row only; in a second one it would be lost."""
    lines = (FOLDER / "synonyms.tsv").read_text(encoding="utf-8").splitlines()[1:]
    words = [word for line in lines for word in line.replace("\t", " ").split()]
    assert sorted(words) == sorted(set(words))


def test_spellings_go_one_step() -> None:
    """What stands for all spellings of a word is not itself one of the spellings."""
    spelled = [normalize(row).keys for row in rows("spellings") if row.isalpha()]
    assert [keys for keys in spelled if normalize(" ".join(keys)).keys != keys and "." not in keys[0]] == []
