"""Which attributions of many documents are one utterance, found without looking at all pairs."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from quotekit.document import Attribution, Cluster, Document, Member
from quotekit.errors import InputError
from quotekit.matching import storage
from quotekit.matching.bounds import highest_score
from quotekit.matching.clusters import cluster_of, member_of
from quotekit.matching.compare import compare
from quotekit.matching.evidence import weights
from quotekit.matching.gathering import batches, gather_all, ready
from quotekit.matching.normalize import normalize
from quotekit.matching.texts import Shared, Texts
from quotekit.matching.utterance import Utterance
from quotekit.matching.versions import Printed, Version, filed

__all__ = ["QuoteIndex", "match"]

FEWEST_WORDS = 3  # of a content that is worth looking for


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
        self._documents: dict[Printed, tuple[Version, ...]] = {}
        self._known: set[int] = set()
        self._texts = Texts()
        self._versions: list[list[Version]] = []  # of each text

    def __len__(self) -> int:
        """The number of documents."""
        return len(self._documents)

    def add(self, document: Document) -> None:
        """Take in the attributions of a document.

        One that is there already (the same id, and the same attributions of the same day) is passed over. Raises
        `InputError` for what is no document, and for a document whose date cannot be read.
        """
        if not isinstance(document, Document):
            raise InputError(f"expected a Document to add, got {type(document).__name__}; quotekit.attribute makes one")
        self._add(*filed(document))

    def _add(self, printed: Printed, versions: tuple[Version, ...]) -> None:
        """Take in what `filed` or a file has made of a document."""
        if printed.doc:
            said = tuple((version.content, version.text, version.speakers) for version in versions)
            known = hash((printed.doc, printed.outlet, printed.date, said))
            if known in self._known:
                return
            self._known.add(known)
        self._documents[printed] = versions
        for version in versions:
            keys = _keys(version.text)
            if len(keys) < FEWEST_WORDS:
                continue
            number = self._texts.add(keys)
            if number == len(self._versions):
                self._versions.append([])
            self._versions[number].append(version)

    def find(self, quoted: str | Attribution | Mapping[str, Any], *, limit: int = 10) -> tuple[Member, ...]:
        """The attributions that are the same utterance as `quoted`, the surest first, at most `limit`.

        `quoted` is what `compare` takes: a text, an attribution, or a mapping with `text` and, where known,
        `speaker`, `date` and `outlet`. Each member's relation, score and differences compare it to `quoted`.
        Raises `InputError` for anything else.
        """
        asked, texts = Utterance.of(quoted), self._texts
        similar = texts.similar(asked.keys)
        likely = _likely(similar, texts.shared(asked.keys, similar), weights().threshold)
        own = texts.number(asked.keys)
        found = likely if own is None else [own, *likely]
        versions = (version for text in found for version in self._versions[text][:limit])
        matches = ((version, compare(asked, ready(version))) for version in versions)
        members = (member_of(version, match) for version, match in matches if match.same)
        return tuple(sorted(members, key=lambda member: -member.score)[:limit])

    def clusters(self, *, threshold: float | None = None, workers: int = 1) -> tuple[Cluster, ...]:
        """The utterances that stand in the index twice or more: see `quotekit.match`."""
        if threshold is not None and not 0 <= threshold <= 1:
            raise InputError(f"threshold must be a number from 0 to 1, got {threshold}")
        if workers < 1:
            raise InputError(f"workers must be at least 1, got {workers}")
        order = self._texts.fullest_first()
        fuller = self._fuller(order, weights().threshold if threshold is None else threshold)
        groups = gather_all(batches(order, fuller, self._versions), threshold, workers)
        return tuple(sorted(map(cluster_of, groups), key=_surest_first))

    def _fuller(self, order: Sequence[int], least: float) -> dict[int, list[int]]:
        """Each text that may match a fuller one with such a score at least, and the fuller ones."""
        texts = self._texts
        found = {}
        for text, others in texts.fuller(order):
            likely = _likely(others, texts.shared_by(text, others), least)
            if likely:
                found[text] = likely
        return found

    def save(self, path: str | os.PathLike[str]) -> None:
        """Write the index to a file, whole or not at all; `docs/data-format.md` describes it.

        Raises `OSError`, and `InputError` where there is a file that is no sound index: that is never overwritten.
        """
        storage.write(path, self._documents.items())

    @classmethod
    def load(cls, path: str | os.PathLike[str]) -> QuoteIndex:
        """Read an index from a file that `save` has written.

        Raises `OSError`, and `InputError` for a file that is damaged, or no index, or of another version.
        """
        index = cls()
        for printed, versions in storage.read(path):
            index._add(printed, versions)
        return index


def _keys(text: str) -> tuple[str, ...]:
    """All words of a text, as `compare` sees them."""
    return tuple(word.key for word in normalize(text).words)


def _likely(texts: Iterable[int], shared: Iterable[Shared], least: float) -> list[int]:
    """The texts that may come to a score of `least`, by what each shares with another."""
    return [text for text, common in zip(texts, shared, strict=True) if highest_score(*common) >= least]


def _surest_first(cluster: Cluster) -> tuple[object, ...]:
    weakest = min(member.score for member in cluster.members)
    first = cluster.members[0]
    return -weakest, -len(cluster.members), first.date or "~", first.doc, first.content
