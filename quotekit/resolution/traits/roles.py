"""Who has which role in an article, and the one person that a description of a role fits word for word."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from quotekit.registry.phrases import Phrase, When
from quotekit.resolution.names.cast import Cast
from quotekit.resolution.names.person import Name
from quotekit.resolution.traits.portraits import Portrait, portrait
from quotekit.resolution.traits.ties import Tie, aside, heads, ties
from quotekit.resolution.words import Word
from quotekit.spans import Span

__all__ = ["Roles"]

MOST_TIES = 50  # ties of one noun, or of one person, that are looked at


class Roles:
    """The ties of one article, by person and by the noun of the role."""

    def __init__(self, cast: Cast) -> None:
        """Find the ties of all people of `cast`."""
        self._cast = cast
        self._of: dict[int, list[Tie]] = defaultdict(list)
        self._with: dict[str, list[Tie]] = defaultdict(list)
        self._asides: dict[int, list[str]] = defaultdict(list)
        self._at: dict[int, Tie] = {}
        self._portraits: dict[int, Portrait] = {}
        for sighting in cast.sightings:
            if isinstance(sighting.name, Name):
                for tie in ties(sighting, cast):
                    self._of[tie.member].append(tie)
                    self._at[tie.span.start] = tie
                    for head in tie.heads:
                        self._with[head].append(tie)
                if beside := aside(sighting, cast):
                    self._asides[sighting.member].append(beside)

    def of(self, member: int) -> Tie | None:
        """The role that says most of a person: with its body rather than without, the first of equals."""
        ties = self._of.get(member, ())
        return max(ties, key=lambda tie: (tie.body is not None, -tie.span.start), default=None)

    def at(self, place: int) -> Tie | None:
        """The tie whose phrase begins at a place, articles left out."""
        return self._at.get(place)

    def with_head(self, head: str) -> Sequence[Tie]:
        """The ties whose role a noun in standard form may stand for, in the order of the text."""
        return self._with.get(head, ())[:MOST_TIES]

    def portrait(self, member: int) -> Portrait:
        """All that the article shows of a person of the cast."""
        if member not in self._portraits:
            ties = self._of.get(member, ())[:MOST_TIES]
            asides = self._asides.get(member, ())[:MOST_TIES]
            self._portraits[member] = portrait(self._cast.members[member], ties, asides, self._cast)
        return self._portraits[member]

    def holders(self, phrase: Span, core: Sequence[Word]) -> tuple[frozenset[int], float]:
        """The people a description fits word for word, best and alike, and how sure that is."""
        wanted = Phrase.read(self._cast.words.text[phrase.slice])
        head = heads(core, self._cast.lang)[0]
        fits: dict[int, float] = {}
        for tie in self.with_head(head):
            fits[tie.member] = max(_fit(wanted, tie, head), fits.get(tie.member, 0.0))
        best = max(fits.values(), default=0.0)
        return frozenset(member for member, score in fits.items() if best and score == best), best


def _fit(wanted: Phrase, tie: Tie, head: str) -> float:
    """How well a description fits a tie: all it says is in it, or it says more of a role that says nothing more."""
    said, known = wanted.words - set(head.split()), tie.phrase.words - set(head.split())
    if wanted.when is not tie.phrase.when and When.BEFORE in (wanted.when, tie.phrase.when):
        return 0.0
    if tie.phrase.places and wanted.places - tie.phrase.places:
        return 0.0
    if said <= known and wanted.places <= tie.phrase.places:
        return 0.9
    return 0.6 if not known else 0.0
