"""The quotation marks of a text and what each can be, told from its glyph and what stands on either side.

Whether a mark that can be read two ways opens or closes is decided in `quotations`, where it is known what is open.
"""

from __future__ import annotations

import enum
import re
from collections.abc import Iterator
from typing import NamedTuple

from quotekit import lexicon

__all__ = ["Mark", "Paragraph", "Reading", "Shape", "Style", "find_marks", "find_paragraphs"]


class Style(enum.IntEnum):
    """Marks that pair with one another; the greater number is the harder to mistake for something else."""

    SINGLE = 0
    DOUBLE = 1
    ANGLE = 2
    SINGLE_ANGLE = 3
    CORNER = 4
    WHITE_CORNER = 5


class Shape(enum.Enum):
    """How a mark stands among its neighbors: space outside, inside, on both sides or on neither."""

    OPENING = enum.auto()
    CLOSING = enum.auto()
    SPACED = enum.auto()
    GLUED = enum.auto()


class Reading(enum.Enum):
    """What a mark does; MAY_: only if the marks after it do not come out without."""

    OPEN = enum.auto()
    CLOSE = enum.auto()
    MAY_OPEN = enum.auto()
    MAY_CLOSE = enum.auto()
    EITHER = enum.auto()


class Paragraph(NamedTuple):
    """A paragraph without the white space around it."""

    start: int
    end: int


class Mark(NamedTuple):
    """One mark: `paragraph` is a number, `leads` says that only marks and spaces stand before it there."""

    start: int
    end: int
    style: Style
    glyph: str
    shape: Shape
    reading: Reading
    paragraph: int
    leads: bool


_STRAIGHT, _OPENER, _CLOSER = 0, 1, -1
_GLYPHS: dict[str, tuple[Style, int]] = {
    **dict.fromkeys(("'", "＇"), (Style.SINGLE, _STRAIGHT)),
    **dict.fromkeys("`‘‚‛", (Style.SINGLE, _OPENER)),
    **dict.fromkeys("’´", (Style.SINGLE, _CLOSER)),
    **dict.fromkeys(('"', "＂", "''"), (Style.DOUBLE, _STRAIGHT)),
    **dict.fromkeys(("“", "„", "‟", "〝", "``", "‘‘", "‚‚", "‛‛"), (Style.DOUBLE, _OPENER)),
    **dict.fromkeys(("”", "〞", "〟", "’’", "´´"), (Style.DOUBLE, _CLOSER)),
    "«": (Style.ANGLE, _OPENER),
    "»": (Style.ANGLE, _CLOSER),
    "‹": (Style.SINGLE_ANGLE, _OPENER),
    "›": (Style.SINGLE_ANGLE, _CLOSER),
    **dict.fromkeys("「﹁｢", (Style.CORNER, _OPENER)),
    **dict.fromkeys("」﹂｣", (Style.CORNER, _CLOSER)),
    **dict.fromkeys("『﹃", (Style.WHITE_CORNER, _OPENER)),
    **dict.fromkeys("』﹄", (Style.WHITE_CORNER, _CLOSER)),
}
_READINGS = {
    (_STRAIGHT, Shape.OPENING): Reading.OPEN,
    (_STRAIGHT, Shape.CLOSING): Reading.CLOSE,
    (_STRAIGHT, Shape.SPACED): Reading.EITHER,
    (_STRAIGHT, Shape.GLUED): Reading.EITHER,
    (_OPENER, Shape.OPENING): Reading.OPEN,
    (_OPENER, Shape.CLOSING): Reading.EITHER,
    (_OPENER, Shape.SPACED): Reading.OPEN,
    (_OPENER, Shape.GLUED): Reading.OPEN,
    (_CLOSER, Shape.OPENING): Reading.EITHER,
    (_CLOSER, Shape.CLOSING): Reading.CLOSE,
    (_CLOSER, Shape.SPACED): Reading.CLOSE,
    (_CLOSER, Shape.GLUED): Reading.EITHER,
}

_MARKS = "".join(glyph for glyph in _GLYPHS if len(glyph) == 1)
_APOSTROPHES = "'’´`"
_INVISIBLE = "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u00ad"
_NEWLINES = "\n\r\x0b\x0c\x85\u2028\u2029"
_BEFORE_OPENING = "([{（【¿¡"
_AFTER_CLOSING = ".,;:!?)]}%。，、；：！？）】"
_SEPARATORS = "-‐‑–—―‒/|*_~•·=+<>&"

# Marks that touch, but no apostrophe inside a word: a small letter after it leaves no doubt.
_RUN = re.compile(rf"[{_MARKS}](?<!\w[{_APOSTROPHES}](?=[^\WA-Z]))(?:[{_INVISIBLE}]*[{_MARKS}])*")
_BREAK = re.compile(rf"(?:\r\n|[{_NEWLINES}])[\s{_INVISIBLE}]*")
_NEWLINE = re.compile(rf"\r\n|[{_NEWLINES}]")
_WORD = re.compile(r"[^\W\d_]+")
_LAST_WORD = re.compile(r"[^\W\d_]+$")
_DECADE = re.compile(r"\d\d(?!\d)")
_FEET_OR_INCHES = re.compile(r"(?:^|[\s('’′x×])\d{1,2}(?:\.\d{1,2})?[½¼¾]?$")
_POSSESSIVE = re.compile(r"s\b")


def find_paragraphs(text: str) -> tuple[Paragraph, ...]:
    """The paragraphs of `text`, in order, without the white space around them.

    A newline ends a paragraph. A single newline does not where the text is hard-wrapped, or where the line breaks
    off in mid-sentence and the next goes on with a small letter.

    >>> find_paragraphs("One.\\nTwo goes\\non.")
    (Paragraph(start=0, end=4), Paragraph(start=5, end=16))
    """
    lines = _lines(text)
    width = _wrap_width(text, lines)
    paragraphs: list[Paragraph] = []
    for number, (start, end) in enumerate(lines):
        if number and _is_wrapped(text, lines[number - 1], start, width):
            paragraphs[-1] = Paragraph(paragraphs[-1].start, end)
        else:
            paragraphs.append(Paragraph(start, end))
    return tuple(paragraphs)


def strip_end(text: str, start: int, end: int) -> int:
    """The end of `text[start:end]` without the white space and invisible characters at its end."""
    while end > start and (text[end - 1].isspace() or text[end - 1] in _INVISIBLE):
        end -= 1
    return end


def _lines(text: str) -> list[Paragraph]:
    lines, start = [], 0
    for match in _BREAK.finditer(text):
        lines.append(Paragraph(start, strip_end(text, start, match.start())))
        start = match.end()
    lines.append(Paragraph(start, strip_end(text, start, len(text))))
    return [line for line in lines if line.start < line.end]


def _is_single(text: str, line: Paragraph, start: int) -> bool:
    """Whether nothing but one newline stands between `line` and the line that begins at `start`."""
    return len(_NEWLINE.findall(text, line.end, start)) == 1 and "\u2029" not in text[line.end : start]


def _wrap_width(text: str, lines: list[Paragraph]) -> int | None:
    """The width at which `text` is hard-wrapped, or `None` where it is not.

    A line is full if the first word of the next would not have fitted; three full lines, and most of those that a
    single newline ends, make a hard-wrapped text.
    """
    width = max((end - start for start, end in lines), default=0)
    if not _NARROWEST <= width <= _WIDEST:
        return None
    full = [
        _is_full(text, line, after.start, width)
        for line, after in zip(lines, lines[1:], strict=False)
        if _is_single(text, line, after.start)
    ]
    return width if sum(full) >= max(3, 0.6 * len(full)) else None


def _is_full(text: str, line: Paragraph, start: int, width: int) -> bool:
    word = _UNBROKEN.match(text, start)
    return line.end - line.start + 1 + (word.end() - start if word else 0) > width


def _is_wrapped(text: str, line: Paragraph, start: int, width: int | None) -> bool:
    """Whether the line at `start` belongs to the same paragraph as `line` before it."""
    if not _is_single(text, line, start):
        return False
    last = text[line.end - 1]
    breaks_off = last in ",;" or ((last.isalnum() or last in _DASHES) and text[start].islower())
    return breaks_off or (width is not None and _is_full(text, line, start, width))


def find_marks(text: str, paragraphs: Iterable[Paragraph]) -> Iterator[Mark]:
    """The quotation marks of `text`, in order, without the apostrophes that cannot be anything else."""
    for number, paragraph in enumerate(paragraphs):
        led_to: int | None = paragraph.start
        doubling = _Doubling()
        past = paragraph.start
        for run in _RUN.finditer(text, *paragraph):
            start, end = run.span()
            if start < past:
                continue
            if _LONE_N.match(text, start):
                past = start + 3
                continue
            leads = led_to is not None and (start == led_to or text[led_to:start].isspace())
            led_to = end if leads else None
            shape = _shape(text, start, end)
            for at, glyph in doubling.split(text, start, end, shape):
                style, prior = _GLYPHS[glyph]
                reading = _READINGS[prior, shape] if style < Style.CORNER else _FIXED[prior]
                if style is Style.SINGLE:
                    reading = _read_single(text, at, reading, shape)
