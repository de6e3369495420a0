"""Groups of versions as rows, and back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from quotekit.document import Difference, DifferenceKind, Match, Relation
from quotekit.export.written import pair_of
from quotekit.integrations.spark.columns import DIFFERENCES, Row
from quotekit.integrations.spark.versions import VERSION, Records
from quotekit.matching.gathering import Follower, Group, without_overlaps
from quotekit.spans import Span

__all__ = ["GROUP", "MATCH", "gathered_groups", "group_of", "group_row", "match_of", "match_row"]

MATCH = f"struct<relation: string, score: double, differences: {DIFFERENCES}>"
GROUP = f"leader {VERSION}, followers array<struct<version: {VERSION}, match: {MATCH}>>"


def gathered_groups(placed: Iterable[Row]) -> Iterator[Row]:
    """The groups of rows of `rounds.gathered`, in which those of one leader stand in a row and in order."""
    for _, rows in groupby(placed, key=lambda row: _name(row["leader"])):
        records, found = Records(), list(rows)
        followers = (Follower(records.version(row["version"]), match_of(row["match"])) for row in found)
        yield group_row(Group(records.version(found[0]["leader"]), without_overlaps(followers)), records)


def _name(version: Row) -> tuple[Any, ...]:
    return version["home"], version["copy"], version["index"]


def group_row(group: Group, records: Records) -> Row:
    """The row of a group of versions that were read from rows."""
    followers = [{"version": records.row(f.version), "match": match_row(f.match)} for f in group.followers]
    return {"leader": records.row(group.leader), "followers": followers}


def group_of(row: Row, records: Records) -> Group:
    """The group of a row; one without followers may lack them."""
    followers = (Follower(records.version(f["version"]), match_of(f["match"])) for f in row["followers"] or ())
    return Group(records.version(row["leader"]), tuple(followers))


def match_row(match: Match) -> Row:
    """A match as a row, without what a cluster does not show."""
    differences = [{"kind": str(d.kind), "a": pair_of(d.a), "b": pair_of(d.b)} for d in match.differences]
    return {"relation": str(match.relation), "score": match.score, "differences": differences}


def match_of(row: Row) -> Match:
    """The match of a row."""
    differences = tuple(
        Difference(DifferenceKind(d["kind"]), *(Span(*d[side]) if d[side] is not None else None for side in "ab"))
        for d in row["differences"]
    )
    return Match(same=True, relation=Relation(row["relation"]), score=row["score"], differences=differences)
