"""Documents and clusters made ready for one page: everything has a number to be found by."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

import attrs

from quotekit.document import Attribution, Cluster, Document, Member
from quotekit.speakers import Speaker

__all__ = ["ALTERED", "CONFLICT", "NOBODY_NAMED", "SEVERAL", "Corpus"]

# What a page can be filtered by beside speaker, outlet, date and words: the flags of its attributions and clusters.
CONFLICT, ALTERED, SEVERAL, NOBODY_NAMED = "conflict", "altered", "several", "nobody"

_Key = tuple[str, ...]


@attrs.frozen(kw_only=True)
class Corpus:
    """Documents by date, clusters with those first that disagree, and the numbers of their speakers and outlets."""

    documents: tuple[Document, ...]
    clusters: tuple[Cluster, ...]
    speakers: tuple[Speaker, ...]
    outlets: tuple[str, ...]
    said: Counter[int]
    _speaker_numbers: dict[_Key, int]
    _outlet_numbers: dict[str, int]
    _document_numbers: dict[str, int]
    _cluster_numbers: dict[tuple[str, int], int]

    @classmethod
    def of(cls, documents: Iterable[Document], clusters: Iterable[Cluster]) -> Corpus:
        """Give all of them their numbers: speakers from the one who says most, outlets by name."""
        dated = tuple(sorted(documents, key=lambda document: document.date or "~"))
        ranked = tuple(sorted(clusters, key=_rank))
        said = Counter(_key(s) for document in dated for a in document.attributions for s in a.speakers)
        known = {_key(speaker): speaker for speaker in reversed([*_speakers(dated, ranked)])}
        keys = sorted(known, key=lambda key: (-said[key], known[key].name.casefold(), key))
        outlets = sorted({outlet for outlet in _outlets(dated, ranked) if outlet}, key=str.casefold)
        ids = Counter(document.id for document in dated)
        return cls(
            documents=dated,
            clusters=ranked,
            speakers=tuple(known[key] for key in keys),
            outlets=tuple(outlets),
            said=Counter({number: said[key] for number, key in enumerate(keys)}),
            speaker_numbers={key: number for number, key in enumerate(keys)},
            outlet_numbers={outlet: number for number, outlet in enumerate(outlets)},
            document_numbers={d.id: number for number, d in enumerate(dated, 1) if ids[d.id] == 1},
            cluster_numbers={
                (m.doc, m.index): n for n, c in enumerate(ranked, 1) for m in c.members if ids[m.doc] == 1
            },
        )

    def speaker_numbers(self, speakers: Iterable[Speaker]) -> str:
        """The numbers of speakers, as an attribute of an element holds them."""
        return " ".join(dict.fromkeys(str(self._speaker_numbers[_key(speaker)]) for speaker in speakers))

    def outlet_numbers(self, outlets: Iterable[str | None]) -> str:
        """The numbers of outlets, those not known left out."""
        return " ".join(dict.fromkeys(str(self._outlet_numbers[outlet]) for outlet in outlets if outlet))

    def cluster_of(self, document: Document, index: int) -> int | None:
        """The number of the cluster that a document's attribution is a member of."""
        return self._cluster_numbers.get((document.id, index))

    def address(self, member: Member) -> str | None:
        """Where a member's attribution stands on the page; `None` where the page does not have its document."""
        number = self._document_numbers.get(member.doc)
        known = number is not None and member.index < len(self.documents[number - 1].attributions)
        return f"#d{number}-a{member.index + 1}" if known else None

    def flags(self, cluster: Cluster) -> str:
        """What a cluster can be filtered by."""
        flags = [SEVERAL, CONFLICT if cluster.speaker_conflict else "", ALTERED if cluster.altered else ""]
        return " ".join(filter(None, flags))

    def flags_of(self, document: Document, index: int, attribution: Attribution) -> str:
        """What an attribution can be filtered by: its own flags and those of its cluster."""
        number = self.cluster_of(document, index)
        flags = [self.flags(self.clusters[number - 1]) if number else "", "" if attribution.speakers else NOBODY_NAMED]
        return " ".join(filter(None, flags))


def _rank(cluster: Cluster) -> tuple[int, int, str]:
    """Puts those first that disagree, then those that most articles print, then the earliest."""
    articles = sum(not member.repeat for member in cluster.members)
    return -cluster.speaker_conflict - cluster.altered, -articles, cluster.first_seen or "~"


def _key(speaker: Speaker) -> _Key:
    """What makes two mentions one speaker: the registry's id, or else the name and what it names."""
    return (speaker.id,) if speaker.id else (speaker.name, speaker.type)


def _speakers(documents: Iterable[Document], clusters: Iterable[Cluster]) -> Iterator[Speaker]:
    for document in documents:
        for attribution in document.attributions:
            yield from attribution.speakers
    for cluster in clusters:
        for member in cluster.members:
            yield from member.speakers


def _outlets(documents: Iterable[Document], clusters: Iterable[Cluster]) -> Iterator[str | None]:
    yield from (document.outlet for document in documents)
    yield from (member.outlet for cluster in clusters for member in cluster.members)
