"""Findings against the labels of the corpora, which are ranges of code points; `quotekit.evaluation` judges them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

import attrs

from quotekit import evaluation
from quotekit.document import Attribution
from quotekit.evaluation import Judged, agreement
from quotekit.kinds import kind_of
from quotekit.quotations import find_quotations
from quotekit.spans import Span

__all__ = ["Figures", "attributions_of", "figures_of", "judge"]

Ranges = tuple[tuple[int, int], ...]


class _Labelled(Protocol):
    """Labels have ranges of code points for each part."""

    @property
    def source(self) -> Ranges: ...
    @property
    def cue(self) -> Ranges: ...
    @property
    def content(self) -> Ranges: ...


def attributions_of(text: str, labels: Sequence[_Labelled]) -> tuple[Attribution, ...]:
    """Labels as attributions, their kind told from the marks."""
    quotations = find_quotations(text)
    made = []
    for label in labels:
        source, cue, content = (
            tuple(Span(*pair) for pair in part) for part in (label.source, label.cue, label.content)
        )
        kind = kind_of(text, content, quotations)
        made.append(Attribution.cut(text, content=content, cue=cue, source=source, kind=kind, score=1.0))
    return tuple(made)


def judge(text: str, labels: Sequence[_Labelled], found: Sequence[Attribution]) -> tuple[Judged, ...]:
    """Every label and every finding of one article, once, paired where they share words."""
    return evaluation.judge(text, attributions_of(text, labels), found)


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
    reached = agreement(judged)
    return Figures(
        labels=reached.attribution.labels,
        precision=reached.attribution.precision,
        recall={str(kind): of.attribution for kind, of in reached.by_kind.items()},
        attribution=reached.attribution.f1,
        overlap=reached.overlap.f1,
        exact=reached.exact.f1,
    )
