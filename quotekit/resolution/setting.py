"""Where a place of an article stands: its sentence, its quotation, the attribution whose words or source it is."""

from __future__ import annotations

import bisect
import itertools
from collections.abc import Sequence

from quotekit.document import Document, Kind
from quotekit.spans import Span

__all__ = ["Setting"]


class Setting:
    """The sentences, quotations, sources and contents of one article, each found by place."""

    def __init__(self, document: Document, sentences: Sequence[Span]) -> None:
        """Index `document`, whose attributions are found; `sentences` are its sentences in order."""
        self.text = document.text
        self._sentences = [sentence.start for sentence in sentences]
        self._quoted = [quotation.span for quotation in document.quotations]
        self._quote_starts = [span.start for span in self._quoted]
        told = [self.quotation(sentence.start) for sentence in sentences]
        narrated = [not (q and sentence.end <= q.end) for q, sentence in zip(told, sentences, strict=True)]
        self._narrated = [0, *itertools.accumulate(narrated)]
        self._contents: dict[Span, tuple[Span, ...]] = {}
        self._voices: dict[Span, Span] = {}
        for attribution in document.attributions:
            if attribution.source:
                source = attribution.source[0]
                self._contents[source] = self._contents.get(source, ()) + attribution.content
                for content in attribution.content if attribution.kind is not Kind.INDIRECT else ():
                    for quotation in self._quotations_in(content):
                        self._voices.setdefault(quotation, source)
        self._sources = sorted(self._contents)
        self._source_ends = [span.end for span in self._sources]

    def sentence(self, place: int) -> int:
        """The number of the sentence that holds a place."""
        return max(0, bisect.bisect_right(self._sentences, place) - 1)

    def sentence_start(self, place: int) -> int:
        """Where the sentence that holds a place begins."""
        at = bisect.bisect_right(self._sentences, place) - 1
        return self._sentences[at] if at >= 0 else 0

    def sentence_end(self, place: int) -> int:
        """Where the sentence after the one that holds a place begins, or the text ends."""
        after = bisect.bisect_right(self._sentences, place)
        return self._sentences[after] if after < len(self._sentences) else len(self.text)

    def sentences_in(self, span: Span, most: int) -> list[Span]:
        """The sentences that begin inside a span, `most` of them, the last of all cut at its end."""
        first = bisect.bisect_left(self._sentences, span.start)
        starts = [start for start in self._sentences[first : first + most] if start < span.end]
        return [Span(start, end) for start, end in itertools.pairwise([*starts, span.end])]

    def steps(self, before: int, after: int) -> int:
        """How many sentences lie between two places, those not counted that are quotation throughout."""
        if not self._sentences:
            return 0
        return self._narrated[self.sentence(after)] - self._narrated[self.sentence(before)]

    def start_back(self, place: int, most: int) -> int:
        """Where the sentence begins that lies `most` before that of a place, or the first."""
        at = self.sentence(place) - most
        return self._sentences[at] if at > 0 else 0

    def away(self, before: int, after: int) -> int:
        """How many sentences lie between two places."""
        return self.sentence(after) - self.sentence(before)

    def quotation(self, place: int) -> Span | None:
        """The quotation a place stands inside, top level, if any."""
        at = bisect.bisect_right(self._quote_starts, place) - 1
        return self._quoted[at] if at >= 0 and place < self._quoted[at].end else None

    def content_of(self, source: Span) -> tuple[Span, ...]:
        """What is said where `source` is the source; nothing where it is none."""
        return self._contents.get(source, ())

    def voice_of(self, quotation: Span) -> Span | None:
        """The source that a quotation is attributed to, if any."""
        return self._voices.get(quotation)

    def in_source(self, span: Span) -> bool:
        """Whether `span` stands in a source."""
        at = bisect.bisect_right(self._source_ends, span.start)
        return at < len(self._sources) and self._sources[at].start < span.end

    def _quotations_in(self, content: Span) -> Sequence[Span]:
        """The quotations that begin in a content, or hold its beginning."""
        first = bisect.bisect_right(self._quote_starts, content.start) - 1
        last = bisect.bisect_left(self._quote_starts, content.end)
        held = first >= 0 and content.start < self._quoted[first].end
        return self._quoted[first if held else first + 1 : last]
