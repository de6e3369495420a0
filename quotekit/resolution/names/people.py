"""The people of one article: their names chained, the fullest first."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping

import attrs

from quotekit.lexicon import table
from quotekit.resolution.names.person import Name, same_person

__all__ = ["Person", "chain", "is_family_name"]

OFTEN_IN_FULL = 2  # times
NEAREST = 12  # namesakes looked at for one mention: keeps a text of nothing but Khans linear


@attrs.frozen(kw_only=True)
class Person:
    """Somebody the article names: the fullest of the names, all of them in order, and the gender they tell."""

    name: Name
    mentions: tuple[Name, ...]
    gender: str | None = attrs.field(init=False)

    @gender.default
    def _told_gender(self) -> str | None:
        """What titles tell, or else the given name; `None` where nothing does or they contradict each other."""
        full = [name for name in self.mentions if name.full or not self.name.full]
        told = {name.gender for name in self.mentions if name.sure} or {name.gender for name in full}
        told.discard(None)
        return told.pop() if len(told) == 1 else None


class _Chain:
    """The names of one person as they are found; `fullest` is the best of them so far."""

    def __init__(self, name: Name) -> None:
        self.names, self.fullest, self.start = [name], name, name.span.start
        self.in_full = int(name.full)

    def add(self, name: Name) -> None:
        self.names.append(name)
        self.start = min(self.start, name.span.start)
        self.in_full += name.full
        self.fullest = max(self.fullest, name, key=_fullness)


class _Chains:
    """Chains as they grow, found by the sound of any word of their first name."""

    def __init__(self) -> None:
        self.all: list[_Chain] = []
        self._by_word: dict[str, list[_Chain]] = defaultdict(list)

    def new(self, name: Name) -> _Chain:
        chain = _Chain(name)
        self.all.append(chain)
        for sound in dict.fromkeys(name.sounds):
            self._by_word[sound].append(chain)
        return chain

    def sharing(self, sounds: Iterable[str]) -> Iterator[_Chain]:
        """Chains that share one of the words, the latest first."""
        for sound in dict.fromkeys(sounds):
            yield from self._by_word[sound][: -NEAREST - 1 : -1]


def _fullness(name: Name) -> tuple[int, int, bool, int]:
    """The most words, the fewest initials, in small letters rather than in capitals, the earliest of equals."""
    spelled = sum(len(key) > 1 for key in name.keys)
    return len(name.keys), spelled, not name.shouted, -name.span.start


def chain(names: Iterable[Name]) -> tuple[Person, ...]:
    """Bring together the names that stand for one person; each name is in exactly one of the people.

    Full names first; then each single word goes to the likeliest of those whom it fits, first those with a title that
    tells a gender: a headline's "Berg" may be the "Mr. Berg" below it. Two people who share a surname stay two.
    """
    chains = _Chains()
    ordered = sorted(names, key=lambda name: name.span.start)
    alone = Counter(name.sounds[0] for name in ordered if not name.full)
    for name in ordered:
        if name.full:
            own = next((c for c in chains.sharing(name.sounds) if same_person(name, c.fullest)), None)
            own.add(name) if own else chains.new(name)
    for name in sorted((name for name in ordered if not name.full), key=lambda name: not name.sure):
        own = _owner(name, chains, alone)
        own.add(name) if own else chains.new(name)
    people = (sorted(found.names, key=lambda name: name.span.start) for found in chains.all)
    ordered_people = sorted(zip(people, chains.all, strict=True), key=lambda pair: pair[0][0].span.start)
    return tuple(Person(name=found.fullest, mentions=tuple(names)) for names, found in ordered_people)


def _owner(name: Name, chains: _Chains, alone: Mapping[str, int]) -> _Chain | None:
    """Whose the one-word `name` is: of the chains whose family name, or else given name, it is, the likeliest."""
    sound = name.sounds[0]
    fitting = [chain for chain in chains.sharing([sound]) if _gender_fits(name, chain.fullest)]
    for fits in (is_family_name, _is_given_name):
        candidates = [chain for chain in fitting if fits(sound, chain.fullest)]
        if candidates:
            return max(candidates, key=lambda chain: _likelihood(chain, name, alone[sound]))
    return None


def _gender_fits(name: Name, other: Name) -> bool:
    return not (name.sure and other.gender and name.gender != other.gender)


def is_family_name(sound: str, full: Name) -> bool:
    """Whether a word, as it sounds, is the family name of a full name: its last, or a first that stands first."""
    sounds = full.sounds
    return sound == sounds[-1] or (sound == sounds[0] and full.weighty[0] in table("family_first"))


def _is_given_name(sound: str, full: Name) -> bool:
    return sound == full.sounds[0]


def _likelihood(chain: _Chain, name: Name, alone: int) -> tuple[bool, bool, int, int, int]:
    """Whom a shared surname most likely means: somebody named before at all, and not always in full; of them whoever
    the surname has meant most often, or who was named most, or first.

    `alone` is how often the article has the surname alone: who is named in full more often is not meant by it.
    """
    before = chain.start < name.span.start
    in_full = chain.in_full
    always_in_full = in_full > max(alone, OFTEN_IN_FULL)
    return before, not always_in_full, len(chain.names) - in_full, in_full, -chain.start
