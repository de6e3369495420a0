"""Whom a pronoun stands for: the likeliest of those lately named or heard, or nobody where two are close."""

from __future__ import annotations

import bisect
from collections import defaultdict
from collections.abc import Iterator, Sequence

import attrs

from quotekit import lexicon
from quotekit.resolution.answers import Voice
from quotekit.resolution.bodies import Body
from quotekit.resolution.cast import Cast
from quotekit.resolution.people import Person
from quotekit.spans import Span
from quotekit.speakers import Speaker, SpeakerType

__all__ = ["Antecedents", "Heard"]

NEAR = (2.6, 2.2, 1.4, 0.8)  # what a mention counts, by how many sentences it lies back
SUBJECT, HEARD, LAST_HEARD = 0.8, 0.8, 1.0  # first in its sentence; a source; the source before this one
QUOTED, POSSESSOR, GOVERNED = -1.5, -0.7, -0.6  # inside another quotation; "Khan's"; after a preposition
SURE = 0.6  # the gender is known to agree
OFTEN, MOST_OFTEN = 0.15, 5  # for each time named or heard
MARGIN = 0.5  # two candidates nearer than this compete: nobody is taken
MOST_NAMES, FARTHEST = 40, 3_000  # names and code points looked back on
LONGEST_JOINT = 8  # code points: ", and "


@attrs.frozen(kw_only=True)
class Heard:
    """A source that has been resolved: where it stands, to whom, and the gender a pronoun has shown."""

    span: Span
    member: int
    gender: str | None = None


@attrs.frozen
class _Trace:
    """One mention of somebody before the pronoun, as far as it counts."""

    member: int
    weight: float


class Antecedents:
    """What a pronoun may look back on: the names of an article, and the sources as they are resolved."""

    def __init__(self, cast: Cast, voices: Sequence[Voice], sentences: Sequence[Span], quoted: Sequence[Span]) -> None:
        """`voices` may grow as sources are resolved; `quoted` are the quotations, top level, in order."""
        self._cast, self._voices, self._tables = cast, voices, lexicon.load(cast.lang)
        self._sentences = [sentence.start for sentence in sentences]
        self._quoted = quoted
        self._quote_starts = [span.start for span in quoted]
        self._heard: list[Heard] = []
        self._genders: dict[int, str] = {}
        self._count: dict[int, int] = defaultdict(int)

    def hear(self, heard: Heard) -> None:
        """Take note of a resolved source; they come in the order of the text."""
        self._heard.append(heard)
        self._count[heard.member] += 1
        if heard.gender:
            self._genders.setdefault(heard.member, heard.gender)

    def person(self, span: Span, gender: str) -> tuple[int, float] | None:
        """The person a "he" or "she" at `span` stands for, and how sure that is, 0..1."""
        totals: dict[int, float] = {}
        for trace in self._traces(span):
            voice = self._voices[trace.member]
            known = self._genders.get(trace.member) or getattr(voice, "gender", None)
            if _is_person(voice) and known in (None, gender):
                weight = trace.weight + SURE * (known == gender)
                totals[trace.member] = max(totals.get(trace.member, 0.0), weight)
        return self._best(totals)

    def body(self, span: Span) -> tuple[int, float] | None:
        """The organization an "it" at `span` stands for: only the one that spoke last, just before."""
        last = self._heard[-1] if self._heard else None
        if last is None or not _is_body(self._voices[last.member]):
            return None
        away = self._sentence(span.start) - self._sentence(last.span.start)
        return (last.member, 0.8 if away < 2 else 0.6) if away < len(NEAR) else None

    def _best(self, totals: dict[int, float]) -> tuple[int, float] | None:
        ranked = sorted(
            ((weight + OFTEN * min(self._often(member), MOST_OFTEN), member) for member, weight in totals.items()),
            reverse=True,
        )
        if not ranked:
            return None
        lead = ranked[0][0] - (ranked[1][0] if len(ranked) > 1 else 0.0)
        return (ranked[0][1], round(min(0.95, 0.5 + lead / 6), 2)) if lead >= MARGIN else None

    def _often(self, member: int) -> int:
        voice = self._voices[member]
        return self._count[member] + (0 if isinstance(voice, Speaker) else len(voice.mentions))

    def _traces(self, span: Span) -> Iterator[_Trace]:
        """The mentions in reach before `span`, each with its weight."""
        now = self._sentence(span.start)
        first = self._sentences[max(0, now - len(NEAR) + 1)] if self._sentences else 0
        first = max(first, span.start - FARTHEST)
        inside = self._quotation(span.start)
        sources = [heard.span for heard in self._since(first)]
        last = self._heard[-1].span if self._heard else None
        subjects: dict[int, int] = {}  # sentence → where its subject ends
        for member, place, oblique in self._mentions(first, span.start):
            sentence = self._sentence(place.start)
            weight = NEAR[min(now - sentence, len(NEAR) - 1)]
            quotation = self._quotation(place.start)
            if quotation and quotation != inside:
                weight += QUOTED
            elif sentence not in subjects or self._joined(subjects[sentence], place.start):
                subjects[sentence] = place.end
                weight += SUBJECT
            if any(heard.contains(place) for heard in sources):
                weight += HEARD
            else:
                weight += oblique
            if last and last.contains(place):
                weight += LAST_HEARD
            yield _Trace(member, weight)

    def _mentions(self, start: int, end: int) -> Iterator[tuple[int, Span, float]]:
        """Names and resolved sources between two places, in order: who, where, and what its case takes off."""
        near = (s for s in self._cast.before(end, MOST_NAMES) if s.name.span.start >= start)
        named = [(s.member, s.name.span, self._oblique(s.name.span)) for s in near]
        others = [(heard.member, heard.span, 0.0) for heard in self._since(start) if heard.span.end <= end]
        yield from sorted(named + others, key=lambda mention: mention[1].start)

    def _joined(self, end: int, start: int) -> bool:
        """Whether nothing but an "and" or a comma stands between two places."""
        between = self._cast.words.text[end:start] if start - end < LONGEST_JOINT else "-"
        return between.strip(" ,").casefold() in ("", *self._tables.conjunctions)

    def _oblique(self, span: Span) -> float:
        words = self._cast.words
        numbers = words.range_of(span)
        governed = numbers.start > 0 and words[numbers.start - 1].key in self._tables.prepositions
        return POSSESSOR * words[numbers.stop - 1].possessive + GOVERNED * governed

    def _since(self, place: int) -> Iterator[Heard]:
        for heard in reversed(self._heard[-MOST_NAMES:]):
            if heard.span.start < place:
                return
            yield heard

    def _quotation(self, place: int) -> Span | None:
        """The quotation a place stands inside, if any."""
        at = bisect.bisect_right(self._quote_starts, place) - 1
        return self._quoted[at] if at >= 0 and place < self._quoted[at].end else None

    def _sentence(self, place: int) -> int:
        return max(0, bisect.bisect_right(self._sentences, place) - 1)


def _is_person(voice: Voice) -> bool:
    return isinstance(voice, Person) or (isinstance(voice, Speaker) and voice.type is SpeakerType.PERSON)


def _is_body(voice: Voice) -> bool:
    return isinstance(voice, Body) or (isinstance(voice, Speaker) and voice.type is SpeakerType.ORGANIZATION)
