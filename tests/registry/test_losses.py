"""What a registry lost on its way through a format."""

from __future__ import annotations

from quotekit.registry import Registry
from quotekit.registry.losses import losses
from quotekit.speakers import Role, Speaker, SpeakerType

FULL = Speaker(
    id="ana",
    name="Ana Sol",
    type=SpeakerType.PERSON,
    gender="female",
    aliases=("A. Sol",),
    identifiers=(("wikidata", "Q1"),),
    roles=(Role(title="Mayor"),),
)


def registry(*speakers: Speaker) -> Registry:
    """A registry of these speakers."""
    found = Registry()
    for speaker in speakers:
        found.add(speaker)
    return found


def test_nothing_is_lost() -> None:
    """A registry that has all, and perhaps more, lost nothing."""
    bare = Speaker(id="ana", name="Ana Sol", type=SpeakerType.PERSON)
    assert list(losses(registry(bare), registry(FULL))) == []


def test_each_part_is_told_once() -> None:
    """Each part of a speaker that is gone is told with the first of them, and how many there are."""
    bare = [Speaker(id=id, name="Ana Sol", type=SpeakerType.PERSON) for id in ("ana", "bo")]
    other = Speaker(id="bo", name="Ana Sol", type=SpeakerType.PERSON, gender="female")
    assert [issue.message for issue in losses(registry(FULL, other), registry(*bare))] == [
        "gender: not kept of 2 speakers, as of 'ana'",
        "identifiers: not kept of 1 speaker, as of 'ana'",
        "aliases: not kept of 1 speaker, as of 'ana'",
        "roles: not kept of 1 speaker, as of 'ana'",
    ]
