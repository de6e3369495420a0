"""Everybody an article names, and where: people and bodies behind one index of places."""

from __future__ import annotations

import bisect
from collections.abc import Iterator, Sequence
from typing import TypeAlias

import attrs

from quotekit.document import Document
from quotekit.resolution.names.bodies import Body, BodyName, chain_bodies, countries, states
from quotekit.resolution.names.naming import find_names
from quotekit.resolution.names.people import Person, chain
from quotekit.resolution.names.person import Name
from quotekit.resolution.words import Word, Words
from quotekit.spans import Span

__all__ = ["Cast", "Member", "Sighting"]

Member: TypeAlias = Person | Body


@attrs.frozen(kw_only=True)
class Sighting:
    """One place where the article names somebody."""

    name: Name | BodyName
    member: int

    @property
    def is_place(self) -> bool:
        """Whether it names a country or state."""
        return isinstance(self.name, BodyName) and (self.name.key in countries() or self.name.key in states())


class Cast:
    """The people and bodies of one article, and which word belongs to whose name."""

    def __init__(self, members: Sequence[Member], sightings: Sequence[Sighting], words: Words, lang: str) -> None:
        """Made by `Cast.of`."""
        self.members, self.sightings, self.words, self.lang = tuple(members), tuple(sightings), words, lang
        self._ends = [sighting.name.span.end for sighting in self.sightings]

    @classmethod
    def of(cls, document: Document, lang: str = "en") -> Cast:
        """Everybody whom the document names."""
        words = Words(document.text, lang)
        names = find_names(document, words, lang)
        people = chain(name for name in names if isinstance(name, Name))
        bodies = chain_bodies([name for name in names if isinstance(name, BodyName)], document.text)
        members: tuple[Member, ...] = (*people, *bodies)
        owner = {name.span: number for number, member in enumerate(members) for name in member.mentions}
        sightings = [Sighting(name=name, member=owner[name.span]) for name in names]
        return cls(members, sightings, words, lang)

    def first(self, where: Span | Word) -> Sighting | None:
        """The first sighting that overlaps a span or word."""
        at = bisect.bisect_right(self._ends, where.start)
        found = at < len(self.sightings) and self.sightings[at].name.span.start < where.end
        return self.sightings[at] if found else None

    def within(self, where: Span | Word) -> Iterator[Sighting]:
        """The sightings that overlap a span or word, in order."""
        at = bisect.bisect_right(self._ends, where.start)
        while at < len(self.sightings) and self.sightings[at].name.span.start < where.end:
            yield self.sightings[at]
            at += 1

    def before(self, place: int, most: int) -> Sequence[Sighting]:
        """The last sightings, `most` of them, that end at `place` or before it."""
        end = bisect.bisect_right(self._ends, place)
        return self.sightings[max(0, end - most) : end]
