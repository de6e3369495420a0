"""A text as words with their places, and what the tables say of each."""

from __future__ import annotations

import bisect
import functools
import re
from collections.abc import Container, Iterator, Sequence
from typing import overload

import attrs

from quotekit import lexicon
from quotekit.lexicon import table
from quotekit.registry.names import fold
from quotekit.spans import Span

__all__ = ["Word", "Words", "singular"]

# Initials ("U.S", "G.K"), or a word with its inner hyphens and apostrophes ("Ki-moon", "O’Neill", "Khan's").
_WORD = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_](?![^\W_])|[^\W_]+(?:[-’'&][^\W_]+)*")
_UNBROKEN = " \t\xa0\"'`“”„‟‘’‚‛«»‹›"
_APOSTROPHES = ("'", "’")
_POSSESSIVE = re.compile(r"(?<=\w)['’`´]s$", re.IGNORECASE)


@attrs.frozen
class Word:
    """One word: where it stands, as it is written and folded, without a possessive ending.

    `gap` is the text from its end to the next word, the possessive ending left out; `abbreviated` says that the
    stop in it, and nothing more, belongs to the word: "Gen.", "J.".
    """

    span: Span
    text: str
    key: str
    possessive: bool
    gap: str
    abbreviated: bool

    @property
    def capitalized(self) -> bool:
        """Whether the word starts with a capital letter or a digit that a capital follows ("3M")."""
        return self.text[0].isupper() or (self.text[0].isdigit() and any(c.isupper() for c in self.text))

    @property
    def shouted(self) -> bool:
        """Whether the word is in capitals throughout, and longer than an initial."""
        return len(self.text) > 1 and self.text.isupper()

    @property
    def breaks(self) -> bool:
        """Whether more than spaces, quotation marks and an abbreviation's stop stand between this word and the next."""
        return bool(self.gap.strip(_UNBROKEN)) and not self.abbreviated


class Words(Sequence[Word]):
    """The words of a text, in order."""

    def __init__(self, text: str, lang: str = "en") -> None:
        """Cut `text` into words."""
        self.text = text
        titles = lexicon.load(lang).honorifics
        found = list(_WORD.finditer(text))
        ends = [match.start() for match in found[1:]] + [len(text)][: len(found)]
        self._words = [_word(match, text, end, titles) for match, end in zip(found, ends, strict=True)]
        self._starts = [word.span.start for word in self._words]

    @overload
    def __getitem__(self, index: int) -> Word: ...

    @overload
    def __getitem__(self, index: slice) -> list[Word]: ...

    def __getitem__(self, index: int | slice) -> Word | list[Word]:
        return self._words[index]

    def __iter__(self) -> Iterator[Word]:
        return iter(self._words)

    def __len__(self) -> int:
        return len(self._words)

    def range_of(self, span: Span) -> range:
        """The numbers of the words that start inside `span`."""
        return range(bisect.bisect_left(self._starts, span.start), bisect.bisect_left(self._starts, span.end))

    def inside(self, span: Span) -> Iterator[Word]:
        """The words that start inside `span`."""
        return (self._words[i] for i in self.range_of(span))


def _word(match: re.Match[str], text: str, end: int, titles: Container[str]) -> Word:
    written, gap = match.group(), text[match.end() : end]
    ending = _POSSESSIVE.search(written) if written[-1] in "sS" else None
    bare = written[: ending.start()] if ending else written
    possessive = ending is not None or (written[-1] in "sS" and gap[:1] in _APOSTROPHES and gap[1:2].isspace())
    key = _key(bare)
    dotted = gap[:1] == "." and not gap[1:].strip(" \t\xa0")
    abbreviated = dotted and (len(key) == 1 or "." in bare or key in titles or key in table("name_suffixes"))
    return Word(Span(match.start(), match.start() + len(bare)), bare, key, possessive, gap, abbreviated)


@functools.lru_cache(maxsize=1 << 16)
def _key(written: str) -> str:
    return fold(written).replace(".", "") or written


def singular(key: str) -> str:
    """A plural without its "s"; anything else as it is."""
    return key[:-1] if key.endswith("s") and not key.endswith("ss") else key
