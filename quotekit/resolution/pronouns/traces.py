"""Who has been mentioned where, so far: what a pronoun may look back on."""

from __future__ import annotations

import bisect
from collections import defaultdict
from collections.abc import Iterator, Sequence

import attrs

from quotekit.resolution.answers import Voice
from quotekit.spans import Span

__all__ = ["Heard", "Trace", "Traces"]

REMEMBERED = 12  # mentions of one person that are looked at
MOST = 60  # mentions of anybody that are looked at


@attrs.frozen(kw_only=True)
class Heard:
    """A source that has been resolved: where it stands, and to whom."""

    span: Span
    member: int


@attrs.frozen(kw_only=True)
class Trace:
    """One mention of somebody: by name, or else by a pronoun or a description."""

    member: int
    span: Span
    named: bool


class Traces:
    """The mentions of one article as they are come upon, in the order of the text; `last` is who spoke last."""

    def __init__(self, voices: Sequence[Voice]) -> None:
        """`voices` may grow as sources are resolved."""
        self.voices = voices
        self.last: Heard | None = None
        self._all: list[Trace] = []
        self._of: dict[int, list[Trace]] = defaultdict(list)
        self._genders: dict[int, str] = {}

    def note(self, trace: Trace, gender: str | None = None) -> None:
        """Keep a mention, and the gender that a pronoun shows."""
        self._all.append(trace)
        self._of[trace.member].append(trace)
        if gender:
            self._genders.setdefault(trace.member, gender)

    def before(self, member: int, place: int) -> Sequence[Trace]:
        """The last mentions of somebody before a place, in order."""
        traces = self._of[member]
        if traces and traces[-1].span.start < place:
            return traces[-REMEMBERED:]
        end = bisect.bisect_left(traces, place, key=lambda trace: trace.span.start)
        return traces[max(0, end - REMEMBERED) : end]

    def back_from(self, place: int) -> Iterator[Trace]:
        """The last mentions of anybody before a place, the nearest first."""
        return (trace for trace in reversed(self._all[-MOST:]) if trace.span.start < place)

    def gender(self, member: int) -> str | None:
        """The gender that pronouns have shown, or else a name or title."""
        known: str | None = self._genders.get(member) or getattr(self.voices[member], "gender", None)
        return known
