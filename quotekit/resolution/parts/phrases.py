"""What kind of phrase stands in a source: a name, a pronoun, a body, a document, or a description."""

from __future__ import annotations

import enum

import attrs

from quotekit import lexicon
from quotekit.lexicon import Lexicon, table
from quotekit.resolution.names.cast import Cast, Sighting
from quotekit.resolution.names.person import Name
from quotekit.resolution.parts.makers import Maker, is_done, makers_of
from quotekit.resolution.words import Word
from quotekit.spans import Span

__all__ = ["Part", "PartKind", "core_of", "part_of"]

LONGEST_NOUN = 2  # words after the name: "news agency"


class PartKind(enum.Enum):
    """What a part of a source is."""

    NAME = "name"
    PRONOUN = "pronoun"
    BODY = "body"  # a name and a plain noun: "the Clinton campaign", "the government of Pakistan"
    DOCUMENT = "document"  # something written or said: "a study by Khan", "the report"
    DESCRIPTION = "description"


@attrs.frozen(kw_only=True)
class Part:
    """One of those a source speaks of.

    `head` is the word that carries the phrase, `sighting` the name in it, where it is a name; `core` is the
    phrase up to its first preposition, relative clause or comma. `makers` made a document, where its own words
    say who did.
    """

    kind: PartKind
    span: Span
    core: Span
    head: Word
    sighting: Sighting | None = None
    makers: tuple[Maker, ...] = ()


def part_of(segment: Span, cast: Cast, end: int) -> Part:
    """What the phrase in a segment is; what is said of a document may go on up to `end`."""
    core, head, sighting = core_of(segment, cast)
    tables = lexicon.load(cast.lang)
    makers: tuple[Maker, ...] = ()
    if sighting and sighting.name.span.end >= head.end:
        kind = PartKind.NAME
    elif head.key in tables.documents:
        kind, sighting = PartKind.DOCUMENT, None
        makers = makers_of(core, head, end, cast)
    elif head.key in tables.pronouns and core == head.span and not _is_partitive(head, segment, cast):
        kind, sighting = PartKind.PRONOUN, None
    elif named_after := _after_post(segment, head, cast):
        kind, core, sighting = PartKind.NAME, segment, named_after
    elif _is_one_body(head, tables) and (named := _named(segment, core, head, sighting, cast)):
        kind, core, sighting = PartKind.BODY, named, None
    else:
        kind, sighting = PartKind.DESCRIPTION, None
    return Part(kind=kind, span=segment, core=core, head=head, sighting=sighting, makers=makers)


def _is_one_body(head: Word, tables: Lexicon) -> bool:
    """Whether a noun makes a body of the name beside it: not the "media" of "Pakistani media"."""
    return head.key in tables.bodies and (head.capitalized or tables.collectives.get(head.key) != "several")


def _after_post(segment: Span, head: Word, cast: Cast) -> Sighting | None:
    """The name that a post and its country or body stand before: "the foreign minister of Pakistan Hina Khar"."""
    tables, words = lexicon.load(cast.lang), cast.words.inside(segment)
    last = max(cast.within(segment), key=lambda sighting: sighting.name.span, default=None)
    if head.key not in tables.roles or last is None or not isinstance(last.name, Name) or not last.name.full:
        return None
    between = [word for word in words if head.end <= word.start and word.end <= last.name.span.start]
    linked = len(between) > 1 and between[0].key in tables.body_links and between[-1].capitalized
    return last if linked and words[-1].end <= last.name.span.end and not between[-1].breaks else None


def _is_partitive(head: Word, segment: Span, cast: Cast) -> bool:
    """Whether a word that is a determiner too is some of many: "one in four"."""
    tables = lexicon.load(cast.lang)
    after = cast.words.inside(Span(head.end, segment.end))
    return bool(after) and head.key in tables.determiners and after[0].key in tables.prepositions


def _named(segment: Span, core: Span, head: Word, sighting: Sighting | None, cast: Cast) -> Span | None:
    """The whole name where a plain noun and a name make one: "the Clinton campaign", "the government of Pakistan"."""
    tables = lexicon.load(cast.lang)
    words = cast.words.inside(segment)
    first = tables.determiners.get(words[0].key)
    if first == "definite" or first is None:
        start = words[first is not None].start
        near = sighting and _words_between(sighting.name.span, head.span, cast) < LONGEST_NOUN
        if sighting and near and not _possessor(sighting, cast):
            return Span(start, core.end)
        following = cast.first(Span(core.end, segment.end))
        between = cast.words.inside(Span(core.end, following.name.span.start)) if following else ()
        linked = between and between[0].key in tables.body_links
        if following and linked and all(word.key in tables.determiners for word in between[1:]):
            return Span(start, following.name.span.end)
    return None


def _words_between(a: Span, b: Span, cast: Cast) -> int:
    return len(cast.words.range_of(Span(min(a.end, b.start), b.start)))


def _possessor(sighting: Sighting, cast: Cast) -> bool:
    return cast.words[cast.words.range_of(sighting.name.span).stop - 1].possessive


def core_of(segment: Span, cast: Cast) -> tuple[Span, Word, Sighting | None]:
    """The phrase up to its first preposition, relative pronoun or adverb; its last word; and the last name in it."""
    tables = lexicon.load(cast.lang)
    stops, suffixes = (tables.prepositions, tables.relatives, tables.adverbs), table("name_suffixes")
    numbers = cast.words.range_of(segment)
    start = numbers.start
    while start < numbers.stop - 1 and cast.words[start].key in tables.prepositions:
        start += 1
    head, sighting, at = cast.words[start], None, start
    while at < numbers.stop:
        word = cast.words[at]
        inside = cast.first(word)
        if inside is None and sighting is not None and word.capitalized and word.key in suffixes:
            at += 1  # "Nigel Farrow MP" is Nigel Farrow
            continue
        if inside is None and at > start:
            day = word.capitalized and word.key in tables.calendar
            if day or any(word.key in stop for stop in stops) or _opens_clause(at, numbers.stop, cast):
                break
        head, sighting = word, inside or sighting
        at += 1
    return Span(cast.words[start].start, head.end), head, sighting


def _opens_clause(at: int, stop: int, cast: Cast) -> bool:
    """Whether the word at `at` says what was done to the noun before it: "the poll | released on Friday"."""
    tables, words = lexicon.load(cast.lang), cast.words
    if at + 1 >= stop or not is_done(words[at], tables):
        return False
    small = (tables.determiners, tables.predeterminers, tables.post_changers)
    after = (tables.prepositions, tables.calendar, tables.times, tables.adverbs)
    noun = not any(words[at - 1].key in known for known in small)
    return noun and any(words[at + 1].key in known for known in after)
