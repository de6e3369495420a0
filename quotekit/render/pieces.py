"""A text cut at the borders of everything that is marked in it: overlapping spans as pieces side by side."""

from __future__ import annotations

import itertools
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence

import attrs

from quotekit.document import Attribution
from quotekit.spans import Span

__all__ = ["EVIDENCE", "Mark", "Piece", "cut", "marks_of"]

EVIDENCE = "evidence"
PARTS = ("content", "source", "cue", "target", "via", EVIDENCE)  # of marks that are one span, the inner ones last

# Marks that a piece names: a thousand inside one another stay readable, and the page linear.
MOST_PARTS = 8
MOST_EVIDENCE = 100


@attrs.frozen
class Mark:
    """A stretch that is a part of the attribution with this number."""

    span: Span
    part: str
    number: int


@attrs.frozen
class Piece:
    """A stretch without a border inside, and the innermost marks over it, the innermost last.

    `parts` are those of attributions, `evidence` is what tells the speakers of others.
    """

    span: Span
    parts: tuple[Mark, ...]
    evidence: tuple[Mark, ...]


def marks_of(attribution: Attribution, number: int) -> Iterator[Mark]:
    """The parts of an attribution as marks, those of no length left out."""
    evidence = attribution.resolution.evidence if attribution.resolution else None
    spans: Mapping[str, Sequence[Span]] = {
        "content": attribution.content,
        "source": attribution.source,
        "cue": attribution.cue,
        "target": attribution.target,
        "via": [via.span for via in attribution.via],
        EVIDENCE: [evidence] if evidence else [],
    }
    return (Mark(span, part, number) for part in PARTS for span in spans[part] if len(span))


def cut(stretches: Iterable[Span], marks: Iterable[Mark]) -> Iterator[list[Piece]]:
    """Each stretch as its pieces; the stretches are in order and apart, and marks may reach over several.

    >>> said = [Mark(Span(0, 4), "source", 1), Mark(Span(2, 9), "content", 2)]
    >>> [(p.span.start, p.span.end, len(p.parts)) for p in next(cut([Span(0, 9)], said))]
    [(0, 2, 1), (2, 4, 2), (4, 9, 1)]
    """
    open_ = _Open(marks)
    for stretch in stretches:
        start, pieces = stretch.start, []
        while open_.borders and open_.borders[0] < stretch.end:
            border = open_.borders[0]
            if border > start:
                pieces.append(open_.piece(Span(start, border)))
                start = border
            open_.cross()
        if start < stretch.end:
            pieces.append(open_.piece(Span(start, stretch.end)))
        yield pieces


class _Open:
    """The marks that are open at a place, which goes forward border by border."""

    def __init__(self, marks: Iterable[Mark]) -> None:
        self._opening: dict[int, list[Mark]] = {}
        self._closing: dict[int, list[Mark]] = {}
        for mark in dict.fromkeys(marks):
            self._opening.setdefault(mark.span.start, []).append(mark)
            self._closing.setdefault(mark.span.end, []).append(mark)
        self.borders = deque(sorted({*self._opening, *self._closing}))
        self._parts: dict[Mark, None] = {}
        self._evidence: dict[Mark, None] = {}

    def cross(self) -> None:
        """Go on behind the next border."""
        border = self.borders.popleft()
        for mark in self._closing.get(border, ()):
            del self._of(mark)[mark]
        for mark in sorted(self._opening.get(border, ()), key=_outermost_first):
            self._of(mark)[mark] = None

    def piece(self, span: Span) -> Piece:
        """A stretch up to the next border."""
        return Piece(span, _last(self._parts, MOST_PARTS), _last(self._evidence, MOST_EVIDENCE))

    def _of(self, mark: Mark) -> dict[Mark, None]:
        return self._evidence if mark.part == EVIDENCE else self._parts


def _last(marks: dict[Mark, None], most: int) -> tuple[Mark, ...]:
    return tuple(itertools.islice(reversed(marks), most))[::-1]


def _outermost_first(mark: Mark) -> tuple[int, int, int]:
    return -mark.span.end, mark.number, PARTS.index(mark.part)
