"""Text → quotations: pairing, nesting, several paragraphs, every typography; exact, without a model.

Marks are read once, in order. What a mark can be, `marks` has told; where that leaves a choice, what is open before
it and what follows it in its paragraph decide:

- A quotation ends with its paragraph, unless the next paragraph opens with the same kind of mark.
- A closing mark closes the innermost open quotation of its kind; what is open inside that one ends there, unclosed.
- A mark that may be an apostrophe, a foot or an inch is one wherever the surer marks come out without it.
- A straight mark that seems to open inside a quotation of its own kind nests, if closing marks enough follow.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import attrs

from quotekit.document import DEEPEST_QUOTATION, Issue, Quotation
from quotekit.errors import InputError
from quotekit.marks import Marks, Reading, Role, Shape, Style, find_marks, find_paragraphs, strip_end
from quotekit.spans import Span

__all__ = ["find_quotations", "scan"]

# A name of the module is found much faster than a member of an enum.
_OPEN, _CLOSE, _EITHER, _MAY_OPEN, _MAY_CLOSE = Reading
_SINGLE = Style.SINGLE
_OPENING, _, _SPACED, _GLUED = Shape
_STYLES = len(Style)

_NEARBY = 8
_STRAIGHT = frozenset(("'", '"', "''", "＇", "＂"))
_STOPS = frozenset(",.?!…")
# The glyphs that rightly close what a glyph opened, where that is not simply the same glyph again. Any other mark of
# the style closes it too, unless an outer quotation has the better claim.
_PARTNERS = {
    "“": "”",
    "„": "“”",
    "‟": "”",
    "”": "“”",
    "``": ("''",),
    "‘‘": ("’’",),
    "‚‚": ("‘‘", "’’"),
    "‘": "’",
    "‚": "‘’",
    "‛": "’",
    "’": "‘’",
    "`": "'´`",
    "«": "»",
    "»": "«»",
    "‹": "›",
    "›": "‹›",
}
# What a mark of each reading adds to the closing marks ahead, surely and at most, and to all marks.
_WEIGHTS = ((-1, -1, 1), (1, 1, 1), (0, 1, 1), (0, 0, 0), (0, 1, 0))
# By how many one that may do either adds, from its shape alone.
_LEANINGS = (-1, 1, 0, 0)
_MESSAGES = {
    "unclosed-quotation": "this mark opens a quotation that no mark closes; it ends with its paragraph or its parent",
    "unopened-mark": "this mark closes a quotation that no mark opens; it was passed over",
    "too-deep": f"quotations nest {DEEPEST_QUOTATION} levels deep at most; this mark would open one more",
    "ambiguous-mark": "this mark can be read two ways; the reading that lets the others pair was taken",
}


def find_quotations(text: str) -> tuple[Quotation, ...]:
    """The quotations of `text` that stand in no other, in order; what they hold is in their `children`.

    Spans are half-open ranges of code points and include the marks. Raises `InputError` for anything but a `str`.

    >>> [q.text for q in find_quotations("“I said ‘no’,” she said. “Twice.”")]
    ['“I said ‘no’,”', '“Twice.”']
    """
    return tuple(_scan(text).quotations)


def scan(text: str) -> tuple[tuple[Quotation, ...], tuple[Issue, ...]]:
    """The same as `find_quotations`, and the marks that did not pair as they should, in order.

    The codes are "unclosed-quotation", "unopened-mark", "too-deep" and "ambiguous-mark"; a span covers the mark, or
    all of several that touch.

    >>> [(issue.code, issue.span) for issue in scan('He said "no.')[1]]
    [('unclosed-quotation', Span(start=8, end=9))]
    """
    found = _scan(text)
    issues = (Issue(code=c, message=_MESSAGES[c], span=Span(s, e)) for s, e, c in sorted(found.notes))
    return tuple(found.quotations), tuple(issues)


def _scan(text: str) -> _Scanner:
    if not isinstance(text, str):
        raise InputError(f"expected the text as a str, got {type(text).__name__}; decode or convert it first")
    scanner = _Scanner(text)
    scanner.run()
    return scanner


class _Outlook(NamedTuple):
    """What follows each mark of a paragraph, of its own style.

    `sure` and `most`: by how many the closing marks come to outnumber the opening ones, doubtful marks not counted, or
    all counted as closing; `left`: how many marks there are, without those that may be no quotation marks.
    """

    sure: list[int]
    most: list[int]
    left: list[int]


def _look_ahead(roles: Sequence[Role]) -> _Outlook:
    outlook = sure_after, most_after, left_after = _Outlook([0] * len(roles), [0] * len(roles), [0] * len(roles))
    sure, most, left = [0] * _STYLES, [0] * _STYLES, [0] * _STYLES
    for index in range(len(roles) - 1, -1, -1):
        _, style, shape, reading = roles[index]
        sure_after[index] = sure_now = sure[style]
        most_after[index] = most_now = most[style]
        left_after[index] = left[style]
        surely, at_most, counts = _WEIGHTS[reading]
        if reading is _EITHER:
            surely = _LEANINGS[shape]
        sure[style] = sure_now + surely if sure_now + surely > 0 else 0
        most[style] = most_now + at_most if most_now + at_most > 0 else 0
        left[style] += counts
    return outlook


def _opens_again(role: Role, opened: Role) -> bool:
    """Whether a mark is one to open a paragraph with, inside the quotation that the mark `opened` began."""
    if role.style is not opened.style or not (role.reading is _OPEN or role.shape is _OPENING):
        return False
    return (role.glyph in _STRAIGHT) is (opened.glyph in _STRAIGHT)


@attrs.define
class _Open:
    """A quotation not closed yet; `inverted` where space stands inside its marks and none outside."""

    start: int
    role: Role
    inverted: bool
    children: list[Quotation] = attrs.Factory(list)


class _Scanner:
    """One scan: what is open, and what has been found."""

    def __init__(self, text: str) -> None:
        self.quotations: list[Quotation] = []
        self.notes: list[tuple[int, int, str]] = []
        self._text = text
        self._open: list[_Open] = []
        self._depth = [0] * _STYLES
        self._passed_over: dict[Style, int] = {}  # marks too deep to open anything, whose closing marks are to come
        self._to_come = [0] * _STYLES  # closing marks to come in the paragraph, as of the last mark of each style
        self._marks = Marks([], [], 0)
        self._ahead = _look_ahead([])

    def run(self) -> None:
        """Read all marks, paragraph by paragraph."""
        end = 0
        for paragraph in find_paragraphs(self._text):
            self._marks = find_marks(self._text, paragraph)
            resumed = self._resume()
            if not self._begins_with_closing(resumed):
                self._give_up(resumed, end)
            self._read_paragraph(resumed)
            end = paragraph.end
        self._give_up(0, end)

    def _resume(self) -> int:
        """How many of the open quotations the paragraph opens again, and so how many of its marks do nothing else."""
        roles = self._marks.roles[: min(self._marks.leading, len(self._open))]
        for count, (role, opened) in enumerate(zip(roles, self._open, strict=False)):
            if not _opens_again(role, opened.role):
                return count
        return len(roles)

    def _begins_with_closing(self, first: int) -> bool:
        """Whether the mark `first` is a closing one that only marks stand before, as on a line of its own."""
        if first >= self._marks.leading:
            return False
        role = self._marks.roles[first]
        return role.reading is _CLOSE or (role.reading is _EITHER and role.shape is _SPACED)

    def _read_paragraph(self, first: int) -> None:
        """Read the marks of the paragraph from the mark `first` on."""
        self._ahead = _look_ahead(self._marks.roles)
        self._to_come = [0] * _STYLES
        self._passed_over.clear()
        for index, (role, sure) in enumerate(zip(self._marks.roles, self._ahead.sure, strict=True)):
            if index >= first:
                self._read(index, role)
            self._to_come[role.style] = sure

    def _read(self, index: int, role: Role) -> None:
        if self._passed_over.get(role.style) and role.reading in (_CLOSE, _EITHER):
            self._passed_over[role.style] -= 1
            return
        at = self._innermost(role.style) if self._depth[role.style] else None
        inner = None if at is None else self._open[at]
        does = self._choose(index, role, inner)
        if does is _OPEN:
            self._begin(index, role, inner is None and role.reading is _CLOSE)
        elif does is _CLOSE and at is not None:
            self._close(index, role, at)

    def _innermost(self, style: Style) -> int | None:
        """Which open quotation a mark of `style` would close: none beyond a harder style whose end is to come."""
        for at in range(len(self._open) - 1, -1, -1):
            other = self._open[at].role.style
            if other is style:
                return at
            if other > style and self._to_come[other]:
                break
        return None

    def _choose(self, index: int, role: Role, inner: _Open | None) -> Reading | None:
        """Whether a mark opens or closes, given the quotation `inner` that it would close; `None` for neither."""
        reading, depth, sure = role.reading, self._depth[role.style], self._ahead.sure[index]
        if reading is _MAY_OPEN:
            return _OPEN if sure > depth else None
        if inner is None:
            return _OPEN if reading is _OPEN else self._choose_outside(index, role)
        if reading is _CLOSE or inner.inverted:
            return _CLOSE
        if reading is _OPEN:
            return self._choose_nested(index, role, inner)
        if reading is _EITHER:
            repeats = role.glyph not in _STRAIGHT and self._repeats(index, role, inner)
            return _OPEN if repeats or sure > depth else _CLOSE
        if sure < depth:
            return _CLOSE
        self._note("ambiguous-mark", index)
        return None

    def _repeats(self, index: int, role: Role, inner: _Open) -> bool:
        """Whether a mark is the opening mark of `inner` once more, with nothing between them."""
        glyph = inner.role.glyph
        return role.glyph == glyph and self._marks.starts[index] == inner.start + len(glyph)

    def _choose_outside(self, index: int, role: Role) -> Reading | None:
        """Whether a mark opens that has nothing to close and does not look like an opening one."""
        if role.reading is _MAY_CLOSE:
            return None
        if role.reading is _CLOSE:
            opens = self._is_inverted(index, role)
        else:
            opens = self._ahead.left[index] % 2 == 1 or self._ahead.sure[index] > self._depth[role.style]
        if opens:
            return _OPEN
        ambiguous = role.reading is _EITHER and role.glyph in _STRAIGHT
        self._note("ambiguous-mark" if ambiguous else "unopened-mark", index)
        return None

    def _is_inverted(self, index: int, role: Role) -> bool:
        """Whether a mark opens in spite of its spacing: He said" no way "and left, He said," No way."."""
        if role.style is _SINGLE or role.glyph not in _STRAIGHT or self._ahead.left[index] % 2 == 0:
            return False
        start, end = self._marks.starts[index], self._end(index)
        for nearby in range(index + 1, min(index + _NEARBY, len(self._marks.roles))):
            partner = self._marks.roles[nearby]
            if partner.style is role.style and partner.reading is _OPEN:
                after = self._end(nearby)
                return self._text[start - 1] not in _STOPS or self._text[after : after + 1].islower()
            if partner.style is role.style:
                break
        return self._text[end + 1 : end + 2].isupper()

    def _choose_nested(self, index: int, role: Role, inner: _Open) -> Reading | None:
        """What a mark does that looks like an opening one, inside a quotation of its own style."""
        depth, most = self._depth[role.style], self._ahead.most[index]
        if role.shape is not _OPENING and role.glyph in _PARTNERS.get(inner.role.glyph, ()):
            return _CLOSE
        if most > depth or (most == depth and role.style is not _SINGLE):
            return _OPEN
        if role.glyph not in _STRAIGHT and role.shape is not _GLUED:
            return _OPEN
        self._note("ambiguous-mark", index)
        return None if role.style is _SINGLE else _CLOSE

    def _begin(self, index: int, role: Role, inverted: bool) -> None:
        if len(self._open) < DEEPEST_QUOTATION:
            self._open.append(_Open(self._marks.starts[index], role, inverted))
            self._depth[role.style] += 1
        else:
            self._passed_over[role.style] = self._passed_over.get(role.style, 0) + 1
            self._note("too-deep", index)

    def _close(self, index: int, role: Role, at: int) -> None:
        if self._ahead.sure[index] < self._depth[role.style] - 1:
            at = self._rightful(role, at)
        if len(self._open) > at + 1:
            self._give_up(at + 1, self._marks.starts[index])
        self._finish(self._marks.starts[index] + len(role.glyph), closed=True)

    def _rightful(self, role: Role, inner: int) -> int:
        """Of the open quotations of a style, of which not all can be closed, the one that a mark closes by rule."""
        for at in range(inner, -1, -1):
            opened = self._open[at].role
            if opened.style is not role.style:
                break
            if role.glyph in _PARTNERS.get(opened.glyph, (opened.glyph,)):
                return at
        return inner

    def _give_up(self, keep: int, end: int) -> None:
        """End all but the outermost `keep` quotations at `end`, unclosed; what may be an apostrophe is one then."""
        while len(self._open) > keep:
            last = self._open[-1]
            if last.role.reading is _MAY_OPEN:
                self._open.pop()
                self._depth[last.role.style] -= 1
                self._siblings().extend(last.children)
            else:
                after = last.start + len(last.role.glyph)
                self.notes.append((last.start, after, "unclosed-quotation"))
                self._finish(strip_end(self._text, after, end), closed=False)

    def _finish(self, end: int, *, closed: bool) -> None:
        """Make the innermost open quotation a `Quotation`."""
        last = self._open.pop()
        self._depth[last.role.style] -= 1
        self._passed_over.clear()
        children, text = tuple(last.children), self._text[last.start : end]
        self._siblings().append(Quotation(start=last.start, end=end, closed=closed, children=children, text=text))

    def _siblings(self) -> list[Quotation]:
        """Where the next quotation belongs: inside the innermost open one, or at the top."""
        return self._open[-1].children if self._open else self.quotations

    def _end(self, index: int) -> int:
        return self._marks.starts[index] + len(self._marks.roles[index].glyph)

    def _note(self, code: str, index: int) -> None:
        """Note an issue, as one with the last where the marks touch."""
        start, end = self._marks.starts[index], self._end(index)
        if self.notes and self.notes[-1][1] == start and self.notes[-1][2] == code:
            self.notes[-1] = (self.notes[-1][0], end, code)
        else:
            self.notes.append((start, end, code))
