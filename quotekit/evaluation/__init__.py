"""How well attributions agree with labels: the measures of the field, for any system's output.

Spans are compared as sets of words, so that a mark more or less changes nothing. Labels and findings of an article are
paired one to one, best overlap of contents first (Jaccard). A pair *overlaps* from 0.5; its *sources agree* where they
share a word, or where both are empty; it is *right* where both hold.
"""

from quotekit.evaluation.pairing import Judged, judge
from quotekit.evaluation.scores import Agreement, By, Measure, OfKind, Scores, agreement, evaluate

__all__ = ["Agreement", "By", "Judged", "Measure", "OfKind", "Scores", "agreement", "evaluate", "judge"]
