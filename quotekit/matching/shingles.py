"""Texts as numbers that texts with words in common share: what stands in for a text when candidates are looked for.

A shingle is three words in a row, two words of content that stand near each other, or one word of content. Texts that
share words somewhere share shingles there, however much longer one of them is. A shingle and the text it is in are
one number, a `Shingle`, so that a sorted array of them is an inverted index.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

from quotekit.matching.rarity import rarity

__all__ = ["MOST_TEXTS", "TEXT_BITS", "Numbers", "Vocabulary", "shingles", "text_of", "without_text"]

Numbers = npt.NDArray[np.uint64]

TEXT_BITS = np.uint64(28)  # 36 bits are left for the shingle itself, which two of them seldom share by chance
_TEXT = (np.uint64(1) << TEXT_BITS) - np.uint64(1)
MOST_TEXTS = 1 << 28

CONTENT = 10.0  # bits of rarity; a rarer word is one of content
_REACH = (1, 2)  # a word of content goes together with the next one and the one after

_ONE, _TWO, _THREE = (np.uint64(size) for size in (1, 2, 3))
_STEP = np.uint64(0x9E3779B97F4A7C15)
_FACTORS = (np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB))
_SHIFTS = (np.uint64(30), np.uint64(27), np.uint64(31))


class Vocabulary:
    """The words of all texts as numbers, and how rare each is."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self.bits = array("d")

    def add(self, words: Iterable[str]) -> list[int]:
        """The numbers of words; a new word gets the next."""
        numbers = []
        for word in words:
            number = self._numbers.setdefault(word, len(self._numbers))
            if number == len(self.bits):
                self.bits.append(rarity(word))
            numbers.append(number)
        return numbers

    def known(self, words: Iterable[str]) -> list[int]:
        """The numbers of words; that of a word which no text has is one higher than all."""
        return [self._numbers.get(word, len(self._numbers)) for word in words]

    def worth(self) -> npt.NDArray[np.float64]:
        """The bits of each word, by its number; to be let go before another word is added."""
        return np.frombuffer(self.bits, dtype=np.float64)

    def content(self, numbers: Numbers) -> npt.NDArray[np.bool_]:
        """Which of these numbers are words of content; the one of words that no text has is."""
        content = np.ones(len(numbers), dtype=np.bool_)
        known = numbers < len(self.bits)
        content[known] = self.worth()[numbers[known].astype(np.int64)] > CONTENT
        return content


def shingles(words: Numbers, texts: Numbers, content: npt.NDArray[np.bool_]) -> Numbers:
    """The shingles of texts, sorted, each once: `words` of all of them in a row, and for each word its text."""
    inner = texts[2:] == texts[:-2]
    found = [_joined(_THREE, [words[at : len(words) - 2 + at][inner] for at in range(3)], texts[2:][inner])]
    rare, homes = words[content], texts[content]
    found.append(_joined(_ONE, [rare], homes))
    for reach in _REACH:
        near = homes[reach:] == homes[:-reach]
        a, b = rare[:-reach][near], rare[reach:][near]
        found.append(_joined(_TWO, [np.minimum(a, b), np.maximum(a, b)], homes[reach:][near]))
    everything = np.concatenate(found)
    everything.sort()  # np.unique is many times slower
    once: Numbers = everything[np.diff(everything, prepend=~everything[:1]) != 0]
    return once


def without_text(found: Numbers) -> Numbers:
    """The shingles as the smallest number that any text can have them with."""
    lowest: Numbers = found & ~_TEXT
    return lowest


def text_of(found: Numbers) -> Numbers:
    """The texts that shingles are in."""
    texts: Numbers = found & _TEXT
    return texts


def _joined(kind: np.uint64, columns: list[Numbers], texts: Numbers) -> Numbers:
    """Words side by side, mixed into one number (with the finalizer of SplitMix64), and the text they are in."""
    mixed = np.full(len(texts), kind)
    for column in columns:
        mixed = mixed * _STEP + column + _ONE
        for shift, factor in zip(_SHIFTS, _FACTORS, strict=False):
            mixed = (mixed ^ (mixed >> shift)) * factor
        mixed ^= mixed >> _SHIFTS[-1]
    return without_text(mixed) | texts
