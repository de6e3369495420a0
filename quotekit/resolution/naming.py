"""The names of a text: its runs of capitalized words, read with the tables and with what a tagger said."""

from __future__ import annotations

import itertools
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from typing import TypeAlias

from quotekit import lexicon
from quotekit.document import Document, MentionType
from quotekit.lexicon import Lexicon, table
from quotekit.resolution.bodies import BodyName, body_name
from quotekit.resolution.capitals import LONGEST_ACRONYM, runs
from quotekit.resolution.names import LONGEST_TITLE, Name, is_title, read_name
from quotekit.resolution.words import Word, Words, singular
from quotekit.spans import Span

__all__ = ["AnyName", "find_names"]

AnyName: TypeAlias = Name | BodyName
LONGEST_PERSON = 5  # words
LONGEST_PEOPLE = 2  # words; "League of Women Voters" is a body


def find_names(document: Document, words: Words, lang: str = "en") -> list[AnyName]:
    """The names in a document, in order and apart: those of its mentions, their borders and types mended, and more.

    A lone surname is a name wherever somebody of that surname is named in full.
    """
    return _Finder(document, words, lexicon.load(lang)).names()


class _Finder:
    """What the tagger said, by word and by name."""

    def __init__(self, document: Document, words: Words, tables: Lexicon) -> None:
        self._words, self._tables = words, tables
        self._tags: dict[int, MentionType] = {}
        self._votes: dict[str, Counter[MentionType]] = defaultdict(Counter)
        for mention in document.mentions:
            numbers = words.range_of(mention.span)
            self._votes[_key(words[numbers.start : numbers.stop])][mention.type] += 1
            self._tags.update(dict.fromkeys(numbers, mention.type))
        self._in_sources: set[int] = set()
        self._alone: set[int] = set()
        for span in _source_spans(document):
            numbers = words.range_of(span)
            self._in_sources.update(numbers)
            if len(numbers) == 1 and _may_be_a_name(words[numbers.start], tables):
                self._alone.update(numbers)

    def names(self) -> list[AnyName]:
        found: list[AnyName] = []
        unsure: list[range] = []
        for run in runs(self._words, self._tags.keys() | self._alone, self._tables):
            read = list(self._read(run))
            found += read
            if not read:
                unsure.append(run)
        surnames = _surnames(name for name in found if isinstance(name, Name))
        for run in unsure:
            if name := self._unsure(run, surnames):
                found.append(name)
        found = [self._surname_after_all(name, surnames) for name in found]
        return sorted(found, key=lambda name: name.span.start)

    def _read(self, run: range) -> Iterator[AnyName]:
        """The names in a run that its own words show."""
        run = self._without_post(run)
        inside = self._words[run.start : run.stop]
        if not inside or _is_people(inside, self._tables):
            return
        if self._is_body(run):
            yield from self._body(run)
        elif (name := read_name(self._words, self._span(run), self._tables.lang)) and self._is_person(name, inside):
            yield name
            lead = self._without_post(range(run.start, self._words.range_of(name.span).start))
            if lead and self._is_lead(lead):
                yield from self._body(lead)

    def _without_post(self, run: range) -> range:
        """A run without the posts and titles at its end: "White House" of "White House Press Secretary"."""
        words, tables = self._words, self._tables
        while run and words[run.start].key not in tables.given_names:
            length = is_title(tuple(words[run.start : run.stop]), len(run), tables)
            if not length:
                break
            run = range(run.start, run.stop - length)
        return run

    def _is_body(self, run: range) -> bool:
        """Whether a run's own words make it a body or place."""
        inside, tables = self._words[run.start : run.stop], self._tables
        key = _key(inside)
        if key in tables.metonyms or key in table("countries"):
            return not _is_adjective(inside, self._words, run.stop) or self._ends_source(run)
        return len(inside) > 1 and (self._ends_in_body(inside) or self._opens_as_body(run))

    def _opens_as_body(self, run: range) -> bool:
        """Whether a run begins with a body's noun and no title in it makes it somebody's name."""
        name = read_name(self._words, self._span(run), self._tables.lang)
        return self._words[run.start].key in self._tables.bodies and not (name and name.title)

    def _ends_in_body(self, inside: Sequence[Word]) -> bool:
        """Whether a run's noun is a body's: its last word, or the word before an "of"."""
        tables = self._tables
        nouns = [inside[-1].key] + [a.key for a, b in itertools.pairwise(inside) if b.key in tables.body_links]
        return any(noun in tables.bodies and noun not in tables.given_names for noun in nouns)

    def _ends_source(self, run: range) -> bool:
        return run.start in self._in_sources and run.stop not in self._in_sources

    def _is_lead(self, run: range) -> bool:
        """Whether the words before a title are a body: "White House" of "White House Press Secretary Josh Earnest"."""
        inside = self._words[run.start : run.stop]
        shown = inside[-1].key in self._tables.bodies or inside[-1].shouted
        tagged = self._tags.get(run.stop - 1) in (MentionType.ORGANIZATION, MentionType.PLACE)
        return (shown or tagged) and not _is_people(inside, self._tables)

    def _is_person(self, name: Name, inside: Sequence[Word]) -> bool:
        """Whether a run is a person's name by a title, a given name, a family name put first, or the tagger."""
        keys, tables = name.keys, self._tables
        if len(keys) > LONGEST_PERSON or keys[-1] in tables.collectives:
            return False
        titled = name.title and name.title not in tables.bodies and name.title not in tables.collectives
        if titled or self._is_introduced(name):
            return True
        given = keys[0] in tables.given_names or (len(keys[0]) == 1 and len(keys) > 2)
        chinese = len(keys) == 2 and keys[0] in table("family_first")
        if name.full and (given or chinese):
            return self._vote(inside) in (None, MentionType.PERSON) or keys[0] in tables.given_names
        return self._vote(inside) is MentionType.PERSON

    def _is_introduced(self, name: Name) -> bool:
        """Whether a post in small letters stands right before a full name: "spokesman Geng Shuang"."""
        at = self._words.range_of(name.span).start
        before = self._words[max(0, at - LONGEST_TITLE) : at]
        if not name.full or not before or before[-1].capitalized or before[-1].breaks or before[-1].possessive:
            return False
        return bool(is_title(tuple(before), len(before), self._tables))

    def _unsure(self, run: range, surnames: Collection[str]) -> AnyName | None:
        """The name in a run that only the rest of the text, the tagger or its place in a source can show."""
        inside, tables = self._words[run.start : run.stop], self._tables
        last = inside[-1].key
        plain = len(inside) == 1 and (last in tables.roles or last in tables.collectives)
        if plain or _is_people(inside, tables):
            return None
        surname = len(inside) == 1 and last in surnames
        kind = MentionType.PERSON if surname else self._vote(inside) or self._guess(run)
        if kind is MentionType.PERSON:
            return read_name(self._words, self._span(run), tables.lang)
        return body_name(self._words.text, self._span(run)) if kind else None

    def _guess(self, run: range) -> MentionType | None:
        """What a name is that the tagger does not know: by its form, and by its place in a source."""
        inside, tables = self._words[run.start : run.stop], self._tables
        acronym = len(inside) == 1 and inside[0].shouted and 1 < len(inside[0].key) <= LONGEST_ACRONYM
        if acronym or any(word.key in tables.body_links for word in inside):
            return MentionType.ORGANIZATION
        if not self._opens_source(run):
            return None
        before = self._words[run.start - 1].key if run.start else ""
        definite = "definite" in (tables.determiners.get(inside[0].key), tables.determiners.get(before))
        return MentionType.ORGANIZATION if definite else MentionType.PERSON

    def _opens_source(self, run: range) -> bool:
        """Whether a source begins with the run, and the run is no plain noun with a capital."""
        words, tables = self._words, self._tables
        start = run.start
        while start and start in self._in_sources and start - 1 in self._in_sources:
            if words[start - 1].key not in tables.determiners and not is_title((words[start - 1],), 1, tables):
                return False
            start -= 1
        plain = len(run) == 1 and words[run.start].key in tables.bodies
        return start in self._in_sources and not plain

    def _surname_after_all(self, name: AnyName, surnames: Collection[str]) -> AnyName:
        """A lone surname that was taken for a place or body: "Jordan" where Jim Jordan is named."""
        if isinstance(name, Name) or name.shown.casefold() not in surnames or name.key in self._tables.metonyms:
            return name
        number = self._words.range_of(name.span).start
        before = self._words[number - 1].key if number else ""
        if before in self._tables.prepositions and name.key in table("countries"):
            return name
        return read_name(self._words, name.span, self._tables.lang) or name

    def _body(self, run: range) -> Iterator[BodyName]:
        if name := body_name(self._words.text, self._span(run)):
            yield name

    def _span(self, run: range) -> Span:
        last = self._words[run.stop - 1]
        dotted = "." in last.text and last.gap.startswith(".")
        return Span(self._words[run.start].span.start, last.span.end + dotted)

    def _vote(self, inside: Sequence[Word]) -> MentionType | None:
        """What the tagger mostly says of this very name, anywhere in the text."""
        votes = self._votes.get(_key(inside))
        return votes.most_common(1)[0][0] if votes else None


def _may_be_a_name(word: Word, tables: Lexicon) -> bool:
    """Whether a capitalized word that is a whole source is no plain word: "Xinhua", not "Retailers" or "Video"."""
    plain = (tables.openers, tables.collectives, tables.roles, tables.documents, tables.bodies, tables.pronouns)
    return singular(word.key) == word.key and not any(word.key in known for known in plain)


def _source_spans(document: Document) -> set[Span]:
    """Where sources stand, and those who passed something on."""
    sources = {span for attribution in document.attributions for span in attribution.source}
    return sources | {via.span for attribution in document.attributions for via in attribution.via}


def _is_adjective(inside: Sequence[Word], words: Words, stop: int) -> bool:
    """Whether a country's word goes with the plain noun after it: "British journal"."""
    if len(inside) > 1 or inside[0].key not in table("countries") or stop >= len(words):
        return False
    return inside[0].gap in (" ", "-") and not words[stop].capitalized and not inside[0].shouted


def _key(words: Sequence[Word]) -> str:
    return " ".join(word.key for word in words)


def _surnames(names: Iterator[Name]) -> frozenset[str]:
    """Words that may stand alone for somebody whom the article names in full."""
    full = [name for name in names if name.full]
    first = {name.weighty[0] for name in full if name.weighty[0] in table("family_first")}
    return frozenset({name.weighty[-1] for name in full} | first)


def _is_people(inside: Sequence[Word], tables: Lexicon) -> bool:
    """Whether the words name the people of a country, party or trade: "Mexicans", "Black Lawmakers"."""
    last = inside[-1].key
    if len(inside) > LONGEST_PEOPLE or _key(inside) in table("countries"):
        return False
    number = tables.collectives.get(last)
    if number:
        return number == "several" or len(inside) == 1
    return singular(last) in table("countries") and last not in table("countries")
