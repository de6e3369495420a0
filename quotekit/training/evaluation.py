"""How well attributions agree with labels: the scoreboard's measures, for articles of our own.

Spans are compared as sets of words, so that a mark more or less changes nothing. Labels and findings of an article are
paired one to one, best overlap of contents first (Jaccard). A pair *overlaps* from 0.5; its *sources agree* where they
share a word, or where both are empty; it is *right* where both hold.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol

import attrs

from quotekit.document import Attribution, Kind
from quotekit.extraction.snap import kind_of
from quotekit.quotations import find_quotations
from quotekit.spans import Span

__all__ = ["Figures", "Judged", "figures_of", "judge"]

OVERLAP = 0.5
_WORD = re.compile(r"\w+(?:['’]\w+)*")

Ranges = tuple[tuple[int, int], ...]
Words = frozenset[int]


class _Labelled(Protocol):
    """Labels have ranges of code points for each part."""

    @property
    def source(self) -> Ranges: ...
    @property
    def cue(self) -> Ranges: ...
    @property
    def content(self) -> Ranges: ...


@attrs.frozen(kw_only=True)
class Judged:
    """A label and what was found for it; one of the two may be missing.

    `gold` and `found` are indices; `overlap` is the Jaccard of the contents' words, 0..1.
    """

    gold: int | None
    found: int | None
    overlap: float = 0.0
    sources_agree: bool = False
    kind: Kind

    @property
    def right(self) -> bool:
        """Whether the contents overlap and the sources agree."""
        return self.overlap >= OVERLAP and self.sources_agree


def judge(text: str, gold: Sequence[_Labelled], found: Sequence[Attribution]) -> tuple[Judged, ...]:
    """Every label and every finding of one article, once, paired where they share words."""
    words = [m.span() for m in _WORD.finditer(text)]
    labels = [(_covered(g.content, words), _covered(g.source, words)) for g in gold]
    finds = [(_covered(_ranges(a.content), words), _covered(_ranges(a.source), words)) for a in found]
    kinds = _kinds(text, gold)
    pairs = sorted(
        (-_jaccard(g[0], f[0]), i, j) for i, g in enumerate(labels) for j, f in enumerate(finds) if g[0] & f[0]
    )
    paired: dict[int, Judged] = {}
    used: set[int] = set()
    for overlap, i, j in pairs:
        if i not in paired and j not in used:
            agree = bool(labels[i][1] & finds[j][1]) or not (labels[i][1] or finds[j][1])
            paired[i] = Judged(gold=i, found=j, overlap=-overlap, sources_agree=agree, kind=kinds[i])
            used.add(j)
    missed = (Judged(gold=i, found=None, kind=kinds[i]) for i in range(len(labels)) if i not in paired)
    invented = (Judged(gold=None, found=j, kind=a.kind) for j, a in enumerate(found) if j not in used)
    return (*paired.values(), *missed, *invented)


@attrs.frozen(kw_only=True)
class Figures:
    """What a set of articles came to; all in percent. `recall` holds the share of labels found right, by kind."""

    labels: int
    precision: float
    recall: dict[str, float]
    attribution: float
    overlap: float
    exact: float

    def __str__(self) -> str:
        recall = ", ".join(f"{kind} {value:.1f}" for kind, value in self.recall.items())
        return (
            f"{self.labels} labels: attribution F1 {self.attribution:.1f} (precision {self.precision:.1f}), "
            f"content overlap F1 {self.overlap:.1f}, exact F1 {self.exact:.1f}; recall {recall}"
        )


def figures_of(judged: Iterable[Judged]) -> Figures:
    """The figures of all that was judged."""
    rows = list(judged)
    labels, found = (sum(getattr(r, side) is not None for r in rows) for side in ("gold", "found"))
    right = sum(r.right for r in rows)
    by_kind, right_by_kind = (Counter(r.kind for r in chosen) for chosen in (
        (r for r in rows if r.gold is not None), (r for r in rows if r.right)
    ))  # fmt: skip
    return Figures(
        labels=labels,
        precision=_percent(right, found),
        recall={str(kind): _percent(right_by_kind[kind], by_kind[kind]) for kind in Kind if by_kind[kind]},
        attribution=_f1(right, found, labels),
        overlap=_f1(sum(r.overlap >= OVERLAP for r in rows), found, labels),
        exact=_f1(sum(r.overlap == 1.0 for r in rows), found, labels),
    )


def _kinds(text: str, gold: Sequence[_Labelled]) -> list[Kind]:
    quotations = find_quotations(text)
    return [kind_of(text, [Span(*span) for span in g.content], quotations) for g in gold]


def _ranges(spans: Iterable[Span]) -> Iterator[tuple[int, int]]:
    return ((span.start, span.end) for span in spans)


def _covered(ranges: Iterable[tuple[int, int]], words: Sequence[tuple[int, int]]) -> Words:
    spans = list(ranges)
    return frozenset(i for i, (start, end) in enumerate(words) if any(start < e and s < end for s, e in spans))


def _jaccard(one: Words, other: Words) -> float:
    return len(one & other) / len(one | other)


def _f1(right: int, found: int, labels: int) -> float:
    return _percent(2 * right, found + labels)


def _percent(part: int, whole: int) -> float:
    return 100 * part / max(1, whole)
