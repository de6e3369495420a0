"""Versions gathered around the fullest one of each utterance."""

from __future__ import annotations

import functools
import itertools
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

import attrs

from quotekit.document import Match
from quotekit.matching.compare import match_words
from quotekit.matching.utterance import Utterance
from quotekit.matching.versions import Printed, Version

__all__ = [
    "KEPT_READY",
    "LATEST",
    "Batch",
    "Follower",
    "Group",
    "Placed",
    "gather",
    "place",
    "ready",
    "without_overlaps",
]

LATEST = 4  # groups that a text is in; of more, as with a stock phrase, the last ones are tried
MOST_TRIED = 12
KEPT_READY = 1 << 11  # utterances made ready to be compared

Judge = Callable[[Version, Version], Match]  # how the second version matches the first, which is fuller


@attrs.frozen
class Batch:
    """Texts, the fullest first: the versions of each, and the places of the fuller texts like it.

    The first places are those of texts that were gathered before, of which it is only known who leads the groups that
    they are in; the places behind them are those of the texts of the batch. A version of any other text matches none
    of theirs.
    """

    versions: Sequence[Sequence[Version]]
    similar: Sequence[Sequence[int]]
    led: Sequence[Sequence[Version]] = ()


class Placed(NamedTuple):
    """A version, the one that leads its group, and how it matches that; `None` where it is the leader itself."""

    version: Version
    leader: Version
    match: Match | None


@attrs.frozen
class Follower:
    """A version, and how it matches the one that leads its group."""

    version: Version
    match: Match


@attrs.frozen
class Group:
    """The fullest version of an utterance, and those that match it.

    Nobody joins by matching a follower: so a chain of versions, each like the next, cannot drift from one utterance to
    another.
    """

    leader: Version
    followers: tuple[Follower, ...]


def ready(version: Version) -> Utterance:
    """A version made ready to be compared."""
    printed = version.printed
    fields = {"text": version.text, "speaker": version.speakers, "date": printed.date, "outlet": printed.outlet}
    return Utterance.of({**fields, "kind": version.kind})


def gather(batch: Batch, threshold: float | None = None) -> list[Group]:
    """Put each version with the leader that it matches best, or let it lead a group of its own.

    Given back are the groups with a follower. Every version tries so many leaders at most, so the time is linear in
    the number of versions.
    """
    followers: dict[Version, list[Follower]] = {}
    for version, leader, match in itertools.chain.from_iterable(place(batch, threshold)):
        if match:
            followers.setdefault(leader, []).append(Follower(version, match))
    return [Group(leader, without_overlaps(found)) for leader, found in followers.items()]


def place(batch: Batch, threshold: float | None = None) -> Iterator[list[Placed]]:
    """The versions of each text of a batch with their leaders, in the order of their dates."""
    judge = _judge(threshold)
    leaders = [list(led) for led in batch.led]  # of the groups that each text is in
    for versions, similar in zip(batch.versions, batch.similar, strict=True):
        others = [leader for other in similar for leader in leaders[other][-LATEST:]]
        placed, here = list[Placed](), dict[Version, None]()
        for version in sorted(versions, key=lambda version: version.place) if len(versions) > 1 else versions:
            latest = list(itertools.islice(reversed(here), LATEST))[::-1]
            tried = list(dict.fromkeys([*latest, *others]))[:MOST_TRIED]
            placed.append(_placed(version, tried, judge))
            here.setdefault(placed[-1].leader)
        leaders.append(list(here))
        yield placed


def without_overlaps(followers: Iterable[Follower]) -> tuple[Follower, ...]:
    """The followers, in order; of several that overlap in one document, the closest stays, or else the first."""
    kept: dict[Printed, list[Follower]] = {}
    for new in followers:
        here = kept.setdefault(new.version.printed, [])
        overlapping = [old for old in here if old.version.overlaps(new.version)]
        if all(old.match.score < new.match.score for old in overlapping):
            here[:] = [*(old for old in here if old not in overlapping), new]
    return tuple(itertools.chain.from_iterable(kept.values()))


def _judge(threshold: float | None) -> Judge:
    made_ready = functools.lru_cache(maxsize=KEPT_READY)(ready)

    def judge(fuller: Version, other: Version) -> Match:
        found = match_words(made_ready(fuller), made_ready(other), threshold)
        return attrs.evolve(found, reasons=())  # a cluster shows none

    return judge


def _placed(version: Version, tried: Iterable[Version], judge: Judge) -> Placed:
    """A version with the leader that it matches best, or as a leader itself."""
    matches = ((leader, judge(leader, version)) for leader in tried if not leader.overlaps(version))
    found = [(leader, match) for leader, match in matches if match.same]
    if not found:
        return Placed(version, version, None)
    leader, match = max(found, key=lambda item: (item[1].score, len(item[0].text), item[0].text))
    return Placed(version, leader, match)
