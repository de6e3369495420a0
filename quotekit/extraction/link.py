"""Ranges of tokens → attributions: each content to its cue, each cue to its source."""

from __future__ import annotations

from collections.abc import Sequence

import attrs
import numpy as np
import numpy.typing as npt

from quotekit.analysis.distance import FARTHEST, bucket_table
from quotekit.analysis.scores import Floats, Scores
from quotekit.extraction.decode import Range

__all__ = ["Draft", "link"]

REACH = 400
_BUCKETS = bucket_table()


@attrs.frozen(kw_only=True)
class Draft:
    """An attribution as ranges of tokens: its contents, the cue they hang on and that cue's source."""

    contents: tuple[Range, ...]
    cue: Range | None
    source: Range | None
    score: float


def link(scores: Scores, ranges: Sequence[Range]) -> list[Draft]:
    """Join contents that share a cue into one attribution, in order of their first content.

    A content with no cue within `REACH` tokens stands alone; a cue with no content is dropped.
    """
    cues = [r for r in ranges if r.part == "cue"]
    sources = [r for r in ranges if r.part == "source"]
    groups: dict[int | None, list[tuple[Range, float]]] = {}
    alone: list[Draft] = []
    for content in (r for r in ranges if r.part == "content"):
        at, sure = _cue_of(scores, content, cues)
        if at is None:
            alone.append(Draft(contents=(content,), cue=None, source=None, score=content.score))
        else:
            groups.setdefault(at, []).append((content, sure))
    drafts = [_draft(scores, cues[at], found, sources) for at, found in groups.items() if at is not None]
    return sorted(drafts + alone, key=lambda d: d.contents[0].first)


def _draft(scores: Scores, cue: Range, contents: Sequence[tuple[Range, float]], sources: Sequence[Range]) -> Draft:
    source = _source_of(scores, cue, sources)
    weights = np.array([c.last - c.first for c, _ in contents], dtype=np.float64)
    sure = np.average([c.score * link for c, link in contents], weights=weights)
    score = float(sure * cue.score) ** 0.5
    return Draft(contents=tuple(c for c, _ in contents), cue=cue, source=source, score=score)


def _near(ranges: Sequence[Range], middle: int) -> range:
    firsts = np.fromiter((r.first for r in ranges), dtype=np.int64, count=len(ranges))
    low, high = np.searchsorted(firsts, [middle - REACH, middle + REACH])
    return range(int(low), int(high))


def _cue_of(scores: Scores, content: Range, cues: Sequence[Range]) -> tuple[int | None, float]:
    near = [*{*_near(cues, content.first), *_near(cues, content.last)}]
    if not near:
        return None, 0.0
    firsts = np.array([cues[i].first for i in near], dtype=np.int64)
    query = scores.cue_query[content.first : content.last]
    pointed = query.mean(axis=0) @ scores.cue_key[firsts].T
    pointed = pointed + _distance(scores.links.cue_distance, content, firsts)
    best = int(pointed.argmax())
    return near[best], float(1 / np.exp(pointed - pointed[best]).sum())


def _source_of(scores: Scores, cue: Range, sources: Sequence[Range]) -> Range | None:
    near = _near(sources, cue.first)
    if not near:
        return None
    firsts = np.array([sources[i].first for i in near], dtype=np.int64)
    query = scores.source_query[cue.first : cue.last].mean(axis=0)
    pointed = query @ scores.source_key[firsts].T + _distance(scores.links.source_distance, cue, firsts)
    best = int(pointed.argmax())
    nobody = float(scores.no_source[cue.first : cue.last].mean())
    return sources[near[best]] if pointed[best] >= nobody else None


def _distance(table: Floats, of: Range, firsts: npt.NDArray[np.int64]) -> Floats:
    """(len(firsts),): the mean of what the distances from each token of a range add."""
    at = np.arange(of.first, of.last)
    steps = np.clip(firsts[None, :] - at[:, None], -FARTHEST, FARTHEST) + FARTHEST
    mean: Floats = table[_BUCKETS[steps]].mean(axis=0)
    return mean


