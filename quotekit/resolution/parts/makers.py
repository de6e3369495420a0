"""Who made a document, by its own phrase: "Khan's letter", "a Reuters/Ipsos poll", "a study by Khan and Berg"."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from typing import TypeAlias

from quotekit import lexicon
from quotekit.lexicon import Lexicon, table
from quotekit.resolution.names.bodies import BodyName
from quotekit.resolution.names.cast import Cast, Sighting
from quotekit.resolution.names.press import is_outlet
from quotekit.resolution.words import Word
from quotekit.spans import Span

__all__ = ["Maker", "is_done", "makers_of"]

Maker: TypeAlias = Sighting | Span  # a name, or a phrase for somebody: "his", "economists in Lagos"
LONGEST_NOUN = 1  # words between a name that is no possessor and its noun: "Reuters opinion poll"
LONGEST_JOINT = 16  # code points from one name to the next: "'s together with "
LONGEST_DESCRIPTION = 8  # words between a possessor and the noun
FARTHEST = 16  # words from the noun to a "by"
LONGEST_NAME = 3  # words from an "in" to the outlet: "in the academic journal Nature"
_JOINTS = ("/", "&", ",", "-", "–", "—")
_POSSESSIVE = re.compile(r"^['’`´]s?(?!\w)")


def makers_of(core: Span, head: Word, end: int, cast: Cast) -> tuple[Maker, ...]:
    """Whoever made a document, `head`, whose phrase is `core` and may go on up to `end`."""
    if before := _before(core, head, cast):
        return before
    after = _after(Span(core.end, end), head, cast)
    return (after,) if after else ()


def _before(core: Span, head: Word, cast: Cast) -> tuple[Maker, ...]:
    """The possessor of the noun, the "his" before it, or a name right before it."""
    tables, words = lexicon.load(cast.lang), cast.words
    numbers = words.range_of(Span(core.start, head.start))
    for at in reversed(numbers[-LONGEST_DESCRIPTION:]):
        if words[at].possessive and not _is_time(words[at], tables):
            owners = list(cast.within(words[at]))
            return _in_a_row(owners[-1], core.start, cast) if owners else ()
    if not numbers:
        return ()
    if tables.determiners.get(words[numbers.start].key) == "whose":
        return (words[numbers.start].span,)
    for at in reversed(numbers[-LONGEST_NOUN - 1 :]):
        if names := list(cast.within(words[at])):
            # "an Ohio poll", "a French study": one made there
            of_it = names[-1].is_place or "complaint" in tables.documents[head.key].split()
            return () if of_it else _in_a_row(names[-1], core.start, cast)
    return ()


def _in_a_row(last: Sighting, start: int, cast: Cast) -> tuple[Sighting, ...]:
    """A name and those joined to it on its left, from `start` on: "Reuters/Ipsos", "Khan and Berg"."""
    joints = (*_JOINTS, *lexicon.load(cast.lang).conjunctions)
    row = [last]
    while before := cast.before(row[0].name.span.start, 1):
        between = Span(before[0].name.span.end, row[0].name.span.start)
        if before[0].name.span.start < start or len(between) > LONGEST_JOINT:
            break
        if _POSSESSIVE.sub("", cast.words.text[between.slice]).strip().casefold() not in joints:
            break
        row.insert(0, before[0])
    return tuple(row)


def _after(rest: Span, head: Word, cast: Cast) -> Span | None:
    """What follows the first "by" that tells who made the document, or the outlet that it stands in."""
    words, tables = cast.words, lexicon.load(cast.lang)
    numbers = words.range_of(rest)
    made, outlet = True, None
    poll = "poll" in tables.documents[head.key].split()
    for at in numbers[:FARTHEST]:
        word = words[at]
        if cast.first(word):
            made = False
            continue
        told = at == numbers.start or made or (poll and not is_done(words[at - 1], tables))
        if told and at + 1 < numbers.stop and word.key in tables.makers:
            return _up_to_verb(range(at + 1, numbers.stop), cast)
        if made and outlet is None and word.key in tables.document_links:
            outlet = _outlet(at + 1, cast)
        if word.key in tables.makings:
            made = True
        elif not _is_filler(word, tables):
            made = False
    return outlet


def _up_to_verb(numbers: range, cast: Cast) -> Span | None:
    """The words up to the first verb: "Khan" of "by Khan found that"."""
    tables = lexicon.load(cast.lang)
    stop, named = numbers.start, False
    while stop < numbers.stop:
        word = cast.words[stop]
        if cast.first(word):
            named = True
        else:
            verb = word.key in tables.acts or word.key in tables.finite_verbs or is_done(word, tables)
            if verb or (named and word.key in _verbs(cast.lang)):
                break
            named = False
        stop += 1
    return Span(cast.words[numbers.start].start, cast.words[stop - 1].end) if stop > numbers.start else None


@functools.cache
def _verbs(lang: str) -> frozenset[str]:
    """All forms of the verbs, some of which are nouns as well."""
    return frozenset(form for base, forms in table("verbs", lang).items() for form in (base, *forms.split()))


def is_done(word: Word, tables: Lexicon) -> bool:
    """Whether a word is a participle of something done: "obtained", "published"."""
    known = tables.participles.get(word.key) == "done" or word.key in tables.makings
    return not word.capitalized and (known or word.key.endswith(_done_endings(tables.lang)))


@functools.cache
def _done_endings(lang: str) -> tuple[str, ...]:
    rows = lexicon.load(lang).participles.items()
    return tuple(row[1:] for row, kind in rows if row.startswith("-") and kind == "done")


def _is_filler(word: Word, tables: Lexicon) -> bool:
    """Whether a word may stand between "released" and "by": "on Friday", "last week", "jointly"."""
    if word.key in tables.makers:
        return False
    small = (tables.prepositions, tables.calendar, tables.times, tables.adverbs, tables.determiners)
    known = _is_time(word, tables) or any(word.key in words for words in small)
    return known or word.text.isdigit() or word.key.endswith("ly")


def _is_time(word: Word, tables: Lexicon) -> bool:
    """Whether a word is for a day or time: "Monday", "week"."""
    return word.key in tables.calendar or word.key in tables.adverbs or f"{word.key}s" in tables.times


def _outlet(at: int, cast: Cast) -> Span | None:
    """The outlet named at the word `at`, or after a noun for one there."""
    tables = lexicon.load(cast.lang)
    passed: list[Word] = []
    for word in _some(at, cast):
        sighting = cast.first(word)
        if sighting:
            called = any(tables.outlets.get(before.key) == "noun" for before in passed)
            named = isinstance(sighting.name, BodyName) and is_outlet(sighting.name, cast.lang)
            return sighting.name.span if called or named else None
        passed.append(word)
    return None


def _some(at: int, cast: Cast) -> Sequence[Word]:
    return cast.words[at : at + LONGEST_NAME + 1]
