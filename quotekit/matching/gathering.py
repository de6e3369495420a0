"""Versions gathered around the fullest one of each utterance, in batches that know nothing of each other."""

from __future__ import annotations

import functools
import multiprocessing
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor

import attrs

from quotekit.document import Match
from quotekit.matching.compare import compare
from quotekit.matching.utterance import Utterance
from quotekit.matching.versions import Printed, Version

__all__ = ["Batch", "Follower", "Group", "batches", "gather", "gather_all", "ready"]

LATEST = 4  # groups that a text is in; of more, as with a stock phrase, the last ones are tried
MOST_TRIED = 12
BATCH = 4_000  # texts at least, unless there are no more
KEPT_READY = 1 << 12  # utterances made ready to be compared

Judge = Callable[[Version, Version], Match]  # how the second version matches the first, which is fuller


@attrs.frozen
class Batch:
    """Texts, the fullest first: the versions of each, and the places in the batch of the fuller texts like it.

    No version of any other text matches one of them.
    """

    versions: Sequence[Sequence[Version]]
    similar: Sequence[Sequence[int]]


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
    return Utterance.of(fields)


def batches(
    order: Sequence[int], fuller: Mapping[int, Sequence[int]], versions: Sequence[Sequence[Version]]
) -> Iterator[Batch]:
    """Put texts that hang together by their `fuller` ones into one batch, from `order`, the fullest first.

    Left out is whatever can match nothing: a text by itself of which there is one version.
    """
    texts: list[int] = []
    for component in _components(order, fuller):
        if len(component) > 1 or len(versions[component[0]]) > 1:
            texts += component
        if len(texts) >= BATCH:
            yield _batch(texts, fuller, versions)
            texts = []
    if texts:
        yield _batch(texts, fuller, versions)


def _batch(texts: Sequence[int], fuller: Mapping[int, Sequence[int]], versions: Sequence[Sequence[Version]]) -> Batch:
    place = {text: number for number, text in enumerate(texts)}
    similar = [[place[other] for other in fuller.get(text, ())] for text in texts]
    return Batch([versions[text] for text in texts], similar)


def _components(order: Sequence[int], fuller: Mapping[int, Sequence[int]]) -> Iterable[list[int]]:
    """The texts that are linked, directly or by others; each component and all of them in order."""
    roots = list(range(len(order)))

    def root(text: int) -> int:
        while roots[text] != text:
            roots[text] = text = roots[roots[text]]
        return text

    for text, others in fuller.items():
        for other in others:
            roots[root(text)] = root(other)
    components: dict[int, list[int]] = {}
    for text in order:
        components.setdefault(root(text), []).append(text)
    return components.values()


def gather_all(found: Iterable[Batch], threshold: float | None, workers: int) -> Iterator[Group]:
    """The groups of all batches that have a follower, in order, found by so many processes."""
    if workers == 1:
        for batch in found:
            yield from gather(batch, threshold)
        return
    kept = list(found)
    with ProcessPoolExecutor(workers, multiprocessing.get_context("spawn")) as pool:
        for batch, places in zip(kept, pool.map(_places, kept, [threshold] * len(kept)), strict=True):
            flat = [version for versions in batch.versions for version in versions]
            for leader, followers in places:
                yield Group(flat[leader], tuple(Follower(flat[place], match) for place, match in followers))


def _places(batch: Batch, threshold: float | None) -> list[tuple[int, list[tuple[int, Match]]]]:
    """The groups of a batch by the places of their versions: what another process sends back."""
    place = {version: number for number, version in enumerate(v for versions in batch.versions for v in versions)}
    return [
        (place[group.leader], [(place[follower.version], follower.match) for follower in group.followers])
        for group in gather(batch, threshold)
    ]


def gather(batch: Batch, threshold: float | None = None) -> list[Group]:
    """Put each version with the leader that it matches best, or let it lead a group of its own.

    Given back are the groups with a follower. Every version tries so many leaders at most, so the time is linear in
    the number of versions.
    """
    judge = _judge(threshold)
    groups: list[_Growing] = []
    at: list[list[_Growing]] = []
    for versions, similar in zip(batch.versions, batch.similar, strict=True):
        here: list[_Growing] = []
        others = [group for other in similar for group in at[other][-LATEST:]]
        for version in sorted(versions, key=lambda version: version.place):
            tried = list(dict.fromkeys([*here[-LATEST:], *others]))[:MOST_TRIED]
            group = _joined(version, tried, judge)
            if group is None:
                group = _Growing(version)
                groups.append(group)
            if group not in here:
                here.append(group)
        at.append(here)
    return [Group(group.leader, group.followers) for group in groups if group.followers]


def _judge(threshold: float | None) -> Judge:
    made_ready = functools.lru_cache(maxsize=KEPT_READY)(ready)

    def judge(fuller: Version, other: Version) -> Match:
        found = attrs.evolve(compare(made_ready(fuller), made_ready(other)), reasons=())  # a cluster shows none
        return found if threshold is None else attrs.evolve(found, same=found.score >= threshold)

    return judge


class _Growing:
    """A group while it is gathered."""

    def __init__(self, leader: Version) -> None:
        self.leader = leader
        self._followers: dict[Printed, list[Follower]] = {}

    @property
    def followers(self) -> tuple[Follower, ...]:
        return tuple(follower for followers in self._followers.values() for follower in followers)

    def add(self, new: Follower) -> None:
        """Take in a version; of several that overlap in one document, the closest stays."""
        here = self._followers.setdefault(new.version.printed, [])
        overlapping = [old for old in here if old.version.overlaps(new.version)]
        if all(old.match.score < new.match.score for old in overlapping):
            here[:] = [*(old for old in here if old not in overlapping), new]


def _joined(version: Version, tried: Iterable[_Growing], judge: Judge) -> _Growing | None:
    """The group that a version has joined, if any."""
    matches = ((group, judge(group.leader, version)) for group in tried if not group.leader.overlaps(version))
    found = [(group, match) for group, match in matches if match.same]
    if not found:
        return None
    group, match = max(found, key=lambda item: (item[1].score, _fullness(item[0].leader)))
    group.add(Follower(version, match))
    return group


def _fullness(version: Version) -> tuple[int, str]:
    return len(version.text), version.text
