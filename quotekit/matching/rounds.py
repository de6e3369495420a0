"""The versions of an index gathered, block by block from the fullest texts on, by several processes where wished.

What an earlier block came to is all that a later one needs to know of it. So a block falls apart into many small
batches, while texts as a whole hang together by chance: a few phrases that are common in some archive lead from most
of them to most others.
"""

from __future__ import annotations

import itertools
import json
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence

import attrs
import numpy as np

from quotekit.document import Match
from quotekit.matching.archive import Archive
from quotekit.matching.bounds import Outline
from quotekit.matching.crew import Crew
from quotekit.matching.gathering import LATEST, Batch, Follower, Group, place, without_overlaps
from quotekit.matching.rows import version_of
from quotekit.matching.sharing import Counts
from quotekit.matching.texts import Block, Texts
from quotekit.matching.versions import Printed

__all__ = ["Order", "Rounds"]

BATCH = 100  # texts at least, unless a block has no more
NOBODY = -1


@attrs.frozen
class Order:
    """The versions of an index by their texts, the fullest text first: those of a text stand in a row."""

    texts: Counts  # of each version
    versions: Counts
    starts: Counts  # of each text, and the end of the last one

    @classmethod
    def of(cls, texts: Counts, order: Counts) -> Order:
        """`texts` has the text of each version, below 0 where it is not looked for; `order` the fullest texts first."""
        ranks = np.empty(len(order) + 1, dtype=np.int64)
        ranks[order] = np.arange(len(order))
        ranks[-1] = len(order)
        found = ranks[texts]
        versions = np.argsort(found, kind="stable")
        return cls(texts, versions, np.searchsorted(found[versions], np.arange(len(order) + 1)))

    def of_text(self, rank: int) -> list[int]:
        """The versions of a text."""
        numbers: list[int] = self.versions[self.starts[rank] : self.starts[rank + 1]].tolist()
        return numbers


_Result = list[list[tuple[int, int, Match | None]]]  # of each text: the versions, their leaders, how they match those


@attrs.frozen
class _Task:
    """A batch by the numbers of its versions, with all that another process needs to read them."""

    versions: Sequence[Sequence[int]]
    similar: Sequence[Sequence[int]]
    led: Sequence[Sequence[int]]
    rows: Mapping[int, tuple[int, bytes]]  # the document and the row of each version
    documents: Mapping[int, tuple[str, str | None, str | None]]
    texts: Mapping[int, int]  # of each version
    outlines: Mapping[int, tuple[array[int], array[float]]]  # the words of each text, and their bits
    threshold: float | None


def _done(task: _Task) -> _Result:
    printed = {home: Printed(doc=d, outlet=o, date=date) for home, (d, o, date) in task.documents.items()}
    versions = {number: version_of(json.loads(row), printed[home]) for number, (home, row) in task.rows.items()}
    numbers = {version: number for number, version in versions.items()}
    outlines = {text: Outline.of(*words) for text, words in task.outlines.items()}
    batch = Batch(
        [[versions[number] for number in text] for text in task.versions],
        task.similar,
        [[versions[number] for number in text] for text in task.led],
        {version: outlines[task.texts[number]] for version, number in numbers.items()},
    )
    return [
        [(numbers[version], numbers[leader], match) for version, leader, match in text]
        for text in place(batch, task.threshold)
    ]


class Rounds:
    """The groups of an index while they are gathered."""

    def __init__(self, archive: Archive, texts: Texts, order: Order, threshold: float | None) -> None:
        self._archive = archive
        self._texts = texts
        self._order = order
        self._threshold = threshold
        self._followers: dict[int, list[tuple[int, int, Match]]] = {}  # leader → rank of the text, version, match
        self._repeated = np.diff(order.starts) > 1
        self._leaders = np.full((len(order.starts) - 1, LATEST), NOBODY)  # of the groups that each text is in
        self._leaders[:, 0] = order.versions[order.starts[:-1]]

    def gather(self, blocks: Iterable[Block], crew: Crew) -> None:
        """Gather all texts; while other processes are at a block, this one looks for the candidates of the next."""
        batches, results = list[list[int]](), iter(list[_Result]())
        for block in blocks:
            self._take(batches, results)
            batches, results = self._start(block, crew)
        self._take(batches, results)

    def groups(self) -> Iterator[Group]:
        """The groups with a follower; each is forgotten when it is given."""
        version = self._archive.version
        while self._followers:
            leader, found = self._followers.popitem()
            found.sort(key=lambda item: item[0])
            followers = (Follower(version(number), match) for _, number, match in found)
            yield Group(version(leader), without_overlaps(followers))

    def _start(self, block: Block, crew: Crew) -> tuple[list[list[int]], Iterator[_Result]]:
        """The batches of a block, of which the work begins, and what will come of them."""
        similar: dict[int, list[int]] = {}
        for rank, other in zip(block.pairs.texts.tolist(), block.pairs.others.tolist(), strict=True):
            similar.setdefault(rank, []).append(other)
        repeated = np.flatnonzero(self._repeated[block.ranks.start : block.ranks.stop]) + block.ranks.start
        batches = list(_batches(sorted({*similar, *repeated.tolist()}), similar))
        return batches, crew.start(_done, (self._task(batch, similar) for batch in batches))

    def _task(self, ranks: Sequence[int], similar: Mapping[int, Sequence[int]]) -> _Task:
        own = set(ranks)
        outside = dict.fromkeys(other for rank in ranks for other in similar.get(rank, ()) if other not in own)
        places = {rank: place for place, rank in enumerate((*outside, *ranks))}
        led = [[leader for leader in self._leaders[rank].tolist() if leader != NOBODY] for rank in outside]
        versions = [self._order.of_text(rank) for rank in ranks]
        numbers = dict.fromkeys(itertools.chain(*led, *versions))
        homes = {number: self._archive.home(number) for number in numbers}
        texts = {number: int(self._order.texts[number]) for number in numbers}
        return _Task(
            versions=versions,
            similar=[[places[other] for other in similar.get(rank, ())] for rank in ranks],
            led=led,
            rows={number: (home, self._archive.row(number)) for number, home in homes.items()},
            documents={home: attrs.astuple(self._archive.printed(home)) for home in homes.values()},
            texts=texts,
            outlines={text: self._texts.words(text) for text in texts.values()},
            threshold=self._threshold,
        )

    def _take(self, batches: Iterable[Sequence[int]], results: Iterable[_Result]) -> None:
        """Take in what a block has come to."""
        for ranks, result in zip(batches, results, strict=True):
            for rank, placed in zip(ranks, result, strict=True):
                leaders = list(dict.fromkeys(leader for _, leader, _ in placed))[-LATEST:]
                self._leaders[rank, : len(leaders)] = leaders
                for version, leader, match in placed:
                    if match is not None:
                        self._followers.setdefault(leader, []).append((rank, version, match))


def _batches(ranks: Sequence[int], similar: Mapping[int, Sequence[int]]) -> Iterator[list[int]]:
    """The texts in batches, of which none needs to know what another comes to."""
    roots = {rank: rank for rank in ranks}

    def root(rank: int) -> int:
        while roots[rank] != rank:
            roots[rank] = rank = roots[roots[rank]]
        return rank

    for rank, others in similar.items():
        for other in others:
            if other in roots:
                roots[root(rank)] = root(other)
    components: dict[int, list[int]] = {}
    for rank in ranks:
        components.setdefault(root(rank), []).append(rank)
    batch: list[int] = []
    for component in components.values():
        batch += component
        if len(batch) >= BATCH:
            yield batch
            batch = []
    if batch:
        yield batch
