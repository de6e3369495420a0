"""The words in which two quotations differ, and what they are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from quotekit.document import Difference, DifferenceKind
from quotekit.matching.alignment import Run
from quotekit.matching.stretches import Stretch, gaps
from quotekit.matching.utterance import Utterance
from quotekit.matching.wordings import are_one, is_opposite, kind_of_change, sharp_kind
from quotekit.similarity import common_words

__all__ = ["find_differences"]

MOST_AT_EDGE = 8  # words before the first and behind the last shared one that are compared
SHORT_CUT = 3  # words; a longer one is a cut, whatever names and numbers go with it

_NEGATION, _NUMBER, _NAME = DifferenceKind.NEGATION, DifferenceKind.NUMBER, DifferenceKind.NAME


def find_differences(a: Utterance, b: Utterance, runs: Sequence[Run]) -> tuple[Difference, ...]:
    """The differences around the words that two quotations share, in order.

    What one of them leaves out at its beginning or end, or where it has an ellipsis, is none, unless it is a negation.
    """
    if not runs:
        return ()
    found = [*_before(a, b, runs[0])]
    for in_a, in_b in gaps(a, b, runs):
        found += _between(in_a, in_b)
    return (*found, *_behind(a, b, runs[-1]))


def _before(a: Utterance, b: Utterance, run: Run) -> Iterator[Difference]:
    """The differences in front of the first shared words."""
    side_a, side_b = (Stretch(u, _sentence_start(u, place), place) for u, place in ((a, run.a), (b, run.b)))
    if side_a and side_b:
        yield from _apart(side_a, side_b)
    elif (run.a == 0) != (run.b == 0):
        longer = side_a or side_b
        if longer and sharp_kind(longer.whole, longer.last - 1) is _NEGATION:
            yield _one_sided(_NEGATION, side_a, side_b, [longer.last - 1])


def _behind(a: Utterance, b: Utterance, run: Run) -> Iterator[Difference]:
    """The differences behind the last shared words."""
    ends = ((a, run.a + run.length), (b, run.b + run.length))
    side_a, side_b = (Stretch(u, place, _sentence_end(u, place)) for u, place in ends)
    if side_a and side_b:
        yield from _apart(side_a, side_b)
    elif longer := side_a or side_b:
        only = longer.last == len(longer.whole.words) and len(longer) == 1
        if only and sharp_kind(longer.whole, longer.first) is _NEGATION:
            yield _one_sided(_NEGATION, side_a, side_b, [longer.first])


def _sentence_start(whole: Utterance, place: int) -> int:
    first = place
    while first > max(0, place - MOST_AT_EDGE) and not whole.stops_before(first):
        first -= 1
    return first


def _sentence_end(whole: Utterance, place: int) -> int:
    last = place
    while last < min(len(whole.words), place + MOST_AT_EDGE) and not whole.stops_before(last):
        last += 1
    return last


def _apart(a: Stretch, b: Stretch) -> Iterator[Difference]:
    """The differences of two stretches, part by part between the words that they still share."""
    first_a, first_b = a.first, b.first
    for in_a, in_b, length in (*common_words(a.keys, b.keys), (len(a), len(b), 0)):
        yield from _between(Stretch(a.whole, first_a, a.first + in_a), Stretch(b.whole, first_b, b.first + in_b))
        first_a, first_b = a.first + in_a + length, b.first + in_b + length


def _between(a: Stretch, b: Stretch) -> Iterator[Difference]:
    """The differences where the words on one side stand for those on the other, or for nothing."""
    if a and b:
        yield from _replaced(a, b)
    elif a or b:
        yield from _left_out(a, b)


def _left_out(a: Stretch, b: Stretch) -> Iterator[Difference]:
    """The difference that words on one side alone make."""
    longer, shorter = (a, b) if a else (b, a)
    negations = _places(longer, _NEGATION)
    if len(longer) > SHORT_CUT:
        negations = [place for place in negations if place in (longer.first, longer.last - 1)]
    if negations:
        yield _one_sided(_NEGATION, a, b, negations)
    elif shorter.elided or longer.inserted:
        return
    else:
        yield Difference(_kind_of_cut(longer), a.span(), b.span())


def _kind_of_cut(side: Stretch) -> DifferenceKind:
    """What words left out are; a name next to a name is but a fuller form of it."""
    if len(side) <= SHORT_CUT:
        if _places(side, _NUMBER):
            return _NUMBER
        around = (place for place in (side.first - 1, side.last) if 0 <= place < len(side.whole.words))
        if _places(side, _NAME) and not any(sharp_kind(side.whole, place) is _NAME for place in around):
            return _NAME
    return kind_of_change(side.keys, (), side.whole.lang)


def _replaced(a: Stretch, b: Stretch) -> Iterator[Difference]:
    lang = a.whole.lang
    if are_one(a.keys, b.keys, lang):
        return
    if is_opposite(a.keys, b.keys, lang):
        yield Difference(_NEGATION, a.span(), b.span())
        return
    rest_a, rest_b = (list(range(side.first, side.last)) for side in (a, b))
    kinds_a, kinds_b = _kinds(a), _kinds(b)
    for kind in (_NEGATION, _NUMBER, _NAME):
        in_a, in_b = kinds_a.get(kind, []), kinds_b.get(kind, [])
        if not _differ(kind, in_a, in_b, a, b):
            continue
        in_a, in_b = in_a or rest_a, in_b or rest_b  # a name stands for whatever else is there
        rest_a, rest_b = ([n for n in rest if n not in used] for rest, used in ((rest_a, in_a), (rest_b, in_b)))
        yield Difference(kind, a.span(in_a), b.span(in_b))
    keys_a, keys_b = _keys(a, rest_a), _keys(b, rest_b)
    if keys_a and keys_b and not are_one(keys_a, keys_b, lang):
        spoken = [() if side.inserted else keys for side, keys in ((a, keys_a), (b, keys_b))]
        yield Difference(kind_of_change(spoken[0], spoken[1], lang), a.span(rest_a), b.span(rest_b))


def _differ(kind: DifferenceKind, in_a: Sequence[int], in_b: Sequence[int], a: Stretch, b: Stretch) -> bool:
    """Whether the negations, numbers or names at some places differ; an editor's may stand for anything."""
    if (in_a and not in_b and a.inserted) or (in_b and not in_a and b.inserted):
        return False
    if kind is _NEGATION:
        return len(in_a) != len(in_b)
    return not are_one(_keys(a, in_a), _keys(b, in_b), a.whole.lang)


def _keys(side: Stretch, places: Sequence[int]) -> tuple[str, ...]:
    return tuple(side.whole.keys[place] for place in places)


def _one_sided(kind: DifferenceKind, a: Stretch, b: Stretch, places: Sequence[int]) -> Difference:
    return Difference(kind, a.span(places), None) if a else Difference(kind, None, b.span(places))


def _places(side: Stretch, kind: DifferenceKind) -> list[int]:
    """Where the words of a kind stand."""
    return _kinds(side).get(kind, [])


def _kinds(side: Stretch) -> dict[DifferenceKind, list[int]]:
    """Where the negations, numbers and names stand."""
    found: dict[DifferenceKind, list[int]] = {}
    for place in range(side.first, side.last):
        if (kind := sharp_kind(side.whole, place)) is not None:
            found.setdefault(kind, []).append(place)
    return found
