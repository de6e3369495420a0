"""Names of several articles that are one speaker's, and names that are only near."""

from __future__ import annotations

import collections
from collections.abc import Iterable, Mapping

from quotekit.registry.names import PersonName, agree, name_key
from quotekit.registry.sightings import Tally
from quotekit.speakers import SpeakerType

__all__ = ["alike", "joined_bodies", "joined_people", "same_person"]

JOINS = 0.81  # how far names of one person agree: spellings, a middle name left out, but no mere likeness of sound
LIKE = 0.4  # from here a name is worth a second look


def same_person(one: str, two: str) -> bool:
    """Whether two names agree so far that they are taken for one person's.

    >>> same_person("Khwaja Asif", "Khawaja Muhammad Asif"), same_person("Ji Hyun Kim", "Ji Hyung Kim")
    (True, False)
    >>> same_person("George W. Bush", "George H. W. Bush"), same_person("John Kelly", "John Kelly Jr.")
    (False, False)
    """
    first, second = sorted(map(PersonName.parse, (one, two)), key=lambda name: len(name.words))
    if first.words == second.words:
        return first.generation == second.generation
    initials = [{word for word in name.words if len(word) == 1} for name in (first, second)]
    if first.generation != second.generation or (all(initials) and initials[0] != initials[1]):
        return False
    agreement = agree(first, second)
    return agreement is not None and agreement.score >= JOINS


def joined_people(tallies: Iterable[Tally]) -> list[Tally]:
    """The people, those whose names agree as one; a name that may be one of several stays by itself."""
    people = [tally for tally in tallies if tally.type is SpeakerType.PERSON]
    found: list[Tally] = []
    near: dict[str, list[int]] = collections.defaultdict(list)
    for tally in sorted(people, key=lambda one: (-len(PersonName.parse(one.name).words), one.name)):
        blocks = set(PersonName.parse(tally.name).blocks())
        fitting = [at for at in sorted({at for block in blocks for at in near[block]}) if _may_be(tally, found[at])]
        if len(fitting) == 1:
            found[fitting[0]].absorb(tally)
            continue
        for block in blocks:
            near[block].append(len(found))
        found.append(tally)
    return found


def _may_be(tally: Tally, other: Tally) -> bool:
    """Whether two tallies may be one person's; those who stand apart in one article are two."""
    if (tally.id and other.id) or not tally.seen.articles.isdisjoint(other.seen.articles):
        return False
    if tally.genders and other.genders and tally.genders.keys().isdisjoint(other.genders):
        return False
    return same_person(tally.name, other.name) or tally.name in other.forms or other.name in tally.forms


def joined_bodies(tallies: Iterable[Tally]) -> list[Tally]:
    """The bodies, those of one name as one, and an acronym with the one body that it is short for somewhere."""
    found: dict[str, Tally] = {}
    for tally in tallies:
        if tally.type is not SpeakerType.PERSON:
            own = found.setdefault(name_key(tally.name), tally)
            if own is not tally:
                own.absorb(tally)
    owners: dict[str, list[str]] = collections.defaultdict(list)
    for key, tally in found.items():
        for form in {name_key(form) for form in tally.forms} - {key}:
            owners[form].append(key)
    for key in sorted(found, key=lambda key: found[key].seen.count):
        owner = owners[key][0] if len(owners[key]) == 1 else key
        if owner != key and owner in found and not (found[key].id and found[owner].id):
            found[owner].absorb(found.pop(key))
    return list(found.values())


def alike(names: Mapping[str, str]) -> dict[str, list[str]]:
    """The ids of people whose names are near one another, by id; `names` are those of the ids.

    >>> alike({"a": "Ji Hyun Kim", "b": "Ji Hyung Kim", "c": "Ana Sol"})
    {'a': ['b'], 'b': ['a']}
    """
    near: dict[str, list[str]] = collections.defaultdict(list)
    parsed = {one: PersonName.parse(name) for one, name in names.items()}
    found: dict[str, list[str]] = collections.defaultdict(list)
    for one, name in parsed.items():
        blocks = set(name.blocks())
        for other in sorted({other for block in blocks for other in near[block]}):
            agreement = agree(name, parsed[other]) or agree(parsed[other], name)
            if agreement and agreement.score >= LIKE:
                found[one].append(other)
                found[other].append(one)
        for block in blocks:
            near[block].append(one)
    return dict(sorted(found.items()))
