"""Phrases for two that the article names: "the two", "both candidates", "the two countries"."""

from __future__ import annotations

from collections.abc import Sequence

from quotekit import lexicon
from quotekit.lexicon import table
from quotekit.resolution.names.bodies import Body, countries
from quotekit.resolution.names.cast import Cast
from quotekit.resolution.names.people import Person
from quotekit.resolution.parts.sources import Part
from quotekit.resolution.pronouns.antecedents import GENDERS
from quotekit.resolution.traits.portraits import Wanted
from quotekit.resolution.traits.roles import Roles
from quotekit.resolution.words import Word, singular
from quotekit.spans import Span

__all__ = ["Pairs"]

PAIR = 2
NEAREST_NAMES = 12  # names before a phrase for two that are looked at
MOST_SENTENCES = 3  # that end between the two and the phrase
_ENDS = frozenset(".!?\n")


class Pairs:
    """Whom phrases for two mean in one article."""

    def __init__(self, cast: Cast, roles: Roles) -> None:
        """Nothing is looked up yet."""
        self._cast, self._roles, self._tables = cast, roles, lexicon.load(cast.lang)

    def is_one(self, words: Sequence[Word]) -> bool:
        """Whether a phrase speaks of two people or countries: "the two men", "both senators", "the pair"."""
        kinds, first, noun = table("pairs"), words[0].key, words[-1].key
        known = noun in kinds or singular(noun) in self._tables.roles
        if kinds.get(first) == "opens":
            return known and len(words) > 1
        opened = len(words) > 1 and kinds.get(words[1].key) in ("opens", "person")
        return known and opened and self._tables.determiners.get(first) == "definite"

    def tell(self, part: Part, words: Sequence[Word]) -> tuple[int, ...]:
        """The two whom a phrase means: all that fit in the nearest sentences, where they are two; or else nobody."""
        found: dict[int, None] = {}
        place, sentences = part.span.start, 0
        for sighting in reversed(self._cast.before(part.span.start, NEAREST_NAMES)):
            ended = self._ends(Span(sighting.name.span.start, place))
            sentences += ended
            if (ended and len(found) >= PAIR) or sentences > MOST_SENTENCES:
                break
            place = sighting.name.span.start
            if self._fits(sighting.member, words):
                found.setdefault(sighting.member)
        return tuple(reversed(found)) if len(found) == PAIR else ()

    def _fits(self, member: int, words: Sequence[Word]) -> bool:
        named, kind = self._cast.members[member], table("pairs").get(words[-1].key)
        if kind == "country":
            return isinstance(named, Body) and named.name.key in countries()
        if not isinstance(named, Person):
            return False
        if kind is None:
            return Wanted.read(words, self._cast).fit(self._roles.portrait(member)) is not None
        return kind not in GENDERS or named.gender in (None, kind)

    def _ends(self, span: Span) -> int:
        """How many sentences end inside a span."""
        words = (word for word in self._cast.words.inside(span) if not word.abbreviated)
        return sum(bool(_ENDS.intersection(word.gap)) for word in words)
