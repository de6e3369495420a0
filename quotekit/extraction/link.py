"""Ranges of tokens → attributions: each content to its cue, each cue to its source.

The network's pointers choose among few candidates. Of 23,288 contents in PolNeAR's training articles, 99.3 % have no
other cue between them and theirs and 98.9 % stand in its paragraph; of the sources, 99.9 % do, with at most two
other cues between (counted by `python -m quotekit.training count`). Where a pointer is sure of a token that no tag
marks, the pointer is believed: a cue or a source begins there.
"""

from __future__ import annotations

import functools
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

import attrs
import numpy as np
import numpy.typing as npt

from quotekit.analysis.distance import FARTHEST, bucket_table
from quotekit.analysis.scores import PART_LABELS, Floats, Pointer, Scores
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

BEYOND = 1 << 20  # tokens: farther apart are no two of a section

Doubles = npt.NDArray[np.float64]

_BUCKETS = bucket_table()
_STEPS = np.array([-BEYOND, *range(-FARTHEST, FARTHEST + 2), BEYOND])


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
    contents = [r for r in ranges if r.part == "content"]
    if not contents:
        return []
    linker = _Linker(scores, ranges, text)
    groups: dict[Range, list[tuple[Range, float]]] = {}
    alone: list[Draft] = []
    for content in contents:
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
    sure = sum(n * content.score * pointed for n, (content, pointed) in zip(lengths, contents, strict=True))
    score = (sure / sum(lengths) * cue.score) ** 0.5
    return Draft(contents=tuple(c for c, _ in contents), cue=cue, source=linker.source_of(cue), score=score)


class _Linker:
    """The cues and sources of one text, and the pointers that choose among them."""

    def __init__(self, scores: Scores, ranges: Sequence[Range], text: str) -> None:
        self.scores = scores
        self.cues = [r for r in ranges if r.part == "cue"]
        self.sources = [r for r in ranges if r.part == "source"]
        self._cue_firsts = [r.first for r in self.cues]
        self._source_firsts = [r.first for r in self.sources]
        self._paragraph: list[int] = np.cumsum(_opens_paragraph(scores.tokens, text)).tolist()

    def cue_of(self, content: Range) -> tuple[Range | None, float]:
        """The content's cue, and how sure the pointer is of it (0..1)."""
        near = self._cues_near(content)
        low, high = self._paragraphs_of(content)
        tokens = range(max(low, content.first - REACH), min(high, content.last + REACH))
        look = _Look(content, self.scores.states, self.scores.heads.cue)
        tagged, sure = self._tagged_cue(content, near, look.at([cue.first for cue in near]))
        untagged = self._untagged_cue(content, tagged, tokens, look.along(tokens))
        return untagged or (tagged, sure)

    def _cues_near(self, content: Range) -> list[Range]:
        """The last cue before the content, those inside and the next."""
        first, last = bisect_left(self._cue_firsts, content.first), bisect_left(self._cue_firsts, content.last)
        quoted = bool(self.scores.tokens.features[content.first, 2] != MARKS["outside"])
        around = self.cues[max(0, first - 1) : last + 1]
        return [cue for cue in around if self._apart(content, cue) <= quoted]

    def _tagged_cue(self, content: Range, near: Sequence[Range], pointed: Floats) -> tuple[Range | None, float]:
        """The cue that the content points at among some, or none, and how sure the pointer is of it."""
        if not near:
            return None, 0.0
        pointed = pointed - np.array([ELSEWHERE * (self._apart(content, cue) > 0) for cue in near], dtype=np.float32)
        best = int(pointed.argmax())
        return near[best], float(_shares(pointed)[best])

    def _untagged_cue(
        self, content: Range, tagged: Range | None, tokens: range, pointed: Floats
    ) -> tuple[Range, float] | None:
        """The cue that begins where the pointer is sure of a token that no tag marks, unless `tagged` may be right."""
        shares = _shares(pointed)
        best = int(shares.argmax())
        first, sure = tokens[best], float(shares[best])
        likely = tagged is not None and tagged.first in tokens and shares[tokens.index(tagged.first)] > UNLIKELY
        if likely or sure < SURE_OF_CUE or content.first <= first < content.last or _is_in(self.cues, first):
            return None
        _, high = self._paragraphs_of(content)
        last = end_of(self.scores, PART_LABELS, "cue", first, min(first + LONGEST_CUE, high))
        return Range(first=first, last=last, part="cue", score=sure), sure

    def source_of(self, cue: Range) -> Range | None:
        """The cue's source, or none."""
        near, tokens = self._sources_near(cue), range(*self._paragraphs_of(cue))
        look = _Look(cue, self.scores.states, self.scores.heads.source)
        nobody = float(look.state @ self.scores.heads.no_source)
        pointed = look.at([source.first for source in near])
        if near and pointed[best := int(pointed.argmax())] >= nobody:
            return near[best]
        return self._untagged_source(cue, tokens, np.append(look.along(tokens), nobody))

    def _sources_near(self, cue: Range) -> list[Range]:
        """The nearest sources of the cue's paragraph."""
        at = bisect_left(self._source_firsts, cue.first)
        around = self.sources[max(0, at - SOURCES_AROUND) : at + SOURCES_AROUND]
        return [source for source in around if not self._apart(cue, source)]

    def _untagged_source(self, cue: Range, tokens: range, pointed: Floats) -> Range | None:
        """The source that begins where the pointer is sure of a token that no tag marks, or none."""
        shares = _shares(pointed)[:-1]
        first, sure = tokens[int(shares.argmax())], float(shares.max())
        if sure < SURE_OF_SOURCE or _is_in([*self.cues, cue], first):
            return None
        after = self._cue_firsts[bisect_left(self._cue_firsts, first) :][:1] or [tokens.stop]
        stop = min(first + LONGEST_SOURCE, tokens.stop, after[0], cue.first if cue.first > first else tokens.stop)
        last = end_of(self.scores, PART_LABELS, "source", first, stop)
        return Range(first=first, last=last, part="source", score=sure)

    def _apart(self, one: Range, other: Range) -> int:
        """How many paragraph borders lie between two ranges."""
        early, late = (one, other) if one.first <= other.first else (other, one)
        return max(0, self._paragraph[late.first] - self._paragraph[early.last - 1])

    def _paragraphs_of(self, range_: Range) -> tuple[int, int]:
        """The tokens of the paragraphs that a range touches."""
        low = bisect_left(self._paragraph, self._paragraph[range_.first])
        return low, bisect_right(self._paragraph, self._paragraph[range_.last - 1])


def _opens_paragraph(tokens: Tokens, text: str) -> npt.NDArray[np.bool_]:
    """(N,): whether a token is the first of a paragraph that no colon led in."""
    opens: npt.NDArray[np.bool_] = tokens.features[:, 1] >= GAPS["line"]
    for token in np.flatnonzero(opens[1:]) + 1:
        opens[token] = text[tokens.ends[token - 1] - 1] != ":"
    return opens


class _Look:
    """From the tokens of a range to others: what a pointer's score for them is on average.

    `state` (W + 1,) is the mean state of the range's tokens, with a 1 behind it.
    """

    def __init__(self, of: Range, states: Floats, pointer: Pointer) -> None:
        self._of, self._states, self._pointer = of, states, pointer
        mean = np.add.reduce(states[of.first : of.last]) / np.float32(of.last - of.first)
        self.state: Floats = np.append(mean, np.float32(1))
        self._wanted = self.state @ pointer.weight

    def at(self, tokens: Sequence[int]) -> Floats:
        """(len(tokens),): the scores of some tokens."""
        return self._pointed(self._states[tokens], np.array(tokens, dtype=np.int64))

    def along(self, tokens: range) -> Floats:
        """(len(tokens),): the scores of all tokens of a stretch."""
        return self._pointed(self._states[tokens.start : tokens.stop], np.arange(tokens.start, tokens.stop))

    def _pointed(self, states: Floats, at: npt.NDArray[np.int64]) -> Floats:
        first, last = self._of.first, self._of.last
        far, near = np.interp([at - first + 1, at - last + 1], _STEPS, _distance_sums(self._pointer))
        pointed: Floats = states @ self._wanted[:-1] + self._wanted[-1] + ((far - near) / (last - first))
        return pointed.astype(np.float32)


@functools.lru_cache(maxsize=16)
def _distance_sums(pointer: Pointer) -> Doubles:
    """What all distances below each of `_STEPS` add to the pointer's score.

    The mean over neighboring distances is the difference of two such sums: no pair of tokens need be looked up.
    """
    steps = np.pad(pointer.distance[_BUCKETS], 1, mode="edge") * np.diff(_STEPS)
    return np.append(0.0, steps.cumsum())


def _shares(pointed: Floats) -> Floats:
    """Softmax."""
    grown = np.exp(pointed - pointed.max())
    shares: Floats = grown / grown.sum()
    return shares


def _is_in(ranges: Sequence[Range], token: int) -> bool:
    return any(r.first <= token < r.last for r in ranges)
