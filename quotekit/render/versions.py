"""The words of a cluster's member beside those of its fullest version: what differs, what is left out."""

from __future__ import annotations

import bisect
import itertools
import re
from collections.abc import Iterator, Sequence

import attrs

from quotekit.document import Difference, Member, Relation
from quotekit.render.labels import counted
from quotekit.render.markup import Markup, joined, markup, tag
from quotekit.similarity import common_words
from quotekit.spans import Span

__all__ = ["compared"]

LONGEST = 3_000  # words of a text that is laid beside another; the time grows with the product of both

_WORD = re.compile(r"\w+(?:['’.-]\w+)*")
_CUT = (Relation.TRUNCATED, Relation.ALTERED)


@attrs.frozen
class Change:
    """What takes the place of a stretch of the member's text, which may be empty."""

    start: int
    end: int
    drawn: Markup


def compared(member: Member, fullest: Member) -> Markup:
    """A member's text: words of the fullest version that it lacks as `del`, its own in their place as `ins`.

    Each difference is followed by its kind; what is left out of the fullest version is counted.

    >>> from quotekit.document import DifferenceKind
    >>> whole = Member(doc="a", index=0, content=(), text="We will not go", relation=Relation.VERBATIM, score=1.0)
    >>> cut = Difference(DifferenceKind.NEGATION, Span(8, 11), None)
    >>> other = attrs.evolve(whole, text="We will go", relation=Relation.ALTERED, differences=(cut,))
    >>> compared(other, whole)
    'We will <del>not</del> <small class="qk-class">negation</small> go'
    """
    aligned = _Aligned.of(fullest.text, member.text)
    changes = [_change(difference, member, fullest, aligned) for difference in member.differences]
    if member.relation in _CUT:
        changes += _left_out(aligned, member.differences)
    return joined(_applied(member.text, sorted(changes, key=lambda change: (change.start, change.end))))


@attrs.frozen
class _Aligned:
    """The words of two texts, and the runs of words that they share."""

    a: Sequence[Span]
    b: Sequence[Span]
    runs: Sequence[tuple[int, int, int]]

    @classmethod
    def of(cls, a: str, b: str) -> _Aligned:
        in_a, in_b = (tuple(Span(*found.span()) for found in _WORD.finditer(text)) for text in (a, b))
        if max(len(in_a), len(in_b)) > LONGEST:
            return cls(in_a, in_b, ())
        keys = ([text[word.slice].casefold() for word in words] for text, words in ((a, in_a), (b, in_b)))
        return cls(in_a, in_b, common_words(*keys))

    def behind(self, place: int) -> int:
        """Where in `b` stands what would follow the shared words in front of a place of `a`."""
        word = bisect.bisect_left(self.a, place, key=lambda span: span.start)
        ends = [b + min(length, word - a) for a, b, length in self.runs if a < word]
        return self.b[ends[-1] - 1].end if ends else 0

    def gaps(self) -> Iterator[tuple[int, int]]:
        """The words of `a`, from one to another, for which `b` has none."""
        edges = [(0, 0, 0), *self.runs, (len(self.a), len(self.b), 0)]
        for (a, b, length), (next_a, next_b, _) in itertools.pairwise(edges):
            if a + length < next_a and b + length == next_b:
                yield a + length, next_a


def _change(difference: Difference, member: Member, fullest: Member, aligned: _Aligned) -> Change:
    gone = tag("del", fullest.text[difference.a.slice]) if difference.a else None
    come = tag("ins", member.text[difference.b.slice]) if difference.b else None
    drawn = joined(filter(None, (gone, come, tag("small", str(difference.kind), class_="qk-class"))), " ")
    if difference.b:
        return Change(difference.b.start, difference.b.end, drawn)
    place = aligned.behind(difference.a.start if difference.a else 0)
    return Change(place, place, drawn)


def _left_out(aligned: _Aligned, differences: Sequence[Difference]) -> Iterator[Change]:
    """A mark for each stretch of words that the member leaves out, where no difference tells of them."""
    if not aligned.runs:
        return
    told = [difference.a for difference in differences if difference.a]
    for first, end in aligned.gaps():
        gap = Span(aligned.a[first].start, aligned.a[end - 1].end)
        if not any(gap.overlaps(span) for span in told):
            place = aligned.behind(gap.start)
            yield Change(place, place, tag("span", f"[{counted(end - first, 'word')} left out]", class_="qk-cut"))


def _applied(text: str, changes: Sequence[Change]) -> Iterator[Markup]:
    last = 0
    for change in changes:
        start = max(change.start, last)
        yield markup(text[last:start])
        bare = change.start == change.end
        if bare and start:
            yield Markup(" ")
        yield change.drawn
        if bare and not start:
            yield Markup(" ")
        last = max(change.end, last)
    yield markup(text[last:])
