"""Text → paragraphs: the stretches no sentence runs out of.

News text often has nothing but a line break between its paragraphs, so a line break ends one unless it is soft:
unless the next line goes on in lower case after a line that was not finished, or the text is hard-wrapped and
the line is as full as the width of the text allows. A blank line always ends a paragraph.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence

from quotekit.spans import Span

__all__ = ["flowing", "paragraphs"]

WRAPPED_WIDTHS = range(40, 101)  # code points in the longest line of a hard-wrapped text
WRAPPED_LINES = 4  # fewer lines may look wrapped by chance
WRAPPED_SHARE = 0.6  # of the lines are full; the last line of a paragraph seldom is

_LINE = re.compile(r"[^\n\r\v\f\x85\u2028\u2029]+")
_BREAK = re.compile(r"\r\n|[\n\r\v\f\x85\u2028\u2029]")
_SPACED = dict.fromkeys(map(ord, "\n\r\v\f\x85\u2028\u2029"), " ")
_UNFINISHED = re.compile(r"[\w,\-–—]$")


def paragraphs(text: str) -> Iterator[Span]:
    """The paragraphs of `text` in order, none of them blank.

    >>> [(p.start, p.end) for p in paragraphs("Talks go on\\nThe two sides met\\nin Lahore.")]
    [(0, 11), (12, 40)]
    """
    lines = [Span(*match.span()) for match in _LINE.finditer(text) if not match[0].isspace()]
    width = _wrapped_width(text, lines)
    start = 0
    for number, line in enumerate(lines):
        following = lines[number + 1 : number + 2]
        if not following or not _is_soft(text, line, following[0], width):
            yield Span(lines[start].start, line.end)
            start = number + 1


def flowing(text: str) -> str:
    """The text with a space for each character of a line break inside a paragraph: what stands where is the same.

    >>> flowing("Talks go on\\nThe two sides met\\nin Lahore.")
    'Talks go on\\nThe two sides met in Lahore.'
    """
    out, end = [], 0
    for paragraph in paragraphs(text):
        out += [text[end : paragraph.start], text[paragraph.slice].translate(_SPACED)]
        end = paragraph.end
    return "".join([*out, text[end:]])


def _wrapped_width(text: str, lines: Sequence[Span]) -> int | None:
    """How many code points wide a hard-wrapped text is; `None` where it does not look like one."""
    width = max((len(text[line.slice].rstrip()) for line in lines), default=0)
    pairs = [pair for pair in itertools.pairwise(lines) if _adjoin(text, *pair)]
    if width not in WRAPPED_WIDTHS or len(pairs) < WRAPPED_LINES - 1:
        return None
    full = sum(_is_full(text, *pair, width) for pair in pairs)
    return width if full >= WRAPPED_SHARE * len(pairs) else None


def _is_soft(text: str, line: Span, following: Span, width: int | None) -> bool:
    """Whether a sentence may go on from one line to the next."""
    if not _adjoin(text, line, following):
        return False
    here, after = text[line.slice].rstrip(), text[following.slice]
    if _UNFINISHED.search(here) and after.lstrip()[0].islower():
        return True
    indented = len(after) - len(after.lstrip()) > len(here) - len(here.lstrip())
    return width is not None and not indented and _is_full(text, line, following, width)


def _adjoin(text: str, line: Span, following: Span) -> bool:
    """Whether one line break and nothing else stands between two lines."""
    return _BREAK.fullmatch(text, line.end, following.start) is not None


def _is_full(text: str, line: Span, following: Span, width: int) -> bool:
    """Whether the next line's first word would not have fitted on this line."""
    word = text[following.slice].split(None, 1)[0]
    return len(text[line.slice].rstrip()) + 1 + len(word) > width
