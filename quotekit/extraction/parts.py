"""Where the parts of one attribution stand, before it is an `Attribution`."""

from __future__ import annotations

import attrs

from quotekit.spans import Span, hull

__all__ = ["Parts"]


@attrs.frozen(kw_only=True)
class Parts:
    """The source, cue, content and target of one attribution; each may be empty, and spans are in order."""

    source: tuple[Span, ...] = ()
    cue: tuple[Span, ...] = ()
    content: tuple[Span, ...] = ()
    target: tuple[Span, ...] = ()

    @property
    def after_cue(self) -> Span | None:
        """The first span of the content that ends after the cue, or `None` where the content lies before it.

        >>> Parts(cue=(Span(10, 14),), content=(Span(0, 9), Span(15, 20))).after_cue
        Span(start=15, end=20)
        """
        end = hull(self.cue).end if self.cue else 0
        return next((span for span in self.content if span.start >= end), None)
