"""The names of a text: its runs of capitalized words, read with the tables and with what a tagger said."""

from __future__ import annotations

import itertools
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from typing import TypeAlias

from quotekit import lexicon
from quotekit.document import Document, MentionType
from quotekit.lexicon import Lexicon, table
from quotekit.resolution.names.bodies import BodyName, body_name
from quotekit.resolution.names.capitals import LONGEST_ACRONYM, headlines, runs
from quotekit.resolution.names.person import LONGEST_TITLE, Name, is_title, read_name
from quotekit.resolution.names.plain import is_adjective, is_people, may_be_a_name
from quotekit.resolution.names.press import before_document, hyphenated, is_after_the
from quotekit.resolution.words import Word, Words
from quotekit.spans import Span

__all__ = ["find_names"]

AnyName: TypeAlias = Name | BodyName
LONGEST_PERSON = 5  # words
FEWEST_ARTICLES = 2  # times that "the" stands before a word which is then no person's name


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
        capitalized = (number for number, word in enumerate(words) if number and word.capitalized)
        self._articles = Counter(words[number].key for number in capitalized if is_after_the(number, words, tables))
        self._headlines = headlines(words)
        self._in_sources: set[int] = set()
        self._alone: set[int] = set()
        for span in _source_spans(document):
            numbers = words.range_of(span)
            self._in_sources.update(numbers)
            if len(numbers) == 1 and may_be_a_name(words[numbers.start], tables):
                self._alone.update(numbers)

    def names(self) -> list[AnyName]:
        found: list[AnyName] = []
        unsure: list[range] = []
        for run in runs(self._words, self._tags.keys() | self._alone, self._headlines, self._tables):
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
        if outlets := list(hyphenated(run, self._span(run), self._words, self._tables)):
            yield from outlets
            return
        if country := self._country_after_post(run):
            rest = range(country.stop, run.stop)
            yield from self._body(country)
            yield from list(self._read(rest)) or filter(None, [read_name(self._words, self._span(rest))])
            return
        run = self._without_post(run)
        inside = self._words[run.start : run.stop]
        if not inside or (is_people(inside, self._tables) and not self._is_tagged_body(inside)):
            return
        if self._is_body(run):
            yield from self._body(run)
        elif (name := read_name(self._words, self._span(run), self._tables.lang)) and self._is_person(name, inside):
            yield name
            lead = self._without_post(range(run.start, self._words.range_of(name.span).start))
            if lead and self._is_lead(lead):
                yield from self._body(lead)

    def _country_after_post(self, run: range) -> range | None:
        """The country of a post that a full name follows at once: "the foreign minister of Pakistan Hina Khar"."""
        words, tables = self._words, self._tables
        linked = run.start > 1 and words[run.start - 1].key in tables.body_links
        if not linked or words[run.start - 2].key not in tables.roles or words[run.start].key not in table("countries"):
            return None
        return range(run.start, run.start + 1) if len(run) > 2 and not words[run.start].breaks else None

    def _is_tagged_body(self, inside: Sequence[Word]) -> bool:
        """Whether the tagger takes for a body what ends in a noun for one: "Kantar Media"."""
        named = len(inside) > 1 and inside[-1].key in self._tables.bodies
        return named and self._vote(inside) is MentionType.ORGANIZATION

    def _without_post(self, run: range) -> range:
        """A run without the posts and titles at its end: "White House" of "White House Press Secretary"."""
        words, tables = self._words, self._tables
        while run and words[run.start].key not in tables.given_names:
            length = is_title(tuple(words[run.start : run.stop]), len(run), tables)
            if not length or (length < len(run) and not self._may_leave(run.stop - length, run)):
                break
            run = range(run.start, run.stop - length)
        return run

    def _may_leave(self, number: int, run: range) -> bool:
        """Whether a title at the end of a run is no word of a name: not in "Peter T. King", "Ministry of Justice"."""
        before, tables = self._words[number - 1], self._tables
        initial = len(before.key) == 1 and number - 1 > run.start
        linked = before.key in tables.body_links or before.key in tables.conjunctions
        return not (initial or linked or before.key in tables.given_names)

    def _is_body(self, run: range) -> bool:
        """Whether a run's own words make it a body or place."""
        inside, tables = self._words[run.start : run.stop], self._tables
        key = _key(inside)
        if any(word.gap.strip() == "&" for word in inside[:-1]):
            return True
        if key in tables.metonyms or key in table("countries"):
            return not is_adjective(inside, self._words, run.stop, tables) or self._ends_source(run)
        return len(inside) > 1 and (self._ends_in_body(inside) or self._opens_as_body(run))

    def _opens_as_body(self, run: range) -> bool:
        """Whether a run begins with a body's noun and no title in it makes it somebody's name."""
        if self._words[run.start].key not in self._tables.bodies:
            return False
        name = read_name(self._words, self._span(run), self._tables.lang)
        return name is None or not name.title

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
        return (shown or tagged) and not is_people(inside, self._tables)

    def _is_person(self, name: Name, inside: Sequence[Word]) -> bool:
        """Whether a run is a person's name by a title, a given name, a family name put first, or the tagger."""
        keys, tables = name.keys, self._tables
        if len(keys) > LONGEST_PERSON or keys[-1] in tables.collectives:
            return False
        if len(keys) >= LONGEST_PERSON - 1 and self._is_plain_headline(name.span):
            return False  # "Jeb Bush Super PAC Chief"
        titled = name.title and name.title not in tables.bodies and name.title not in tables.collectives
        if len(keys) == 1 and len(inside) > 1 and self._vote(inside) is MentionType.ORGANIZATION:
            return False  # "General Electric"
        if len(keys) == 1 and not titled and self._articles[keys[0]] >= FEWEST_ARTICLES:
            return False
        if titled or self._is_introduced(name):
            return True
        given = keys[0] in tables.given_names or (len(keys[0]) == 1 and len(keys) > 2)
        chinese = len(keys) == 2 and keys[0] in table("family_first")
        if name.full and (given or chinese):
            return self._vote(inside) in (None, MentionType.PERSON) or keys[0] in tables.given_names
        return self._vote(inside) is MentionType.PERSON and not self._is_plain_headline(name.span)

    def _is_plain_headline(self, span: Span) -> bool:
        """Whether capitals in a headline end in a plain noun for somebody: "Retired General", "Gold Star Mom"."""
        numbers, tables = self._words.range_of(span), self._tables
        last = self._words[numbers[-1]].key
        plain = last in tables.roles or last in tables.collectives or last in tables.bodies
        return plain and last not in tables.given_names and self._headlines.issuperset(numbers)

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
        outlet = tables.outlets.get(_key(inside)) == "name"
        if outlet or self._is_the_outlet(run) or self._owns_document(run):
            return body_name(self._words.text, self._span(run))
        plain = len(inside) == 1 and (last in tables.roles or last in tables.collectives)
        plain = plain or (len(inside) > 1 and is_title(tuple(inside), len(inside), tables) == len(inside))
        if plain or is_people(inside, tables) or is_adjective(inside, self._words, run.stop, tables):
            return None
        name = read_name(self._words, self._span(run), tables.lang) if last in surnames or len(inside) > 1 else None
        surname = last in surnames and name is not None and len(name.keys) == 1
        person = surname or self._takes_turn(run)
        kind = MentionType.PERSON if person else self._vote(inside) or self._guess(run)
        articles = len(inside) == 1 and not surname and self._articles[last] >= FEWEST_ARTICLES
        noun = not surname and name is not None and self._is_plain_headline(name.span)
        torn = name is not None and len(name.keys) == 1 < len(inside) and not (name.title or surname)
        if kind is MentionType.PERSON and not articles and not torn:
            return None if noun else read_name(self._words, self._span(run), tables.lang)
        return body_name(self._words.text, self._span(run)) if kind else None

    def _takes_turn(self, run: range) -> bool:
        """Whether a word in capitals, too long for an acronym, opens a line before a colon: "WALLACE: Good evening"."""
        word = self._words[run.start]
        opens = run.start == 0 or "\n" in self._words[run.start - 1].gap
        alone = len(run) == 1 and word.shouted and len(word.key) > LONGEST_ACRONYM
        return alone and opens and word.gap.startswith(":")

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
        if definite and inside[-1].key in tables.roles:
            return None  # a post: "the Harbor Minister"
        return MentionType.ORGANIZATION if definite else MentionType.PERSON

    def _is_the_outlet(self, run: range) -> bool:
        """Whether a word after "the", and no other noun after it, is a newspaper's name: "the Independent"."""
        words, tables = self._words, self._tables
        if len(run) > 1 or run.start == 0 or tables.outlets.get(words[run.start].key) != "last":
            return False
        article = tables.determiners.get(words[run.start - 1].key) == "definite"
        return is_after_the(run.start, words, tables) or (article and self._ends_source(run))

    def _owns_document(self, run: range) -> bool:
        """Whether a name in a source that is no plain word stands before a document's noun: "a Daily Ledger poll"."""
        words = self._words
        cased = any(letter.isupper() for letter in words[run.stop - 1].text[1:])
        cased = cased or (run.start > 0 and words[run.start - 1].gap.strip() == "/")
        return run.start in self._in_sources and (cased or len(run) > 1) and before_document(run, words, self._tables)

    def _opens_source(self, run: range) -> bool:
        """Whether a source begins with the run, and the run is no plain noun with a capital."""
        words, tables = self._words, self._tables
        start = run.start
        while start and start in self._in_sources and start - 1 in self._in_sources:
            before = words[start - 1]
            joined = start > 1 and before.key in tables.conjunctions and words[start - 2].capitalized
            if before.key in tables.makers or joined:
                break
            if before.key not in tables.determiners and not is_title((before,), 1, tables):
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
        return Span(self._words[run.start].start, last.end + dotted)

    def _vote(self, inside: Sequence[Word]) -> MentionType | None:
        """What the tagger mostly says of this very name, anywhere in the text."""
        votes = self._votes.get(_key(inside))
        return votes.most_common(1)[0][0] if votes else None


def _source_spans(document: Document) -> set[Span]:
    """Where sources stand, and those who passed something on."""
    sources = {span for attribution in document.attributions for span in attribution.source}
    return sources | {via.span for attribution in document.attributions for via in attribution.via}


def _key(words: Sequence[Word]) -> str:
    return " ".join(word.key for word in words)


def _surnames(names: Iterator[Name]) -> frozenset[str]:
    """Words that may stand alone for somebody whom the article names in full."""
    full = [name for name in names if name.full]
    first = {name.weighty[0] for name in full if name.weighty[0] in table("family_first")}
    return frozenset({name.weighty[-1] for name in full} | first)
