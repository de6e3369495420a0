"""A source as the phrases in it: one, or several in a joint one."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

import attrs

from quotekit import lexicon
from quotekit.resolution.names.bodies import Body
from quotekit.resolution.names.cast import Cast
from quotekit.resolution.names.people import Person
from quotekit.resolution.names.person import Name
from quotekit.resolution.parts.phrases import Part, PartKind, core_of, part_of
from quotekit.resolution.words import Word, singular
from quotekit.spans import Span

__all__ = ["Part", "PartKind", "is_several", "parts_of"]

LONGEST_SOURCE = 80  # words; the rest is passed over
LONGEST_JOINT = 3  # words: "as well as"
_SIGNS = ("/", "&")


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
    pieces, rest = [], span
    for end, start in _joints(span, cast):
        if rest.start >= end:
            continue  # "and and"
        left, right = Span(rest.start, end), Span(start, span.end)
        if _are_two(left, right, cast):
            pieces.append(left)
            rest = right
    return [*pieces, rest]


def _joints(span: Span, cast: Cast) -> Iterator[tuple[int, int]]:
    """Where each "and" or slash begins and ends that is in no name and has words on both sides."""
    words, joints = cast.words, lexicon.load(cast.lang).conjunctions
    numbers = words.range_of(span)
    for at in numbers[:-1]:
        if words[at].gap.strip() in _SIGNS and not _in_a_name(at, at + 2, cast):
            yield words[at].end, words[at + 1].start
        for length in range(min(LONGEST_JOINT, numbers.stop - 1 - at), 0, -1):
            phrase = " ".join(word.key for word in words[at : at + length])
            if phrase in joints and at > numbers.start and not _in_a_name(at, at + length, cast):
                yield words[at - 1].end, words[at + length].start
                break


def _in_a_name(start: int, stop: int, cast: Cast) -> bool:
    span = Span(cast.words[start].start, cast.words[stop - 1].end)
    return any(sighting.name.span.contains(span) for sighting in cast.within(span))


def _are_two(left: Span, right: Span, cast: Cast) -> bool:
    """Whether what stands on the left and right of an "and" are two that speak, and not two words of one phrase."""
    segments = _segments(left, cast)
    a, b = part_of(segments[0], cast, left.end), _first_part(right, cast)
    last = cast.words.inside(left)[-1]
    bare = a.core.end == last.span.end
    if a.kind is PartKind.DOCUMENT:
        return b.kind is PartKind.DOCUMENT and bool(b.makers)
    if a.kind is PartKind.DESCRIPTION:
        return bare and b.sighting is not None and b.core.start == b.sighting.name.span.start
    if b.kind is PartKind.NAME:
        return bare or not _hangs_on(segments, last, b, cast)
    return bare and not (last.possessive or _shares(a, b, cast))


def _shares(a: Part, b: Part, cast: Cast) -> bool:
    """Whether the noun of `b` belongs to `a` as well: "Khan and Berg's study", "the Khan and Berg campaigns"."""
    named = cast.first(b.core)
    if a.sighting is None or named is None or named.name.span.start != b.core.start:
        return False
    alike = isinstance(cast.members[a.sighting.member], Person) is isinstance(cast.members[named.member], Person)
    return alike or cast.words[cast.words.range_of(named.name.span).stop - 1].possessive


def _hangs_on(segments: Sequence[Span], last: Word, b: Part, cast: Cast) -> bool:
    """Whether the name `b` goes with what is said of the one before: "Khan, head of Oxfam and Amnesty"."""
    core, _, _ = core_of(segments[-1], cast)
    if core.end == segments[-1].end or last.breaks:
        return False
    inner = list(cast.within(Span(core.end, segments[-1].end)))
    opened = cast.words.inside(b.span)[0].key in lexicon.load(cast.lang).determiners
    if len(segments) > 1:
        return not (b.sighting and isinstance(b.sighting.name, Name) and b.sighting.name.title)
    body = b.sighting is not None and isinstance(cast.members[b.sighting.member], Body)
    return body and not opened and any(isinstance(cast.members[s.member], Body) for s in inner)


def _segments(span: Span, cast: Cast) -> list[Span]:
    """The span cut where a comma, bracket or dash stands between words that are not of one name."""
    out: list[Span] = []
    words = cast.words.inside(span)
    start = words[0].start if words else span.start
    for word, following in itertools.pairwise(words):
        if word.breaks and word.gap.strip() not in _SIGNS and not _are_one(word, following, cast):
            out.append(Span(start, word.end))
            start = following.start
    return [*out, Span(start, words[-1].end)] if words else []


def _are_one(word: Word, following: Word, cast: Cast) -> bool:
    """Whether two words are of one name."""
    return any(sighting.name.span.contains(following.span) for sighting in cast.within(word))


def _parts_of_piece(piece: Span, cast: Cast, joint: bool) -> list[Part]:
    """The part a piece begins with, or the names set beside it; in a joint source also names after commas."""
    segments = _segments(piece, cast)
    if not segments:
        return []
    first = part_of(segments[0], cast, piece.end)
    whole = first if first.span == piece else attrs.evolve(first, span=piece)
    parts = [part_of(segment, cast, piece.end) for segment in segments[1:]]
    names = [part for part in parts if _only_a_name(part, cast)]
    if first.kind is PartKind.NAME:
        listed = not joint and len(names) == len(parts) and all(_is_person(part, cast) for part in (first, *names))
        rest = names if joint or listed else []
        return [first, *rest] if rest else [whole]
    if first.kind is PartKind.DESCRIPTION and parts:
        listed = is_several(first.head, cast) and cast.words.inside(segments[1])[0].capitalized
        beside = parts_of([Span(segments[1].start, piece.end)], cast) if listed else ()
        if len(beside) > 1 and all(part.kind is PartKind.NAME for part in beside):
            return list(beside)
        if parts[0] in names:
            return [attrs.evolve(parts[0], span=piece)]
    return [whole]


def is_several(word: Word, cast: Cast) -> bool:
    """Whether a noun is for several: "officials", "police"."""
    number = lexicon.load(cast.lang).collectives.get(word.key)
    return number == "several" or (number is None and singular(word.key) != word.key)


def _is_person(part: Part, cast: Cast) -> bool:
    return part.sighting is not None and isinstance(cast.members[part.sighting.member], Person)


def _only_a_name(part: Part, cast: Cast) -> bool:
    if part.sighting is None or part.kind is not PartKind.NAME:
        return False
    before = cast.words.range_of(Span(part.span.start, part.sighting.name.span.start))
    return all(cast.words[i].capitalized for i in before) and part.core == part.span


def _first_part(span: Span, cast: Cast) -> Part:
    return part_of(_segments(span, cast)[0], cast, span.end)
