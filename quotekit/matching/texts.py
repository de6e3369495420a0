"""Normalized texts, each once, and what shares words with what."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence

import attrs
import numpy as np
import numpy.typing as npt

from quotekit.matching.bounds import highest_scores
from quotekit.matching.postings import MOST_ASKING, Candidates, Postings
from quotekit.matching.reading import DIGEST, Reading, digest_of
from quotekit.matching.sharing import Counts, Shared, Side, ranges, shared_words
from quotekit.matching.shingles import Numbers, Vocabulary, shingles

__all__ = ["Block", "Shared", "Texts"]

# A block is a small part of the texts before it, so that few of its candidates are in the block itself.
LARGEST_BLOCK = 1 << 14  # texts
SMALLEST_BLOCK = 1 << 9
PART = 8

Words = npt.NDArray[np.uint32]


@attrs.frozen
class Block:
    """Some texts, and the pairs of one of them and a fuller text that may match it; all by their places in an order."""

    ranks: range
    pairs: Candidates


class Texts:
    """The texts of an index, numbered as they come; what is asked about them costs little each time.

    Shingles of new texts wait until somebody looks for candidates.
    """

    def __init__(self) -> None:
        self._vocabulary = Vocabulary()
        self._numbers: dict[bytes, int] = {}  # by digest
        self._words = array("I")
        self._ends = array("Q", [0])
        self._postings = Postings()
        self._waiting = 0  # the first text of which the postings do not know

    def __len__(self) -> int:
        return len(self._numbers)

    def add(self, keys: Sequence[str]) -> int:
        """The number of the text with these words; a new text gets the next."""
        number = self._numbers.setdefault(digest_of(keys), len(self._numbers))
        if number == len(self._ends) - 1:
            self._words.extend(self._vocabulary.add(keys))
            self._ends.append(len(self._words))
        return number

    def add_all(self, reading: Reading, fewest: int) -> Iterator[int | None]:
        """The number of each text that was read; `None` of one that has fewer words, which is not taken in."""
        numbers = np.array(self._vocabulary.add(reading.words), dtype=np.uint32)
        words = numbers[np.frombuffer(reading.places, dtype=np.uint32)]
        start = 0
        for place, end in enumerate(reading.ends):
            if end - start < fewest:
                yield None
            else:
                digest = reading.digests[place * DIGEST : (place + 1) * DIGEST]
                number = self._numbers.setdefault(digest, len(self._numbers))
                if number == len(self._ends) - 1:
                    self._words.frombytes(words[start:end].tobytes())
                    self._ends.append(len(self._words))
                yield number
            start = end

    def number(self, keys: Sequence[str]) -> int | None:
        """The number of the text with these words, where there is one."""
        return self._numbers.get(digest_of(keys))

    def words(self, text: int) -> tuple[array[int], array[float]]:
        """The numbers of a text's words, in order, and the bits of each."""
        words, bits = self._words[self._ends[text] : self._ends[text + 1]], self._vocabulary.bits
        return words, array("d", [bits[word] for word in words])

    def similar(self, keys: Sequence[str]) -> list[int]:
        """The texts that share most with these words, best first; the text with just these words is not among them."""
        own = self.number(keys)
        asking = np.full(len(keys), len(self) if own is None else own, dtype=np.uint64)
        words = np.array(self._vocabulary.known(keys), dtype=np.uint64)
        found = shingles(words, asking, self._vocabulary.content(words))
        similar: list[int] = self._up_to_date().candidates(found, texts=len(self)).others.tolist()
        return similar

    def shared(self, keys: Sequence[str], others: Iterable[int]) -> list[Shared]:
        """What words have in common with each of some texts."""
        return self._shared(np.array(self._vocabulary.known(keys), dtype=np.uint32), others)

    def shared_by(self, text: int, others: Iterable[int]) -> list[Shared]:
        """What a text has in common with each of some others."""
        return self._shared(np.array(self._words[self._ends[text] : self._ends[text + 1]], dtype=np.uint32), others)

    def _shared(self, words: Words, others: Iterable[int]) -> list[Shared]:
        theirs = self._side(np.array(list(others), dtype=np.int64))
        count = len(theirs.lengths)
        own = Side(np.tile(words, count), np.full(count, len(words), dtype=np.int64))
        bits, covers = shared_words(own, theirs, self._vocabulary.worth())
        return [Shared(*both) for both in zip(bits.tolist(), covers.tolist(), strict=True)]

    def _side(self, texts: Counts) -> Side:
        """The words of some texts."""
        ends = np.frombuffer(self._ends, dtype=np.int64)
        starts, lengths = ends[texts], ends[texts + 1] - ends[texts]
        return Side(np.frombuffer(self._words, dtype=np.uint32)[ranges(starts, lengths)], lengths)

    def fullest_first(self) -> Counts:
        """The texts by number of words, the longest first; whatever order they came in."""
        lengths = np.diff(np.frombuffer(self._ends, dtype=np.int64))
        digests = np.frombuffer(b"".join(self._numbers), dtype=f"S{DIGEST}")
        order: Counts = np.lexsort((digests, -lengths))
        return order

    def fuller(self, order: Counts, least: float) -> Iterator[Block]:
        """The texts in blocks, in an order that names each once, with those before them that share most with them.

        Left out is what cannot come to a score of `least`. The candidates of a text stand in a row, the best first.
        """
        postings = Postings.of(self._ranked(order, part) for part in _parts(range(len(order)), MOST_ASKING))
        for block in _blocks(len(order)):
            found = [self._likely(postings, order, part, least) for part in _parts(block, MOST_ASKING)]
            yield Block(block, Candidates(*map(np.concatenate, zip(*found, strict=True))))

    def _likely(self, postings: Postings, order: Counts, part: range, least: float) -> Candidates:
        """The pairs of some texts and fuller ones that may come to a score of `least`."""
        texts, others = postings.candidates(self._ranked(order, part), texts=len(self), below=True)
        a, b = (self._side(order[places.astype(np.int64)]) for places in (texts, others))
        likely = highest_scores(*shared_words(a, b, self._vocabulary.worth())) >= least
        return Candidates(texts[likely], others[likely])

    def _ranked(self, order: Counts, ranks: range) -> Numbers:
        """The shingles of a block of texts, with their places in `order`."""
        return self._shingles(order[ranks.start : ranks.stop], np.array(ranks, dtype=np.uint64))

    def _up_to_date(self) -> Postings:
        """The postings, with those of the texts that waited."""
        for part in _parts(range(self._waiting, len(self)), MOST_ASKING):
            self._postings.add(self._shingles(np.array(part), np.array(part, dtype=np.uint64)))
            self._waiting = part.stop
        return self._postings

    def _shingles(self, texts: Counts, numbers: Numbers) -> Numbers:
        """The shingles of some texts, under other numbers."""
        side = self._side(texts)
        words = side.words.astype(np.uint64)
        return shingles(words, np.repeat(numbers, side.lengths), self._vocabulary.content(words))


def _parts(whole: range, size: int) -> Iterator[range]:
    """A range in parts of so many numbers."""
    return (whole[start : start + size] for start in range(0, len(whole), size))


def _blocks(count: int) -> Iterator[range]:
    """So many texts in blocks that grow with the number of texts before them."""
    start = 0
    while start < count:
        stop = start + min(LARGEST_BLOCK, max(SMALLEST_BLOCK, start // PART))
        yield range(start, min(stop, count))
        start = stop
