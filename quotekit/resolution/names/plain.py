"""Capitals that name nobody: groups of people, adjectives of countries, plain nouns."""

from __future__ import annotations

from collections.abc import Sequence

from quotekit.lexicon import Lexicon, table
from quotekit.resolution.words import Word, Words, singular

__all__ = ["is_adjective", "is_people", "may_be_a_name"]

LONGEST_PEOPLE = 2  # words; "League of Women Voters" is a body


def may_be_a_name(word: Word, tables: Lexicon) -> bool:
    """Whether a capitalized word that is a whole source is no plain word: "Xinhua", not "Retailers" or "Video"."""
    plain = (tables.openers, tables.collectives, tables.roles, tables.documents, tables.bodies, tables.pronouns)
    return singular(word.key) == word.key and not any(word.key in known for known in plain)


def is_adjective(inside: Sequence[Word], words: Words, stop: int, tables: Lexicon) -> bool:
    """Whether a country's word goes with the plain noun after it: "British journal", "Kenya officials"."""
    if len(inside) > 1 or inside[0].key not in table("countries") or stop >= len(words):
        return False
    noun = inside[0].gap in (" ", "-") and not words[stop].capitalized and not inside[0].shouted
    small = (tables.conjunctions, tables.prepositions, tables.relatives, tables.finite_verbs, tables.acts)
    alone = not _is_demonym(inside[0], tables) and any(words[stop].key in known for known in small)
    return noun and not alone


def _is_demonym(word: Word, tables: Lexicon) -> bool:
    endings = tuple(row[1:] for row in tables.demonyms if row.startswith("-"))
    named = table("countries").get(word.key) == word.key
    return not named and (word.key in tables.demonyms or word.key.endswith(endings))


def is_people(inside: Sequence[Word], tables: Lexicon) -> bool:
    """Whether the words name the people of a country, party or trade: "Mexicans", "Black Lawmakers"."""
    last = inside[-1].key
    number = tables.collectives.get(last)
    of_body = number == "several" and len(inside) > 1 and inside[-2].key in tables.bodies
    if _is_plural_acronym(inside[-1]) or (of_body and last not in tables.bodies):
        return True
    if len(inside) > LONGEST_PEOPLE or " ".join(word.key for word in inside) in table("countries"):
        return False
    if number:
        return number == "several" or len(inside) == 1
    return singular(last) in table("countries") and last not in table("countries")


def _is_plural_acronym(word: Word) -> bool:
    """Whether a word stands for several of a kind: "PACs", "MPs"."""
    return len(word.text) > 2 and word.text[:-1].isupper() and word.text[-1] == "s"
