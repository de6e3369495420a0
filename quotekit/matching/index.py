"""Which attributions of many documents are one utterance, found without looking at all pairs."""

from __future__ import annotations

import itertools
import json
import os
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from quotekit.document import Attribution, Cluster, Document, Member
from quotekit.errors import InputError
from quotekit.matching import storage
from quotekit.matching.archive import Archive
from quotekit.matching.bounds import highest_score
from quotekit.matching.clusters import cluster_of, member_of
from quotekit.matching.compare import compare
from quotekit.matching.crew import Crew, crew
from quotekit.matching.evidence import weights
from quotekit.matching.gathering import Group, ready
from quotekit.matching.printings import Printings
from quotekit.matching.reading import Reading, read
from quotekit.matching.retellings import Reports, is_report, join_retold
from quotekit.matching.rounds import Order, Rounds
from quotekit.matching.rows import row_of
from quotekit.matching.texts import Shared, Texts
from quotekit.matching.utterance import Utterance
from quotekit.matching.versions import Printed, Version, filed

__all__ = ["QuoteIndex", "match"]

MOST_RETOLD = 4  # texts with few words in common that a report is held against
FEWEST_WORDS = 3  # of a content that is worth looking for
PORTION = 1_000  # texts that one process reads at a time
AT_ONCE = 16 * PORTION


def match(documents: Iterable[Document], *, threshold: float | None = None, workers: int = 1) -> tuple[Cluster, ...]:
    """The utterances that stand in these documents twice or more, the surest first.

    Quotations and claims count alike, from three words on. A cluster is all attributions that match its fullest
    version with a score of `threshold` or more (0..1; without one, as `compare` judges), in the order of their dates;
    an attribution is in one cluster at most. The order of the documents makes no difference, and the time grows with
    their number, not with its square. With `workers`, so many processes compare.

    Raises `InputError` for what is no document.

    >>> match([])
    ()
    """
    index = QuoteIndex()
    for document in documents:
        index.add(document)
    return index.clusters(threshold=threshold, workers=workers)


class QuoteIndex:
    """Attributions of documents that come one after another, and which of them are one utterance.

    >>> from quotekit import Kind, Span
    >>> text = "“The mastodon was seen near Karimabad harbor,” said Ines Okafor."
    >>> said = Attribution.cut(text, content=[Span(0, 45)], kind=Kind.DIRECT, score=1.0)
    >>> index = QuoteIndex()
    >>> index.add(Document(id="a", text=text, attributions=(said,)))
    >>> [(member.doc, str(member.relation)) for member in index.find("The mastodon was seen near Karimabad")]
    [('a', 'truncated')]
    """

    def __init__(self) -> None:
        self._archive = Archive()
        self._known: set[int] = set()
        self._texts = Texts()
        self._numbers = array("q")  # the text of each attribution that was read; below 0 of one that is too short
        self._printings = Printings()
        self._reports = Reports()
        self._told = 0  # the first attribution that the reports do not know
        self._reported = False  # whether any attribution may tell in other words what somebody said

    def __len__(self) -> int:
        """The number of documents."""
        return self._archive.documents

    def add(self, document: Document) -> None:
        """Take in the attributions of a document.

        One that is there already (the same id, and the same attributions of the same day) is passed over. Raises
        `InputError` for what is no document, and for a document whose date cannot be read.
        """
        if not isinstance(document, Document):
            raise InputError(f"expected a Document to add, got {type(document).__name__}; quotekit.attribute makes one")
        self._add(*filed(document))

    def _add(self, printed: Printed, versions: Sequence[Version]) -> None:
        """Take in what `filed` or a file has made of a document; what it says is read when somebody asks."""
        if printed.doc:
            said = tuple((version.content, version.text, version.speakers) for version in versions)
            known = hash((printed.doc, printed.outlet, printed.date, said))
            if known in self._known:
                return
            self._known.add(known)
        self._archive.add(printed, [row_of(version) for version in versions])
        self._reported = self._reported or any(map(is_report, versions))

    def find(self, quoted: str | Attribution | Mapping[str, Any], *, limit: int = 10) -> tuple[Member, ...]:
        """The attributions that are the same utterance as `quoted`, the surest first, at most `limit`.

        `quoted` is what `compare` takes: a text, an attribution, or a mapping with `text` and, where known,
        `speaker`, `date` and `outlet`. Each member's relation, score and differences compare it to `quoted`.
        Raises `InputError` for anything else.
        """
        asked, texts = Utterance.of(quoted), self._texts
        self._read(Crew())
        similar = texts.similar(asked.keys)
        likely = _likely(similar, texts.shared(asked.keys, similar), weights().threshold)
        own = texts.number(asked.keys)
        found = likely if own is None else [own, *likely]
        numbers = [number for text in found for number in itertools.islice(self._printings.of(text), limit)]
        if self._reported:
            numbers += self._retellings(asked, [text for text in similar if text not in likely])
        versions = map(self._archive.version, dict.fromkeys(numbers))
        matches = ((version, compare(asked, ready(version))) for version in versions)
        members = (member_of(version, match) for version, match in matches if match.same)
        return tuple(sorted(members, key=lambda member: -member.score)[:limit])

    def _retellings(self, asked: Utterance, others: Sequence[int]) -> list[int]:
        """The reports that may retell what is asked for; if that may be one, also what stands in some other texts."""
        for number in range(self._told, len(self._numbers)):
            version = self._archive.version(number)
            if is_report(version):
                self._reports.add(number, ready(version))
        self._told = len(self._numbers)
        found = self._reports.near(asked)
        if not asked.own_words:
            found += [
                number for text in others[:MOST_RETOLD] for number in itertools.islice(self._printings.of(text), 1)
            ]
        return found

    def clusters(self, *, threshold: float | None = None, workers: int = 1) -> tuple[Cluster, ...]:
        """The utterances that stand in the index twice or more: see `quotekit.match`."""
        if threshold is not None and not 0 <= threshold <= 1:
            raise InputError(f"threshold must be a number from 0 to 1, got {threshold}")
        if workers < 1:
            raise InputError(f"workers must be at least 1, got {workers}")
        least = weights().threshold if threshold is None else threshold
        with crew(workers) as hands:
            self._read(hands)
            order = self._texts.fullest_first()
            versions = Order.of(np.array(self._numbers), order)
            rounds = Rounds(self._archive, self._texts, versions, threshold)
            rounds.gather(self._texts.fuller(order, least), hands)
        groups = self._with_retellings(rounds.groups(), threshold) if self._reported else rounds.groups()
        return tuple(sorted(map(cluster_of, groups), key=_surest_first))

    def _with_retellings(self, groups: Iterable[Group], threshold: float | None) -> Iterator[Group]:
        """The groups, and attributions of none, joined where one retells the other."""
        found = list(groups)
        known = {_place(v) for group in found for v in (group.leader, *(f.version for f in group.followers))}
        versions = (self._archive.version(number) for number, text in enumerate(self._numbers) if text >= 0)
        return join_retold(found, (version for version in versions if _place(version) not in known), threshold)

    def _read(self, hands: Crew) -> None:
        """Read the texts of the attributions that were added since."""
        while (start := len(self._numbers)) < len(self._archive):
            stop = min(start + AT_ONCE, len(self._archive))
            tasks = (
                [self._archive.row(number) for number in range(first, min(first + PORTION, stop))]
                for first in range(start, stop, PORTION)
            )
            for reading in hands.start(_readings, tasks):
                for number in self._texts.add_all(reading, FEWEST_WORDS):
                    if number is not None:
                        self._printings.add(number, len(self._numbers))
                    self._numbers.append(-1 if number is None else number)

    def save(self, path: str | os.PathLike[str]) -> None:
        """Write the index to a file, whole or not at all; `docs/reference/data-format.md` describes it.

        Raises `OSError`, and `InputError` where there is a file that is no sound index: that is never overwritten.
        """
        storage.write(path, self._archive)

    @classmethod
    def load(cls, path: str | os.PathLike[str]) -> QuoteIndex:
        """Read an index from a file that `save` has written.

        Raises `OSError`, and `InputError` for a file that is damaged, or no index, or of another version.
        """
        index = cls()
        for printed, versions in storage.read(path):
            index._add(printed, versions)
        return index


def _readings(rows: Iterable[bytes]) -> Reading:
    return read(json.loads(row)["text"] for row in rows)


def _place(version: Version) -> tuple[Printed, int]:
    return version.printed, version.index


def _likely(texts: Iterable[int], shared: Iterable[Shared], least: float) -> list[int]:
    """The texts that may come to a score of `least`, by what each shares with another."""
    return [text for text, common in zip(texts, shared, strict=True) if highest_score(*common) >= least]


def _surest_first(cluster: Cluster) -> tuple[object, ...]:
    weakest = min(member.score for member in cluster.members)
    first = cluster.members[0]
    return -weakest, -len(cluster.members), first.date or "~", first.doc, first.content
