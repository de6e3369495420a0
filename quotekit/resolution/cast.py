"""Everybody an article names, and where: people and bodies behind one index of places."""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeAlias

import attrs

from quotekit import lexicon
from quotekit.document import Document, MentionType
from quotekit.lexicon import Lexicon
from quotekit.registry.tables import table
from quotekit.resolution.bodies import Body, BodyName, body_name, chain_bodies
from quotekit.resolution.names import Name, read_name
from quotekit.resolution.people import Person, chain
from quotekit.resolution.words import Word, Words
from quotekit.spans import Span, merge

__all__ = ["Cast", "Member", "Sighting", "is_people"]

Member: TypeAlias = Person | Body
LONGEST_ACRONYM = 6
_RUN_GAP = re.compile(r"[ \t\xa0]|\.[ \t\xa0]")


@attrs.frozen(kw_only=True)
class Sighting:
    """One place where the article names somebody: `span` with titles and articles as tagged, `name` without."""

    span: Span
    name: Name | BodyName
    member: int


class Cast:
    """The people and bodies of one article, and which word belongs to whose name."""

    def __init__(self, members: Sequence[Member], sightings: Sequence[Sighting], words: Words, lang: str) -> None:
        """Made by `Cast.of`."""
        self.members, self.sightings, self.words, self.lang = tuple(members), tuple(sightings), words, lang
        self._ends = [sighting.name.span.end for sighting in self.sightings]

    @classmethod
    def of(cls, document: Document, lang: str = "en") -> Cast:
        """The cast of a document: its mentions, and the names in its sources that the mentions missed."""
        words, tables = Words(document.text), lexicon.load(lang)
        tagged = list(_tagged(document, words, tables))
        surnames = _surnames(chain([name for _, name in tagged if isinstance(name, Name)]))
        tagged = [(span, _person_after_all(name, surnames, words, tables)) for span, name in tagged]
        names = [*tagged, *_missed(document, [name.span for _, name in tagged], surnames, words, tables)]
        people = chain([name for _, name in names if isinstance(name, Name)])
        bodies = chain_bodies([name for _, name in names if isinstance(name, BodyName)], document.text)
        members: tuple[Member, ...] = (*people, *bodies)
        owner = {name.span: number for number, member in enumerate(members) for name in member.mentions}
        sightings = [Sighting(span=span, name=name, member=owner[name.span]) for span, name in names]
        return cls(members, sorted(sightings, key=lambda sighting: sighting.name.span), words, lang)

    def within(self, span: Span) -> Iterator[Sighting]:
        """The sightings that overlap `span`, in order."""
        at = bisect.bisect_right(self._ends, span.start)
        while at < len(self.sightings) and self.sightings[at].name.span.start < span.end:
            yield self.sightings[at]
            at += 1

    def until(self, place: int) -> Sequence[Sighting]:
        """The sightings that end at `place` or before."""
        return self.sightings[: bisect.bisect_right(self._ends, place)]


def is_people(word: Word, tables: Lexicon) -> bool:
    """Whether a capitalized word names the people of a country or party: "Mexicans", "Republicans"."""
    return word.key in tables.collectives or (word.key.endswith("s") and word.key[:-1] in table("countries"))


def _surnames(people: Iterable[Person]) -> frozenset[str]:
    """Words that may stand alone for somebody whom the article names in full."""
    full = [person.name for person in people if person.name.full]
    first = {name.weighty[0] for name in full if name.weighty[0] in table("family_first")}
    return frozenset({name.weighty[-1] for name in full} | first)


def _tagged(document: Document, words: Words, tables: Lexicon) -> Iterator[tuple[Span, Name | BodyName]]:
    """The names of the document's mentions, none overlapping another; of two the longer that starts first."""
    end = 0
    for mention in sorted(document.mentions, key=lambda mention: (mention.span.start, -len(mention.span))):
        name = _read(mention.span, mention.type is MentionType.PERSON, words, tables)
        if name and name.span.start >= end:
            end = name.span.end
            yield mention.span, name


def _missed(
    document: Document, taken: Sequence[Span], surnames: frozenset[str], words: Words, tables: Lexicon
) -> Iterator[tuple[Span, Name | BodyName]]:
    """The names in sources that no mention covers."""
    starts = [span.start for span in taken]
    for source in merge(span for attribution in document.attributions for span in attribution.source):
        for run in _runs(words, source):
            at = bisect.bisect_left(starts, run.end)
            free = not at or taken[at - 1].end <= run.start
            if free and (name := _plain_name(run, surnames, words, tables)):
                yield run, name


def _read(span: Span, person: bool, words: Words, tables: Lexicon) -> Name | BodyName | None:
    inside = list(words.inside(span))
    if not inside or is_people(inside[-1], tables):
        return None
    last = inside[-1].key
    if not person or (last in tables.bodies and last not in tables.given_names and len(inside) > 1):
        return body_name(words.text, span)
    return read_name(words, span, tables.lang)


def _runs(words: Words, span: Span) -> Iterator[Span]:
    """Stretches of capitalized words inside a span."""
    run: list[Word] = []
    for word in words.inside(span):
        if run and not (word.capitalized and _RUN_GAP.fullmatch(run[-1].gap)):
            yield Span(run[0].span.start, run[-1].span.end)
            run = []
        if word.capitalized:
            run.append(word)
    if run:
        yield Span(run[0].span.start, run[-1].span.end)


def _plain_name(run: Span, surnames: frozenset[str], words: Words, tables: Lexicon) -> Name | BodyName | None:
    """The name in a run of capitalized words that no mention covers, where its words show that it is one."""
    inside = list(words.inside(run))
    key, last = " ".join(word.key for word in inside), inside[-1]
    if is_people(last, tables) or last.key in tables.roles or last.key in tables.pronouns:
        return None
    if key in tables.metonyms or table("countries").get(key) == key or (last.key in tables.bodies and len(inside) > 1):
        return body_name(words.text, run)
    name = read_name(words, run, tables.lang)
    if name and (name.title or last.key in surnames or (name.full and name.keys[0] in tables.given_names)):
        return name
    return body_name(words.text, run) if len(inside) == 1 and last.shouted and len(last.key) <= LONGEST_ACRONYM else None


def _person_after_all(
    name: Name | BodyName, surnames: frozenset[str], words: Words, tables: Lexicon
) -> Name | BodyName:
    """A lone surname of somebody named in full elsewhere, where the mention was taken for a body."""
    body = isinstance(name, BodyName) and name.key in surnames
    if body and name.key not in tables.metonyms and name.key not in table("countries"):
        return read_name(words, name.span, tables.lang) or name
    return name
