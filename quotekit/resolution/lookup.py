"""The registry's side: an entry is taken only where it is clearly the best."""

from __future__ import annotations

from collections.abc import Iterable

from quotekit.registry import Registry
from quotekit.registry.records import Candidate
from quotekit.speakers import Speaker, SpeakerType

__all__ = ["Lookup"]

ENOUGH = 0.5  # what the registry calls an answer
MARGIN = 0.1  # the lead over the next entry


class Lookup:
    """Asks one registry on behalf of one article; answers nothing where there is no registry."""

    def __init__(self, registry: Registry | None, date: str | None, named: Iterable[str]) -> None:
        """`date` is the article's; `named` are the bodies and places it names, which tell namesakes apart."""
        self._registry, self._date, self._context = registry, date, tuple(named)
        self._known: dict[tuple[str, bool], tuple[Speaker, float] | None] = {}

    def entry(self, mention: str, *, person: bool) -> tuple[Speaker, float] | None:
        """The entry a mention stands for, as of the article's date, and its score; `None` where none is clear."""
        if self._registry is None:
            return None
        key = mention, person
        if key not in self._known:
            self._known[key] = self._ask(self._registry, mention, person)
        return self._known[key]

    def _ask(self, registry: Registry, mention: str, person: bool) -> tuple[Speaker, float] | None:
        candidates = registry.resolve(mention, date=self._date, context=self._context)
        found = _one_each(c for c in candidates if (c.speaker.type is SpeakerType.PERSON) is person)
        if not found or found[0].score < ENOUGH:
            return None
        if len(found) > 1 and found[0].score - found[1].score < MARGIN:
            return None
        return found[0].speaker.brief(), found[0].score


def _one_each(candidates: Iterable[Candidate]) -> list[Candidate]:
    """The best candidate of each entry, in order."""
    best: dict[str | None, Candidate] = {}
    for candidate in candidates:
        best.setdefault(candidate.speaker.id, candidate)
    return list(best.values())
