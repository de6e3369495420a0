"""Bodies called by their leader: “Khan's campaign” and “her campaign” are the Khan campaign."""

from __future__ import annotations

from collections.abc import Sequence

from quotekit.lexicon import table
from quotekit.resolution.lookup import Lookup
from quotekit.resolution.names.cast import Cast
from quotekit.resolution.names.people import Person
from quotekit.resolution.pronouns.antecedents import Antecedents
from quotekit.resolution.words import Word
from quotekit.speakers import Speaker

__all__ = ["Led"]

NAMED = 0.8  # how sure it is where the leader is named
POINTED = 0.7  # how sure at most where a pronoun stands for the leader


class Led:
    """The bodies of one article that are called by their leader."""

    def __init__(self, cast: Cast, lookup: Lookup, antecedents: Antecedents) -> None:
        self._cast, self._lookup, self._antecedents = cast, lookup, antecedents

    def tell(self, words: Sequence[Word]) -> tuple[int | Speaker, float] | None:
        """The body that a phrase of a possessor and such a noun means; `None` for other phrases."""
        if len(words) < 2 or words[-1].key not in table("led_bodies"):
            return None
        leader = self._leader(words)
        person = self._cast.members[leader[0]] if leader else None
        if leader is None or not isinstance(person, Person):
            return None
        name = f"{person.name.shown.split()[-1]} {words[-1].key}"
        return self._lookup.body_called(name), leader[1]

    def _leader(self, words: Sequence[Word]) -> tuple[int, float] | None:
        """Who possesses the last of some words, and how sure that is."""
        if len(words) == 2 and (found := self._antecedents.whose(words[0])):
            return found[0], min(POINTED, found[1])
        sighting = self._cast.first(words[-2]) if words[-2].possessive else None
        return (sighting.member, NAMED) if sighting else None
