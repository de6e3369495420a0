"""Normalized texts, each once, and what shares words with what."""

from __future__ import annotations

import hashlib
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import numpy as np

from quotekit.matching.postings import LARGEST_BLOCK, Postings
from quotekit.matching.shingles import Numbers, Vocabulary, shingles

__all__ = ["Shared", "Texts"]


class Shared(NamedTuple):
    """The words that two texts have in common, wherever they stand: their bits, and their share of the shorter text."""

    bits: float
    cover: float


class Texts:
    """The texts of an index, numbered as they come; what is asked about them costs little each time.

    Shingles of new texts wait until somebody looks for candidates.
    """

    def __init__(self) -> None:
        self._vocabulary = Vocabulary()
        self._numbers: dict[bytes, int] = {}  # by digest, which two texts do not share by chance
        self._words = array("I")
        self._ends = array("Q", [0])
        self._postings = Postings()
        self._waiting = 0  # the first text of which the postings do not know

    def __len__(self) -> int:
        return len(self._numbers)

    def add(self, keys: Sequence[str]) -> int:
        """The number of the text with these words; a new text gets the next."""
        number = self._numbers.setdefault(_digest(keys), len(self._numbers))
        if number == len(self._ends) - 1:
            self._words.extend(self._vocabulary.add(keys))
            self._ends.append(len(self._words))
        return number

    def number(self, keys: Sequence[str]) -> int | None:
        """The number of the text with these words, where there is one."""
        return self._numbers.get(_digest(keys))

    def similar(self, keys: Sequence[str]) -> list[int]:
        """The texts that share most with these words, best first; the text with just these words is not among them."""
        own = self.number(keys)
        asking = np.full(len(keys), len(self) if own is None else own, dtype=np.uint64)
        words = np.array(self._vocabulary.known(keys), dtype=np.uint64)
        found = shingles(words, asking, self._vocabulary.content(words))
        similar: list[int] = self._up_to_date().candidates(found, texts=len(self)).others.tolist()
        return similar

    def shared(self, keys: Sequence[str], others: Iterable[int]) -> Iterator[Shared]:
        """What words have in common with each of some texts."""
        return self._shared(self._vocabulary.known(keys), others)

    def shared_by(self, text: int, others: Iterable[int]) -> Iterator[Shared]:
        """What a text has in common with each of some others."""
        return self._shared(self._words_of(text), others)

    def _shared(self, words: Sequence[int], others: Iterable[int]) -> Iterator[Shared]:
        counts, bits = Counter(words), self._vocabulary.bits
        for other in map(self._words_of, others):
            left, shared, weight = counts.copy(), 0, 0.0
            for word in other:
                if left.get(word, 0):
                    left[word] -= 1
                    shared += 1
                    weight += bits[word]
            yield Shared(weight, shared / max(1, min(len(words), len(other))))

    def _words_of(self, text: int) -> array[int]:
        return self._words[self._ends[text] : self._ends[text + 1]]

    def fullest_first(self) -> list[int]:
        """The texts by number of words, the longest first; whatever order they came in."""
        lengths = np.diff(np.frombuffer(self._ends, dtype=np.uint64)).tolist()
        texts = zip(lengths, self._numbers.items(), strict=True)
        order = sorted((-length, digest, number) for length, (digest, number) in texts)
        return [number for _, _, number in order]

    def fuller(self, order: Sequence[int]) -> Iterator[tuple[int, list[int]]]:
        """For each text in `order`, which names every one once: those before it that share most with it, best first."""
        ranks = np.empty(len(order), dtype=np.uint64)
        ranks[order] = np.arange(len(order), dtype=np.uint64)
        postings = self._up_to_date().renumbered(ranks)
        for start in range(0, len(order), LARGEST_BLOCK // 4):
            block = order[start : start + LARGEST_BLOCK // 4]
            found = self._shingles(block, np.arange(start, start + len(block), dtype=np.uint64))
            others = dict(postings.candidates(found, texts=len(self), below=True).by_text())
            for rank, text in enumerate(block, start=start):
                yield text, [order[other] for other in others.get(rank, ())]

    def _up_to_date(self) -> Postings:
        """The postings, with those of the texts that waited."""
        while self._waiting < len(self):
            block = range(self._waiting, min(self._waiting + LARGEST_BLOCK, len(self)))
            self._postings.add(self._shingles(block, np.array(block, dtype=np.uint64)))
            self._waiting = block.stop
        return self._postings

    def _shingles(self, texts: Sequence[int], numbers: Numbers) -> Numbers:
        """The shingles of some texts, under other numbers."""
        parts = [self._words_of(text) for text in texts]
        words = np.concatenate([np.frombuffer(part, dtype=np.uint32) for part in parts]).astype(np.uint64)
        homes = np.repeat(numbers, [len(part) for part in parts])
        return shingles(words, homes, self._vocabulary.content(words))


def _digest(keys: Sequence[str]) -> bytes:
    return hashlib.blake2b(" ".join(keys).encode("utf-8", "surrogatepass"), digest_size=16).digest()
