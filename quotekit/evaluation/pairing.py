"""Labels and findings of one article → pairs, by the words that their contents share."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence

import attrs

from quotekit.document import Attribution, Kind
from quotekit.spans import Span

__all__ = ["OVERLAP", "Judged", "TextWords", "judge", "pair"]

OVERLAP = 0.5

_WORD = re.compile(r"\w+(?:['’]\w+)*")

Words = frozenset[int]
Parts = tuple[Words, Words, Words]  # the words of source, cue and content


@attrs.frozen(kw_only=True)
class Judged:
    """A label and what was found for it; one of the two may be missing.

    `gold` and `found` are indices; `overlap` is the Jaccard of the contents' words, 0..1. `strict` holds where sources
    overlap as contents must, and the cues agree. `kind` is the label's, or that of what no label stands for.
    """

    gold: int | None
    found: int | None
    overlap: float = 0.0
    sources_agree: bool = False
    cues_agree: bool = False
    strict: bool = False
    kind: Kind

    @property
    def right(self) -> bool:
        """Whether the contents overlap and the sources agree."""
        return self.overlap >= OVERLAP and self.sources_agree


class TextWords:
    """The words of a text, numbered, and which of them a span touches."""

    def __init__(self, text: str) -> None:
        places = [match.span() for match in _WORD.finditer(text)]
        self._starts, self._ends = [start for start, _ in places], [end for _, end in places]

    def touched(self, span: Span) -> range:
        """The words that share a character with a span."""
        return range(bisect_right(self._ends, span.start), bisect_left(self._starts, span.end))

    def of(self, spans: Iterable[Span]) -> Words:
        """The words that share a character with any of the spans."""
        return frozenset(word for span in spans for word in self.touched(span))


def judge(text: str, gold: Sequence[Attribution], found: Sequence[Attribution]) -> tuple[Judged, ...]:
    """Every label of one article, and every finding whose content has a word, once; paired where they share words."""
    return pair(TextWords(text), gold, found)


def pair(words: TextWords, gold: Sequence[Attribution], found: Sequence[Attribution]) -> tuple[Judged, ...]:
    """What `judge` gives, for an article whose words are known."""
    labels, finds = [_parts(words, a) for a in gold], [_parts(words, a) for a in found]
    paired: dict[int, Judged] = {}
    used: set[int] = set()
    for overlap, i, j in _candidates(labels, finds):
        if i not in paired and j not in used:
            paired[i] = _pair(Judged(gold=i, found=j, overlap=overlap, kind=gold[i].kind), labels[i], finds[j])
            used.add(j)
    missed = (Judged(gold=i, found=None, kind=a.kind) for i, a in enumerate(gold) if i not in paired)
    invented = (Judged(gold=None, found=j, kind=found[j].kind) for j, f in enumerate(finds) if f[2] and j not in used)
    return (*paired.values(), *missed, *invented)


def _parts(words: TextWords, attribution: Attribution) -> Parts:
    return words.of(attribution.source), words.of(attribution.cue), words.of(attribution.content)


def _candidates(labels: Sequence[Parts], finds: Sequence[Parts]) -> list[tuple[float, int, int]]:
    """All that share a word of content, the best overlap first, in the order of the labels where it is the same."""
    holding: dict[int, list[int]] = {}
    for j, (_, _, content) in enumerate(finds):
        for word in content:
            holding.setdefault(word, []).append(j)
    shared = Counter((i, j) for i, (_, _, content) in enumerate(labels) for w in content for j in holding.get(w, ()))
    found = [(_jaccard(labels[i][2], finds[j][2]), i, j) for i, j in shared]
    return sorted(found, key=lambda candidate: (-candidate[0], *candidate[1:]))


def _pair(judged: Judged, label: Parts, find: Parts) -> Judged:
    cues = _agree(label[1], find[1])
    strict = cues and _jaccard(label[0], find[0]) >= OVERLAP
    return attrs.evolve(judged, sources_agree=_agree(label[0], find[0]), cues_agree=cues, strict=strict)


def _agree(one: Words, other: Words) -> bool:
    return bool(one & other) or not (one or other)


def _jaccard(one: Words, other: Words) -> float:
    return len(one & other) / len(one | other) if one or other else 1.0
