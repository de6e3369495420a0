"""Whom a pronoun or a description may mean: what is seen of each, and how likely that makes each.

What is seen are plain features; their weights are the table `antecedents`, fitted by
`python -m quotekit.training.antecedents`. How likely a candidate is follows as in a conditional logit.
"""

from __future__ import annotations

import bisect
import functools
import math
from collections.abc import Iterator, Mapping, Sequence

import attrs

from quotekit import lexicon
from quotekit.lexicon import table
from quotekit.resolution.names.cast import Cast
from quotekit.resolution.pronouns.traces import Trace, Traces
from quotekit.resolution.setting import Setting
from quotekit.spans import Span

__all__ = ["FARTHEST", "Candidate", "Candidates", "likeliest"]

LEAST = 0.5  # the likelihood from which somebody is named
MOST_SURE = 0.95
FARTHEST = 18  # sentences looked back on
MANY = (1, 2, 4, 8)  # mentions so far: the borders of what counts as more
FAR = 3  # sentences; what is farther counts alike
OPENING = 20  # code points after a line break: whoever is named there opens the paragraph


@attrs.frozen(kw_only=True)
class Candidate:
    """Somebody a pronoun may stand for, with what is seen of them; `member` is `None` for nobody."""

    member: int | None
    features: tuple[str, ...]

    @property
    def score(self) -> float:
        """The sum of the weights."""
        weights = _weights()
        return sum([weights.get(feature, 0.0) for feature in self.features])


@functools.cache
def _weights() -> Mapping[str, float]:
    return {feature: float(weight) for feature, weight in table("antecedents").items()}


def likeliest(candidates: Sequence[Candidate]) -> tuple[int, float] | None:
    """The likeliest candidate and how likely it is, 0..1; `None` where that is nobody or nobody is likely enough."""
    if not candidates:
        return None
    scores = [candidate.score for candidate in candidates]
    best = max(scores)
    share = 1 / sum(math.exp(score - best) for score in scores)
    member = candidates[scores.index(best)].member
    return (member, round(min(MOST_SURE, share), 2)) if member is not None and share >= LEAST else None


@attrs.frozen(kw_only=True)
class _Outlook:
    """Where one looks back from: `own` is what `span` is the source of, `inside` the quotation it stands inside."""

    span: Span
    own: tuple[Span, ...]
    inside: Span | None
    voice: Span | None  # of that quotation


class Candidates:
    """What is seen of the people and bodies of one article, from any place of it."""

    def __init__(self, cast: Cast, setting: Setting, traces: Traces) -> None:
        """`traces` may grow."""
        self._cast, self._setting, self._traces = cast, setting, traces
        self._tables = lexicon.load(cast.lang)

    def seen(self, span: Span, members: Sequence[int]) -> list[Candidate]:
        """The members, who are given the last mentioned first, with what is seen of each from `span`."""
        view = self._outlook(span)
        known = [self._traces.before(member, span.start) for member in members]
        visible = [self._visible(view, traces) for traces in known]
        in_sight = sorted((trace.span.start for trace in visible if trace), reverse=True)
        out = []
        for rank, (member, traces, trace) in enumerate(zip(members, known, visible, strict=True)):
            features = [f"mentioned {_nth(rank)}", *self._standing(view, member, traces)]
            if trace is None:
                features.append("hidden")
            else:
                features += [f"in sight {_nth(in_sight.index(trace.span.start))}", *self._place(view, trace)]
            out.append(Candidate(member=member, features=tuple(features)))
        return out

    def _outlook(self, span: Span) -> _Outlook:
        setting = self._setting
        inside = setting.quotation(span.start)
        voice = setting.voice_of(inside) if inside else None
        return _Outlook(span=span, own=setting.content_of(span), inside=inside, voice=voice)

    def _visible(self, view: _Outlook, traces: Sequence[Trace]) -> Trace | None:
        """The last mention that is neither in the words that the place is the source of nor in another quotation."""
        setting = self._setting
        for trace in reversed(traces):
            quotation = setting.quotation(trace.span.start)
            if quotation in (None, view.inside) and not any(content.overlaps(trace.span) for content in view.own):
                return trace if setting.away(trace.span.start, view.span.start) <= FARTHEST else None
        return None

    def _standing(self, view: _Outlook, member: int, traces: Sequence[Trace]) -> Iterator[str]:
        """What is seen of somebody, whose last mentions are `traces`, in the article as a whole."""
        setting, latest, last = self._setting, traces[-1].span, self._traces.last
        yield f"{bisect.bisect_right(MANY, len(traces))} of {len(MANY)} in number"
        if self._traces.gender(member):
            yield "gender known"
        if last and last.member == member:
            yield "spoke last"
            if view.own:
                yield f"spoke last, {self._steps(last.span, view.span)} back"
        if any(content.overlaps(latest) for content in view.own):
            yield "in the pronoun's own words"
        yield f"mentioned {min(FAR, setting.away(latest.start, view.span.start))} sentences back"
        if view.inside and view.inside == setting.quotation(latest.start):
            yield "in the same quotation"
        if view.voice and any(view.voice.overlaps(trace.span) for trace in traces):
            yield "says the quotation around"

    def _place(self, view: _Outlook, trace: Trace) -> Iterator[str]:
        """What is seen of the last mention in sight."""
        setting, span, steps = self._setting, view.span, self._steps(trace.span, view.span)
        yield f"{steps} sentences back"
        breaks = setting.text.count("\n", trace.span.end, span.start)
        yield "same paragraph" if not breaks else "paragraph before" if breaks <= 2 else "farther paragraph"
        if not trace.named:
            yield "not by name"
        if setting.in_source(trace.span):
            yield "a source"
            if view.own:
                yield f"a source for a source, {steps} back"
        elif view.own:
            yield "no source for a source"
        if setting.text[trace.span.slice].casefold() == setting.text[span.slice].casefold():
            yield "by the same word"
        yield from self._case(trace.span)

    def _case(self, span: Span) -> Iterator[str]:
        """What is seen of a mention in its own sentence."""
        setting, words = self._setting, self._cast.words
        before = self._cast.before(span.start, 1)
        if not before or before[0].name.span.start < setting.sentence_start(span.start):
            yield "opens its sentence"
        if setting.text.rfind("\n", max(0, span.start - OPENING), span.start) >= 0:
            yield "opens a paragraph"
        numbers = words.range_of(span)
        if numbers and words[numbers[-1]].possessive:
            yield "possessor"
        if numbers and numbers[0] and words[numbers[0] - 1].key in self._tables.prepositions:
            yield "after a preposition"

    def _steps(self, before: Span, after: Span) -> int:
        return min(FAR, self._setting.steps(before.start, after.start))


def _nth(rank: int) -> str:
    return ("last", "second last", "third last")[rank] if rank < 3 else "earlier"
