"""Spans of the original text, their algebra, and spans as tags.

A span is a half-open range of code points: `Span(0, 4)` of "Khan said" is "Khan".
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import attrs

from quotekit.errors import InputError

__all__ = ["Span", "hull", "may_follow", "merge", "spans_to_tags", "tag_names", "tags_to_spans"]


@attrs.frozen(order=True)
class Span:
    """A half-open range `start:end` of code points of the original text.

    >>> "Khan said"[Span(0, 4).slice]
    'Khan'
    """

    start: int
    end: int

    def __attrs_post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise InputError(f"a span needs 0 <= start <= end, got start={self.start}, end={self.end}")

    def __len__(self) -> int:
        return self.end - self.start

    def __bool__(self) -> bool:
        """True even where the span is empty: a span is never the absence of one."""
        return True

    @property
    def slice(self) -> slice:
        """The span as a slice, to index a `str` with."""
        return slice(self.start, self.end)

    def overlaps(self, other: Span) -> bool:
        """Whether the two spans share a code point.

        >>> Span(0, 4).overlaps(Span(4, 9))
        False
        """
        return self.start < other.end and other.start < self.end

    def contains(self, other: Span) -> bool:
        """Whether `other` lies wholly inside this span (or is equal to it)."""
        return self.start <= other.start and other.end <= self.end


def hull(spans: Iterable[Span]) -> Span:
    """The smallest span that covers all of `spans`, of which there must be one at least."""
    spans = list(spans)
    if not spans:
        raise InputError("hull() needs at least one span, got none")
    return spans[0] if len(spans) == 1 else Span(min(s.start for s in spans), max(s.end for s in spans))


def merge(spans: Iterable[Span], text: str | None = None) -> tuple[Span, ...]:
    """Sort spans and join those that touch; with `text`, also those with only white space between.

    >>> merge([Span(5, 9), Span(0, 4)], text="Khan said")
    (Span(start=0, end=9),)
    """
    out: list[Span] = []
    for span in sorted(spans):
        gap = out and (span.start <= out[-1].end or (text is not None and text[out[-1].end : span.start].isspace()))
        if gap:
            out[-1] = Span(out[-1].start, max(out[-1].end, span.end))
        else:
            out.append(span)
    return tuple(out)


def tag_names(labels: Sequence[str]) -> tuple[str, ...]:
    """The BIOES tag set over `labels`: "O", then B-, I-, E-, S- of each, in order.

    >>> tag_names(["cue"])
    ('O', 'B-cue', 'I-cue', 'E-cue', 'S-cue')
    """
    return ("O", *(f"{prefix}-{label}" for label in labels for prefix in "BIES"))


def may_follow(before: str, after: str) -> bool:
    """Whether one BIOES tag may stand after another: a span that began goes on until it ends.

    >>> may_follow("B-cue", "E-cue"), may_follow("B-cue", "O")
    (True, False)
    """
    inside, goes_on = before[0] in "BI", after[0] in "IE"
    return inside == goes_on and (not inside or before[1:] == after[1:])


def spans_to_tags(spans: Iterable[tuple[int, int, str]], length: int) -> list[str]:
    """Write token ranges `(first, last + 1, label)` as BIOES tags; of two that overlap the first given wins.

    >>> spans_to_tags([(0, 2, "source"), (2, 3, "cue")], 4)
    ['B-source', 'E-source', 'S-cue', 'O']
    """
    tags = ["O"] * length
    for first, end, label in spans:
        if first >= end or any(tag != "O" for tag in tags[first:end]):
            continue
        if end - first == 1:
            tags[first] = f"S-{label}"
        else:
            tags[first:end] = [f"B-{label}", *[f"I-{label}"] * (end - first - 2), f"E-{label}"]
    return tags


def tags_to_spans(tags: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """Read BIOES tags as token ranges; a range cut off at either end of the sequence counts whole.

    >>> list(tags_to_spans(["B-source", "E-source", "S-cue", "O"]))
    [(0, 2, 'source'), (2, 3, 'cue')]
    """
    first, label = 0, ""
    for i, tag in enumerate([*tags, "O"]):
        if tag == "O" and not label:
            continue
        prefix, _, name = tag.partition("-")
        if label and (prefix in "OBS" or name != label):
            yield first, i, label
            label = ""
        if prefix != "O" and not label:
            first, label = i, name
        if label and prefix in "ES":
            yield first, i + 1, label
            label = ""
