"""An article's text as HTML with its attributions drawn in it, and the words of one of them."""

from __future__ import annotations

import itertools
import re
from collections import deque
from collections.abc import Iterable, Iterator, Sequence

import attrs

from quotekit.document import Attribution, Document
from quotekit.render.labels import names_of, told_in_a_line
from quotekit.render.markup import Markup, joined, markup, tag
from quotekit.render.pieces import EVIDENCE, Mark, Piece, cut, marks_of
from quotekit.spans import Span, hull, merge

__all__ = ["Drawn", "excerpt"]

NEAR = 240  # characters between two parts of an attribution that its excerpt shows
DEEPEST = 3  # contents inside one another that are drawn apart

_BLANK_LINES = re.compile(r"\r?\n(?:[ \t\r]*\n)+")
_LINES = re.compile(r"(?:\r?\n)+")


@attrs.frozen
class Drawn:
    """A document whose parts can be led to: `prefix` stands in front of every id on the page."""

    document: Document
    prefix: str
    summaries: tuple[str, ...]

    @classmethod
    def of(cls, document: Document, prefix: str) -> Drawn:
        """A document with a summary for each of its attributions."""
        return cls(document, prefix, tuple(_summary(document, n) for n in range(1, len(document.attributions) + 1)))

    def place(self, number: int) -> str:
        """The id of the number that stands in the text where an attribution's content begins."""
        return f"{self.prefix}t{number}"

    def entry(self, number: int) -> str:
        """The id of an attribution's entry in the list."""
        return f"{self.prefix}a{number}"

    def text(self) -> Markup:
        """The article's text, character by character, a paragraph for each of its own.

        A piece names the attributions it is part of, the inner ones last; in front of each content stands an empty
        link to the attribution's entry, whose number the style sheet shows.
        """
        text, attributions = self.document.text, self.document.attributions
        paragraphs = _paragraphs(text)
        marks = [mark for number, attribution in enumerate(attributions, 1) for mark in marks_of(attribution, number)]
        numbers = deque(self._numbers())
        out: list[Markup] = []
        last = 0
        for paragraph, pieces in zip(paragraphs, cut(paragraphs, marks), strict=True):
            out.append(markup(text[last : paragraph.start]))
            repeats = not last and self.document[paragraph].strip() == (self.document.title or "").strip()
            inside = self._pieces(pieces, numbers)
            out.append(tag("p", *inside, dir="auto", class_="qk-repeats" if repeats else None))
            last = paragraph.end
        return tag("div", *out, markup(text[last:]), *(link for _, link in numbers), class_="qk-text")

    def _numbers(self) -> list[tuple[int, Markup]]:
        """Where in the text each content begins or goes on, and the link that stands there."""
        numbers = (
            (span.start, self._number(number, first=nth == 0))
            for number, attribution in enumerate(self.document.attributions, 1)
            for nth, span in enumerate(merge(attribution.content, self.document.text))
        )
        return sorted(numbers, key=lambda number: number[0])

    def _number(self, number: int, first: bool) -> Markup:
        """The link in front of a content; one where it goes on is for the eye alone."""
        link = {"class_": "qk-number", "href": f"#{self.entry(number)}", "data_a": str(number)}
        if not first:
            return tag("a", **link, tabindex=-1, aria_hidden="true")
        known = self.summaries[number - 1]
        return tag("a", **link, id=self.place(number), aria_label=f"Attribution {known}", data_tip=known)

    def _pieces(self, pieces: Iterable[Piece], numbers: deque[tuple[int, Markup]]) -> Iterator[Markup]:
        for piece in pieces:
            while numbers and numbers[0][0] <= piece.span.start:
                yield numbers.popleft()[1]
            yield _drawn(self.document, piece, self.summaries[piece.parts[-1].number - 1] if piece.parts else None)


def _summary(document: Document, number: int) -> str:
    """An attribution in two lines: who, then all that is known in a few words."""
    attribution = document.attributions[number - 1]
    return f"{number}: {names_of(attribution)}\n{told_in_a_line(document, attribution)}"


def excerpt(document: Document, attribution: Attribution) -> Markup:
    """The words of one attribution as they stand in the article, with what stands between where that is short."""
    marks = [mark for mark in marks_of(attribution, 0) if mark.part != EVIDENCE]
    spans = merge(mark.span for mark in marks)
    if not spans:
        return Markup("")
    stretches = [hull(group) for group in _near(spans)]
    drawn = (joined(_drawn(document, piece) for piece in pieces) for pieces in cut(stretches, marks))
    return joined(drawn, " […] ")


def _near(spans: Sequence[Span]) -> Iterator[list[Span]]:
    group = [spans[0]]
    for before, after in itertools.pairwise(spans):
        if after.start - before.end > NEAR:
            yield group
            group = []
        group.append(after)
    yield group


def _drawn(document: Document, piece: Piece, tip: str | None = None) -> Markup:
    text = markup(document[piece.span])
    if not piece.parts and not piece.evidence:
        return text
    numbers, evidence = _numbers_of(piece.parts), _numbers_of(piece.evidence)
    return tag("span", text, class_=_classes(piece.parts), data_a=numbers, data_e=evidence, data_tip=tip)


def _numbers_of(marks: Sequence[Mark]) -> str | None:
    return " ".join(dict.fromkeys(str(mark.number) for mark in marks)) or None


def _classes(marks: Sequence[Mark]) -> str | None:
    parts = [mark.part for mark in marks]
    classes = [f"qk-{part}" for part in dict.fromkeys(parts)]
    depth = min(parts.count("content"), DEEPEST)
    if depth > 1:
        classes.append(f"qk-deep{depth}")
    return " ".join(classes) or None


def _paragraphs(text: str) -> list[Span]:
    """The paragraphs: parted by blank lines, or by every line break where the text has no blank line."""
    breaks = [found.span() for found in _BLANK_LINES.finditer(text)] or [f.span() for f in _LINES.finditer(text)]
    borders = [0, *itertools.chain.from_iterable(breaks), len(text)]
    return [Span(start, end) for start, end in zip(borders[::2], borders[1::2], strict=True) if start < end]
