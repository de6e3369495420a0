"""How well acts, negations, targets and relays are told where the source, cue and content are given.

    python -m quotekit.training.act_scores FILE…        articles labelled as `quotekit.training.markup` reads them

It prints figures only, so that articles that are kept for testing stay unread.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

import attrs

from quotekit.extraction.acts import act_of
from quotekit.extraction.parts import Parts
from quotekit.extraction.targets import find_target
from quotekit.extraction.via import find_via
from quotekit.extraction.words import words_in
from quotekit.spans import Span
from quotekit.training.markup import MarkedArticle, MarkedAttribution, read_markup

__all__ = ["ActScores", "Tally", "measure"]


@attrs.frozen(kw_only=True)
class Tally:
    """What was found of what is there: right, wrongly found and missed."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    @property
    def f1(self) -> float:
        """F1, 0..1; 1 where there is nothing to find and nothing was found.

        >>> Tally(right=3, wrong=1, missed=1).f1
        0.75
        """
        whole = 2 * self.right + self.wrong + self.missed
        return 2 * self.right / whole if whole else 1.0


@attrs.frozen(kw_only=True)
class ActScores:
    """The figures of some articles; a target is counted by its words, a via once."""

    acts: dict[str, Tally]
    negated: Tally
    target: Tally
    via: Tally

    @property
    def labelled(self) -> int:
        """How many attributions have a labelled act."""
        return sum(tally.right + tally.missed for tally in self.acts.values())

    @property
    def accuracy(self) -> float:
        """The share of acts that are right, 0..1."""
        return sum(tally.right for tally in self.acts.values()) / max(1, self.labelled)

    @property
    def macro_f1(self) -> float:
        """The mean F1 of the acts that occur, 0..1."""
        return sum(tally.f1 for tally in self.acts.values()) / max(1, len(self.acts))


def measure(articles: Iterable[MarkedArticle], lang: str = "en") -> ActScores:
    """Read the acts, negations, targets and relays of labelled attributions, and compare."""
    counts: Counter[tuple[str, str]] = Counter()
    for article in articles:
        for marked in article.attributions:
            counts.update(_compare(article.text, marked, lang))
    acts = sorted({name for name, _ in counts} - {"negated", "target", "via"})
    return ActScores(
        acts={act: _tally(counts, act) for act in acts},
        negated=_tally(counts, "negated"), target=_tally(counts, "target"), via=_tally(counts, "via"),
    )  # fmt: skip


def _tally(counts: Counter[tuple[str, str]], name: str) -> Tally:
    return Tally(right=counts[name, "right"], wrong=counts[name, "wrong"], missed=counts[name, "missed"])


def _compare(text: str, marked: MarkedAttribution, lang: str) -> Counter[tuple[str, str]]:
    """What one attribution adds to the counts."""
    parts = Parts(source=_spans(marked.source), cue=_spans(marked.cue), content=_spans(marked.content))
    parts = attrs.evolve(parts, target=find_target(text, parts, lang))
    counts = _overlap("target", _words(text, parts.target), _words(text, _spans(marked.target)))
    found, wanted = _words(text, find_via(text, parts, lang).via), _words(text, _spans(marked.via))
    shared = bool(found & wanted)
    counts["via", "right"] = shared
    counts["via", "wrong"], counts["via", "missed"] = bool(found) and not shared, bool(wanted) and not shared
    if marked.act is not None:
        act, negated = act_of(text, parts, lang)
        counts += _overlap("negated", {True} if negated else set(), {True} if marked.negated else set())
        if act is marked.act:
            counts[str(act), "right"] += 1
        else:
            counts[str(act), "wrong"] += 1
            counts[str(marked.act), "missed"] += 1
    return counts


def _overlap(name: str, found: set[object], wanted: set[object]) -> Counter[tuple[str, str]]:
    return Counter(
        {
            (name, "right"): len(found & wanted),
            (name, "wrong"): len(found - wanted),
            (name, "missed"): len(wanted - found),
        }
    )


def _spans(ranges: Sequence[tuple[int, int]]) -> tuple[Span, ...]:
    return tuple(Span(start, end) for start, end in ranges)


def _words(text: str, spans: Iterable[Span]) -> set[object]:
    return {word.start for span in spans for word in words_in(text, span.start, span.end) if not word.is_mark}


def _main(paths: Sequence[str]) -> None:
    """Print a table for each file, and the wrong acts that are told most often."""
    for name in paths:
        scores = measure(read_markup(Path(name)))
        print(f"{name}: {scores.labelled} acts, accuracy {scores.accuracy:.1%}, macro F1 {scores.macro_f1:.1%}")  # noqa: T201
        rows = {"negated": scores.negated, "target": scores.target, "via": scores.via, **scores.acts}
        for row, tally in rows.items():
            counted = f"right {tally.right:5d}  wrong {tally.wrong:5d}  missed {tally.missed:5d}"
            print(f"  {row:12s} F1 {tally.f1:6.1%}  {counted}")  # noqa: T201


if __name__ == "__main__":
    import sys

    _main(sys.argv[1:])
