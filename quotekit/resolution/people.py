"""The people of one article: their names chained, the fullest first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

import attrs

from quotekit.registry.tables import table
from quotekit.resolution.names import Name, same_person

__all__ = ["Person", "chain"]

NEAREST = 24  # namesakes looked at for one mention: keeps a text of nothing but Khans linear


@attrs.frozen(kw_only=True)
class Person:
    """Somebody the article names: the fullest of the names, and all of them in order."""

    name: Name
    mentions: tuple[Name, ...]

    @property
    def gender(self) -> str | None:
        """What titles tell, or else the given name; `None` where nothing does or they contradict each other."""
        told = {name.gender for name in self.mentions if name.sure} or {name.gender for name in self.mentions}
        told.discard(None)
        return told.pop() if len(told) == 1 else None


class _Chains:
    """Chains as they grow, found by the sound of any word of their full name."""

    def __init__(self) -> None:
        self.names: list[list[Name]] = []
        self._by_word: dict[str, list[int]] = defaultdict(list)

    def new(self, name: Name) -> int:
        self.names.append([name])
        for sound in dict.fromkeys(name.sounds):
            self._by_word[sound].append(len(self.names) - 1)
        return len(self.names) - 1

    def sharing(self, sounds: Iterable[str]) -> Iterator[int]:
        """Chains that share one of the words, the latest first."""
        for sound in dict.fromkeys(sounds):
            yield from self._by_word[sound][: -NEAREST - 1 : -1]

    def fullest(self, number: int) -> Name:
        return fullest(self.names[number])


def fullest(names: Sequence[Name]) -> Name:
    """The name with the most words, in small letters rather than in capitals, the earliest of equals."""
    return max(names, key=lambda name: (len(name.keys), not name.shouted, len(name.shown), -name.span.start))


def chain(names: Sequence[Name]) -> tuple[Person, ...]:
    """Bring together the names that stand for one person; each name is in exactly one of the people.

    Full names first, then what is left to the nearest or the most spoken of whom it fits. Two people who share
    a surname stay two.
    """
    chains = _Chains()
    ordered = sorted(names, key=lambda name: name.span)
    for name in ordered:
        if name.full:
            own = next((n for n in chains.sharing(name.sounds) if same_person(name, chains.fullest(n))), None)
            if own is None:
                chains.new(name)
            else:
                chains.names[own].append(name)
    latest: dict[str, int] = {}
    for name in ordered:
        if not name.full:
            own = _owner(name, chains, latest)
            if own is None:
                own = chains.new(name)
            elif name not in chains.names[own]:
                chains.names[own].append(name)
            latest[name.sounds[0]] = own
    people = (tuple(sorted(found, key=lambda name: name.span)) for found in chains.names)
    return tuple(Person(name=fullest(found), mentions=found) for found in sorted(people, key=lambda f: f[0].span))


def _owner(name: Name, chains: _Chains, latest: dict[str, int]) -> int | None:
    """Whose the one-word `name` is: of the chains whose family name, or else given name, it is, the likeliest."""
    sound = name.sounds[0]
    fitting = [n for n in chains.sharing([sound]) if _gender_fits(name, chains.fullest(n))]
    for fits in (_is_family_name, _is_given_name):
        candidates = [n for n in fitting if fits(sound, chains.fullest(n))]
        if len(candidates) > 1:
            candidates = [max(candidates, key=lambda n: _likelihood(n, name, chains, latest.get(sound)))]
        if candidates:
            return candidates[0]
    return None


def _gender_fits(name: Name, other: Name) -> bool:
    return not (name.sure and other.gender and name.gender != other.gender)


def _is_family_name(sound: str, full: Name) -> bool:
    sounds = full.sounds
    return sound == sounds[-1] or (sound == sounds[0] and full.weighty[0] in table("family_first"))


def _is_given_name(sound: str, full: Name) -> bool:
    return sound == full.sounds[0]


def _likelihood(number: int, name: Name, chains: _Chains, last: int | None) -> tuple[bool, int, int]:
    """Who a shared surname most likely is: named in full before at all, then spoken of most, then named first."""
    found = chains.names[number]
    before = any(other.span < name.span for other in found)
    return before, len(found) + (number == last), -found[0].span.start
