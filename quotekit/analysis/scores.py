"""What the encoder says of a text: scores for every token, in numpy, free of torch."""

from __future__ import annotations

import math
from collections.abc import Mapping

import attrs
import numpy as np
import numpy.typing as npt

from quotekit.analysis.tokens import Tokens

__all__ = ["MENTION_LABELS", "PART_LABELS", "Calibration", "Floats", "Links", "Scores"]

PART_LABELS = ("source", "cue", "content")
MENTION_LABELS = ("person", "organization", "place")

Floats = npt.NDArray[np.float32]


@attrs.frozen(kw_only=True, eq=False)
class Links:
    """What the pointers of the network know apart from the text.

    `cue_distance`, `source_distance` (BUCKETS,): what a distance between tokens adds to a pointer's score;
    `transitions` (K, K): what a tag adds to the score of the tag after it, K tags of the parts.
    """

    transitions: Floats
    cue_distance: Floats
    source_distance: Floats


@attrs.frozen
class Calibration:
    """How a raw score of an attribution becomes the share of such attributions that are right, by kind.

    `curves` maps a kind ("direct", "mixed", "indirect") to the slope and offset of a logistic curve over the raw
    score's log-odds (Platt, 1999); a kind that is not there keeps its raw score.
    """

    curves: Mapping[str, tuple[float, float]] = attrs.field(factory=dict)

    def __call__(self, raw: float, kind: str) -> float:
        """The calibrated score, 0..1.

        >>> Calibration({"direct": (1.0, 0.0)})(0.8, "direct")
        0.8
        """
        if kind not in self.curves:
            return raw
        slope, offset = self.curves[kind]
        odds = math.log(max(raw, 1e-6) / max(1 - raw, 1e-6))
        return round(1 / (1 + math.exp(-(slope * odds + offset))), 6)


@attrs.frozen(kw_only=True, eq=False)
class Scores:
    """Scores for the N tokens of one text.

    `parts` (N, K) log-probabilities of the parts' BIOES tags, `mentions` (N, M) of the mentions' tags;
    `cue_query`, `cue_key`, `source_query`, `source_key` (N, D) pointer vectors, scaled so that their product
    is a score; `no_source` (N,) the score that a cue which starts here has no source.
    """

    tokens: Tokens
    parts: Floats
    mentions: Floats
    cue_query: Floats
    cue_key: Floats
    source_query: Floats
    source_key: Floats
    no_source: Floats
    links: Links
    calibration: Calibration = Calibration()
