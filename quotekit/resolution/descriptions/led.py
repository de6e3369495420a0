"""Bodies called by their leader: “Khan's campaign” and “her campaign” are the Khan campaign."""

from __future__ import annotations

from collections.abc import Sequence

from quotekit import lexicon
from quotekit.lexicon import table
from quotekit.resolution.lookup import Lookup
from quotekit.resolution.names.cast import Cast
from quotekit.resolution.names.people import Person
from quotekit.resolution.pronouns.antecedents import GENDERS, Antecedents
from quotekit.resolution.words import Word
from quotekit.speakers import Speaker, SpeakerType

__all__ = ["Led"]

NAMED = 0.8  # how sure it is where the leader is named
POINTED = 0.7  # how sure at most where a pronoun stands for the leader


class Led:
    """The bodies of one article that are called by their leader."""

    def __init__(self, cast: Cast, lookup: Lookup, antecedents: Antecedents) -> None:
        self._cast, self._lookup, self._antecedents = cast, lookup, antecedents
        self._tables = lexicon.load(cast.lang)

    def tell(self, words: Sequence[Word]) -> tuple[int | Speaker, float] | None:
        """The body that a phrase of a possessor and such a noun means; `None` for other phrases."""
        if len(words) < 2 or words[-1].key not in table("led_bodies"):
            return None
        leader = self._leader(words)
        person = self._cast.members[leader[0]] if leader else None
        if leader is None or not isinstance(person, Person):
            return None
        name = f"{person.name.shown.split()[-1]} {words[-1].key}"
        known = self._lookup.body(name)
        return (known[0] if known else Speaker(name=name, type=SpeakerType.ORGANIZATION)), leader[1]

    def _leader(self, words: Sequence[Word]) -> tuple[int, float] | None:
        """Who possesses the last of some words, and how sure that is."""
        gender = self._tables.pronouns.get(words[0].key)
        if len(words) == 2 and gender in GENDERS:
            found = self._antecedents.person(words[0].span, gender)
            return (found[0], min(POINTED, found[1])) if found else None
        sighting = next(self._cast.within(words[-2].span), None) if words[-2].possessive else None
        return (sighting.member, NAMED) if sighting else None
