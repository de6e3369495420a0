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

import attrs

from quotekit.document import Issue, Quotation
from quotekit.errors import InputError
from quotekit.marks import Mark, Reading, Shape, Style, find_marks, find_paragraphs, strip_end
from quotekit.spans import Span

__all__ = ["find_quotations", "scan"]

# A name of the module is found much faster than a member of an enum.
_OPEN, _CLOSE, _EITHER, _MAY_OPEN, _MAY_CLOSE = Reading
_SINGLE = Style.SINGLE
_OPENING = Shape.OPENING

_DEEPEST = 16
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
    "too-deep": f"quotations are read {_DEEPEST} levels deep; this mark would open one more and was passed over",
    "ambiguous-mark": "this mark can be read two ways; the reading that lets the others pair was taken",
}


def find_quotations(text: str) -> tuple[Quotation, ...]:
    """The quotations of `text` that stand in no other, in order; what they hold is in their `children`.

    Spans are half-open ranges of code points and include the marks. Raises `InputError` for anything but a `str`.

    >>> [q.text for q in find_quotations("“I said ‘no’,” she said. “Twice.”")]
    ['“I said ‘no’,”', '“Twice.”']
    """
    return scan(text)[0]


def scan(text: str) -> tuple[tuple[Quotation, ...], tuple[Issue, ...]]:
    """The same as `find_quotations`, and the marks that did not pair as they should, in order.

    The codes are "unclosed-quotation", "unopened-mark", "too-deep" and "ambiguous-mark"; a span covers the mark, or
    all of several that touch.

    >>> [(issue.code, issue.span) for issue in scan('He said "no.')[1]]
    [('unclosed-quotation', Span(start=8, end=9))]
    """
    if not isinstance(text, str):
        raise InputError(f"expected the text as a str, got {type(text).__name__}; decode or convert it first")
    scanner = _Scanner(text)
    scanner.run()
    issues = (Issue(code=c, message=_MESSAGES[c], span=Span(s, e)) for s, e, c in sorted(scanner.notes))
    return tuple(scanner.quotations), tuple(issues)


@attrs.frozen
class _Outlook:
    """What follows each mark in its paragraph, of its own style.

    `sure` and `most`: by how many the closing marks come to outnumber the opening ones, doubtful marks not counted, or
    all counted as closing; `left`: how many marks there are, without those that may be no quotation marks.
    """

    sure: list[int]
    most: list[int]
    left: list[int]


def _look_ahead(marks: Sequence[Mark]) -> _Outlook:
    outlook = _Outlook([0] * len(marks), [0] * len(marks), [0] * len(marks))
    paragraph = -1
    sure, most, left = [0], [0], [0]
    for index in range(len(marks) - 1, -1, -1):
        _, _, style, _, shape, reading, number, _ = marks[index]
        if number != paragraph:
            paragraph = number
            sure, most, left = [0] * len(Style), [0] * len(Style), [0] * len(Style)
        outlook.sure[index], outlook.most[index], outlook.left[index] = sure[style], most[style], left[style]
        surely, at_most, counts = _WEIGHTS[reading]
        sure[style] = max(0, sure[style] + (_LEANINGS[shape] if reading is _EITHER else surely))
        most[style] = max(0, most[style] + at_most)
        left[style] += counts
    return outlook


def _opens_again(mark: Mark, opened: Mark) -> bool:
    """Whether `mark` is one to open a paragraph with, inside the quotation that `opened` began."""
    if mark.reading in (_CLOSE, _MAY_CLOSE) or mark.style is not opened.style:
        return False
    return (mark.glyph in _STRAIGHT) is (opened.glyph in _STRAIGHT)


@attrs.define
class _Open:
    """A quotation not closed yet; `inverted` where space stands inside its marks and none outside."""

    mark: Mark
    inverted: bool
    children: list[Quotation] = attrs.Factory(list)


class _Scanner:
    """One scan: what is open, and what has been found."""

    def __init__(self, text: str) -> None:
        self.quotations: list[Quotation] = []
        self.notes: list[tuple[int, int, str]] = []
        self._text = text
        self._paragraphs = find_paragraphs(text)
        self._marks = tuple(find_marks(text, self._paragraphs))
        self._ahead = _look_ahead(self._marks)
        self._paragraph = 0
        self._open: list[_Open] = []
        self._depth = [0] * len(Style)
        self._to_come = [0] * len(Style)  # closing marks to come in this paragraph, as of the last mark of each style
        self._passed_over: dict[Style, int] = {}  # marks too deep to open anything, whose closing marks are to come
        self._resumed: int | None = None  # at the head of a paragraph: how many quotations it has opened again

    def run(self) -> None:
        """Read all marks."""
        for index, mark in enumerate(self._marks):
            if mark.paragraph != self._paragraph:
                self._enter(mark)
            if self._resumed is None or not self._resume(mark, self._resumed):
                self._read(mark, index)
            self._to_come[mark.style] = self._ahead.sure[index]
        self._leave()

    def _enter(self, mark: Mark) -> None:
        """Go on to the paragraph of `mark`; what is open may stay open if that is the next and begins with a mark."""
        if mark.paragraph == self._paragraph + 1 and mark.leads:
            self._settle()
        else:
            self._leave()
        self._resumed = 0 if self._open else None
        self._paragraph = mark.paragraph
        self._to_come = [0] * len(Style)
        self._passed_over.clear()

    def _resume(self, mark: Mark, resumed: int) -> bool:
        """Whether `mark` only opens again what the paragraph before left open."""
        if mark.leads and resumed < len(self._open) and _opens_again(mark, self._open[resumed].mark):
            self._resumed = resumed + 1
            return True
        self._settle()
        return False

    def _settle(self) -> None:
        """End what the head of this paragraph did not open again."""
        if self._resumed is not None:
            self._give_up(self._resumed, self._paragraphs[self._paragraph - 1].end)
            self._resumed = None

    def _leave(self) -> None:
        """End all that is open with its paragraph."""
        self._settle()
        if self._open:
            self._give_up(0, self._paragraphs[self._paragraph].end)

    def _read(self, mark: Mark, index: int) -> None:
        if self._passed_over and self._is_passed_over(mark):
            return
        depth = self._depth[mark.style]
        at = self._innermost(mark.style) if depth else None
        inner = None if at is None else self._open[at]
        does = self._choose(mark, index, inner)
        if does is _OPEN:
            self._begin(mark, inverted=inner is None and mark.reading is _CLOSE)
        elif does is _CLOSE and at is not None:
            self._close(mark, at if depth == 1 else self._rightful(mark, index, at))

    def _innermost(self, style: Style) -> int | None:
        """Which open quotation a mark of `style` would close: none beyond a harder style whose end is to come."""
        for at in range(len(self._open) - 1, -1, -1):
            other = self._open[at].mark.style
            if other is style:
                return at
            if other > style and self._to_come[other]:
                break
        return None

    def _choose(self, mark: Mark, index: int, inner: _Open | None) -> Reading | None:
        """Whether `mark` opens or closes, given the quotation `inner` that it would close; `None` for neither."""
        reading, depth, sure = mark.reading, self._depth[mark.style], self._ahead.sure[index]
        if reading is _MAY_OPEN:
            return _OPEN if sure > depth else None
        if inner is None:
            return _OPEN if reading is _OPEN else self._choose_outside(mark, index)
        if reading is _CLOSE or inner.inverted:
            return _CLOSE
        if reading is _OPEN:
            return self._choose_nested(mark, index, inner)
        if reading is _EITHER:
            return _OPEN if sure > depth else _CLOSE
        if sure < depth:
            return _CLOSE
        self._note("ambiguous-mark", mark)
        return None

    def _choose_outside(self, mark: Mark, index: int) -> Reading | None:
        """Whether a mark opens that has nothing to close and does not look like an opening one."""
        if mark.reading is _MAY_CLOSE:
            return None
        if mark.reading is _CLOSE:
            opens = self._is_inverted(mark, index)
        else:
            opens = self._ahead.left[index] % 2 == 1 or self._ahead.sure[index] > self._depth[mark.style]
        if opens:
            return _OPEN
        self._note("unopened-mark", mark)
        return None

    def _is_inverted(self, mark: Mark, index: int) -> bool:
        """Whether `mark` opens in spite of its spacing: He said" no way "and left, He said," No way."."""
        if mark.style is _SINGLE or mark.glyph not in _STRAIGHT or self._ahead.left[index] % 2 == 0:
            return False
        nearby = self._marks[index + 1 : index + 1 + _NEARBY]
        partner = next((other for other in nearby if other.style is mark.style), mark)
        if partner.reading is _OPEN:
            after_stop = self._text[mark.start - 1] in _STOPS
            return not after_stop or self._text[partner.end : partner.end + 1].islower()
        return self._text[mark.end + 1 : mark.end + 2].isupper()

    def _choose_nested(self, mark: Mark, index: int, inner: _Open) -> Reading | None:
        """What a mark does that looks like an opening one, inside a quotation of its own style."""
        depth, most = self._depth[mark.style], self._ahead.most[index]
        if mark.shape is _OPENING:
            nests = mark.glyph not in _STRAIGHT
        elif mark.glyph in _PARTNERS.get(inner.mark.glyph, ()):
            return _CLOSE
        else:
            nests = False
        if nests or most > depth or (most == depth and mark.style is not _SINGLE):
            return _OPEN
        self._note("ambiguous-mark", mark)
        return None if mark.style is _SINGLE else _CLOSE

    def _rightful(self, mark: Mark, index: int, inner: int) -> int:
        """The quotation to close: an outer one that `mark` matches better, where marks to close all do not follow."""
        if self._ahead.sure[index] >= self._depth[mark.style] - 1:
            return inner
        for at in range(inner, -1, -1):
            opened = self._open[at].mark
            if opened.style is not mark.style:
                break
            if mark.glyph in _PARTNERS.get(opened.glyph, (opened.glyph,)):
                return at
        return inner

    def _begin(self, mark: Mark, *, inverted: bool) -> None:
        if len(self._open) < _DEEPEST:
            self._open.append(_Open(mark, inverted))
            self._depth[mark.style] += 1
        else:
            self._passed_over[mark.style] = self._passed_over.get(mark.style, 0) + 1
            self._note("too-deep", mark)

    def _is_passed_over(self, mark: Mark) -> bool:
        """Whether `mark` closes what was too deep to be opened."""
        count = self._passed_over.get(mark.style, 0)
        if not count or mark.reading not in (_CLOSE, _EITHER):
            return False
        self._passed_over[mark.style] = count - 1
        return True

    def _close(self, mark: Mark, at: int) -> None:
        if len(self._open) > at + 1:
            self._give_up(at + 1, mark.start)
        self._finish(mark.end, closed=True)

    def _give_up(self, keep: int, end: int) -> None:
        """End all but the outermost `keep` quotations at `end`, unclosed; what may be an apostrophe is one then."""
        while len(self._open) > keep:
            last = self._open[-1]
            if last.mark.reading is _MAY_OPEN:
                self._open.pop()
                self._depth[last.mark.style] -= 1
                self._found.extend(last.children)
            else:
                self._note("unclosed-quotation", last.mark)
                self._finish(strip_end(self._text, last.mark.end, end), closed=False)

    def _finish(self, end: int, *, closed: bool) -> None:
        """Make the innermost open quotation a `Quotation`."""
        last = self._open.pop()
        start = last.mark.start
        self._depth[last.mark.style] -= 1
        self._passed_over.clear()
        self._found.append(
            Quotation(
                start=start, end=end, closed=closed, children=tuple(last.children), text=self._text[start:end]
            )
        )

    @property
    def _found(self) -> list[Quotation]:
        """Where the next quotation belongs: inside the innermost open one, or at the top."""
        return self._open[-1].children if self._open else self.quotations

    def _note(self, code: str, mark: Mark) -> None:
        """Note an issue, as one with the last where the marks touch."""
        if self.notes and self.notes[-1][1] == mark.start and self.notes[-1][2] == code:
            self.notes[-1] = (self.notes[-1][0], mark.end, code)
        else:
            self.notes.append((mark.start, mark.end, code))
