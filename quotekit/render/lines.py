"""Words with styles, laid out as lines a terminal can show safely."""

from __future__ import annotations

import itertools
import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from quotekit.render.unsafe import UNSAFE

__all__ = ["Word", "columns", "painted", "printable", "shortened", "words", "wrapped"]

Word = tuple[str, str]  # a word and its style: what is split and measured must not hold escape sequences yet

ANSI = {
    "strong": "1",
    "faint": "2",
    "cue": "36",
    "issues": "31",
    "direct": "32",
    "mixed": "33",
    "indirect": "34",
    "fullest": "1",
    "verbatim": "32",
    "truncated": "33",
    "altered": "31",
    "reworded": "34",
    "different": "2",
}


def printable(text: str) -> str:
    r"""A text on one line, its control characters, bidirectional overrides and lone surrogates as visible escapes.

    >>> printable("Khan\n said\x1b[2J")
    'Khan said\\x1b[2J'
    """
    return UNSAFE.sub(lambda match: match[0].encode("unicode_escape").decode("ascii"), " ".join(text.split()))


def words(text: str, style: str = "") -> list[Word]:
    """The printable words of a text, all in one style.

    >>> words("Khan  said", "strong")
    [('Khan', 'strong'), ('said', 'strong')]
    """
    return [(word, style) for word in printable(text).split()]


def columns(text: str) -> int:
    """How many columns of a terminal a text takes: two for a wide character, none for one that combines.

    >>> columns("Dawn"), columns("新聞")
    (4, 4)
    """
    return len(text) if text.isascii() else sum(map(_columns, text))


def _columns(character: str) -> int:
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def shortened(text: str, width: int) -> str:
    """The printable text, cut with an ellipsis where it takes more than `width` columns.

    >>> shortened("The Ministry of Foreign Affairs", 13)
    'The Ministry…'
    """
    text = printable(text)
    if columns(text) <= width:
        return text
    return next(_cut(text, width - 1)).rstrip() + "…"


def _cut(text: str, width: int) -> Iterator[str]:
    """A text in pieces of at most `width` columns."""
    start = used = 0
    for i, character in enumerate(text):
        needed = _columns(character)
        if used + needed > width:
            yield text[start:i]
            start, used = i, 0
        used += needed
    yield text[start:]


def wrapped(sequence: Iterable[Word], width: int) -> Iterator[list[Word]]:
    """Break words into lines of at most `width` columns; a word longer than a line is cut."""
    line: list[Word] = []
    used = 0
    for word, style in sequence:
        for piece in _cut(word, width) if columns(word) > width else (word,):
            needed = columns(piece)
            if line and used + 1 + needed > width:
                yield line
                line, used = [], 0
            used += needed + bool(line)
            line.append((piece, style))
    if line:
        yield line


def painted(line: Sequence[Word], color: bool) -> str:
    """A line as text, with ANSI escape sequences for the styles where `color` is asked for.

    >>> painted([("Khan", "strong"), ("said", "")], color=False)
    'Khan said'
    """
    if not color:
        return " ".join(word for word, _ in line)
    runs = ((style, " ".join(word for word, _ in run)) for style, run in itertools.groupby(line, lambda word: word[1]))
    return " ".join(f"\x1b[{ANSI[style]}m{text}\x1b[0m" if style else text for style, text in runs)
