"""A paragraph as the tokenizer reads it, character by character, and its labels as ranges of words and sentences.

Features and labels are those of Stanza's tokenizer.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping

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
    """A paragraph in which every stretch of white space is one blank; n characters are left.

    `ids` (n,) entries of the vocabulary; `features` (n, 5) 0 or 1, in the order of `FEATURES`;
    `places` (n,) where each character stands in the paragraph.
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


@attrs.frozen(eq=False)
class Cuts:
    """Where the sentences and the words of one paragraph start and end."""

    sentences: Ranges
    words: Ranges

    def moved(self, offset: int) -> Cuts:
        """The same further along in a text."""
        return Cuts(self.sentences + offset, self.words + offset)


def read_characters(paragraph: str, index: Mapping[str, int]) -> Characters:
    """A paragraph in numbers; `index` is the vocabulary, character → id."""
    kinds = _kinds(paragraph)
    blank = (kinds & BLANK) > 0
    places = np.flatnonzero(~blank | np.append(True, ~blank[:-1])[: len(blank)])
    features = np.zeros((len(places), len(FEATURES)), dtype=np.float32)
    features[:, 0] = blank[places]
    features[:, 1] = (kinds[places] & UPPER) > 0
    features[:, 2] = (kinds[places] & DECIMAL) > 0
    features[-1:, 3] = 1
    features[:1, 4] = 1
    ids = np.fromiter((index.get(char, UNKNOWN) for char in paragraph), np.int64, len(paragraph))
    ids[blank] = index.get(" ", UNKNOWN)  # white space of any kind
    return Characters(ids=ids[places], features=features, places=places)


def cut_by_labels(paragraph: str, labels: Labels) -> Cuts:
    """Labels as ranges: a word ends where its label says so, and before white space in any case."""
    kinds = _kinds(paragraph)
    solid = (kinds & BLANK) == 0
    ends = solid & ((labels != INSIDE) | np.append(~solid[1:], True))
    starts = solid & np.append(True, ~solid[:-1] | ends[:-1])
    words = np.stack([np.flatnonzero(starts), np.flatnonzero(ends) + 1], axis=1)
    sentence_of_word = np.searchsorted(np.flatnonzero(labels == SENTENCE_END), words[:, 0])
    spoken = np.append(0, np.cumsum((kinds & SPOKEN) > 0))[words]
    return Cuts(sentence_ranges(words, _join_marks(sentence_of_word, spoken[:, 0] < spoken[:, 1])), words)


def _join_marks(sentence_of_word: Numbers, is_spoken: npt.NDArray[np.bool_]) -> Numbers:
    """Marks alone are no sentence: they go with the sentence before them, or else with the one after."""
    spoken = np.zeros(sentence_of_word.max(initial=0) + 1, dtype=bool)
    spoken[sentence_of_word[is_spoken]] = True
    joined: Numbers = np.maximum(np.cumsum(spoken) - 1, 0)
    return joined[sentence_of_word]


def sentence_ranges(words: Ranges, sentence_of_word: Numbers) -> Ranges:
    """From the first to the last word of each sentence; `sentence_of_word` never falls from word to word."""
    heads = np.flatnonzero(np.diff(sentence_of_word, prepend=-1))
    tails = np.append(heads[1:], len(words))[: len(heads)] - 1
    return np.stack([words[heads, 0], words[tails, 1]], axis=1)


def _kinds(text: str) -> npt.NDArray[np.uint8]:
    """What each character of a text is: `BLANK`, `UPPER`, `DECIMAL` and `SPOKEN`, added up."""
    return np.fromiter(map(_kind, text), np.uint8, len(text))


@functools.lru_cache(maxsize=1 << 14)
def _kind(char: str) -> int:
    blank = char.isspace() or "\x80" <= char <= "\x9f"
    return BLANK * blank + UPPER * char.isupper() + DECIMAL * char.isdecimal() + SPOKEN * char.isalnum()
