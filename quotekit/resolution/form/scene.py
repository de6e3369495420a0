"""What the places of an article's attributions are judged by, once its sources are resolved."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import attrs

from quotekit import lexicon
from quotekit.document import Attribution, Document, How
from quotekit.lexicon import Lexicon
from quotekit.resolution.answers import Answer, Voice
from quotekit.resolution.names.cast import Cast
from quotekit.resolution.names.people import Person
from quotekit.resolution.setting import Setting
from quotekit.spans import Span, hull
from quotekit.speakers import Speaker

__all__ = ["Answers", "Scene", "end_of", "goes_on", "passed_on"]

Answers: TypeAlias = tuple[Answer, ...]  # those of one attribution, none where nobody was told


@attrs.frozen(kw_only=True)
class Scene:
    """An article with its setting, its cast and the voices it came to hear of; `tell` resolves a phrase in it."""

    document: Document
    setting: Setting
    cast: Cast
    voices: list[Voice]
    tell: Callable[[Span], Answer | None]

    @property
    def tables(self) -> Lexicon:
        """The tables of the article's language."""
        return lexicon.load(self.cast.lang)

    def hear(self, speaker: Speaker) -> int:
        """The number of a new voice."""
        self.voices.append(speaker)
        return len(self.voices) - 1

    def named(self, member: int, how: How, score: float) -> Answer:
        """The answer for a member of the cast, whose name is the evidence."""
        return Answer(voice=member, how=how, score=score, evidence=self.cast.members[member].name.span)

    def is_person(self, member: int) -> bool:
        """Whether a member of the cast is a person."""
        return isinstance(self.cast.members[member], Person)


def goes_on(answers: Answers, share: float) -> Answers:
    """The same speakers in words that go on; a further link of one chain takes little off."""
    linked = any(answer.how is How.IMPLICIT for answer in answers)
    return passed_on(answers, How.IMPLICIT, 0.95 if linked else share)


def passed_on(answers: Answers, how: How, share: float) -> Answers:
    """The same speakers, told in another way and less surely."""
    return tuple(attrs.evolve(answer, how=how, score=round(answer.score * share, 2)) for answer in answers)


def end_of(attribution: Attribution) -> int:
    """Where the last part of an attribution ends."""
    return hull((*attribution.content, *attribution.cue, *attribution.source)).end
