"""Attributions as an index keeps them: what is compared, and what a cluster shows."""

from __future__ import annotations

import attrs

from quotekit.document import Document, Kind
from quotekit.matching.agreement import apart
from quotekit.spans import Span
from quotekit.speakers import PartialDate, Speaker

__all__ = ["Printed", "Version", "filed"]


@attrs.frozen(kw_only=True, eq=False)  # two documents without an id are two
class Printed:
    """A document as far as its attributions need it."""

    doc: str
    outlet: str | None
    date: str | None


@attrs.frozen(kw_only=True, eq=False)
class Version:
    """An attribution: the `index`-th of its document, its spans there, its words, and who said them.

    `kind` is `None` where a file of before there were retellings does not say it.
    """

    printed: Printed
    index: int
    content: tuple[Span, ...]
    text: str
    speakers: tuple[Speaker, ...]
    kind: Kind | None = None

    @property
    def place(self) -> tuple[object, ...]:
        """What puts versions into one order, whatever order they came in: the earliest first, undated ones last."""
        printed = self.printed
        names = tuple(speaker.name for speaker in self.speakers)
        return (printed.date or "~", printed.doc, printed.outlet or "", self.content, self.index, self.text, names)

    def overlaps(self, other: Version) -> bool:
        """Whether the two are the same words of one document, or one stands inside the other there."""
        return self.printed is other.printed and any(a.overlaps(b) for a in self.content for b in other.content)

    def excludes(self, other: Version) -> bool:
        """Whether one document tells the two apart: they overlap there, or are its reports of different speakers."""
        return self.overlaps(other) or (self.printed is other.printed and self._of_another(other))

    def _of_another(self, other: Version) -> bool:
        """Whether both are reports, of different speakers."""
        if Kind.DIRECT in (self.kind, other.kind) or not self.speakers or not other.speakers:
            return False
        return all(apart(a, b) for a in self.speakers for b in other.speakers)


def filed(document: Document) -> tuple[Printed, tuple[Version, ...]]:
    """A document as an index keeps it. Raises `InputError` where its date cannot be read."""
    date = str(PartialDate.parse(document.date)) if document.date else None
    printed = Printed(doc=document.id, outlet=document.outlet, date=date)
    versions = (
        Version(
            printed=printed,
            index=index,
            content=attribution.content,
            text=attribution.text,
            speakers=tuple(speaker.brief() for speaker in attribution.speakers),
            kind=attribution.kind,
        )
        for index, attribution in enumerate(document.attributions)
    )
    return printed, tuple(versions)
