"""Scores → the best sequence of tags: which tokens are source, cue and content."""

from __future__ import annotations

import functools
from collections.abc import Sequence

import attrs
import numpy as np

from quotekit.analysis.scores import Floats, Scores
from quotekit.spans import may_follow, tag_names, tags_to_spans

__all__ = ["NEVER", "Range", "allowed", "best_tags", "decode_ranges", "end_of"]

NEVER = -1e4
BLOCK = 32  # tokens of a text that are read side by side with those of its other blocks
LEAD = 32  # tokens before a block after which it no longer matters where the reading began
SAME = 1e-3  # sums that differ by less are the same


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


def best_tags(scores: Floats, transitions: Floats) -> list[int]:
    """Viterbi's algorithm: the sequence of tags of N tokens with the highest sum, in O(N K²).

    `scores` (N, K); `transitions` (K, K) with the forbidden ones far below zero.
    """
    if not len(scores):
        return []
    best, into = _best_sums(scores, transitions), np.ascontiguousarray(transitions.T)
    tags = [int(best[-1].argmax())]
    for back in (into + best[:-1, None]).argmax(axis=2).tolist()[::-1]:
        tags.append(back[tags[-1]])
    return tags[::-1]


def _best_sums(scores: Floats, transitions: Floats) -> Floats:
    """(N, K): the highest sum of a sequence that ends with each tag of each token, but for a constant a token."""
    sums = _in_blocks(scores, transitions) if len(scores) > LEAD + BLOCK else None
    return _add_up(scores[:, None], transitions)[:, :, 0] if sums is None else sums


def _in_blocks(scores: Floats, transitions: Floats) -> Floats | None:
    """The same for a long text, whose blocks are read side by side, each from `LEAD` tokens before it.

    What a sequence began with is soon forgotten; `None` where two blocks do not agree on the token before the second.
    """
    starts = np.arange(0, len(scores) - LEAD, BLOCK)
    tokens = np.arange(LEAD + BLOCK)[:, None] + starts
    sums = _add_up(scores[np.minimum(tokens, len(scores) - 1)], transitions)
    if (np.ptp(sums[-1, :, :-1] - sums[LEAD - 1, :, 1:], axis=0) > SAME).any():
        return None
    rest = sums[LEAD:].transpose(2, 0, 1).reshape(-1, scores.shape[1])
    return np.concatenate([sums[:LEAD, :, 0], rest])[: len(scores)]


def _add_up(scores: Floats, transitions: Floats) -> Floats:
    """(T, K, M): the same sums for M texts of T tokens, from their scores (T, M, K)."""
    sums: Floats = scores.transpose(0, 2, 1).copy()
    steps, highest = transitions[:, :, None], np.maximum.reduce
    for t, (before, here) in enumerate(zip(sums[:-1, :, None], sums[1:], strict=True), start=1):
        here += highest(before + steps, 0)
        if not t % 512:
            here -= here.max(axis=0)
    return sums


def decode_ranges(scores: Scores, labels: tuple[str, ...]) -> list[Range]:
    """The parts found in a text, in order; ranges of one part never overlap another's."""
    rules = scores.heads.transitions + allowed(labels)
    tags = best_tags(scores.parts, rules)
    if not any(tags):
        return []
    names = tag_names(labels)
    sure = np.exp(scores.parts[np.arange(len(tags)), tags])
    found = tags_to_spans([names[tag] for tag in tags])
    return [Range(first=a, last=b, part=part, score=float(np.add.reduce(sure[a:b])) / (b - a)) for a, b, part in found]


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
