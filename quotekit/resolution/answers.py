"""What a part of a source was resolved to: a voice of the article, and how that was told."""

from __future__ import annotations

from typing import TypeAlias

import attrs

from quotekit.document import How
from quotekit.resolution.names.bodies import Body
from quotekit.resolution.names.people import Person
from quotekit.spans import Span
from quotekit.speakers import Speaker, SpeakerType

__all__ = ["Answer", "Voice", "is_body", "is_named", "is_person"]

Voice: TypeAlias = Person | Body | Speaker  # named in the article, or told by a description or the registry alone


@attrs.frozen(kw_only=True)
class Answer:
    """Who a part of a source is: a number among the article's voices, how that was told, and the evidence."""

    voice: int
    how: How
    score: float
    evidence: Span | None = None


def is_person(voice: Voice) -> bool:
    """Whether a voice is one person by name."""
    return isinstance(voice, Person) or (isinstance(voice, Speaker) and voice.type is SpeakerType.PERSON)


def is_body(voice: Voice) -> bool:
    """Whether a voice is an organization or place by name."""
    return isinstance(voice, Body) or (isinstance(voice, Speaker) and voice.type is SpeakerType.ORGANIZATION)


def is_named(voice: Voice) -> bool:
    """Whether a voice is a person or body by name, and not only a description."""
    return is_person(voice) or is_body(voice)
