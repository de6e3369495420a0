"""Scores → the best sequence of tags: which tokens are source, cue and content."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from itertools import pairwise

import attrs
import numpy as np
import numpy.typing as npt

from quotekit.analysis.scores import Floats, Scores
from quotekit.spans import may_follow, tag_names, tags_to_spans

__all__ = ["NEVER", "Range", "allowed", "best_tags", "decode_ranges", "end_of"]

NEVER = -1e4


@attrs.frozen(kw_only=True)
class Range:
    """A range `first:last` of tokens that the tags mark as one part, and how sure they are (0..1)."""

    first: int
    last: int
    part: str
    score: float


@functools.cache
def allowed(labels: tuple[str, ...]) -> Floats:
    """(K, K): 0 where the BIOES grammar lets the second tag follow the first, `NEVER` where not."""
    names = tag_names(labels)
    rules = [[0.0 if may_follow(before, after) else NEVER for after in names] for before in names]
    return np.array(rules, dtype=np.float32)


def best_tags(scores: Floats, transitions: Floats) -> npt.NDArray[np.int64]:
    """Viterbi's algorithm: the sequence of tags of N tokens with the highest sum, in O(N K²).

    `scores` (N, K); `transitions` (K, K) with the forbidden ones far below zero.
    """
    if not len(scores):
        return np.zeros(0, dtype=np.int64)
    best, into = scores.copy(), np.ascontiguousarray(transitions.T)
    for t, (before, here) in enumerate(pairwise(best), start=1):
        here += np.maximum.reduce(into + before, axis=1)
        if not t % 512:
            here -= here.max()
    tags = [int(best[-1].argmax())]
    for back in (into + best[:-1, None]).argmax(axis=2).tolist()[::-1]:
        tags.append(back[tags[-1]])
    return np.array(tags[::-1], dtype=np.int64)


def decode_ranges(scores: Scores, labels: tuple[str, ...]) -> list[Range]:
    """The parts found in a text, in order; ranges of one part never overlap another's."""
    rules = scores.links.transitions + allowed(labels)
    tags = best_tags(scores.parts, rules)
    names = tag_names(labels)
    sure = np.exp(scores.parts[np.arange(len(tags)), tags])
    found = tags_to_spans([names[tag] for tag in tags])
    return [Range(first=a, last=b, part=part, score=float(sure[a:b].mean())) for a, b, part in found]


def end_of(scores: Scores, labels: Sequence[str], part: str, first: int, stop: int) -> int:
    """Where a range of `part` that begins at token `first` ends, before `stop`: where the tags' scores add up highest.

    What the best sequence of tags missed, and something else knows to begin there, gets its end so.
    """
    number = {name: i for i, name in enumerate(tag_names(labels))}
    begin, inside, end, single = (number[f"{prefix}-{part}"] for prefix in "BIES")
    window = scores.parts[first:stop]
    elsewhere = np.delete(window, [begin, inside, end, single], axis=1).max(axis=1)
    outside = elsewhere[::-1].cumsum()[::-1] - elsewhere  # of all tokens after each
    held = window[0, begin] - window[0, inside] + window[:, inside].cumsum() - window[:, inside] + window[:, end]
    held[0] = window[0, single]
    return first + int((held + outside).argmax()) + 1
