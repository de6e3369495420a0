"""Two registries made one."""

from __future__ import annotations

import attrs

from quotekit.errors import RegistryError
from quotekit.registry.records import Contents, Post
from quotekit.registry.rows import circular
from quotekit.speakers import Speaker

__all__ = ["merged"]


def merged(first: Contents, second: Contents) -> Contents:
    """What both hold; entries with one id become one, and where they differ the first has the word.

    Raises `RegistryError` where an id is a person in one and a body in the other.
    """
    speakers = {speaker.id: speaker for speaker in first.speakers}
    for speaker in second.speakers:
        own = speakers.get(speaker.id)
        speakers[speaker.id] = _one_speaker(own, speaker) if own else speaker
    posts = {post.id: post for post in first.posts}
    for post in second.posts:
        posts[post.id] = _one_post(posts[post.id], post) if post.id in posts else post
    parents = {**second.parents, **first.parents}
    for closing in circular(parents):
        del parents[closing]
    return Contents(
        speakers=tuple(speakers.values()),
        posts=tuple(posts.values()),
        tenures=tuple(dict.fromkeys((*first.tenures, *second.tenures))),
        parents=parents,
        issues=(*first.issues, *second.issues),
    )


def _one_speaker(first: Speaker, second: Speaker) -> Speaker:
    if first.type is not second.type:
        types = f"{first.type} in one registry and {second.type} in the other"
        raise RegistryError(f"the id {first.id!r} is of type {types}; change one of the ids")
    names = dict.fromkeys((*first.aliases, second.name, *second.aliases))
    return attrs.evolve(
        first,
        gender=first.gender or second.gender,
        aliases=tuple(name for name in names if name != first.name),
        identifiers=tuple(dict.fromkeys((*first.identifiers, *second.identifiers))),
    )


def _one_post(first: Post, second: Post) -> Post:
    labels = dict.fromkeys((*first.other_labels, second.label, *second.other_labels))
    return attrs.evolve(
        first,
        other_labels=tuple(label for label in labels if label != first.label),
        organization_id=first.organization_id or second.organization_id,
    )
