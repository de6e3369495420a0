"""Descriptions without a name: "the spokesman", "the appeals court", "many analysts"."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import attrs

from quotekit import lexicon
from quotekit.document import Document, How, MentionType
from quotekit.lexicon import table
from quotekit.resolution.answers import Voice
from quotekit.resolution.descriptions.individuals import Individuals
from quotekit.resolution.descriptions.kinds import Kinds
from quotekit.resolution.descriptions.led import Led
from quotekit.resolution.descriptions.pairs import Pairs
from quotekit.resolution.lookup import Lookup
from quotekit.resolution.names.cast import Cast
from quotekit.resolution.parts.sources import Part, is_several
from quotekit.resolution.pronouns.antecedents import Antecedents
from quotekit.resolution.traits.roles import Roles
from quotekit.resolution.words import Word
from quotekit.spans import Span
from quotekit.speakers import Speaker, SpeakerType

__all__ = ["Described", "Descriptions", "plain_text"]

HELD_BEFORE = 3_000  # code points back to "the health minister", whom "the minister" may mean

_TRIMMED = " ,;:—–-"


@attrs.frozen(kw_only=True)
class Described:
    """Whom a description means: members of the cast by number, or a speaker the article does not name."""

    who: tuple[int | Speaker, ...]
    how: How
    score: float


class Descriptions:
    """Tells the descriptions of one article: by its appositions first, then by the registry."""

    def __init__(
        self, document: Document, cast: Cast, voices: Sequence[Voice], roles: Roles, lookup: Lookup,
        antecedents: Antecedents,
    ) -> None:  # fmt: skip
        """`voices` are the cast and those heard of later; they grow as sources are resolved."""
        self._cast, self._lookup = cast, lookup
        self._tables = lexicon.load(cast.lang)
        self._individuals = Individuals(cast, roles, antecedents)
        self._pairs = Pairs(cast, roles)
        self._led = Led(cast, lookup, antecedents)
        self._kinds = Kinds(cast, voices, antecedents, _places(document, cast))
        self._holders: dict[str, list[tuple[int | Speaker, int]]] = defaultdict(list)  # of a noun, and where told

    def tell(self, part: Part) -> Described:
        """Whom a part means that is a description; one that fits nobody keeps its own words as its name."""
        words = self._cast.words.inside(part.core)
        determiner = self._tables.determiners.get(words[0].key)
        phrase = plain_text(self._cast, part.span)
        found = None
        if led := self._led.tell(words):
            found = Described(who=(led[0],), how=How.DESCRIPTION, score=led[1])
        elif self._pairs.is_one(words):
            found = self._two(part, words)
        elif part.head.key in self._tables.roles and determiner != "indefinite":
            found = self._person(part, words, phrase, determiner)
        elif self._is_body(words) and determiner == "definite" and phrase == plain_text(self._cast, part.core):
            found = self._body(part, words, phrase)
        return found or self._unnamed(part, phrase)

    def _two(self, part: Part, words: Sequence[Word]) -> Described | None:
        found = self._pairs.tell(part, words)
        return Described(who=found, how=How.DESCRIPTION, score=0.7) if found else None

    def _is_body(self, words: Sequence[Word]) -> bool:
        keys = [word.key for word in words]
        return keys[-1] in self._tables.bodies or " ".join(keys[-2:]) in table("body_kinds")

    def _person(self, part: Part, words: Sequence[Word], phrase: str, determiner: str | None) -> Described | None:
        people = self._individuals
        found: tuple[int | Speaker, float] | None = people.beside(part, words)
        if not found and determiner == "definite":
            found = people.definite(part, words)
        elif not found and determiner is None:
            found = people.exact(part, words)
        if not found and (determiner == "whose" or any(word.possessive for word in words[:-1])):
            found = people.owned(part, words)
        if not found and determiner != "whose" and (known := self._lookup.holder(phrase)):
            self._holders[part.head.key].append((known[0], part.span.end))
            return Described(who=(known[0],), how=How.ROLE, score=known[1])
        if not found and determiner != "whose" and people.on_top(part):
            found = people.ahead(part, words)
        if not found and determiner == "definite" and len(words) == 2:
            found = self._held(part)
        return Described(who=(found[0],), how=How.ROLE, score=found[1]) if found else None

    def _held(self, part: Part) -> tuple[int | Speaker, float] | None:
        """The one holder of a post whom a fuller phrase with the same noun has just told: "the minister"."""
        near = {who for who, end in self._holders[part.head.key] if end >= part.span.start - HELD_BEFORE}
        return (near.pop(), 0.8) if len(near) == 1 else None

    def _body(self, part: Part, words: Sequence[Word], phrase: str) -> Described | None:
        if found := self._kinds.tell(part, words):
            return Described(who=(found[0],), how=How.DESCRIPTION, score=found[1])
        if known := self._lookup.body(phrase):
            return Described(who=(known[0],), how=How.ALIAS, score=known[1])
        return None

    def _unnamed(self, part: Part, phrase: str) -> Described:
        several = is_several(part.head, self._cast)
        speaker = Speaker(name=phrase, type=SpeakerType.GROUP if several else SpeakerType.UNNAMED)
        return Described(who=(speaker,), how=How.COLLECTIVE if several else How.DESCRIPTION, score=0.9)


def _places(document: Document, cast: Cast) -> frozenset[int]:
    """The members of the cast that the tagger has as places."""
    tagged = (mention.span for mention in document.mentions if mention.type is MentionType.PLACE)
    return frozenset(sighting.member for span in tagged for sighting in cast.within(span))


def plain_text(cast: Cast, span: Span) -> str:
    """The text of a span with single spaces, without the punctuation at its ends."""
    return " ".join(cast.words.text[span.slice].split()).strip(_TRIMMED)
