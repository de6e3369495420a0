"""Texts as the words that are compared."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotekit.errors import InputError
from quotekit.matching import words
from quotekit.matching.normalize import normalize
from quotekit.matching.words import find_words

CASES = json.loads((Path(__file__).resolve().parent.parent / "cases" / "normalize.json").read_text(encoding="utf-8"))
SIGNS = st.sampled_from(
    [*"abcNIO '’‘\"[]().,-–*$%019", "n't", "'s", "one", "two", "hundred", "[sic]", "U.S.", "uh", "é"]
)
PIECES = st.sampled_from(
    [" per", " cent ", " No.", " 5 ", " co", "-op", " all", " right.", " $ ", " do", "n't ", " Mar. ", " web", " site,"]
)


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_keys(case: dict[str, object]) -> None:
    """What two outlets print in different ways has the same keys."""
    assert list(normalize(str(case["text"])).keys) == case["keys"]


@given(st.one_of(st.text(), st.lists(SIGNS).map("".join)))
def test_any_text_has_words_in_order(text: str) -> None:
    """The words' places are in order, inside the text and not empty, and every word has a key."""
    words = normalize(text).words
    ends = [0, *(word.end for word in words)]
    assert all(end <= word.start < word.end for end, word in zip(ends, words, strict=False))
    assert ends[-1] <= len(text)
    assert all(word.key for word in words)


@given(st.lists(st.one_of(SIGNS, PIECES)).map("".join))
def test_words_known_by_chunk_are_those_read_one_by_one(text: str) -> None:
    """What is remembered of the chunks between spaces changes no word and no place."""
    found = find_words(text, "en")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(words, "_by_chunk", lambda *_: None)
        assert find_words(text, "en") == found


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("We can’t", ["We", "ca", "n’t"]),
        ("Karachi's port", ["Karachi's", "port"]),
        ("a “five-million-dollar” gift", ["a", "five-million-dollar", "gift"]),
        ("the U.S., co-operating", ["the", "U.S.", "co-operating"]),
        ("10 per cent [sic]", ["10", "per cent", "sic"]),
        ("[T]he café", ["[T]he", "café"]),
    ],
)
def test_places_cut_the_original_words(text: str, cut: list[str]) -> None:
    """Each word's place is what the text says for it, to the letter."""
    assert [text[word.start : word.end] for word in normalize(text).words] == cut


def test_insertions_are_words_but_no_keys() -> None:
    """What an editor put in is there to be shown, and told apart."""
    found = normalize("he [Khan] said")
    assert [(word.key, word.inserted) for word in found.words] == [("he", False), ("khan", True), ("said", False)]
    assert found.keys == ("he", "said")


def test_a_language_without_tables_is_refused() -> None:
    """The message names the languages there are."""
    with pytest.raises(InputError, match="lang='xx'; quotekit ships: en"):
        normalize("word", "xx")


@pytest.mark.parametrize("piece", ["word ", "[a]", "a.", "1,", "a-", "a'", "a*", "a hundred and ", "ab", "[", "é"])
def test_time_is_linear(piece: str) -> None:
    """No text makes the scanner look at a place again and again."""
    start = time.process_time()
    normalize(piece * 20_000)
    assert time.process_time() - start < 10
