"""Texts as the words they say: what does not make an utterance different is taken away.

That is case, accents, quotation marks, dashes and all other signs; hesitations, contractions, spellings, numbers as
words or digits, the way a word is censored, and what an editor put in brackets.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator

import attrs

from quotekit import lexicon
from quotekit.lexicon import table
from quotekit.matching.numbers import join_numbers
from quotekit.matching.words import MASK, Word, find_words

__all__ = ["Normalized", "Word", "normalize"]

_LONGEST_INSERTION = 80  # characters; what stands longer in brackets is the speaker's own
_INSERTION = re.compile(rf"(?<!\w)[\[(][^\[\]()]{{1,{_LONGEST_INSERTION}}}[\])](?!\w)")

_NOWHERE = (sys.maxsize, sys.maxsize)


@attrs.frozen
class Normalized:
    """A text, its words in order, and `keys`: those of the words that no editor put in brackets."""

    text: str
    words: tuple[Word, ...]
    keys: tuple[str, ...]


def normalize(text: str, lang: str = "en") -> Normalized:
    """The words of a text as they are compared, in linear time.

    A contraction is two words, a number of several words is one, and a hesitation none. `keys` leaves out what stands
    in brackets, unless nothing else is said. Raises `InputError` for a language that has no tables.

    >>> normalize("“They DON’T owe us five million,” um, he said").keys
    ('they', 'do', 'not', 'owe', 'us', '5000000', 'he', 'said')
    >>> [text[w.start : w.end] for text in ["We can’t"] for w in normalize(text).words]
    ['We', 'ca', 'n’t']
    """
    lexicon.load(lang)  # raises for an unknown language
    hesitations = table("hesitations", lang)
    said = find_words(text, lang)
    if not hesitations.keys().isdisjoint([word.key for word in said]):
        said = [word for word in said if word.key not in hesitations]
    words = tuple(join_numbers(said, text, lang))
    if "[" not in text and "(" not in text:
        return Normalized(text, words, tuple([word.key for word in words]))
    words = tuple(_with_insertions(words, text, lang))
    own = tuple(word.key for word in words if not word.inserted)
    if words and not own:
        words = tuple(word._replace(inserted=False) for word in words)
        own = tuple(word.key for word in words)
    return Normalized(text, words, own)


def _with_insertions(words: Iterable[Word], text: str, lang: str) -> Iterator[Word]:
    """The words with those in brackets marked, and "[expletive]" as the word it stands for."""
    insertions = (match.span() for match in _INSERTION.finditer(text))
    masks = table("masks", lang)
    start, end = next(insertions, _NOWHERE)
    for word in words:
        while end <= word.start:
            start, end = next(insertions, _NOWHERE)
        if word.start < start:
            yield word
        elif word.key in masks:
            yield Word(MASK, word.start, word.end)
        else:
            yield word._replace(inserted=True)
