"""Descriptions without a name: "the spokesman", "the appeals court", "many analysts"."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import attrs

from quotekit import lexicon
from quotekit.document import How
from quotekit.resolution.bodies import Body
from quotekit.resolution.cast import Cast
from quotekit.resolution.lookup import Lookup
from quotekit.resolution.roles import Roles
from quotekit.resolution.sources import Part
from quotekit.resolution.words import Word, singular
from quotekit.spans import Span
from quotekit.speakers import Speaker, SpeakerType

__all__ = ["Described", "Descriptions", "plain_text"]

FAR_MORE = 3  # times as often named as the next: the one that "the court" means
FIRST_BODIES = 20  # bodies with one noun that are looked at
_TRIMMED = " ,;:—–-"


@attrs.frozen(kw_only=True)
class Described:
    """Whom a description means: a member of the cast by number, or a speaker the article does not name."""

    who: int | Speaker
    how: How
    score: float


class Descriptions:
    """Tells the descriptions of one article: by its appositions first, then by the registry."""

    def __init__(self, cast: Cast, roles: Roles, lookup: Lookup) -> None:
        """Index the bodies of `cast` by the nouns that may stand for them."""
        self._cast, self._roles, self._lookup = cast, roles, lookup
        self._tables = lexicon.load(cast.lang)
        self._bodies: dict[str, list[int]] = defaultdict(list)
        for number, member in enumerate(cast.members):
            if isinstance(member, Body):
                for noun in member.nouns:
                    self._bodies[noun].append(number)

    def tell(self, part: Part) -> Described:
        """Whom a part means that is a description; one that fits nobody keeps its own words as its name."""
        words = list(self._cast.words.inside(part.core))
        determiner = self._tables.determiners.get(words[0].key)
        phrase = plain_text(self._cast, part.span)
        found = None
        if determiner in (None, "definite"):
            if part.head.key in self._tables.roles:
                found = self._holder(part, words, phrase)
            elif part.head.key in self._tables.bodies and determiner and phrase == plain_text(self._cast, part.core):
                found = self._body(part, words, phrase)
        return found or self._unnamed(part, phrase)

    def _holder(self, part: Part, words: Sequence[Word], phrase: str) -> Described | None:
        if held := self._roles.holder(part.span, words):
            tie, score = held
            return Described(who=tie.member, how=How.ROLE, score=score)
        if known := self._lookup.holder(phrase):
            return Described(who=known[0], how=How.ROLE, score=known[1])
        return None

    def _body(self, part: Part, words: Sequence[Word], phrase: str) -> Described | None:
        modifiers = {word.key for word in words[1:-1]}
        bodies = [(number, self._cast.members[number]) for number in self._bodies[part.head.key][:FIRST_BODIES]]
        named = [(number, body) for number, body in bodies if body.mentions[0].span.start < part.span.start]
        fits = [number for number, body in named if isinstance(body, Body) and modifiers <= set(body.name.key.split())]
        fits.sort(key=lambda number: len(self._cast.members[number].mentions), reverse=True)
        counts = [len(self._cast.members[number].mentions) for number in fits] + [0]
        if fits and counts[0] >= FAR_MORE * counts[1]:
            return Described(who=fits[0], how=How.DESCRIPTION, score=0.7)
        if known := self._lookup.body(phrase):
            return Described(who=known[0], how=How.ALIAS, score=known[1])
        return None

    def _unnamed(self, part: Part, phrase: str) -> Described:
        key = part.head.key
        number = self._tables.collectives.get(key)
        several = number == "several" or (number is None and singular(key) != key)
        speaker = Speaker(name=phrase, type=SpeakerType.GROUP if several else SpeakerType.UNNAMED)
        return Described(who=speaker, how=How.COLLECTIVE if several else How.DESCRIPTION, score=0.9)


def plain_text(cast: Cast, span: Span) -> str:
    """The text of a span with single spaces, without the punctuation at its ends."""
    return " ".join(cast.words.text[span.slice].split()).strip(_TRIMMED)
