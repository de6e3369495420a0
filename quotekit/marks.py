"""The paragraphs of a text and the quotation marks in them: what each mark can be, by its glyph and its neighbors.

Whether a mark that can be read two ways opens or closes is decided in `quotations`, where it is known what is open.
"""

from __future__ import annotations

import enum
import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

import attrs

from quotekit import lexicon

__all__ = ["Marks", "Paragraph", "Reading", "Role", "Shape", "Style", "find_marks", "find_paragraphs", "strip_end"]


class Paragraph(NamedTuple):
    """The span of a paragraph, without the white space around it."""

    start: int
    end: int


class Style(enum.IntEnum):
    """Marks that pair with one another; the greater the number, the harder to mistake for something else."""

    SINGLE = 0
    DOUBLE = 1
    ANGLE = 2
    SINGLE_ANGLE = 3
    CORNER = 4
    WHITE_CORNER = 5


class Shape(enum.IntEnum):
    """How a mark stands: space only before it, only after it, on both sides, or on neither."""

    OPENING = 0
    CLOSING = 1
    SPACED = 2
    GLUED = 3


class Reading(enum.IntEnum):
    """What a mark does; MAY_ where it may just as well be an apostrophe, a foot or an inch."""

    OPEN = 0
    CLOSE = 1
    EITHER = 2
    MAY_OPEN = 3
    MAY_CLOSE = 4


class Role(NamedTuple):
    """What a mark is and does."""

    glyph: str
    style: Style
    shape: Shape
    reading: Reading


@attrs.frozen
class Marks:
    """The marks of one paragraph, in order; before the first `leading` of them nothing but spaces stands."""

    starts: list[int]
    roles: list[Role]
    leading: int


# A name of the module is found much faster than a member of an enum.
_OPEN, _CLOSE, _EITHER, _MAY_OPEN, _MAY_CLOSE = Reading
_OPENING, _CLOSING, _SPACED, _GLUED = Shape
_SINGLE, _DOUBLE, *_ = Style

_Readings = tuple[Reading, Reading, Reading, Reading]

# What a glyph does in each shape, in the order of `Shape`.
_STRAIGHT: _Readings = (_OPEN, _CLOSE, _EITHER, _EITHER)
_OPENER: _Readings = (_OPEN, _EITHER, _OPEN, _OPEN)
_CLOSER: _Readings = (_EITHER, _CLOSE, _CLOSE, _EITHER)
_APOSTROPHE: _Readings = (_MAY_OPEN, _CLOSE, _CLOSE, _EITHER)
_ALWAYS_OPENS: _Readings = (_OPEN, _OPEN, _OPEN, _OPEN)
_ALWAYS_CLOSES: _Readings = (_CLOSE, _CLOSE, _CLOSE, _CLOSE)
_GLYPHS: dict[str, tuple[Style, _Readings]] = {
    **dict.fromkeys("'＇", (Style.SINGLE, _STRAIGHT)),
    **dict.fromkeys("`‘‚‛", (Style.SINGLE, _OPENER)),
    **dict.fromkeys("’´", (Style.SINGLE, _APOSTROPHE)),
    **dict.fromkeys(('"', "＂", "''"), (Style.DOUBLE, _STRAIGHT)),
    **dict.fromkeys(("“", "„", "‟", "〝", "``", "‘‘", "‚‚", "‛‛"), (Style.DOUBLE, _OPENER)),
    **dict.fromkeys(("”", "〞", "〟", "’’", "´´"), (Style.DOUBLE, _CLOSER)),
    "«": (Style.ANGLE, _OPENER),
    "»": (Style.ANGLE, _CLOSER),
    "‹": (Style.SINGLE_ANGLE, _OPENER),
    "›": (Style.SINGLE_ANGLE, _CLOSER),
    **dict.fromkeys("「﹁｢", (Style.CORNER, _ALWAYS_OPENS)),
    **dict.fromkeys("」﹂｣", (Style.CORNER, _ALWAYS_CLOSES)),
    **dict.fromkeys("『﹃", (Style.WHITE_CORNER, _ALWAYS_OPENS)),
    **dict.fromkeys("』﹄", (Style.WHITE_CORNER, _ALWAYS_CLOSES)),
}
# One record for all marks that are and do the same: a text of a megabyte of marks must not make a million.
_ROLES = {
    (glyph, shape, reading): Role(glyph, style, shape, reading)
    for glyph, (style, _) in _GLYPHS.items()
    for shape in Shape
    for reading in Reading
}

_MARKS = "".join(glyph for glyph in _GLYPHS if len(glyph) == 1)
_DOUBLING = frozenset(glyph[0] for glyph in _GLYPHS if len(glyph) == 2)
_APOSTROPHES = frozenset("'’‘´`＇")
_INVISIBLE = "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u00ad"
_NEWLINES = "\n\r\x0b\x0c\x85\u2028\u2029"
_BEFORE_OPENING = frozenset("([{（【¿¡")
_STOPS = ",;:!?)]}%。，、；：！？）】"
_AFTER_CLOSING = frozenset(_STOPS + ".")
_HYPHENS = frozenset("-‐‑")
_SEPARATORS = frozenset("–—―‒/|*_~•·=+<>&") | _HYPHENS
_SPACELESS = "\u2e80-\U0010ffff"  # the scripts of East Asia: no spaces between words, no apostrophes inside

# Marks that touch one another, but no apostrophe inside a word: a small letter after it leaves no doubt.
_RUN = re.compile(rf"[{_MARKS}](?<!\w['’´`](?=[^\WA-Z{_SPACELESS}]))(?:[{_INVISIBLE}]*[{_MARKS}])*")
_BREAK = re.compile(rf"(?:\r\n|[{_NEWLINES}])[\s{_INVISIBLE}]*")
_NEWLINE = re.compile(rf"\r\n|[{_NEWLINES}]")
_LEAD = re.compile(rf"[\s{_INVISIBLE}]*")
_UNBROKEN = re.compile(r"\S+")
# A stop with nothing to it, so that the mark before it closes: not "... and", ".gov", ".@user", "?" or "!".
_BARE_STOP = re.compile(rf"\.(?!\s?\.|[\w@#{_MARKS}])|[{re.escape(_STOPS)}]+(?![{re.escape(_STOPS)}{_MARKS}])")
_WORD = re.compile(r"[^\W\d_]+")
_LAST_WORD = re.compile(r"[^\W_]+$")
_DECADE = re.compile(r"\d\ds?\b")
_MEASURE = re.compile(r"(?:^|[\s('’′x×])\d{1,2}(?:\.\d{1,2})?[½¼¾]?$")
_LONGEST_WORD, _LONGEST_MEASURE = 16, 8
_NARROWEST, _WIDEST = 40, 100


def find_paragraphs(text: str) -> tuple[Paragraph, ...]:
    """The paragraphs of `text`, in order.

    A newline ends a paragraph. A single newline does not where the text is hard-wrapped, or where the line breaks
    off in mid-sentence and the next goes on with a small letter.

    >>> find_paragraphs("One.\\nTwo goes\\non.")
    (Paragraph(start=0, end=4), Paragraph(start=5, end=17))
    """
    lines = _lines(text)
    width = _wrap_width(text, lines)
    paragraphs = lines[:1]
    for before, line in pairwise(lines):
        if _goes_on(text, before, line, width):
            paragraphs[-1] = Paragraph(paragraphs[-1].start, line.end)
        else:
            paragraphs.append(line)
    return tuple(paragraphs)


def strip_end(text: str, start: int, end: int) -> int:
    """Where `text[start:end]` ends without the white space and the invisible characters at its end."""
    while end > start and (text[end - 1].isspace() or text[end - 1] in _INVISIBLE):
        end -= 1
    return end


def _lines(text: str) -> list[Paragraph]:
    """The lines of `text`, without the white space around them and without those of nothing else."""
    lead = _LEAD.match(text)
    starts, ends = [lead.end() if lead else 0], []
    for match in _BREAK.finditer(text, starts[0]):
        ends.append(match.start())
        starts.append(match.end())
    ends.append(len(text))
    lines = [Paragraph(start, strip_end(text, start, end)) for start, end in zip(starts, ends, strict=True)]
    return [line for line in lines if line.start < line.end]


def _wrap_width(text: str, lines: list[Paragraph]) -> int | None:
    """The width at which `text` is hard-wrapped, or `None`: three lines and most of all must be full."""
    width = max((line.end - line.start for line in lines), default=0)
    if not _NARROWEST <= width <= _WIDEST:
        return None
    full = [_is_full(text, *lines, width) for lines in pairwise(lines) if _is_one_newline(text, *lines)]
    return width if sum(full) >= max(3, 0.6 * len(full)) else None


def _is_one_newline(text: str, line: Paragraph, after: Paragraph) -> bool:
    newlines = _NEWLINE.findall(text, line.end, after.start)
    return len(newlines) == 1 and newlines != ["\u2029"]


def _is_full(text: str, line: Paragraph, after: Paragraph, width: int) -> bool:
    """Whether the first word of the line `after` would not have fitted into `line`."""
    word = _UNBROKEN.match(text, *after)
    return word is not None and line.end - line.start + 1 + word.end() - word.start() > width


def _goes_on(text: str, line: Paragraph, after: Paragraph, width: int | None) -> bool:
    """Whether the paragraph of `line` goes on in the line `after`."""
    if not _is_one_newline(text, line, after):
        return False
    last = text[line.end - 1]
    if last in ",;" or (text[after.start].islower() and (last.isalnum() or last in _SEPARATORS)):
        return True
    return width is not None and _is_full(text, line, after, width)


def find_marks(text: str, paragraph: Paragraph) -> Marks:
    """The quotation marks of one paragraph, without the apostrophes that cannot be anything else."""
    starts: list[int] = []
    roles: list[Role] = []
    leading = 0
    led_to: int | None = paragraph.start  # where the last mark ends that only spaces stand before
    doubled = _DoubledSingles()
    for run in _RUN.finditer(text, *paragraph):
        start, end = run.span()
        shape = _shape(text, start, end)
        for at, glyph in doubled.split(text, start, end, shape):
            style, readings = _GLYPHS[glyph]
            reading: Reading | None = readings[shape]
            if start < at < end - len(glyph):
                pass  # among marks there are no words to look at
            elif style is _SINGLE:
                reading = _read_single(text, at, readings[shape], shape)
            elif style is _DOUBLE and reading is not _OPEN and _is_measure(text, at):
                reading = _MAY_CLOSE
            if reading is not None:
                starts.append(at)
                roles.append(_ROLES[glyph, shape, reading])
                if glyph[0] in _DOUBLING:
                    doubled.note(glyph, reading)
        if led_to is not None:
            led_to = None if text[led_to:start].strip() else end
            leading = leading if led_to is None else len(starts)
    return Marks(starts, roles, leading)


class _DoubledSingles:
    """Tells a doubled single mark (''…'') from two single ones, by what seems to be open in one paragraph."""

    def __init__(self) -> None:
        self._doubles = 0
        self._singles = 0
        self._single_is_inner = False

    def split(self, text: str, start: int, end: int, shape: Shape) -> Iterator[tuple[int, str]]:
        """Cut the run `text[start:end]` into marks: where each stands, and its glyph."""
        at = start
        while at < end:
            glyph = text[at]
            if glyph in _DOUBLING and at + 1 < end and text[at + 1] == glyph:
                for size in self._sizes(_count_same(text, at, end), shape):
                    yield at, glyph * size
                    at += size
            else:
                if glyph not in _INVISIBLE:
                    yield at, glyph
                at += 1

    def _sizes(self, count: int, shape: Shape) -> list[int]:
        if shape is _CLOSING and self._singles and not self._doubles:
            return [1] * count
        pairs, odd = divmod(count, 2)
        if shape is _CLOSING and self._single_is_inner:
            return [1] * odd + [2] * pairs
        return [2] * pairs + [1] * odd

    def note(self, glyph: str, reading: Reading) -> None:
        """Take account of a mark that was cut."""
        double = len(glyph) == 2
        if reading is _OPEN:
            self._single_is_inner = not double
        if double:
            opens = reading is _OPEN or (reading is not _CLOSE and not self._doubles)
            self._doubles = max(0, self._doubles + (1 if opens else -1))
        elif reading is _OPEN:
            self._singles += 1
        elif reading is _CLOSE and self._singles:
            self._singles -= 1


def _count_same(text: str, start: int, end: int) -> int:
    at = start
    while at < end and text[at] == text[start]:
        at += 1
    return at - start


def _shape(text: str, start: int, end: int) -> Shape:
    """How the run of marks `text[start:end]` stands."""
    while start and text[start - 1] in _INVISIBLE:
        start -= 1
    while end < len(text) and text[end] in _INVISIBLE:
        end += 1
    left = text[start - 1] if start else "\n"
    right = text[end] if end < len(text) else "\n"
    if left.isspace():
        if right.isspace():
            if (left in _NEWLINES) is (right in _NEWLINES):
                return _SPACED
            return _OPENING if left in _NEWLINES else _CLOSING
        return _CLOSING if _BARE_STOP.match(text, end) else _OPENING
    if left in _BEFORE_OPENING:
        return _SPACED if right in _AFTER_CLOSING else _OPENING
    if left in _SEPARATORS and not (right.isspace() or right in _AFTER_CLOSING):
        return _SPACED if right in _SEPARATORS else _OPENING
    if left == ":" and right == " ":
        return _SPACED
    return _CLOSING if right.isspace() or right in _AFTER_CLOSING or right in _SEPARATORS or right == "…" else _GLUED


def _is_measure(text: str, at: int) -> bool:
    """Whether the mark at `at` may count feet, inches or minutes."""
    return text[at - 1 : at].isnumeric() and _MEASURE.search(text, max(0, at - _LONGEST_MEASURE), at) is not None


def _read_single(text: str, at: int, reading: Reading, shape: Shape) -> Reading | None:
    """What a single mark does, or `None` for an apostrophe."""
    before, after = _letter(text[at - 1 : at]), _letter(text[at + 1 : at + 2])
    if shape is _SPACED:
        return _MAY_CLOSE if reading is not _OPEN and _is_clipped(_word_before(text, at - 1)) else reading
    if not before and not after:
        return reading
    last, first = _word_before(text, at), _word_after(text, at + 1)
    if _is_paired(text, at, last, first):
        return None
    if before and after:
        return _MAY_OPEN if _runs_on(text[at], last, first) else None
    if shape is _CLOSING:
        if text[at] == "‚":
            return None  # a comma in the guise of a low mark
        return _MAY_CLOSE if _is_clipped(last) or _is_measure(text, at) else _CLOSE
    if shape is _GLUED and first == "s":
        return None  # the genitive of what ends with a mark or a stop: "Hamilton"'s, U.S.'s
    hyphenated = text[at - 1 : at] in _HYPHENS and text[at - 2 : at - 1].isalnum()
    elided = f"'{first.lower()}" in lexicon.load().elisions or _DECADE.match(text, at + 1) is not None
    return _MAY_OPEN if hyphenated or elided else reading


def _letter(char: str) -> str:
    """`char` where an apostrophe may stand beside it, else nothing."""
    return char if char.isalnum() and char < _SPACELESS[0] else ""


def _word_before(text: str, at: int) -> str:
    match = _LAST_WORD.search(text, max(0, at - _LONGEST_WORD), max(0, at))
    return match.group() if match else ""


def _word_after(text: str, at: int) -> str:
    match = _WORD.match(text, at, at + _LONGEST_WORD)
    return match.group() if match else ""


def _is_clipped(word: str) -> bool:
    """Whether an apostrophe may stand after `word`: the dogs' home, ol' man river."""
    word = word.lower()
    return not {f"{word}'", f"-{word[-1:]}'", f"-{word[-2:]}'"}.isdisjoint(lexicon.load().elisions)


def _is_paired(text: str, at: int, last: str, first: str) -> bool:
    """Whether the mark at `at` is one of two apostrophes around a word, as in rock 'n' roll."""
    elisions = lexicon.load().elisions
    words = ((first, at + 1 + len(first)), (last, at - 1 - len(last)))
    return any(text[far : far + 1] in _APOSTROPHES and f"'{word.lower()}'" in elisions for word, far in words)


def _runs_on(glyph: str, last: str, first: str) -> bool:
    """Whether a mark inside a word lacks its space (He said'Go away), and is no apostrophe (O'Neill, De'Andre)."""
    if glyph == "‘" and len(last) > 2 and first and f"'{first.lower()}" not in lexicon.load().elisions:
        return True
    return last.islower() and len(last) > 1 and first[:1].isupper()
