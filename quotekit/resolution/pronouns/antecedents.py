"""Whom a pronoun stands for: the likeliest of those lately named or heard, or nobody.

Every "he" and "she" of an article is told in the order of the text, also those that are no source: a person who is
spoken of goes on being near.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterator, Sequence

import attrs

from quotekit import lexicon
from quotekit.resolution.answers import Voice, is_body, is_named, is_person
from quotekit.resolution.names.cast import Cast
from quotekit.resolution.pronouns.candidates import FARTHEST, Candidate, Candidates, likeliest
from quotekit.resolution.pronouns.traces import Heard, Trace, Traces
from quotekit.resolution.setting import Setting
from quotekit.resolution.words import Word
from quotekit.spans import Span

__all__ = ["GENDERS", "Antecedents", "Heard"]

GENDERS = ("male", "female")
MOST_CANDIDATES = 14
REACH_OF_BODY = 4  # sentences


@attrs.frozen
class _Ahead:
    """A name that has not been read yet, or else a pronoun of a gender."""

    span: Span
    member: int | None = None
    gender: str = ""


class Antecedents:
    """What a pronoun may look back on: the names of an article, its pronouns, and its sources as they are resolved."""

    def __init__(self, cast: Cast, voices: Sequence[Voice], setting: Setting) -> None:
        """`voices` may grow as sources are resolved."""
        self._cast, self._voices, self._setting = cast, voices, setting
        self._traces = Traces(voices)
        self._candidates = Candidates(cast, setting, self._traces)
        self._ahead = deque(sorted((*self._names(), *self._pronouns()), key=lambda ahead: ahead.span.start))
        self._told: dict[Span, tuple[int, float] | None] = {}

    def hear(self, heard: Heard) -> None:
        """Take note of a resolved source; they come in the order of the text."""
        self.read_to(heard.span.start)
        self._traces.last = heard
        named = any(sighting.member == heard.member for sighting in self._cast.within(heard.span))
        if not named and heard.span not in self._told:
            self._traces.note(Trace(member=heard.member, span=heard.span, named=False))

    def read_to(self, place: int) -> None:
        """Take note of the names before a place, and tell the pronouns there."""
        while self._ahead and self._ahead[0].span.start < place:
            ahead = self._ahead.popleft()
            if ahead.member is not None:
                self._traces.note(Trace(member=ahead.member, span=ahead.span, named=True))
            elif ahead.span not in self._told:
                self._told[ahead.span] = self._tell(ahead.span, ahead.gender)

    def person(self, span: Span, gender: str) -> tuple[int, float] | None:
        """The person a "he" or "she" at `span` stands for, and how sure that is, 0..1."""
        self.read_to(span.start)
        if span not in self._told:
            self._told[span] = self._tell(span, gender)
        return self._told[span]

    def whose(self, word: Word) -> tuple[int, float] | None:
        """The person a "his" or "her" stands for, and how sure that is; `None` for any other word."""
        gender = lexicon.load(self._cast.lang).pronouns.get(word.key)
        return self.person(word.span, gender) if gender in GENDERS else None

    def among(self, span: Span, members: Collection[int]) -> tuple[int, float] | None:
        """Of some members of the cast the one that a description at `span` most likely means, and how sure that is."""
        self.read_to(span.start)
        last = {member: self._traces.before(member, span.start) for member in members}
        near = sorted((member for member in members if last[member]), key=lambda m: last[m][-1].span, reverse=True)
        return likeliest([*self._candidates.seen(span, near[:MOST_CANDIDATES]), self._nobody(span)])

    def body(self, span: Span) -> tuple[int, float] | None:
        """The organization an "it" at `span` stands for: only the one that spoke last, just before."""
        last = self._traces.last
        if last is None or not is_body(self._voices[last.member]):
            return None
        away = self._setting.away(last.span.start, span.start)
        return (last.member, 0.8 if away < 2 else 0.6) if away < REACH_OF_BODY else None

    def choose(self, span: Span, candidates: Sequence[Candidate]) -> tuple[int, float] | None:
        """The likeliest of the candidates for a pronoun at `span`, and how sure that is; `None` for nobody."""
        return likeliest(candidates)

    def _tell(self, span: Span, gender: str) -> tuple[int, float] | None:
        found = self.choose(span, [*self._people(span, gender), self._nobody(span)])
        if found:
            self._traces.note(Trace(member=found[0], span=span, named=False), gender)
        return found

    def _people(self, span: Span, gender: str) -> list[Candidate]:
        """The people whom a pronoun at `span` may stand for, the last mentioned first."""
        near: dict[int, None] = {}
        seen: set[int] = set()
        farthest = self._setting.start_back(span.start, FARTHEST)
        for trace in self._traces.back_from(span.start):
            if len(near) == MOST_CANDIDATES or trace.span.start < farthest:
                break
            if trace.member in seen:
                continue
            seen.add(trace.member)
            if is_person(self._voices[trace.member]) and self._traces.gender(trace.member) in (None, gender):
                near[trace.member] = None
        return self._candidates.seen(span, list(near))

    def _nobody(self, span: Span) -> Candidate:
        """That the pronoun stands for nobody who has a name."""
        features, last = ["nobody"], self._traces.last
        if self._setting.quotation(span.start):
            features.append("nobody in a quotation")
        if last and not is_named(self._voices[last.member]):
            features.append("nobody named spoke last")
        return Candidate(member=None, features=tuple(features))

    def _names(self) -> Iterator[_Ahead]:
        """Where each name of the text stands."""
        return (_Ahead(sighting.name.span, member=sighting.member) for sighting in self._cast.sightings)

    def _pronouns(self) -> Iterator[_Ahead]:
        """Where each "he" and "she" of the text stands."""
        pronouns = lexicon.load(self._cast.lang).pronouns
        for word in self._cast.words:
            kind = pronouns.get(word.key)
            if kind in GENDERS and self._cast.first(word) is None:
                yield _Ahead(word.span, gender=kind)
