"""Roles that only name their body, tied to its entry."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

import attrs

from quotekit.registry.names import name_key
from quotekit.registry.records import Contents, Tenure
from quotekit.speakers import SpeakerType

__all__ = ["linked"]


def linked(contents: Contents) -> Contents:
    """The contents with a body's id in every role that has only its name, where one body alone has that name.

    So a post is found by all names of its body and of the bodies above it.
    """
    bodies: dict[str, set[str]] = defaultdict(set)
    for speaker in contents.speakers:
        if speaker.id and speaker.type is not SpeakerType.PERSON:
            for name in (speaker.name, *speaker.aliases):
                bodies[name_key(name)].add(speaker.id)
    return attrs.evolve(contents, tenures=tuple(_linked(tenure, bodies) for tenure in contents.tenures))


def _linked(tenure: Tenure, bodies: Mapping[str, set[str]]) -> Tenure:
    if tenure.post_id or tenure.organization_id or not tenure.role.organization:
        return tenure
    named = bodies.get(name_key(tenure.role.organization), set())
    return attrs.evolve(tenure, organization_id=next(iter(named))) if len(named) == 1 else tenure
