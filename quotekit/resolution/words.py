"""A text as words with their places, and what the tables say of each."""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator, Sequence

import attrs

from quotekit.registry.names import fold
from quotekit.spans import Span

__all__ = ["Word", "Words"]

# A word, its inner hyphens, stops and apostrophes with it: "Ki-moon", "U.S", "O’Neill"; then a possessive "'s" or "'".
_WORD = re.compile(r"[^\W_]+(?:[-.’'&][^\W_]+)*")
_POSSESSIVE = re.compile(r"(?<=\w)['’`´]s$", re.IGNORECASE)


@attrs.frozen
class Word:
    """One word: where it stands, as it is written and folded, without a possessive ending.

    `gap` is the text from its end to the next word, the possessive ending left out.
    """

    span: Span
    text: str
    key: str
    possessive: bool
    gap: str

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
        """Whether more than white space and an abbreviation's stop stands between this word and the next."""
        return bool(self.gap.strip(" \t\xa0")) and not self.abbreviated

    @property
    def abbreviated(self) -> bool:
        """Whether the word ends in the stop of an abbreviation: "Gen.", "J."."""
        return self.gap.startswith(".") and not self.gap[1:].strip(" \t\xa0") and (len(self.text) <= 5)


class Words(Sequence[Word]):
    """The words of a text, in order."""

    def __init__(self, text: str) -> None:
        """Cut `text` into words."""
        self.text = text
        found = list(_WORD.finditer(text))
        ends = [match.start() for match in found[1:]] + [len(text)]
        self._words = [_word(match, text, end) for match, end in zip(found, ends, strict=True)]
        self._starts = [word.span.start for word in self._words]

    def __getitem__(self, index):  # type: ignore[no-untyped-def]
        return self._words[index]

    def __len__(self) -> int:
        return len(self._words)

    def range_of(self, span: Span) -> range:
        """The numbers of the words that start inside `span`."""
        return range(bisect.bisect_left(self._starts, span.start), bisect.bisect_left(self._starts, span.end))

    def inside(self, span: Span) -> Iterator[Word]:
        """The words that start inside `span`."""
        return (self._words[i] for i in self.range_of(span))


def _word(match: re.Match[str], text: str, end: int) -> Word:
    written = match.group()
    bare = _POSSESSIVE.sub("", written)
    gap = text[match.end() : end]
    possessive = bare != written or (bare.endswith(("s", "S")) and gap[:1] in ("'", "’") and gap[1:2] in (" ", "\n"))
    key = fold(bare).replace(".", "")
    return Word(Span(match.start(), match.start() + len(bare)), bare, key or bare, possessive, gap)
