"""What an article shows of a person, what a description asks for, and how well the two agree."""

from __future__ import annotations

import enum
import functools
import itertools
import re
from collections.abc import Iterable, Sequence

import attrs

from quotekit import lexicon
from quotekit.lexicon import table
from quotekit.registry.names import words_of
from quotekit.registry.phrases import Phrase, When
from quotekit.resolution.names.bodies import states
from quotekit.resolution.names.cast import Cast, Member
from quotekit.resolution.names.people import Person
from quotekit.resolution.traits.ties import Tie, heads
from quotekit.resolution.words import Word

__all__ = ["Fit", "Portrait", "Wanted", "portrait"]

_INITIAL_PARTY = re.compile(r"([A-Z])(?:[-–—, ]|$)")  # "R-Fla.", "D"


class Fit(enum.IntEnum):
    """How well a person agrees with a description that nothing in their portrait contradicts."""

    POSSIBLE = 0
    LIKELY = 1  # something it says is shown of them: a place, a party, a word of a role
    HOLDS = 2  # the role itself is


@attrs.frozen(kw_only=True)
class Traits:
    """What a phrase says of somebody: countries and states, parties, and its other standard words."""

    words: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()
    parties: frozenset[str] = frozenset()


@attrs.frozen(kw_only=True)
class Portrait:
    """A person as the article shows them: roles held now and formerly, traits, and gender where it is known."""

    now: frozenset[str]
    former: frozenset[str]
    traits: Traits
    gender: str | None

    @property
    def qualified(self) -> bool:
        """Whether more is said of their roles than the nouns: "Foreign Office spokesman"."""
        return bool(self.traits.words - {word for head in self.now | self.former for word in head.split()})


@attrs.frozen(kw_only=True)
class Wanted:
    """A description of one person: the noun, in standard form, and what it says beside it."""

    head: str
    when: When
    traits: Traits
    gender: str | None

    @classmethod
    def read(cls, core: Sequence[Word], cast: Cast) -> Wanted:
        """Read the words of a description up to its noun."""
        head = heads(core, cast.lang)[0]
        text = cast.words.text[core[0].start : core[-1].end]
        said = _traits(text)
        rest = said.words - set(head.split()) - {core[-1].key} - set(table("epithets"))
        return cls(
            head=head, when=Phrase.read(text).when, gender=lexicon.load(cast.lang).roles.get(core[-1].key) or None,
            traits=attrs.evolve(said, words=frozenset(word for word in rest if not word.isdigit())),
        )  # fmt: skip

    @property
    def bare(self) -> bool:
        """Whether it says nothing beside the noun."""
        return self.traits == Traits()

    def fit(self, person: Portrait) -> Fit | None:
        """How well a person fits; `None` where what is shown of them contradicts it."""
        if self._contradicts(person):
            return None
        said, shown = self.traits, person.traits
        missing = said.words - shown.words
        if self.head in (person.former if self.when is When.BEFORE else person.now):
            changed = missing & lexicon.load().post_changers
            return None if changed else Fit.LIKELY if missing else Fit.HOLDS
        found = (said.words & shown.words) | (said.places & shown.places) | (said.parties & shown.parties)
        return Fit.LIKELY if found and not missing else Fit.POSSIBLE

    def _contradicts(self, person: Portrait) -> bool:
        said, shown = self.traits, person.traits
        if self.gender and person.gender and self.gender != person.gender:
            return True
        if any(a and b and not a & b for a, b in ((said.places, shown.places), (said.parties, shown.parties))):
            return True
        if said.places - shown.places and person.qualified:
            return True  # "the Chinese spokesman" is not somebody known as the spokesman of a body named without China
        if self.when is When.BEFORE:
            return self.head in person.now - person.former
        if self.head in person.now:
            return False
        sole = table("sole_posts")
        return self.head in person.former or (self.head in sole and any(head in sole for head in person.now))


def portrait(member: Member, ties: Iterable[Tie], asides: Iterable[str], cast: Cast) -> Portrait:
    """All that ties and brackets after the name show of a member of the cast."""
    ties = list(ties)
    held: dict[bool, set[str]] = {True: set(), False: set()}
    for tie in ties:
        held[tie.phrase.when is When.BEFORE].update(tie.heads)
    shown = [_traits(cast.words.text[tie.span.slice]) for tie in ties] + [_bracketed(beside) for beside in asides]
    return Portrait(
        now=frozenset(held[False]), former=frozenset(held[True]),
        gender=member.gender if isinstance(member, Person) else None,
        traits=Traits(
            words=frozenset().union(*(traits.words for traits in shown)),
            places=frozenset().union(*(traits.places for traits in shown)),
            parties=frozenset().union(*(traits.parties for traits in shown)),
        ),
    )  # fmt: skip


@functools.lru_cache(maxsize=1 << 12)
def _traits(text: str) -> Traits:
    phrase = Phrase.read(text)
    written = words_of(text)
    forms = (*written, *map(" ".join, itertools.pairwise(written)))
    named = {form for form in forms if form in states() and form not in table("countries")}
    of_states = {word for form in named for word in form.split()}
    parties = {form: party for form in phrase.words if len(form) > 1 and (party := table("parties").get(form))}
    return Traits(
        words=phrase.words - of_states - parties.keys(),
        places=phrase.places | named, parties=frozenset(parties.values()),
    )  # fmt: skip


def _bracketed(text: str) -> Traits:
    """What stands in brackets after a name: "R-Fla." is a party and a state, "PTI" a party."""
    initial = _INITIAL_PARTY.match(text)
    traits = _traits(text)
    party = table("parties").get(initial.group(1).casefold()) if initial else None
    short = {name for word in words_of(text) if (name := table("state_forms").get(word))}
    codes = {name.casefold() for word in re.findall(r"[A-Z]{2}", text) if (name := table("us_states").get(word))}
    return attrs.evolve(
        traits, words=frozenset(), places=traits.places | short | codes,
        parties=traits.parties | ({party} if party else set()),
    )  # fmt: skip
