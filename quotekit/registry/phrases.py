"""Phrases for posts and bodies as sets of standard words: "Pakistan's Defence Minister", "Minister of Defense"."""

from __future__ import annotations

import enum
import functools
from collections.abc import Iterator, Sequence

import attrs

from quotekit.lexicon import table
from quotekit.registry.names import words_of

__all__ = ["Phrase", "When", "countries_in", "seats_in"]

LONGEST_COUNTRY = 6  # words: "democratic republic of the congo"
_IN_A_LIST = ("the", "and")
_SENT = ("for", "in")


class When(str, enum.Enum):
    """When a post is said to be held, seen from the day of the text."""

    NOW = "now"
    BEFORE = "before"
    AFTER = "after"


@attrs.frozen(kw_only=True)
class Phrase:
    """A phrase for a post or a body.

    `words` are its standard words without those that may be left out; a country that somebody is sent to is
    one of them ("to:germany"), the other countries are the `places`. `definite` is false after "a" or "an".
    """

    words: frozenset[str]
    places: frozenset[str] = frozenset()
    when: When = When.NOW
    definite: bool = True

    def by_seat(self) -> Phrase:
        """The phrase with each capital taken for its country: "Moscow's foreign minister"."""
        seats = table("seats")
        found = {word for word in self.words if word in seats}
        if not found:
            return self
        return attrs.evolve(self, words=self.words - found, places=self.places.union(seats[word] for word in found))

    @classmethod
    def read(cls, text: str) -> Phrase:
        """Read a phrase, whatever the order and spelling of its words.

        >>> Phrase.read("Pakistan's former Defence Minister") == Phrase.read("the ex-Minister of Defense of Pakistan")
        True
        """
        return _read(text)


def _cut(words: Sequence[str]) -> Iterator[tuple[str, bool]]:
    """The words in order, each country as one word, its standard name; and whether it is a country."""
    countries, starts, at = table("countries"), _country_starts(), 0
    while at < len(words):
        longest = min(LONGEST_COUNTRY, len(words) - at) if words[at] in starts else 0
        for length in range(longest, 0, -1):
            if country := countries.get(" ".join(words[at : at + length])):
                yield country, True
                at += length
                break
        else:
            yield words[at], False
            at += 1


@functools.cache
def _country_starts() -> frozenset[str]:
    return frozenset(form.split()[0] for form in table("countries"))


def _sent(parts: Sequence[tuple[str, bool]]) -> Iterator[tuple[str, bool]]:
    """The same parts with countries that somebody is sent to as plain words: "to Germany", a final "for Iraq"."""
    preposition = ""
    final = len(parts)
    while final and (parts[final - 1][1] or parts[final - 1][0] in (*_IN_A_LIST, *table("seats"))):
        final -= 1
    for number, (word, is_country) in enumerate(parts):
        country = word if is_country else table("seats").get(word, "")
        if country and (preposition == "to" or (preposition in _SENT and number >= final)):
            yield f"to:{country}", False
        else:
            yield word, is_country
        if not is_country and word not in _IN_A_LIST:
            preposition = word


def _as_one(words: Sequence[str]) -> Iterator[str]:
    """The words, two that have a synonym together as that."""
    synonyms, at = table("post_synonyms"), 0
    while at < len(words):
        pair = " ".join(words[at : at + 2])
        yield synonyms[pair] if pair in synonyms and " " in pair else words[at]
        at += 2 if pair in synonyms and " " in pair else 1


@functools.lru_cache(maxsize=1 << 16)
def _read(text: str) -> Phrase:
    synonyms, meanings = table("post_synonyms"), table("post_words")
    words = tuple(_as_one(words_of(text)))
    kept: set[str] = set()
    places: set[str] = set()
    when = When.NOW
    for word, is_country in _sent(list(_cut(words))):
        meaning = meanings.get(word)
        if is_country:
            places.add(word)
        elif meaning in ("before", "after"):
            when = When(meaning)
        elif meaning in (None, "body", "sent"):
            kept.update(synonyms[word].split() if word in synonyms else (word,))
    unions = places & table("unions").keys()
    is_sent = any(meanings.get(word) == "sent" for word in kept)
    if is_sent and len(places) > 1 and len(unions) == 1:  # "Russia's UN ambassador"
        places -= unions
        kept.add(f"to:{min(unions)}")
    definite = words[:1] not in (("a",), ("an",))
    return Phrase(words=frozenset(kept), places=frozenset(places), when=when, definite=definite)


def seats_in(text: str) -> frozenset[str]:
    """The countries whose capital a text names by one word.

    >>> seats_in("talks in Islamabad")
    frozenset({'pakistan'})
    """
    seats = table("seats")
    return frozenset(seats[word] for word in words_of(text) if word in seats)


def countries_in(text: str) -> frozenset[str]:
    """The countries a text names, by name or by adjective.

    >>> sorted(countries_in("the Chinese foreign ministry and the U.S."))
    ['china', 'united states']
    """
    return frozenset(word for word, is_country in _cut(words_of(text)) if is_country)
