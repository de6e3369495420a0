"""What a part of a source was resolved to."""

from __future__ import annotations

from typing import TypeAlias

import attrs

from quotekit.document import How
from quotekit.resolution.bodies import Body
from quotekit.resolution.people import Person
from quotekit.spans import Span
from quotekit.speakers import Speaker

__all__ = ["Answer", "Voice"]

Voice: TypeAlias = Person | Body | Speaker  # named in the article, or told by a description or the registry alone


@attrs.frozen(kw_only=True)
class Answer:
    """Who a part of a source is: a number among the article's voices, how that was told, and the evidence."""

    voice: int
    how: How
    score: float
    evidence: Span | None = None
