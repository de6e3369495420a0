"""Facts about the labelled articles that extraction builds on: how far a cue is from its content and its source."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable

from quotekit.training.readers import Article, Labelled

__all__ = ["count_links"]


def count_links(articles: Iterable[Article]) -> dict[str, float]:
    """Percentages of contents and sources by where their cue stands, with the number of each.

    "paragraph": in the same one (a line of the text); "no cue between" and "two cues between": at most so many other
    cues stand between the two.
    """
    counts: Counter[str] = Counter()
    for article in articles:
        lines = [i for i, character in enumerate(article.text) if character == "\n"]
        cues = sorted(a.cue[0][0] for a in article.attributions or () if a.cue)
        for labelled in article.attributions or ():
            if labelled.cue:
                counts.update(_links(labelled, lines, cues))
    contents, sources = counts["contents"], counts["sources"]
    return {
        name: round(100 * n / (contents if name.startswith("content") else sources), 1) if " " in name else n
        for name, n in sorted(counts.items())
    }


def _links(labelled: Labelled, lines: list[int], cues: list[int]) -> Iterable[str]:
    cue = labelled.cue[0][0]
    for start, end in labelled.content:
        yield "contents"
        if bisect_left(lines, cue) in {bisect_left(lines, start), bisect_left(lines, end)}:
            yield "content: paragraph"
        between = bisect_left(cues, start) - bisect_left(cues, cue) - 1 if cue < start else _between(cues, end, cue)
        if between <= 0:
            yield "content: no cue between"
    for start, _ in labelled.source[:1]:
        yield "sources"
        if bisect_left(lines, cue) == bisect_left(lines, start):
            yield "source: paragraph"
        if _between(cues, *sorted((start, cue))) <= 2:
            yield "source: two cues between"


def _between(cues: list[int], low: int, high: int) -> int:
    return bisect_left(cues, high) - bisect_left(cues, low + 1)
