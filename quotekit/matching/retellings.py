"""Which reports may retell what, found by the telling words that they share, and groups joined by it.

Time and memory grow with the number of reports: a term that many of them have tells nothing and is passed over, and
of those that share the others only the best are held against each other.
"""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

import attrs

from quotekit.document import Kind, Match, Relation
from quotekit.matching.compare import match_retelling
from quotekit.matching.gathering import KEPT_READY, Follower, Group, ready
from quotekit.matching.terms import distinct, terms
from quotekit.matching.utterance import Utterance
from quotekit.matching.versions import Version

__all__ = ["Reports", "is_report", "join_retold", "joined", "keys_of", "with_speakers"]

BOUND = 60  # reports; a term that more have is a topic
FEWEST = 2  # terms that are none, shared with a candidate
LEAST = 22.0  # bits that they are worth
MOST = 8  # candidates

Number = TypeVar("Number", int, bytes)


class Reports:
    """Reports numbered as they come, by their terms."""

    def __init__(self) -> None:
        self._postings: dict[str, list[int]] = {}

    def __bool__(self) -> bool:
        return bool(self._postings)

    def add(self, number: int, said: Utterance) -> None:
        """Take in a report."""
        for key in keys_of(said):
            numbers = self._postings.setdefault(key, [])
            if len(numbers) <= BOUND and number not in numbers[-1:]:
                numbers.append(number)

    def near(self, said: Utterance) -> list[int]:
        """The reports that share most with a report or quotation, best first."""
        shared, bits = Counter[int](), Counter[int]()
        for key, weight in keys_of(said).items():
            numbers = self._postings.get(key, ())
            if len(numbers) <= BOUND:
                for number in numbers:
                    shared[number] += 1
                    bits[number] += weight
        found = [number for number, count in shared.items() if count >= FEWEST and bits[number] >= LEAST]
        return sorted(found, key=lambda number: (-bits[number], number))[:MOST]


def keys_of(said: Utterance) -> dict[str, int]:
    """What the terms of a report may be compared by, each with its bits."""
    return {key: round(term.bits) for key, term in distinct(terms(said)).items()}


def join_retold(groups: Iterable[Group], lone: Iterable[Version], threshold: float | None = None) -> Iterator[Group]:
    """The groups, and versions of no group, joined where the fullest version of one retells that of another.

    A group goes as a whole with the fuller one that its own fullest version matches most surely; then no other one goes
    with it, so that a chain of retellings cannot drift. Given back are the groups with a follower.
    """
    found = sorted([*groups, *(Group(version, ()) for version in lone)], key=_fullest_first)
    return joined(dict(enumerate(found)), _matches(found, threshold))


def joined(found: Mapping[Number, Group], matches: Iterable[tuple[Number, Number, Match]]) -> Iterator[Group]:
    """The groups that have a follower when those that retell a fuller one went with it.

    A match has the number of the fuller group, that of the other one, and how their fullest versions match. The surest
    go first; none goes with a group that went, nor goes once another went with it.
    """
    gone, stay = set[Number](), set[Number]()
    followers = {number: list(group.followers) for number, group in found.items()}
    for to, number, match in sorted(matches, key=lambda row: (-row[2].score, row[:2])):
        if number not in gone and number not in stay and to not in gone:
            gone.add(number)
            stay.add(to)
            followers[to] += _retold(found[number], found[to], followers[to], match)
    for number, group in found.items():
        if number not in gone and followers[number]:
            yield Group(group.leader, tuple(followers[number]))


def _matches(found: Sequence[Group], threshold: float | None) -> Iterator[tuple[int, int, Match]]:
    """The pairs of groups, the fuller one first, of which one retells the other."""
    said = functools.lru_cache(maxsize=KEPT_READY)(lambda number: ready(with_speakers(found[number])))
    reports = Reports()
    for number, group in enumerate(found):
        if is_report(group.leader):
            reports.add(number, said(number))
    for number, group in enumerate(found):
        for other in reports.near(said(number)) if reports else ():
            if other == number or (other < number and is_report(group.leader)):
                continue  # the other one asks as well
            first, second = sorted((number, other))
            if not with_speakers(found[first]).excludes(with_speakers(found[second])):
                match = match_retelling(said(first), said(second), threshold)
                if match is not None:
                    yield first, second, attrs.evolve(match, reasons=())


def _retold(group: Group, into: Group, there: Sequence[Follower], match: Match) -> Iterator[Follower]:
    """The members of a group as those of the one that they go with; nothing that overlaps a member that is there."""
    taken = [into.leader, *(follower.version for follower in there)]
    for follower in (Follower(group.leader, match), *group.followers):
        if not any(follower.version.overlaps(version) for version in taken):
            taken.append(follower.version)
            score = min(match.score, follower.match.score)
            yield Follower(follower.version, match if follower.version is group.leader else _along(score))


def _along(score: float) -> Match:
    """How a version of a retelling matches what is retold: no differences are told, their places would be elsewhere."""
    return Match(same=True, relation=Relation.REWORDED, score=score)


def is_report(version: Version) -> bool:
    """Whether a version may tell in other words what somebody said."""
    return version.kind is not Kind.DIRECT


def with_speakers(group: Group) -> Version:
    """The fullest version, said by whomever a version of it names."""
    speakers = next((v.speakers for v in (group.leader, *(f.version for f in group.followers)) if v.speakers), ())
    return attrs.evolve(group.leader, speakers=speakers)


def _fullest_first(group: Group) -> tuple[object, ...]:
    return -len(group.leader.text), group.leader.text, group.leader.place
