"""What kind of phrase a source is: names, a pronoun, or a description, and several of them in a joint one."""

from __future__ import annotations

import enum
import itertools
from collections.abc import Sequence

import attrs

from quotekit import lexicon
from quotekit.resolution.cast import Cast, Sighting
from quotekit.resolution.words import Word
from quotekit.spans import Span

__all__ = ["Part", "PartKind", "parts_of"]

LONGEST_SOURCE = 80  # words; the rest is passed over
LONGEST_NOUN = 2  # words after the name: "news agency"


class PartKind(enum.Enum):
    """What a part of a source is."""

    NAME = "name"
    PRONOUN = "pronoun"
    BODY = "body"  # a name and a plain noun: "the Clinton campaign", "the government of Pakistan"
    DOCUMENT = "document"  # a document and who made it: "a study by Khan"; the sighting is the maker
    DESCRIPTION = "description"


@attrs.frozen(kw_only=True)
class Part:
    """One of those a source speaks of.

    `head` is the word that carries the phrase, `sighting` the name in it, where it is a name; `core` is the
    phrase up to its first preposition, relative clause or comma.
    """

    kind: PartKind
    span: Span
    core: Span
    head: Word
    sighting: Sighting | None = None


def parts_of(source: Sequence[Span], cast: Cast) -> tuple[Part, ...]:
    """The parts of a source, in order; none where there are no words in it."""
    if not source:
        return ()
    numbers = cast.words.range_of(Span(source[0].start, source[-1].end))[:LONGEST_SOURCE]
    if not numbers:
        return ()
    span = Span(source[0].start, cast.words[numbers[-1]].span.end)
    pieces = _coordinated(span, cast)
    found = [_parts_of_piece(piece, cast, len(pieces) > 1) for piece in pieces]
    return tuple(part for parts in found for part in parts)


def _coordinated(span: Span, cast: Cast) -> list[Span]:
    """The span cut at each "and" that joins two names, or a bare name and a phrase."""
    joints = lexicon.load(cast.lang).conjunctions
    words = [word for word in cast.words.inside(span) if word.key in joints and not _in_a_name(word, cast)]
    pieces, rest = [], span
    for word in words:
        left, right = Span(rest.start, word.span.start), Span(word.span.end, span.end)
        if not (cast.words.range_of(left) and cast.words.range_of(right)):
            continue
        a, b = _first_part(left, cast), _first_part(right, cast)
        bare = a.kind is PartKind.NAME and a.core.end == list(cast.words.inside(left))[-1].span.end
        if a.kind is PartKind.NAME and (b.kind is PartKind.NAME or bare):
            pieces.append(left)
            rest = right
    return [*pieces, rest]


def _in_a_name(word: Word, cast: Cast) -> bool:
    return any(sighting.name.span.contains(word.span) for sighting in cast.within(word.span))


def _segments(span: Span, cast: Cast) -> list[Span]:
    """The span cut where a comma, bracket or dash stands between words that are not of one name."""
    out: list[Span] = []
    words = list(cast.words.inside(span))
    start = words[0].span.start if words else span.start
    for word, following in itertools.pairwise(words):
        if word.breaks and not any(s.name.span.contains(following.span) for s in cast.within(word.span)):
            out.append(Span(start, word.span.end))
            start = following.span.start
    return [*out, Span(start, words[-1].span.end)] if words else []


def _parts_of_piece(piece: Span, cast: Cast, joint: bool) -> list[Part]:
    """The part a piece begins with, or the name set beside it; in a joint source also names after commas."""
    segments = _segments(piece, cast)
    if not segments:
        return []
    parts = [_part(segment, cast) for segment in segments]
    first, names = parts[0], [part for part in parts[1:] if _only_a_name(part, cast)]
    if first.kind is PartKind.NAME:
        rest = names if joint else []
        return [attrs.evolve(first, span=first.span if rest else piece), *rest]
    if first.kind is PartKind.DESCRIPTION and len(parts) > 1 and parts[1] in names:
        return [attrs.evolve(parts[1], span=piece)]
    return [attrs.evolve(first, span=piece)]


def _only_a_name(part: Part, cast: Cast) -> bool:
    if part.sighting is None or part.kind is not PartKind.NAME:
        return False
    before = cast.words.range_of(Span(part.span.start, part.sighting.name.span.start))
    return all(cast.words[i].capitalized for i in before) and part.core == part.span


def _first_part(span: Span, cast: Cast) -> Part:
    return _part(_segments(span, cast)[0], cast)


def _part(segment: Span, cast: Cast) -> Part:
    core, head, sighting = _core(segment, cast)
    tables = lexicon.load(cast.lang)
    maker = _maker(segment, core, head, sighting, cast) if head.key in tables.documents else None
    if sighting and sighting.name.span.end >= head.span.end:
        kind = PartKind.NAME
    elif maker:
        kind, sighting = PartKind.DOCUMENT, maker
    elif head.key in tables.pronouns and core == head.span:
        kind, sighting = PartKind.PRONOUN, None
    elif head.key in tables.bodies and (named := _named(segment, core, head, sighting, cast)):
        kind, core, sighting = PartKind.BODY, named, None
    else:
        kind, sighting = PartKind.DESCRIPTION, None
    return Part(kind=kind, span=segment, core=core, head=head, sighting=sighting)


def _maker(segment: Span, core: Span, head: Word, sighting: Sighting | None, cast: Cast) -> Sighting | None:
    """Who made a document: named right before it ("a recent Reuters poll") or after it ("a study by Khan")."""
    if sighting and _words_between(sighting.name.span, head.span, cast) < LONGEST_NOUN:
        return sighting
    after = cast.words.range_of(Span(core.end, segment.end))
    if not after or cast.words[after.start].key not in lexicon.load(cast.lang).makers:
        return None
    maker = _part(Span(cast.words[after.start].span.start, segment.end), cast)
    return maker.sighting if maker.kind is PartKind.NAME else None


def _named(segment: Span, core: Span, head: Word, sighting: Sighting | None, cast: Cast) -> Span | None:
    """The whole name where a plain noun and a name make one: "the Clinton campaign", "the government of Pakistan"."""
    tables = lexicon.load(cast.lang)
    words = [cast.words[i] for i in cast.words.range_of(segment)]
    first = tables.determiners.get(words[0].key)
    if first == "definite" or first is None:
        start = words[first is not None].span.start
        near = sighting and _words_between(sighting.name.span, head.span, cast) < LONGEST_NOUN
        if sighting and near and not _possessor(sighting, cast):
            return Span(start, core.end)
        following = next((s for s in cast.within(Span(core.end, segment.end))), None)
        between = list(cast.words.inside(Span(core.end, following.name.span.start))) if following else []
        linked = between and between[0].key in tables.body_links
        if following and linked and all(word.key in tables.determiners for word in between[1:]):
            return Span(start, following.name.span.end)
    return None


def _words_between(a: Span, b: Span, cast: Cast) -> int:
    return len(cast.words.range_of(Span(min(a.end, b.start), b.start)))


def _possessor(sighting: Sighting, cast: Cast) -> bool:
    return cast.words[cast.words.range_of(sighting.name.span).stop - 1].possessive


def _core(segment: Span, cast: Cast) -> tuple[Span, Word, Sighting | None]:
    """The phrase up to its first preposition, relative pronoun or adverb; its last word; and the last name in it."""
    tables = lexicon.load(cast.lang)
    stops = (tables.prepositions, tables.relatives, tables.adverbs, tables.calendar)
    numbers = cast.words.range_of(segment)
    start = numbers.start
    while start < numbers.stop - 1 and cast.words[start].key in tables.prepositions:
        start += 1
    head, sighting, at = cast.words[start], None, start
    while at < numbers.stop:
        word = cast.words[at]
        inside = next((s for s in cast.within(word.span)), None)
        if inside is None and at > start and any(word.key in stop for stop in stops):
            break
        head, sighting = word, inside or sighting
        at += 1
    return Span(cast.words[start].span.start, head.span.end), head, sighting
