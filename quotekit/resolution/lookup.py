"""The registry's side: an entry is taken only where it is clearly the best."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from quotekit.registry import Registry
from quotekit.registry.records import Candidate
from quotekit.resolution.names.bodies import Body
from quotekit.resolution.names.cast import Cast
from quotekit.resolution.names.people import Person
from quotekit.resolution.traits.roles import Roles
from quotekit.speakers import Speaker, SpeakerType

__all__ = ["Lookup"]

ENOUGH = 0.5  # what the registry calls an answer
MARGIN = 0.1  # the lead over the next entry
HINT = 0.1  # a candidate that counts where the article names that very person
MOST_CONTEXT = 50  # bodies, the most named, that tell namesakes apart
MOST_FORMS = 4  # forms of one name that are looked up


class Lookup:
    """Asks one registry on behalf of one article; knows nothing where there is no registry."""

    def __init__(self, registry: Registry | None, date: str | None, cast: Cast, roles: Roles) -> None:
        """Look up everybody of `cast`, with the roles that `roles` ties to them; `date` is the article's."""
        self._registry, self._date = registry, date
        bodies = sorted((m for m in cast.members if isinstance(m, Body)), key=lambda m: len(m.mentions), reverse=True)
        self._context = tuple(body.name.shown for body in bodies[:MOST_CONTEXT])
        self._answers: dict[str, Sequence[Candidate]] = {}
        self.entries: dict[int, Speaker] = {}
        self._members: dict[str, int] = {}
        for number, member in enumerate(cast.members if registry else ()):
            entry = self._person(number, member, roles) if isinstance(member, Person) else self._named_body(member)
            if entry and entry.id:
                self.entries[number] = entry
                self._members.setdefault(entry.id, number)

    def holder(self, phrase: str) -> tuple[int | Speaker, float] | None:
        """Who holds the post a phrase names, at the article's date: as a member of the cast where it is one.

        Of several holders that fit alike, the one whom the article names.
        """
        candidates = self._candidates(phrase, person=True)
        if best := _clear(candidates):
            return self._member_or(best.speaker), best.score
        ids = [c.speaker.id for c in candidates if c.score >= HINT]
        named = [self._members[speaker_id] for speaker_id in ids if speaker_id in self._members]
        return (named[0], 0.7) if len(named) == 1 else None

    def body(self, phrase: str) -> tuple[int | Speaker, float] | None:
        """The body a phrase names: as a member of the cast where it is one."""
        best = _clear(self._candidates(phrase, person=False))
        return (self._member_or(best.speaker), best.score) if best else None

    def body_called(self, name: str) -> int | Speaker:
        """The body of a name as the registry has it, or one that has but the name."""
        known = self.body(name)
        return known[0] if known else Speaker(name=name, type=SpeakerType.ORGANIZATION)

    def _member_or(self, speaker: Speaker) -> int | Speaker:
        return self._members.get(speaker.id or "", speaker.brief())

    def _person(self, number: int, person: Person, roles: Roles) -> Speaker | None:
        tie, name = roles.of(number), person.name
        entry = self._first([f"{tie.title} {name.shown}" if tie else name.shown], person=True)
        if entry is None and tie is None and not name.full:  # a lone word may as well be a body's name
            entry = self._first([name.shown], person=False)
        return entry

    def _named_body(self, body: Body) -> Speaker | None:
        shown = dict.fromkeys((body.name.shown, *(name.shown for name in body.mentions[: 4 * MOST_FORMS])))
        return self._first(list(shown)[:MOST_FORMS], person=False)

    def _first(self, forms: Iterable[str], *, person: bool) -> Speaker | None:
        found = (_clear(self._candidates(form, person=person)) for form in forms)
        return next((best.speaker.brief() for best in found if best), None)

    def _candidates(self, mention: str, *, person: bool) -> Sequence[Candidate]:
        """The candidates that are people, or that are not, the best of each entry."""
        best: dict[str | None, Candidate] = {}
        for candidate in self._asked(mention):
            if (candidate.speaker.type is SpeakerType.PERSON) is person:
                best.setdefault(candidate.speaker.id, candidate)
        return list(best.values())

    def _asked(self, mention: str) -> Sequence[Candidate]:
        if self._registry is None:
            return ()
        if mention not in self._answers:
            self._answers[mention] = self._registry.resolve(mention, date=self._date, context=self._context)
        return self._answers[mention]


def _clear(candidates: Sequence[Candidate]) -> Candidate | None:
    """The first, where it is an answer and the next entry lies well behind."""
    if not candidates or candidates[0].score < ENOUGH:
        return None
    behind = len(candidates) == 1 or candidates[0].score - candidates[1].score >= MARGIN
    return candidates[0] if behind else None
