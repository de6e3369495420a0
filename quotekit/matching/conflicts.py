"""The numbers, names and negations with which two reports say different things of the same."""

from __future__ import annotations

import functools
import itertools
from collections.abc import Iterator, Mapping, Sequence

import attrs

from quotekit.document import Difference, DifferenceKind
from quotekit.lexicon import table
from quotekit.matching.stretches import Stretch
from quotekit.matching.terms import Term, stem
from quotekit.matching.utterance import Utterance
from quotekit.matching.wordings import sharp_kind
from quotekit.spans import Span

__all__ = ["Side", "conflicts"]

REACH = 3  # words between a negation and what it denies
MOST_LEFT = 40  # terms of a side that are held against those of the other

_NUMBER, _NAME, _NEGATION = DifferenceKind.NUMBER, DifferenceKind.NAME, DifferenceKind.NEGATION


@attrs.frozen
class Side:
    """A report, its terms, and those of them that the other report has too."""

    said: Utterance
    terms: Sequence[Term]
    common: Sequence[Term]

    def left(self, kind: DifferenceKind | None = None) -> list[Term]:
        """The terms of a kind, or of all, that the other report does not have."""
        common = set(self.common)
        return [term for term in self.terms if term not in common and kind in (None, term.kind)]

    def span(self, first: int, last: int) -> Span | None:
        """Where words stand in the report."""
        return Stretch(self.said, first, last).span()

    def negation_of(self, term: Term) -> int | None:
        """The place of the negation that stands shortly before a term, in its sentence, if any."""
        for place in range(term.first - 1, max(-1, term.first - 1 - REACH), -1):
            if self.said.stops_before(place + 1):
                return None
            if sharp_kind(self.said, place) is _NEGATION:
                return place
        return None

    def anchors(self) -> Mapping[Term, frozenset[str]]:
        """For each term what the common terms right before and behind it are compared by, names left out."""
        common, found = set(self.common), {}
        for before, term, behind in zip((None, *self.terms), self.terms, (*self.terms[1:], None), strict=False):
            near = [t for t in (before, behind) if t is not None and t in common and t.kind is None]
            found[term] = frozenset(key for t in near for key in (t.key, t.also) if key)
        return found


def conflicts(a: Side, b: Side) -> Iterator[Difference]:
    """The differences in negation, number and name of two reports on one thing; what only one of them tells is none.

    A number or a name stands for another one where the same telling word is next to both.
    """
    yield from _negations(a, b)
    anchors_a, anchors_b = a.anchors(), b.anchors()
    for one, other in itertools.product(a.left()[:MOST_LEFT], b.left()[:MOST_LEFT]):
        kind = None
        if one.kind is other.kind and one.kind in (_NUMBER, _NAME) and anchors_a[one] & anchors_b[other]:
            kind = one.kind
        elif _are_opposite(one, other, a.said.lang):
            kind = _NEGATION
        if kind is not None:
            yield Difference(kind, a.span(one.first, one.last), b.span(other.first, other.last))


def _negations(a: Side, b: Side) -> Iterator[Difference]:
    """The negations of what the other report says without one, each once."""
    partners = {key: term for term in reversed(b.common) for key in (term.also, term.key) if key}
    seen = set[tuple[int | None, int | None]]()
    for term in a.common:
        partner = partners.get(term.key) or partners.get(term.also)
        if partner is None:
            continue
        found = a.negation_of(term), b.negation_of(partner)
        if (found[0] is None) != (found[1] is None) and found not in seen:
            seen.add(found)
            yield Difference(_NEGATION, _at(a, found[0]), _at(b, found[1]))


def _at(side: Side, place: int | None) -> Span | None:
    return None if place is None else side.span(place, place + 1)


def _are_opposite(a: Term, b: Term, lang: str) -> bool:
    known = _opposites(lang)
    return b.key in known.get(a.key, ()) or a.key in known.get(b.key, ())


@functools.cache
def _opposites(lang: str) -> Mapping[str, frozenset[str]]:
    """Stem → the stems that say the opposite."""
    rows = table("antonyms", lang).items()
    return {stem(word, lang): frozenset(stem(other, lang) for other in others.split()) for word, others in rows}
