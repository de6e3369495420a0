"""What a registry holds, whatever the format it came from, and what it answers."""

from __future__ import annotations

import enum
from collections.abc import Mapping

import attrs

from quotekit.document import Issue
from quotekit.speakers import PartialDate, Role, Speaker

__all__ = ["Candidate", "Contents", "Hit", "Post", "Standing", "Tenure", "standing"]


@attrs.frozen(kw_only=True)
class Candidate:
    """One registry entry that a mention may stand for.

    `speaker` is the entry with `role` and `organization` as of the date asked for, `role` the dated role
    behind them. `score` lies in 0..1; below 0.5 a candidate is a hint, not an answer. `reasons` say in words
    what made the score.
    """

    speaker: Speaker
    role: Role | None = None
    score: float
    reasons: tuple[str, ...]


@attrs.frozen
class Hit:
    """A candidate in the making: whose id, the score so far, why, and the role that was asked for, if one was."""

    speaker_id: str
    score: float
    reasons: tuple[str, ...]
    role: Role | None = None

    def changed(self, score: float, reason: str) -> Hit:
        """The hit with another score and one more reason."""
        return attrs.evolve(self, score=score, reasons=(*self.reasons, reason))


@attrs.frozen(kw_only=True)
class Post:
    """A post, which exists whether or not somebody holds it; `organization_id` is the body it belongs to."""

    id: str
    label: str
    other_labels: tuple[str, ...] = ()
    organization_id: str | None = None


@attrs.frozen(kw_only=True)
class Tenure:
    """That somebody held a role: who, which, and the registry's ids of the post and the body where it has them."""

    speaker_id: str
    role: Role
    post_id: str | None = None
    organization_id: str | None = None


@attrs.frozen(kw_only=True)
class Contents:
    """A whole registry as plain records: what a format reads and writes.

    `parents` maps a body's id to that of the body it is part of; `issues` are the rows and fields that were
    left out, each with its place. Every id that is mentioned is there.
    """

    speakers: tuple[Speaker, ...] = ()
    posts: tuple[Post, ...] = ()
    tenures: tuple[Tenure, ...] = ()
    parents: Mapping[str, str] = attrs.field(factory=dict)
    issues: tuple[Issue, ...] = ()


class Standing(enum.Enum):
    """How a role stands to a date."""

    HELD = "held"
    PERHAPS = "perhaps held"  # one of the dates is too vague to tell
    UNDATED = "undated"  # the registry does not know the start
    OVER = "over"
    AHEAD = "ahead"


def standing(role: Role, date: PartialDate) -> Standing:
    """How a role stands to a date; the first and the last day of a role belong to it.

    >>> role = Role(title="Mayor", start=PartialDate(2016, 5), end=PartialDate(2017))
    >>> [standing(role, PartialDate(year, 6, 1)).value for year in (2015, 2016, 2017, 2018)]
    ['ahead', 'held', 'perhaps held', 'over']
    """
    first, last = date.first(), date.last()
    if role.start and role.start.first() > last:
        return Standing.AHEAD
    if role.end and role.end.last() < first:
        return Standing.OVER
    if role.start is None:
        return Standing.UNDATED
    sure = role.start.last() <= first and (role.end is None or role.end.first() >= last)
    return Standing.HELD if sure else Standing.PERHAPS
