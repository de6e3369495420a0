"""Ranges of tokens → attributions: each content to its cue, each cue to its source.

The network's pointers choose among few candidates. Of 23,288 contents in PolNeAR's training articles, 99.3 % have no
other cue between them and theirs and 98.9 % stand in its paragraph; of the sources, 99.9 % do, with at most two
other cues between (counted by `python -m quotekit.training count`). Where a pointer is sure of a token that no tag
marks, the pointer is believed: a cue or a source begins there.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

import attrs
import numpy as np
import numpy.typing as npt

from quotekit.analysis.distance import FARTHEST, bucket_table
from quotekit.analysis.scores import PART_LABELS, Floats, Scores
from quotekit.analysis.tokens import GAPS, MARKS, Tokens
from quotekit.extraction.decode import Range, end_of

__all__ = ["Draft", "link"]

SOURCES_AROUND = 3
ELSEWHERE = 4.0
LONGEST_CUE = 6
LONGEST_SOURCE = 14
REACH = 60  # tokens on both sides of a content in which a cue is looked for that no tag marks
SURE_OF_CUE = 0.7
SURE_OF_SOURCE = 0.5
UNLIKELY = 0.1  # a tagged cue that the pointer gives less than this may lose to one that no tag marks
STRAY = 0.7  # a part of a content that is less sure than this share of the surest is not one of its parts

Ints = npt.NDArray[np.int64]

_BUCKETS = bucket_table()


@attrs.frozen(kw_only=True)
class Draft:
    """An attribution as ranges of tokens: its contents, the cue they hang on and that cue's source."""

    contents: tuple[Range, ...]
    cue: Range | None
    source: Range | None
    score: float


def link(scores: Scores, ranges: Sequence[Range], text: str) -> list[Draft]:
    """Join contents that share a cue into one attribution, in order of their first content.

    A cue in the next paragraph serves quotations only; a paragraph that ends with a colon goes on in the next one. A
    content without a cue stands alone; a cue without a content is dropped.
    """
    linker = _Linker(scores, ranges, text)
    groups: dict[Range, list[tuple[Range, float]]] = {}
    alone: list[Draft] = []
    for content in (r for r in ranges if r.part == "content"):
        cue, sure = linker.cue_of(content)
        if cue is None:
            alone.append(Draft(contents=(content,), cue=None, source=None, score=content.score))
        else:
            groups.setdefault(cue, []).append((content, sure))
    drafts = [_draft(linker, cue, found) for cue, found in groups.items()]
    return sorted(drafts + alone, key=lambda d: d.contents[0].first)


def _draft(linker: _Linker, cue: Range, contents: Sequence[tuple[Range, float]]) -> Draft:
    surest = max(content.score for content, _ in contents)
    contents = [(content, pointed) for content, pointed in contents if content.score >= STRAY * surest]
    lengths = [content.last - content.first for content, _ in contents]
    sure = np.average([content.score * pointed for content, pointed in contents], weights=lengths)
    score = float(sure * cue.score) ** 0.5
    return Draft(contents=tuple(c for c, _ in contents), cue=cue, source=linker.source_of(cue), score=score)


class _Linker:
    """The cues and sources of one text, and the pointers that choose among them."""

    def __init__(self, scores: Scores, ranges: Sequence[Range], text: str) -> None:
        self.scores = scores
        self.cues = [r for r in ranges if r.part == "cue"]
        self.sources = [r for r in ranges if r.part == "source"]
        self._cue_firsts = [r.first for r in self.cues]
        self._source_firsts = [r.first for r in self.sources]
        self._paragraph = np.cumsum(_opens_paragraph(scores.tokens, text))

    def cue_of(self, content: Range) -> tuple[Range | None, float]:
        """The content's cue, and how sure the pointer is of it (0..1)."""
        tagged, sure = self._tagged_cue_of(content)
        untagged = self._untagged_cue_of(content, tagged)
        return untagged or (tagged, sure)

    def _tagged_cue_of(self, content: Range) -> tuple[Range | None, float]:
        """The cue among the last before the content, those inside and the next."""
        first, last = bisect_left(self._cue_firsts, content.first), bisect_left(self._cue_firsts, content.last)
        quoted = bool(self.scores.tokens.features[content.first, 2] != MARKS["outside"])
        around = self.cues[max(0, first - 1) : last + 1]
        near = [cue for cue in around if self._apart(content, cue) <= quoted]
        if not near:
            return None, 0.0
        pointed = self._cue_pointer(content, np.array([cue.first for cue in near]))
        pointed -= ELSEWHERE * np.array([self._apart(content, cue) > 0 for cue in near], dtype=np.float32)
        best = int(pointed.argmax())
        return near[best], float(_shares(pointed)[best])

    def _untagged_cue_of(self, content: Range, tagged: Range | None) -> tuple[Range, float] | None:
        """The cue that begins where the pointer is sure of a token that no tag marks, unless `tagged` may be right."""
        low, high = self._paragraphs_of(content)
        tokens = np.arange(max(low, content.first - REACH), min(high, content.last + REACH))
        shares = _shares(self._cue_pointer(content, tokens))
        best = int(shares.argmax())
        first, sure = int(tokens[best]), float(shares[best])
        likely = tagged is not None and shares[tokens == tagged.first].sum() > UNLIKELY
        if likely or sure < SURE_OF_CUE or content.first <= first < content.last or _is_in(self.cues, first):
            return None
        last = end_of(self.scores, PART_LABELS, "cue", first, min(first + LONGEST_CUE, high))
        return Range(first=first, last=last, part="cue", score=sure), sure

    def source_of(self, cue: Range) -> Range | None:
        """The cue's source, or none."""
        return self._tagged_source_of(cue) or self._untagged_source_of(cue)

    def _tagged_source_of(self, cue: Range) -> Range | None:
        """The source the cue points at among the nearest of its paragraph, or none."""
        at = bisect_left(self._source_firsts, cue.first)
        around = self.sources[max(0, at - SOURCES_AROUND) : at + SOURCES_AROUND]
        near = [source for source in around if not self._apart(cue, source)]
        if not near:
            return None
        pointed = self._source_pointer(cue, np.array([source.first for source in near]))
        best = int(pointed.argmax())
        return near[best] if pointed[best] >= self._no_source(cue) else None

    def _untagged_source_of(self, cue: Range) -> Range | None:
        """The source that begins where the pointer is sure of a token of the paragraph that no tag marks, or none."""
        low, high = self._paragraphs_of(cue)
        pointed = self._source_pointer(cue, np.arange(low, high))
        shares = _shares(np.append(pointed, self._no_source(cue)))[:-1]
        first, sure = low + int(shares.argmax()), float(shares.max())
        if sure < SURE_OF_SOURCE or _is_in([*self.cues, cue], first):
            return None
        after = self._cue_firsts[bisect_left(self._cue_firsts, first) :][:1] or [high]
        stop = min(first + LONGEST_SOURCE, high, after[0], cue.first if cue.first > first else high)
        last = end_of(self.scores, PART_LABELS, "source", first, stop)
        return Range(first=first, last=last, part="source", score=sure)

    def _apart(self, one: Range, other: Range) -> int:
        """How many paragraph borders lie between two ranges."""
        early, late = sorted((one, other), key=lambda r: r.first)
        return max(0, int(self._paragraph[late.first] - self._paragraph[early.last - 1]))

    def _paragraphs_of(self, range_: Range) -> tuple[int, int]:
        """The tokens of the paragraphs that a range touches."""
        low = np.searchsorted(self._paragraph, self._paragraph[range_.first], side="left")
        high = np.searchsorted(self._paragraph, self._paragraph[range_.last - 1], side="right")
        return int(low), int(high)

    def _no_source(self, cue: Range) -> float:
        return float(self.scores.no_source[cue.first : cue.last].mean())

    def _cue_pointer(self, content: Range, firsts: Ints) -> Floats:
        s = self.scores
        return _pointed(content, firsts, s.cue_query, s.cue_key, s.links.cue_distance)

    def _source_pointer(self, cue: Range, firsts: Ints) -> Floats:
        s = self.scores
        return _pointed(cue, firsts, s.source_query, s.source_key, s.links.source_distance)


def _opens_paragraph(tokens: Tokens, text: str) -> npt.NDArray[np.bool_]:
    """(N,): whether a token is the first of a paragraph that no colon led in."""
    opens: npt.NDArray[np.bool_] = tokens.features[:, 1] >= GAPS["line"]
    for token in np.flatnonzero(opens[1:]) + 1:
        opens[token] = text[tokens.ends[token - 1] - 1] != ":"
    return opens


def _pointed(of: Range, firsts: Ints, query: Floats, key: Floats, distance: Floats) -> Floats:
    """(len(firsts),): the pointers' scores for tokens, averaged over the tokens of the range that points."""
    pointed: Floats = query[of.first : of.last].mean(axis=0) @ key[firsts].T + _distance(distance, of, firsts)
    return pointed


def _distance(table: Floats, of: Range, firsts: Ints) -> Floats:
    """(len(firsts),): the mean of what the distances from each token of a range add."""
    at = np.arange(of.first, of.last)
    steps = np.clip(firsts[None, :] - at[:, None], -FARTHEST, FARTHEST) + FARTHEST
    mean: Floats = table[_BUCKETS[steps]].mean(axis=0)
    return mean


def _shares(pointed: Floats) -> Floats:
    """Softmax."""
    grown = np.exp(pointed - pointed.max())
    shares: Floats = grown / grown.sum()
    return shares


def _is_in(ranges: Sequence[Range], token: int) -> bool:
    return any(r.first <= token < r.last for r in ranges)
