"""What the encoder says of a text: scores for every token, in numpy, free of torch."""

from __future__ import annotations

import math
from collections.abc import Mapping

import attrs
import numpy as np
import numpy.typing as npt

from quotekit.analysis.tokens import Tokens
from quotekit.spans import Span

__all__ = ["MENTION_LABELS", "PART_LABELS", "Calibration", "Floats", "Heads", "NestedHeads", "Pointer", "Scores"]

PART_LABELS = ("source", "cue", "content")
MENTION_LABELS = ("person", "organization", "place")

Floats = npt.NDArray[np.float32]


@attrs.frozen(eq=False)
class Pointer:
    """What leads from the mean state of a range of tokens to another token.

    `weight` (W + 1, W + 1): what the two states, each with a 1 behind it, add up to; `distance` (BUCKETS,): what the
    distance between two tokens adds.
    """

    weight: Floats
    distance: Floats


@attrs.frozen(kw_only=True, eq=False)
class Heads:
    """How reports are told from the states of tokens.

    `transitions` (K, K): what a tag adds to the score of the tag after it, K tags of the parts; `cue`, `source`: from a
    content to its cue, and from a cue to its source; `no_source` (W + 1,): the score that a cue has none.
    """

    transitions: Floats
    cue: Pointer
    source: Pointer
    no_source: Floats


@attrs.frozen(eq=False)
class NestedHeads:
    """The same for what contents report in turn, and `parts` (W + 1, K): the scores of the tags in a content."""

    heads: Heads
    parts: Floats


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

    `parts` (N, K) log-probabilities of the parts' BIOES tags, `mentions` (N, M) of the mentions' tags; `states` (N, W):
    what the network makes of each token, from which `heads` tell the rest where it is asked for.
    """

    tokens: Tokens
    parts: Floats
    mentions: Floats
    states: Floats
    heads: Heads
    nested: NestedHeads
    calibration: Calibration = Calibration()

    def inside(self, span: Span) -> Scores:
        """The tokens within a span, as a text of their own and with the scores of the nested heads."""
        first = int(np.searchsorted(self.tokens.starts, span.start))
        last = max(first, int(np.searchsorted(self.tokens.ends, span.end, side="right")))
        states, parts = self.states[first:last], self.nested.parts
        return attrs.evolve(
            self, tokens=self.tokens.cut(first, last, span.start), parts=_log_softmax(states @ parts[:-1] + parts[-1]),
            mentions=self.mentions[first:last], states=states, heads=self.nested.heads,
        )  # fmt: skip


def _log_softmax(scores: Floats) -> Floats:
    """Scores (N, K) as log-probabilities."""
    lowered = scores - scores.max(axis=1, keepdims=True, initial=-np.inf)
    logs: Floats = lowered - np.log(np.exp(lowered).sum(axis=1, keepdims=True))
    return logs
