"""A registry as FollowTheMoney entities, one a line."""

from __future__ import annotations

import collections
import itertools
import json
from collections.abc import Iterator
from typing import Any

from quotekit.registry.fields import filled
from quotekit.registry.followthemoney import GROUP, IDENTIFIERS
from quotekit.registry.names import words_of
from quotekit.registry.records import Contents, Post, Tenure
from quotekit.speakers import Speaker, SpeakerType

__all__ = ["write"]


def write(contents: Contents) -> str:
    """A registry as entities, one a line.

    A role without a post of its own gets a Position, and a body that is only named an Organization.
    """
    return "".join(json.dumps(entity, ensure_ascii=False) + "\n" for entity in _Writer(contents).entities())


class _Writer:
    """Makes the entities of one registry, and ids for those that the registry has none for."""

    def __init__(self, contents: Contents) -> None:
        self._contents = contents
        self._taken = {speaker.id or "" for speaker in contents.speakers}
        self._bodies = {s.name: s.id or "" for s in contents.speakers if s.type is not SpeakerType.PERSON}
        self._posts = {post.id: post for post in contents.posts}
        self._post_ids = {post.id: self._fresh(post.id) for post in contents.posts}
        self._titles: dict[str, list[str]] = collections.defaultdict(list)
        self._loose: dict[tuple[str, str | None, str | None], str] = {}
        self._new: list[dict[str, Any]] = []

    def entities(self) -> Iterator[dict[str, Any]]:
        """All of them; those that others refer to come first."""
        occupancies = list(map(self._occupancy, self._contents.tenures))
        for speaker in self._contents.speakers:
            yield _speaker(speaker, self._contents.parents.get(speaker.id or ""))
        yield from map(self._position, self._contents.posts)
        yield from self._new
        yield from occupancies

    def _fresh(self, wanted: str) -> str:
        """The id, or the next like it that no entity has: entities of all kinds are numbered together."""
        ids = itertools.chain((wanted,), (f"{wanted}-{number}" for number in itertools.count(2)))
        new = next(one for one in ids if one not in self._taken)
        self._taken.add(new)
        return new

    def _position(self, post: Post) -> dict[str, Any]:
        labels = dict.fromkeys((*post.other_labels, *self._titles[post.id]))
        labels.pop(post.label, None)
        return _entity(
            "Position", self._post_ids[post.id], post.label, alias=list(labels), organization=[post.organization_id]
        )

    def _occupancy(self, tenure: Tenure) -> dict[str, Any]:
        role, own_title = tenure.role, None
        post = self._posts.get(tenure.post_id or "")
        named_only = None if tenure.organization_id else role.organization
        if post and not named_only and tenure.organization_id == post.organization_id:
            position = self._post_ids[post.id]
            if role.title != post.label:
                own_title = role.title
                self._titles[post.id].append(own_title)
        else:
            position = self._loose_position(role.title, tenure.organization_id, named_only)
        return _entity(
            "Occupancy",
            self._fresh(f"{tenure.speaker_id}/{position}"),
            holder=[tenure.speaker_id],
            post=[position],
            description=[own_title],
            startDate=[role.start and str(role.start)],
            endDate=[role.end and str(role.end)],
            status=["current" if role.start and not role.end else None],
        )

    def _loose_position(self, title: str, organization_id: str | None, organization: str | None) -> str:
        key = (title, organization_id, organization)
        if key not in self._loose:
            body = organization_id or self._body(organization)
            self._loose[key] = self._fresh("-".join(words_of(title)) or "position")
            self._new.append(_entity("Position", self._loose[key], title, organization=[body]))
        return self._loose[key]

    def _body(self, name: str | None) -> str | None:
        """The id of the body with this name, which becomes an entity where it is none."""
        if name is None:
            return None
        if name not in self._bodies:
            self._bodies[name] = self._fresh("-".join(words_of(name)) or "organization")
            self._new.append(_entity("Organization", self._bodies[name], name))
        return self._bodies[name]


def _speaker(speaker: Speaker, parent: str | None) -> dict[str, Any]:
    identifiers = {
        name: [value for scheme, value in speaker.identifiers if scheme == wanted]
        for name, wanted in IDENTIFIERS.items()
    }
    return _entity(
        "Person" if speaker.type is SpeakerType.PERSON else "Organization",
        speaker.id,
        speaker.name,
        alias=list(speaker.aliases),
        gender=[speaker.gender],
        classification=[GROUP if speaker.type is SpeakerType.GROUP else None],
        parent=[parent],
        **identifiers,
    )


def _entity(schema: str, entity_id: str | None, name: str | None = None, **properties: list[Any]) -> dict[str, Any]:
    """An entity with those properties that hold something."""
    known = {key: [value for value in values if value] for key, values in {"name": [name], **properties}.items()}
    return {**filled(id=entity_id, caption=name), "schema": schema, "properties": filled(**known)}
