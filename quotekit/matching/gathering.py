"""Versions gathered around the fullest one of each utterance."""

from __future__ import annotations

import functools
import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

import attrs

from quotekit.document import Match
from quotekit.matching.bounds import Outline, highest_match
from quotekit.matching.compare import join_words
from quotekit.matching.evidence import weights
from quotekit.matching.utterance import Utterance, name_words
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
MARGIN = 1e-9  # between two scores that were summed up in another order


@attrs.frozen
class Batch:
    """Texts, the fullest first: the versions of each, and the places of the fuller texts like it.

    The first places are those of texts that were gathered before, of which it is only known who leads the groups that
    they are in; the places behind them are those of the texts of the batch. A version of any other text matches none
    of theirs. `outlines` are those of versions whose words are known already.
    """

    versions: Sequence[Sequence[Version]]
    similar: Sequence[Sequence[int]]
    led: Sequence[Sequence[Version]] = ()
    outlines: Mapping[Version, Outline] = attrs.Factory(dict)


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
    judge = _Judge(batch.outlines, threshold)
    leaders = [list(led) for led in batch.led]  # of the groups that each text is in
    for versions, similar in zip(batch.versions, batch.similar, strict=True):
        others = [leader for other in similar for leader in leaders[other][-LATEST:]]
        placed, here = list[Placed](), dict[Version, None]()
        for version in sorted(versions, key=lambda version: version.place) if len(versions) > 1 else versions:
            latest = list(itertools.islice(reversed(here), LATEST))[::-1]
            tried = list(dict.fromkeys([*latest, *others]))[:MOST_TRIED]
            placed.append(judge.place(version, tried))
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


class _Judge:
    """Puts versions with their leaders; no closer look is taken at one that cannot match as well as another does."""

    def __init__(self, outlines: Mapping[Version, Outline], threshold: float | None) -> None:
        self._outlines = dict(outlines)
        self._threshold = threshold
        self._least = weights().threshold if threshold is None else threshold
        self._ready = functools.lru_cache(maxsize=KEPT_READY)(ready)
        self._said_by = functools.lru_cache(maxsize=KEPT_READY)(_said_by)

    def place(self, version: Version, tried: Iterable[Version]) -> Placed:
        """A version with the leader that it matches best, or as a leader itself."""
        outline = self._outline(version)
        said_by = self._said_by(version)
        highest = (
            (highest_match(self._outline(v), outline, same_speaker=bool(self._said_by(v) & said_by)), v) for v in tried
        )
        hopeful = [(score, leader) for score, leader in highest if score >= self._least - MARGIN]
        best, found = (0.0, 0, ""), Placed(version, version, None)
        for score, leader in sorted(hopeful, key=lambda item: -item[0]):
            if score < best[0] - MARGIN:
                break
            if leader.excludes(version):
                continue
            match = join_words(self._ready(leader), self._ready(version), self._threshold)
            if match and (rank := (match.score, len(leader.text), leader.text)) > best:
                best, found = rank, Placed(version, leader, match)
        return found

    def _outline(self, version: Version) -> Outline:
        if version not in self._outlines:
            said = self._ready(version)
            self._outlines[version] = Outline.of(said.keys, said.bits)
        return self._outlines[version]


def _said_by(version: Version) -> frozenset[tuple[bool, str]]:
    """The words that name the speakers of a version, and their ids: those of one speaker have some in common."""
    words = ((False, word) for speaker in version.speakers for word in name_words(speaker.name))
    return frozenset((*words, *((True, speaker.id) for speaker in version.speakers if speaker.id)))
