"""Raw scores → shares that are right: fitted on labelled articles, judged on articles the fit has not seen.

The method is Platt's (Probabilistic outputs for support vector machines, 1999), a curve for each kind. The expected
calibration error is that of Naeini, Cooper and Hauskrecht (2015): over ten bins of equal width, the mean distance
between the score and the share that is right, weighted by how many fall into the bin.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import attrs
import numpy as np
import numpy.typing as npt

from quotekit.analysis.analyzer import Analyzer
from quotekit.analysis.scores import Calibration
from quotekit.document import Document
from quotekit.extraction import extract
from quotekit.quotations import find_quotations
from quotekit.training.evaluation import judge
from quotekit.training.readers import Article

__all__ = ["Bin", "Sample", "bins_of", "calibration_error", "cross_fitted", "draw", "fit", "samples"]

BINS = 10
FOLDS = 5
RAW = Calibration()
PRIOR, HOLD = 1.0, 10.0  # how strongly a curve is held to the raw scores, and to a curve that was fitted before

Doubles = npt.NDArray[np.float64]


@attrs.frozen
class Sample:
    """One attribution that was found: its article, kind and score (0..1), and whether it is right."""

    article: str
    kind: str
    score: float
    right: bool


@attrs.frozen
class Bin:
    """The attributions whose scores fall into one tenth: how many, their mean score, and the share that is right."""

    count: int
    score: float
    right: float


def samples(analyzer: Analyzer, articles: Iterable[Article]) -> Iterator[Sample]:
    """What is found in labelled articles, with raw scores."""
    for article in articles:
        document = Document(text=article.text, quotations=find_quotations(article.text))
        (analysis,) = analyzer.analyze([document])
        raw = attrs.evolve(analysis.scores, calibration=Calibration())
        found = [a for a in extract(document, raw, analysis.sentences, analysis.words).attributions if a.parent is None]
        for judged in judge(article.text, article.attributions or (), found):
            if judged.found is not None:
                attribution = found[judged.found]
                yield Sample(article.id, str(attribution.kind), attribution.score, judged.right)


def fit(chosen: Sequence[Sample], before: Calibration = RAW) -> Calibration:
    """A curve for each kind, by Newton's method on the logistic loss; few samples change one from `before` little."""
    curves = dict(before.curves)
    for kind in sorted({sample.kind for sample in chosen}):
        of_kind = [sample for sample in chosen if sample.kind == kind]
        raw = np.clip([sample.score for sample in of_kind], 1e-6, 1 - 1e-6)
        inputs = np.stack([np.log(raw / (1 - raw)), np.ones(len(raw))], axis=1)
        right = np.array([sample.right for sample in of_kind], dtype=np.float64)
        hold = HOLD if kind in before.curves else PRIOR
        curves[kind] = _logistic(inputs, right, np.array(before.curves.get(kind, (1.0, 0.0))), hold)
    return Calibration(curves)


def _logistic(inputs: Doubles, right: Doubles, start: Doubles, hold: float) -> tuple[float, float]:
    weights = start
    for _ in range(50):
        likely = 1 / (1 + np.exp(-inputs @ weights))
        slope = inputs.T @ (likely - right) + hold * (weights - start)
        bend = (inputs * (likely * (1 - likely))[:, None]).T @ inputs + hold * np.eye(2)
        step = np.linalg.solve(bend, slope)
        weights = weights - step
        if np.abs(step).max() < 1e-8:
            break
    return float(weights[0]), float(weights[1])


def cross_fitted(chosen: Sequence[Sample]) -> list[Sample]:
    """The samples with the scores that curves fitted on other articles give them."""
    articles = sorted({sample.article for sample in chosen})
    fold = {article: number % FOLDS for number, article in enumerate(articles)}
    out = []
    for held in range(FOLDS):
        curves = fit([sample for sample in chosen if fold[sample.article] != held])
        out += [
            attrs.evolve(sample, score=curves(sample.score, sample.kind))
            for sample in chosen
            if fold[sample.article] == held
        ]
    return out


def bins_of(chosen: Sequence[Sample]) -> tuple[Bin, ...]:
    """The ten bins of the reliability curve; an empty one is left out."""
    scores = np.array([sample.score for sample in chosen])
    right = np.array([sample.right for sample in chosen], dtype=np.float64)
    number = np.minimum((scores * BINS).astype(int), BINS - 1)
    filled = [number == n for n in range(BINS) if (number == n).any()]
    return tuple(Bin(int(held.sum()), float(scores[held].mean()), float(right[held].mean())) for held in filled)


def calibration_error(bins: Sequence[Bin]) -> float:
    """The expected calibration error, 0..1."""
    return sum(b.count * abs(b.score - b.right) for b in bins) / max(1, sum(b.count for b in bins))


def draw(bins: Sequence[Bin], path: Path) -> None:
    """The reliability curve as an SVG: score to the right, share that is right upward, the diagonal for comparison."""
    side, edge = 320, 40
    most = max(b.count for b in bins)
    dots = "".join(
        f'<circle cx="{edge + b.score * side:.1f}" cy="{edge + (1 - b.right) * side:.1f}" '
        f'r="{3 + 9 * (b.count / most) ** 0.5:.1f}"><title>{b.count} attributions: score {b.score:.2f}, '
        f"right {b.right:.2f}</title></circle>"
        for b in bins
    )
    ticks = "".join(
        f'<text x="{edge + t * side:.0f}" y="{edge + side + 16}" text-anchor="middle">{t:.1f}</text>'
        f'<text x="{edge - 6}" y="{edge + (1 - t) * side + 4:.0f}" text-anchor="end">{t:.1f}</text>'
        for t in (0.0, 0.25, 0.5, 0.75, 1.0)
    )
    path.write_text(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side + 2 * edge} {side + 2 * edge}" role="img" '
        f'aria-label="Reliability: score against share that is right" font-family="sans-serif" font-size="11">'
        f'<rect width="100%" height="100%" fill="#fff"/><rect x="{edge}" y="{edge}" width="{side}" height="{side}" '
        f'fill="none" stroke="#999"/><path d="M{edge} {edge + side}L{edge + side} {edge}" stroke="#999" '
        f'stroke-dasharray="4"/><g fill="#1b6ca8" fill-opacity="0.75">{dots}</g><g fill="#333">{ticks}'
        f'<text x="{edge + side / 2}" y="{edge + side + 32}" text-anchor="middle">score</text>'
        f'<text x="{edge}" y="{edge - 12}">share that is right</text></g></svg>\n',
        encoding="utf-8",
    )
