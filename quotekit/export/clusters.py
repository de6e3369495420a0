"""A cluster as JSON types; `docs/reference/data-format.md` describes every field."""

from __future__ import annotations

from collections.abc import Iterable
from typing import IO, Any

from quotekit.document import Cluster, Member
from quotekit.export.written import line_of, pair_of, pairs_of, speaker_to_dict

__all__ = ["SCHEMA_VERSION", "cluster_to_dict", "write_clusters"]

SCHEMA_VERSION = 1


def cluster_to_dict(cluster: Cluster) -> dict[str, Any]:
    """A cluster in the key order of the documented line; spans as `[start, end]`, the representative by its place.

    >>> from quotekit.document import Relation
    >>> said = Member(doc="a1", index=0, content=(), text="Never", relation=Relation.VERBATIM, score=1.0)
    >>> row = cluster_to_dict(Cluster(members=(said,), representative=said))
    >>> row["representative"], row["members"][0]["doc"]
    (0, 'a1')
    """
    return {
        "schema_version": SCHEMA_VERSION,
        "first_seen": cluster.first_seen,
        "speaker_conflict": cluster.speaker_conflict,
        "altered": cluster.altered,
        "speakers": [speaker_to_dict(speaker) for speaker in cluster.speakers],
        "representative": cluster.members.index(cluster.representative),
        "members": [_member_to_dict(member) for member in cluster.members],
    }


def _member_to_dict(member: Member) -> dict[str, Any]:
    return {
        "doc": member.doc,
        "index": member.index,
        "outlet": member.outlet,
        "date": member.date,
        "content": pairs_of(member.content),
        "text": member.text,
        "relation": str(member.relation),
        "score": member.score,
        "differences": [
            {"kind": str(difference.kind), "a": pair_of(difference.a), "b": pair_of(difference.b)}
            for difference in member.differences
        ],
        "speakers": [speaker_to_dict(speaker) for speaker in member.speakers],
        "repeat": member.repeat,
    }


def write_clusters(clusters: Iterable[Cluster], file: IO[str]) -> None:
    """Write one line a cluster to a file open for text (UTF-8)."""
    for cluster in clusters:
        file.write(line_of(cluster_to_dict(cluster)))
