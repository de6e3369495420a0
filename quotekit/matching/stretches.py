"""Some words of a quotation in a row, and those between what two quotations share."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

import attrs

from quotekit.matching.alignment import Run
from quotekit.matching.normalize import Word
from quotekit.matching.utterance import Utterance
from quotekit.spans import Span

__all__ = ["Stretch", "gaps"]


@attrs.frozen
class Stretch:
    """The words of one quotation from one place up to another; false where there is none."""

    whole: Utterance
    first: int
    last: int

    def __bool__(self) -> bool:
        return self.first < self.last

    def __len__(self) -> int:
        return self.last - self.first

    @property
    def words(self) -> tuple[Word, ...]:
        """The words, with their places in the text."""
        return self.whole.words[self.first : self.last]

    @property
    def keys(self) -> tuple[str, ...]:
        """What the words are compared by."""
        return self.whole.keys[self.first : self.last]

    @property
    def bits(self) -> float:
        """How rare the words are, all together."""
        return sum(self.whole.bits[self.first : self.last])

    @property
    def inserted(self) -> bool:
        """Whether an editor put all of the words in brackets."""
        return all(word.inserted for word in self.words)

    @property
    def elided(self) -> bool:
        """Whether an ellipsis stands in front of the first word, or where it would stand."""
        return self.whole.ellipsis_before(self.first)

    def span(self, places: Sequence[int] | None = None) -> Span | None:
        """Where the words stand in the text, or those at some places of the whole; `None` where there are none."""
        places = range(self.first, self.last) if places is None else places
        return Span(self.whole.words[places[0]].start, self.whole.words[places[-1]].end) if places else None


def gaps(a: Utterance, b: Utterance, runs: Sequence[Run]) -> Iterator[tuple[Stretch, Stretch]]:
    """What stands between one run of shared words and the next, in either quotation."""
    for run, following in pairwise(runs):
        yield Stretch(a, run.a + run.length, following.a), Stretch(b, run.b + run.length, following.b)
