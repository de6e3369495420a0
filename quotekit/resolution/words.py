"""A text as words with their places, and what the tables say of each."""

from __future__ import annotations

import bisect
import functools
import re
from collections.abc import Container, Iterator
from typing import NamedTuple

from quotekit import lexicon
from quotekit.lexicon import table
from quotekit.registry.names import fold
from quotekit.spans import Span

__all__ = ["Word", "Words", "as_named", "singular"]

# Initials ("U.S", "G.K"), or a word with its inner hyphens and apostrophes ("Ki-moon", "O’Neill", "Khan's").
_WORD = re.compile(r"((?:[^\W\d_]\.)+[^\W\d_](?![^\W_])|[^\W_]+(?:[-’'&][^\W_]+)*)")
_UNBROKEN = " \t\xa0\"'`“”„‟‘’‚‛«»‹›"
_APOSTROPHES = ("'", "’")
_INNER_APOSTROPHE = re.compile(r"(?<=[^\W\d_])’(?=[^\W\d_])")
_POSSESSIVE = re.compile(r"(?<=\w)['’`´]s$", re.IGNORECASE)


class Word(NamedTuple):
    """One word: where it stands, as it is written and folded, without a possessive ending.

    `gap` is the text from its end to the next word, the possessive ending left out; `abbreviated` says that the
    stop in it, and nothing more, belongs to the word: "Gen.", "J.". `capitalized` words start with a capital letter
    or a digit that a capital follows ("3M"); those in `capitals` have no small letter.
    """

    start: int
    end: int
    text: str
    key: str
    gap: str
    possessive: bool
    abbreviated: bool
    capitalized: bool
    capitals: bool

    @property
    def span(self) -> Span:
        """Where the word stands."""
        return Span(self.start, self.end)

    @property
    def shouted(self) -> bool:
        """Whether the word is in capitals throughout, and longer than an initial."""
        return self.capitals and len(self.text) > 1

    @property
    def breaks(self) -> bool:
        """Whether more than spaces, quotation marks and an abbreviation's stop stand between this word and the next."""
        return self.gap != " " and bool(self.gap.strip(_UNBROKEN)) and not self.abbreviated


class Words(tuple[Word, ...]):
    """The words of a text, in order."""

    text: str
    _starts: list[int]

    def __new__(cls, text: str, lang: str = "en") -> Words:
        """Cut `text` into words."""
        words = super().__new__(cls, _words(text, lexicon.load(lang).honorifics))
        words.text = text
        words._starts = [word.start for word in words]
        return words

    def range_of(self, span: Span) -> range:
        """The numbers of the words that start inside `span`."""
        return range(bisect.bisect_left(self._starts, span.start), bisect.bisect_left(self._starts, span.end))

    def inside(self, span: Span) -> tuple[Word, ...]:
        """The words that start inside `span`."""
        numbers = self.range_of(span)
        return self[numbers.start : numbers.stop]


def _words(text: str, titles: Container[str]) -> Iterator[Word]:
    before, *pieces = _WORD.split(text)  # each word, and what follows it
    start = len(before)
    for written, gap in zip(pieces[::2], pieces[1::2], strict=True):
        bare, key, possessive, ends_in_s, capitalized, capitals = _form(written)
        abbreviated = False
        if gap != " ":
            possessive = possessive or (ends_in_s and gap[:1] in _APOSTROPHES and gap[1:2].isspace())
            if gap[:1] == "." and not gap[1:].strip(" \t\xa0"):
                abbreviated = len(key) == 1 or "." in bare or key in titles or key in table("name_suffixes")
        yield Word(start, start + len(bare), bare, key, gap, possessive, abbreviated, capitalized, capitals)
        start += len(written) + len(gap)


class _Form(NamedTuple):
    """What a word is wherever it stands."""

    text: str
    key: str
    possessive: bool
    ends_in_s: bool
    capitalized: bool
    capitals: bool


@functools.lru_cache(maxsize=1 << 16)
def _form(written: str) -> _Form:
    ends_in_s = written[-1] in "sS"
    ending = _POSSESSIVE.search(written) if ends_in_s else None
    text = written[: ending.start()] if ending else written
    capitalized = text[0].isupper() or (text[0].isdigit() and any(c.isupper() for c in text))
    key = fold(text).replace(".", "") or text
    return _Form(text, key, ending is not None, ends_in_s, capitalized, text.isupper())


def singular(key: str) -> str:
    """A plural without its "s"; anything else as it is."""
    return key[:-1] if key.endswith("s") and not key.endswith("ss") else key


def as_named(text: str) -> str:
    """A name as a text prints it, but with single spaces and straight apostrophes, as most outlets have them.

    >>> as_named("Roy  O’Neill")
    "Roy O'Neill"
    """
    return _INNER_APOSTROPHE.sub("'", " ".join(text.split()))
