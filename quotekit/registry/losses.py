"""What a registry lost on its way through a format that does not keep everything."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from quotekit.document import Issue
from quotekit.registry.registry import Registry
from quotekit.speakers import Speaker

__all__ = ["losses"]

_PARTS: dict[str, Callable[[Speaker], frozenset[object]]] = {
    "name": lambda speaker: frozenset([speaker.name]),
    "type": lambda speaker: frozenset([speaker.type]),
    "gender": lambda speaker: frozenset([speaker.gender] if speaker.gender else []),
    "identifiers": lambda speaker: frozenset(speaker.identifiers),
    "aliases": lambda speaker: frozenset(speaker.aliases),
    "roles": lambda speaker: frozenset(speaker.roles),
}


def losses(before: Registry, after: Registry) -> Iterator[Issue]:
    """One issue for each part of speakers, and one for posts, of which `after` lacks some that `before` has.

    >>> from quotekit.speakers import SpeakerType
    >>> registry = Registry()
    >>> entry = registry.add(Speaker(name="Ana Sol", type=SpeakerType.PERSON))
    >>> [issue.message for issue in losses(registry, Registry())]
    ["name: not kept of 1 speaker, as of 'ana-sol'", "type: not kept of 1 speaker, as of 'ana-sol'"]
    """
    for name, part in _PARTS.items():
        found = [own.id for own in before if part(own) - (part(other) if (other := after.get(own.id or "")) else set())]
        if found:
            yield _issue(name, "speaker", len(found), found[0])
    kept = {label for post in after.posts for label in (post.label, *post.other_labels)}
    posts = [post.id for post in before.posts if not kept.issuperset((post.label, *post.other_labels))]
    if posts:
        yield _issue("labels", "post", len(posts), posts[0])


def _issue(part: str, what: str, count: int, first: str | None) -> Issue:
    message = f"{part}: not kept of {count} {what}{'' if count == 1 else 's'}, as of {first!r}"
    return Issue(code="not-kept", message=message)
