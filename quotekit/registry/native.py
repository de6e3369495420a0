"""quotekit's own JSON: speakers with their dated roles, and posts; it keeps everything a registry holds."""

from __future__ import annotations

from typing import Any

from quotekit.registry.fields import Fields, filled
from quotekit.registry.records import Contents, Post, Tenure
from quotekit.registry.rows import PostRow, Rows, SpeakerRow, TenureRow
from quotekit.speakers import Speaker, SpeakerType

__all__ = ["fits", "read", "write"]

FORMAT, VERSION = "quotekit-registry", 1
TYPES = {str(kind): kind for kind in (SpeakerType.PERSON, SpeakerType.ORGANIZATION, SpeakerType.GROUP)}


def fits(document: Fields) -> bool:
    """Whether a JSON object is in this format."""
    return bool(document.value("format") == FORMAT)


def read(document: Fields) -> Rows:
    """The rows of a native registry. Raises `RegistryError` where a field is of the wrong kind."""
    version = document.value("version")
    document.value("seen")  # what `registry suggest` tells its reader
    if version != VERSION:
        document.file.fail("$.version", f"{VERSION}, the version this quotekit reads", version)
    speakers: list[SpeakerRow] = []
    tenures: list[TenureRow] = []
    for fields in document.objects("speakers"):
        speakers.append(_speaker(fields))
        tenures += (_tenure(role, speakers[-1].id) for role in fields.objects("roles"))
    posts = tuple(_post(fields) for fields in document.objects("posts"))
    return Rows(speakers=tuple(speakers), posts=posts, tenures=tuple(tenures))


def _speaker(fields: Fields) -> SpeakerRow:
    fields.value("seen")
    kind = fields.text("type") or str(SpeakerType.PERSON)
    if kind not in TYPES:
        fields.file.fail(f"{fields.place}.type", " or ".join(TYPES), kind)
    return SpeakerRow(
        place=fields.place,
        id=_id(fields),
        name=fields.text("name"),
        type=TYPES[kind],
        gender=fields.text("gender"),
        identifiers=fields.pairs("identifiers", "scheme", "identifier"),
        aliases=fields.texts("aliases"),
        parent_id=fields.text("parent_id"),
    )


def _post(fields: Fields) -> PostRow:
    return PostRow(
        place=fields.place,
        id=_id(fields),
        label=fields.text("label"),
        other_labels=fields.texts("other_labels"),
        organization_id=fields.text("organization_id"),
    )


def _tenure(fields: Fields, speaker_id: str | None) -> TenureRow:
    fields.value("seen")
    return TenureRow(
        place=fields.place,
        speaker_id=speaker_id,
        title=fields.text("title"),
        post_id=fields.text("post_id"),
        organization_id=fields.text("organization_id"),
        organization=fields.text("organization"),
        start=fields.text("start"),
        end=fields.text("end"),
    )


def _id(fields: Fields) -> str:
    return fields.text("id") or fields.file.fail(f"{fields.place}.id", "an id", fields.value("id"))


def write(contents: Contents) -> dict[str, Any]:
    """A registry in the native format."""
    tenures = {speaker.id: list[Tenure]() for speaker in contents.speakers}
    for tenure in contents.tenures:
        tenures[tenure.speaker_id].append(tenure)
    return {
        "format": FORMAT,
        "version": VERSION,
        "speakers": [
            {
                **_speaker_object(speaker),
                **filled(parent_id=contents.parents.get(speaker.id or "")),
                **filled(roles=[_role_object(tenure) for tenure in tenures[speaker.id]]),
            }
            for speaker in contents.speakers
        ],
        "posts": [_post_object(post) for post in contents.posts],
    }


def _speaker_object(speaker: Speaker) -> dict[str, Any]:
    return filled(
        id=speaker.id,
        name=speaker.name,
        type=str(speaker.type),
        gender=speaker.gender,
        aliases=list(speaker.aliases),
        identifiers=[{"scheme": scheme, "identifier": value} for scheme, value in speaker.identifiers],
    )


def _post_object(post: Post) -> dict[str, Any]:
    others = list(post.other_labels)
    return filled(id=post.id, label=post.label, other_labels=others, organization_id=post.organization_id)


def _role_object(tenure: Tenure) -> dict[str, Any]:
    role = tenure.role
    return filled(
        title=role.title,
        post_id=tenure.post_id,
        organization_id=tenure.organization_id,
        organization=None if tenure.organization_id else role.organization,
        start=role.start and str(role.start),
        end=role.end and str(role.end),
    )
