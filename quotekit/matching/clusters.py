"""The records of what was gathered: clusters and their members."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from quotekit.document import Cluster, Match, Member, Relation
from quotekit.matching.agreement import disagree
from quotekit.matching.gathering import Follower, Group
from quotekit.matching.versions import Printed, Version
from quotekit.speakers import distinct

__all__ = ["cluster_of", "member_of"]


def cluster_of(group: Group) -> Cluster:
    """The record of a group: its members from the earliest on."""
    alone = Match(same=True, relation=Relation.VERBATIM, score=1.0)
    followers = sorted((Follower(group.leader, alone), *group.followers), key=lambda follower: follower.version.place)
    members = tuple(_members(followers))
    at = next(number for number, follower in enumerate(followers) if follower.version is group.leader)
    dates = [member.date for member in members if member.date]
    return Cluster(
        members=members,
        representative=members[at],
        speakers=distinct(speaker for member in members for speaker in member.speakers),
        speaker_conflict=disagree([member.speakers for member in members]),
        altered=any(map(_is_altered, members)),
        first_seen=min(dates, default=None),
    )


def _is_altered(member: Member) -> bool:
    """Whether words are changed, or retold with another negation, number or name."""
    return member.relation is Relation.ALTERED or (member.relation is Relation.REWORDED and bool(member.differences))


def _members(followers: Iterable[Follower]) -> Iterator[Member]:
    seen: set[Printed] = set()
    for follower in followers:
        yield member_of(follower.version, follower.match, repeat=follower.version.printed in seen)
        seen.add(follower.version.printed)


def member_of(version: Version, match: Match, *, repeat: bool = False) -> Member:
    """The record of a version that matches another."""
    return Member(
        doc=version.printed.doc,
        index=version.index,
        outlet=version.printed.outlet,
        date=version.printed.date,
        content=version.content,
        text=version.text,
        relation=match.relation,
        score=match.score,
        differences=match.differences,
        speakers=version.speakers,
        repeat=repeat,
    )
