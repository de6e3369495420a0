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

from quotekit.document import Issue, Quotation
from quotekit.errors import InputError
from quotekit.marks import Mark, Reading, Shape, Style, find_marks, find_paragraphs, strip_end
from quotekit.spans import Span

__all__ = ["find_quotations", "scan"]

_DEEPEST = 16
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
# By how many a mark of each reading adds to the closing marks ahead: surely, and at most.
_WEIGHTS = ((-1, -1), (1, 1), (0, 1), (0, 0), (0, 1))
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


class _Ahead(NamedTuple):
    """What follows a mark in its paragraph, of its own style.

    `sure` and `most`: by how many the closing marks come to outnumber the opening ones at most, counting doubtful
    marks not at all, or all as closing; `odd`: whether an odd number of marks follows; `next`: the first of them.
    """

    sure: int
    most: int
    odd: bool
    next: Mark | None


def _look_ahead(marks: Sequence[Mark]) -> list[_Ahead]:
    """What follows each mark, told in one pass from the end."""
    nothing = _Ahead(0, 0, False, None)
    ahead = [nothing] * len(marks)
    after: dict[Style, _Ahead] = {}
    paragraph = -1
    for index in range(len(marks) - 1, -1, -1):
        mark = marks[index]
        if mark.paragraph != paragraph:
            paragraph = mark.paragraph
            after.clear()
        sure, most, odd, _ = ahead[index] = after.get(mark.style, nothing)
        adds_surely, adds_at_most = _WEIGHTS[mark.reading]
        if mark.reading is Reading.EITHER:
            adds_surely = _LEANINGS[mark.shape]
        after[mark.style] = _Ahead(
            sure + adds_surely if sure + adds_surely > 0 else 0,
            most + adds_at_most if most + adds_at_most > 0 else 0,
            odd is (mark.reading is Reading.MAY_OPEN or mark.reading is Reading.MAY_CLOSE), mark
        )
    return ahead


def _opens_again(mark: Mark, opened: Mark) -> bool:
    """Whether `mark` is one to open a paragraph with, inside the quotation that `opened` began."""
    if mark.reading in (Reading.CLOSE, Reading.MAY_CLOSE) or mark.style is not opened.style:
        return False
    return (mark.glyph in _STRAIGHT) is (opened.glyph in _STRAIGHT)


@attrs.define
class _Open:
    """A quotation not closed yet; `doubtful` where its mark may be an apostrophe after all."""

    mark: Mark
    doubtful: bool
    inverted: bool
    children: list[Quotation] = attrs.Factory(list)


class _Scanner:
    """The state of one scan: what is open, and what has been found."""

    def __init__(self, text: str) -> None:
        self.quotations: list[Quotation] = []
        self.notes: list[tuple[int, int, str]] = []
        self._text = text
        self._paragraphs = find_paragraphs(text)
        self._paragraph = 0
        self._open: list[_Open] = []
        self._depth = [0] * len(Style)
        self._passed_over: list[Style] = []  # opening marks too deep to count, whose closing marks must not count
        self._to_come = [0] * len(Style)  # closing marks to come, after the last mark of each style
        self._resumed: int | None = None  # while the paragraph's first marks are read: how many of them resume

    def run(self) -> None:
        """Read all marks."""
        marks = list(find_marks(self._text, self._paragraphs))
        for mark, ahead in zip(marks, _look_ahead(marks), strict=True):
            if mark.paragraph != self._paragraph:
                self._enter(mark)
            if self._resumed is None or not self._resume(mark, self._resumed):
                self._read(mark, ahead)
            self._to_come[mark.style] = ahead.sure
        self._leave()

    def _enter(self, mark: Mark) -> None:
        """Go on to the paragraph of `mark`; what is open may stay open if that is the next and begins with a mark."""
        if mark.paragraph == self._paragraph + 1 and mark.leads:
            self._settle()
        else:
            self._leave()
        self._resumed = 0 if self._open else None
        self._paragraph = mark.paragraph
        self._passed_over.clear()
        self._to_come = [0] * len(Style)

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

    def _read(self, mark: Mark, ahead: _Ahead) -> None:
        if mark.style in self._passed_over and mark.reading in (Reading.CLOSE, Reading.EITHER):
            self._passed_over.remove(mark.style)
            return
        inner = self._innermost(mark.style)
        does = self._choose(mark, ahead, None if inner is None else self._open[inner])
        if does is Reading.OPEN:
            self._begin(mark, inverted=inner is None and mark.reading is Reading.CLOSE)
        elif does is Reading.CLOSE and inner is not None:
            self._close(mark, self._rightful(mark, ahead, inner))

    def _innermost(self, style: Style) -> int | None:
        """Which open quotation a mark of `style` would close: none beyond a harder style that has its end to come."""
        for index in range(len(self._open) - 1, -1, -1):
            other = self._open[index].mark.style
            if other is style:
                return index
            if other > style and self._to_come[other]:
                break
        return None

    def _choose(self, mark: Mark, ahead: _Ahead, inner: _Open | None) -> Reading | None:
        """What `mark` does, given the quotation `inner` that it would close: open, close, or nothing."""
        reading, depth = mark.reading, self._depth[mark.style]
        if reading is Reading.MAY_OPEN:
            return Reading.OPEN if ahead.sure > depth else None
        if inner is None:
            return self._choose_outside(mark, ahead, depth)
        if reading is Reading.CLOSE or inner.inverted:
            return Reading.CLOSE
        if reading is Reading.OPEN:
            return self._choose_nested(mark, ahead, inner, depth)
        if reading is Reading.EITHER:
            return Reading.OPEN if ahead.sure > depth else Reading.CLOSE
        if ahead.sure < depth:
            return Reading.CLOSE
        self._note("ambiguous-mark", mark)
        return None

    def _choose_outside(self, mark: Mark, ahead: _Ahead, depth: int) -> Reading | None:
        """What `mark` does where there is nothing for it to close."""
        if mark.reading is Reading.OPEN:
            return Reading.OPEN
        if mark.reading is Reading.MAY_CLOSE:
            return None
        if mark.reading is Reading.EITHER:
            opens = ahead.sure > depth or (ahead.odd and mark.style is not Style.SINGLE)
        else:
            opens = self._is_inverted(mark, ahead)
        if opens:
            return Reading.OPEN
        self._note("unopened-mark", mark)
        return None

    def _is_inverted(self, mark: Mark, ahead: _Ahead) -> bool:
        """Whether `mark` opens in spite of its spacing: He said" no way "and left, He said," No way."."""
        if mark.style is Style.SINGLE or mark.glyph not in _STRAIGHT or not ahead.odd or ahead.next is None:
            return False
        after_stop = self._text[mark.start - 1] in _STOPS
        if ahead.next.reading is Reading.OPEN:
            end = ahead.next.end
            return not after_stop or self._text[end : end + 1].islower()
        return self._text[mark.end + 1 : mark.end + 2].isupper()

    def _choose_nested(self, mark: Mark, ahead: _Ahead, inner: _Open, depth: int) -> Reading | None:
        """What a mark does that seems to open, inside a quotation of its own style."""
        straight = mark.glyph in _STRAIGHT
        if mark.shape is not Shape.OPENING and mark.glyph in _PARTNERS.get(inner.mark.glyph, ()):
            return Reading.CLOSE
        if ahead.most > depth or (mark.shape is Shape.OPENING and not straight):
            return Reading.OPEN
        if mark.style is not Style.SINGLE and ahead.most == depth:
            return Reading.OPEN
        self._note("ambiguous-mark", mark)
        return None if mark.style is Style.SINGLE else Reading.CLOSE

    def _rightful(self, mark: Mark, ahead: _Ahead, inner: int) -> int:
        """The quotation to close: an outer one whose glyph `mark` matches, where marks to close both will not come."""
        if ahead.sure >= self._depth[mark.style] - 1:
            return inner
        for index in range(inner, -1, -1):
            opened = self._open[index].mark
            if opened.style is not mark.style:
                break
            if mark.glyph in _PARTNERS.get(opened.glyph, (opened.glyph,)):
                return index
        return inner

    def _begin(self, mark: Mark, *, inverted: bool) -> None:
        if len(self._open) == _DEEPEST:
            self._passed_over.append(mark.style)
            self._note("too-deep", mark)
            return
        self._open.append(_Open(mark, doubtful=mark.reading is Reading.MAY_OPEN, inverted=inverted))
        self._depth[mark.style] += 1

    def _close(self, mark: Mark, index: int) -> None:
        self._give_up(index + 1, mark.start)
        self._finish(mark.end, closed=True)

    def _give_up(self, keep: int, end: int) -> None:
        """End all but the outermost `keep` quotations at `end`, unclosed."""
        while len(self._open) > keep:
            last = self._open[-1]
            if last.doubtful:
                self._open.pop()
                self._depth[last.mark.style] -= 1
                self._found(*last.children)
            else:
                self._note("unclosed-quotation", last.mark)
                self._finish(strip_end(self._text, last.mark.end, end), closed=False)

    def _finish(self, end: int, *, closed: bool) -> None:
        """Make the innermost open quotation a `Quotation`."""
        last = self._open.pop()
        start = last.mark.start
        self._depth[last.mark.style] -= 1
        self._passed_over.clear()
        children = tuple(last.children)
        self._found(Quotation(start=start, end=end, closed=closed, children=children, text=self._text[start:end]))

    def _found(self, *quotations: Quotation) -> None:
        (self._open[-1].children if self._open else self.quotations).extend(quotations)

    def _note(self, code: str, mark: Mark) -> None:
        if self.notes and code != "unclosed-quotation" and self.notes[-1][1:] == (mark.start, code):
            self.notes[-1] = (self.notes[-1][0], mark.end, code)
        else:
            self.notes.append((mark.start, mark.end, code))
