"""A text as the tokenizer reads it, character by character, and its labels as ranges of words and sentences.

Features and labels are those of Stanza's tokenizer.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping

import attrs
import numpy as np
import numpy.typing as npt

__all__ = [
    "FEATURES",
    "INSIDE",
    "SENTENCE_END",
    "UNKNOWN",
    "WORD_END",
    "Characters",
    "Cuts",
    "Labels",
    "Ranges",
    "cut_by_labels",
    "read_characters",
    "sentence_ranges",
]

INSIDE, WORD_END, SENTENCE_END = 0, 1, 2
BLANK, UPPER, DECIMAL, SPOKEN = 1, 2, 4, 8
UNKNOWN = 1  # in every Stanza vocabulary, after the pad
FEATURES = ("space_before", "capitalized", "numeric", "end_of_para", "start_of_para")  # Stanza's names

Numbers = npt.NDArray[np.int64]
Labels = Numbers  # (code points,)
Ranges = Numbers  # (n, 2): start, end


@attrs.frozen(kw_only=True, eq=False)
class Characters:
    """The paragraphs of a text, in which every stretch of white space is one blank; n characters are left.

    `ids` (n,) entries of the vocabulary; `features` (n, 5) 0 or 1, in the order of `FEATURES`;
    `places` (n,) where each character stands in the text.
    """

    ids: npt.NDArray[np.int64]
    features: npt.NDArray[np.float32]
    places: npt.NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.ids)

    def cut(self, first: int, last: int) -> Characters:
        """The characters `first:last` alone."""
        part = slice(first, last)
        return Characters(ids=self.ids[part], features=self.features[part], places=self.places[part])

    def paragraphs(self) -> Ranges:
        """Which of the characters each paragraph has."""
        return np.stack([np.flatnonzero(self.features[:, 4]), np.flatnonzero(self.features[:, 3]) + 1], axis=1)


@attrs.frozen(eq=False)
class Cuts:
    """Where the sentences and the words of one text start and end."""

    sentences: Ranges
    words: Ranges

    def moved(self, offset: int) -> Cuts:
        """The same further along in a longer text."""
        return Cuts(self.sentences + offset, self.words + offset)


def read_characters(text: str, index: Mapping[str, int], paragraphs: Ranges | None = None) -> Characters:
    """A text in numbers; `index` is the vocabulary, character → id.

    Without `paragraphs` the text is one. None of them is empty, and outside them is white space alone.
    """
    starts, ends = (_whole(text) if paragraphs is None else paragraphs).T
    kinds = _of_each(text, _kind)
    blank = (kinds & BLANK) > 0
    kept = ~blank
    kept[1:] |= ~blank[:-1]
    kept[ends[ends < len(text)]] = False
    kept[starts] = True
    places = np.flatnonzero(kept)
    features = np.zeros((len(places), len(FEATURES)), dtype=np.float32)
    features[:, 0] = blank[places]
    features[:, 1] = (kinds[places] & UPPER) > 0
    features[:, 2] = (kinds[places] & DECIMAL) > 0
    features[np.searchsorted(places, ends) - 1, 3] = 1
    features[np.searchsorted(places, starts), 4] = 1
    ids = _of_each(text, lambda char: index.get(char, UNKNOWN))
    ids[blank] = index.get(" ", UNKNOWN)  # white space of any kind
    return Characters(ids=ids[places], features=features, places=places)


def cut_by_labels(text: str, labels: Labels, paragraphs: Ranges | None = None) -> Cuts:
    """Labels as ranges: a word ends where its label says so, and before white space in any case.

    A sentence ends with its paragraph too; without `paragraphs` the text is one.
    """
    starts = (_whole(text) if paragraphs is None else paragraphs)[:, 0]
    kinds = _of_each(text, _kind)
    solid = (kinds & BLANK) == 0
    is_last = labels != INSIDE
    is_last[:-1] |= ~solid[1:]
    is_last[-1:] = True
    is_last &= solid
    is_first = solid.copy()
    is_first[1:] &= ~solid[:-1] | is_last[:-1]
    words = np.stack([np.flatnonzero(is_first), np.flatnonzero(is_last) + 1], axis=1)
    paragraph_of_word = np.searchsorted(starts, words[:, 0], side="right")
    sentence_of_word = np.searchsorted(np.flatnonzero(labels == SENTENCE_END), words[:, 0]) + paragraph_of_word
    is_spoken = (np.bitwise_or.reduceat(kinds, words[:, 0]) & SPOKEN) > 0
    return Cuts(sentence_ranges(words, _join_marks(sentence_of_word, paragraph_of_word, is_spoken)), words)


def _whole(text: str) -> Ranges:
    """The text as its only paragraph."""
    return np.array([(0, len(text))] if text else [], dtype=np.int64).reshape(-1, 2)


def _join_marks(sentence_of_word: Numbers, paragraph_of_word: Numbers, is_spoken: npt.NDArray[np.bool_]) -> Numbers:
    """Marks alone are no sentence: they go with the one before them in their paragraph, or else with the one after."""
    spoken = np.zeros(sentence_of_word.max(initial=0) + 1, dtype=bool)
    spoken[sentence_of_word[is_spoken]] = True
    so_far = np.cumsum(spoken)[sentence_of_word]
    opens = np.diff(paragraph_of_word, prepend=0) > 0
    before = np.maximum.accumulate(np.where(opens, so_far - spoken[sentence_of_word], 0))  # its paragraph
    joined: Numbers = np.maximum(so_far, before + 1) + paragraph_of_word
    return joined


def sentence_ranges(words: Ranges, sentence_of_word: Numbers) -> Ranges:
    """From the first to the last word of each sentence; `sentence_of_word` never falls from word to word."""
    heads = np.flatnonzero(np.diff(sentence_of_word, prepend=-1))
    tails = np.append(heads[1:], len(words))[: len(heads)] - 1
    return np.stack([words[heads, 0], words[tails, 1]], axis=1)


def _of_each(text: str, tell: Callable[[str], int]) -> Numbers:
    """What `tell` says of each character; it is asked once of those that are alike."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")
    table = np.zeros(codes.max(initial=0) + 1, dtype=np.int64)
    for char in set(text):
        table[ord(char)] = tell(char)
    told: Numbers = table[codes]
    return told


@functools.lru_cache(maxsize=1 << 14)
def _kind(char: str) -> int:
    """What a character is: `BLANK`, `UPPER`, `DECIMAL` and `SPOKEN`, added up."""
    blank = char.isspace() or "\x80" <= char <= "\x9f"
    return BLANK * blank + UPPER * char.isupper() + DECIMAL * char.isdecimal() + SPOKEN * char.isalnum()
