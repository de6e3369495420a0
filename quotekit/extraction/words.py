"""A stretch of text as words and marks, folded as the tables are."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from quotekit.lexicon import Lexicon, load, table

__all__ = ["Word", "ends_in", "first_words", "is_abbreviation", "is_manner", "iterate_words", "words_in"]

SHORTEST_MANNER = 5  # letters: "only" is none

_WORD = re.compile(
    r"[^\W_]+(?=,?\s)"  # most words, told at once
    r"|(?:[^\W\d_]\.){2,}|\d+(?:[.,]\d+)+"  # "U.S.", "1,500"
    r"|[^\W_]+(?=n['’]t\b)|n['’]t\b"  # "did" and "n't"
    r"|[^\W_]+(?=['’](?:re|ve|ll|m|d)\b)|['’](?:re|ve|ll|m|d)\b"  # "we" and "'ll"
    r"|[^\W_]+(?:[-'’&.][^\W_]+)*(?:(?<=s)['’](?=\s+\w))?"  # "Ki-moon's", "critics' aims"
    r"|\n\s*\n|\S"
)


class Word(NamedTuple):
    """A word or a mark of a text: its code points `start:end`, how it is written, and `key`, folded as the tables are.

    The key of a contracted ending is what it stands for: of "n't", "not".
    """

    start: int
    end: int
    text: str
    key: str

    @property
    def is_mark(self) -> bool:
        """Whether this is punctuation, or the border of two paragraphs."""
        return not self.key[-1].isalnum() and not self.text[0].isalnum()

    @property
    def is_capital(self) -> bool:
        """Whether the word begins like a name."""
        return self.text[0].isupper() or (self.text[0].isdigit() and any(c.isupper() for c in self.text))

    @property
    def is_possessive(self) -> bool:
        """Whether the word says whose the next one is: "Khan's", "the rebels'"."""
        return self.key.endswith(("'s", "s'"))

    @property
    def noun(self) -> str:
        """The folded word without the ending of a possessor."""
        return self.key.removesuffix("'s").removesuffix("'") if "'" in self.key else self.key


def words_in(text: str, start: int, end: int, lang: str = "en") -> tuple[Word, ...]:
    """The words and marks of `text[start:end]`.

    >>> [word.key for word in words_in("Khan’s aide didn't.", 0, 19)]
    ["khan's", 'aide', 'did', 'not', '.']
    """
    return tuple(iterate_words(text, start, end, lang))


def iterate_words(text: str, start: int, end: int, lang: str = "en") -> Iterator[Word]:
    """The same one by one, for whom the first few may do."""
    endings, make = _endings(lang), Word._make  # faster than a call of the class
    for match in _WORD.finditer(text, start, end):
        word = match.group()
        key = word.casefold()
        if "’" in key:
            key = key.replace("’", "'")
        yield make((match.start(), match.end(), word, endings.get(key, key)))


def ends_in(key: str, form: str) -> bool:
    """Whether a table's row that begins with a hyphen is for the ending of a word: "-men".

    >>> ends_in("policemen", "-men"), ends_in("men", "men")
    (True, False)
    """
    return form[0] == "-" and key.endswith(form[1:])


def is_manner(key: str, tables: Lexicon) -> bool:
    """Whether a word tells how something is said: "flatly"; auxiliaries.tsv has the endings of such words."""
    return len(key) >= SHORTEST_MANNER and key.endswith(_manners(tables.lang))


@functools.cache
def _manners(lang: str) -> tuple[str, ...]:
    return tuple(form[1:] for form in load(lang).auxiliaries if form[0] == "-")


def is_abbreviation(word: Word, lang: str = "en") -> bool:
    """Whether a stop after a word belongs to it: "Dr.", "J."."""
    return (len(word.text) == 1 and word.text.isupper()) or word.key in _abbreviations(lang)


@functools.cache
def first_words(name: str, lang: str = "en") -> frozenset[str]:
    """The words with which the forms of a table begin: where none of them stands, no form does.

    >>> "according" in first_words("attributors")
    True
    """
    return frozenset(form.partition(" ")[0] for form in getattr(load(lang), name))


@functools.cache
def _endings(lang: str) -> Mapping[str, str]:
    """What the contracted endings of words stand for."""
    rows = table("contractions", lang).items()
    return {form.removeprefix("-|"): word for form, word in rows if form.startswith("-|") and word}


@functools.cache
def _abbreviations(lang: str) -> frozenset[str]:
    return frozenset(form.casefold().removesuffix(".") for form in table("abbreviations", lang))
