"""Text → tokens: word pieces, the tokens they make up, and what the encoder is told of each.

A token is a run of letters and digits or a single mark, as BERT's pre-tokenizer cuts them.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

import attrs
import numpy as np
import numpy.typing as npt

from quotekit.analysis.paragraphs import flowing
from quotekit.document import Quotation

if TYPE_CHECKING:
    import tokenizers

__all__ = ["Tokens", "readable", "tokenize"]

Ints = npt.NDArray[np.int64]

CASES = {"lower": 0, "title": 1, "upper": 2, "mixed": 3, "digit": 4, "mark": 5}
GAPS = {"none": 0, "space": 1, "line": 2, "paragraph": 3}
MARKS = {"outside": 0, "opening": 1, "inside": 2, "closing": 3, "nested": 4}

_SURROGATE = re.compile("[\ud800-\udfff]")
_BREAK = re.compile("\n")


@attrs.frozen(kw_only=True, eq=False)
class Tokens:
    """The tokens of one text, N of them, over P word pieces.

    `starts`, `ends` (N,) code points; `pieces` (P,) piece ids; `firsts` (N + 1,) index of each token's first
    piece, closed by P; `features` (N, 3): case, white space before, place in the quotations.
    """

    starts: Ints
    ends: Ints
    pieces: Ints
    firsts: Ints
    features: Ints

    def __len__(self) -> int:
        return len(self.starts)

    def cut(self, first: int, last: int, start: int) -> Tokens:
        """The tokens `first:last` alone, of a text that begins `start` code points into this one."""
        low, high = self.firsts[first], self.firsts[last]
        return Tokens(
            starts=self.starts[first:last] - start, ends=self.ends[first:last] - start, pieces=self.pieces[low:high],
            firsts=self.firsts[first : last + 1] - low, features=self.features[first:last],
        )  # fmt: skip


def readable(text: str) -> str:
    """The text as a model may read it: lone surrogates replaced one for one, so that offsets hold."""
    return _SURROGATE.sub("?", text)


def tokenize(text: str, quotations: Sequence[Quotation], wordpiece: tokenizers.Tokenizer) -> Tokens:
    """Cut `text` into tokens and read off their features; linear in the text."""
    text = readable(text)
    encoding = wordpiece.encode(text, add_special_tokens=False)
    words = np.array(encoding.word_ids, dtype=np.int64)
    offsets = np.array(encoding.offsets, dtype=np.int64).reshape(-1, 2)
    is_first = np.ones(len(words), dtype=bool)
    is_first[1:] = words[1:] != words[:-1]
    firsts = np.append(np.flatnonzero(is_first), len(words)).astype(np.int64)
    starts, ends = offsets[firsts[:-1], 0], offsets[firsts[1:] - 1, 1]
    features = np.stack(
        [
            np.array([_case(text[s:e]) for s, e in zip(starts.tolist(), ends.tolist(), strict=True)], dtype=np.int64),
            _gaps(text, starts, ends),
            _marks(quotations, starts, ends),
        ],
        axis=1,
    )
    pieces = np.array(encoding.ids, dtype=np.int64)
    return Tokens(starts=starts, ends=ends, pieces=pieces, firsts=firsts, features=features)


@functools.lru_cache(maxsize=1 << 14)
def _case(word: str) -> int:
    if word.islower():
        return CASES["lower"]
    if word.istitle():
        return CASES["title"]
    if word.isupper():
        return CASES["upper"]
    if word.isdigit():
        return CASES["digit"]
    return CASES["mixed"] if any(map(str.isalnum, word)) else CASES["mark"]


def _gaps(text: str, starts: Ints, ends: Ints) -> Ints:
    breaks = np.array([match.start() for match in _BREAK.finditer(flowing(text))], dtype=np.int64)
    lines = np.searchsorted(breaks, starts[1:]) - np.searchsorted(breaks, ends[:-1])
    gaps = np.full(len(starts), GAPS["paragraph"], dtype=np.int64)
    gaps[1:] = np.where(starts[1:] > ends[:-1], np.minimum(lines + 1, GAPS["paragraph"]), GAPS["none"])
    return gaps


def _marks(quotations: Sequence[Quotation], starts: Ints, ends: Ints) -> Ints:
    marks = np.full(len(starts), MARKS["outside"], dtype=np.int64)
    open_at = [(quotation, MARKS["inside"]) for quotation in quotations]
    while open_at:
        quotation, inside = open_at.pop()
        first, last = (int(i) for i in np.searchsorted(ends, [quotation.start, quotation.end - 1], side="right"))
        marks[first : last + 1] = inside
        marks[first : first + 1] = MARKS["opening"]
        if quotation.closed and last > first:
            marks[last : last + 1] = MARKS["closing"]
        open_at.extend((child, MARKS["nested"]) for child in quotation.children)
    return marks
