"""How much words tell."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from quotekit.lexicon import table
from quotekit.matching.normalize import normalize
from quotekit.matching.rarity import MOST_BITS, rarity, surprises


def test_rarer_words_have_more_bits() -> None:
    """A word that the table does not have is the rarest."""
    assert 0 < rarity("the") < rarity("country") < rarity("glacier") <= rarity("qwertz") == MOST_BITS


@given(st.lists(st.sampled_from(["the", "of", "united", "states", "dam", "end", "day", "at", "xyzzy"])))
def test_nothing_surprises_more_than_it_is_rare(keys: list[str]) -> None:
    """What stands before a word can only tell something of it."""
    assert all(0 <= bits <= rarity(key) for key, bits in zip(keys, surprises(keys), strict=True))


def test_a_stock_phrase_says_as_much_as_its_first_word() -> None:
    """Whatever its words would say in other company."""
    phrase = ["weapons", "of", "mass", "destruction"]
    assert sum(surprises(phrase)) < rarity("weapons") + len(phrase)
    assert sum(surprises(phrase[::-1])) > sum(surprises(phrase)) + 20


def test_stock_phrases_have_two_words_at_least() -> None:
    """One word alone is as rare as it is."""
    assert all(len(normalize(phrase).keys) > 1 for phrase in table("stock_phrases"))
