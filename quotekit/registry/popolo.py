"""Popolo JSON: persons, organizations, posts and memberships (popoloproject.com)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import attrs

from quotekit.document import Issue
from quotekit.registry.fields import Fields, filled
from quotekit.registry.records import Contents, Post, Tenure
from quotekit.registry.rows import PostRow, Rows, SpeakerRow, TenureRow
from quotekit.speakers import Speaker, SpeakerType

__all__ = ["fits", "read", "write"]

COLLECTIONS = ("persons", "organizations", "posts", "memberships")
GROUP = "group"  # the classification of an organization that is only a group of people


def fits(document: Fields) -> bool:
    """Whether a JSON object is one of Popolo."""
    return any(name in document for name in COLLECTIONS)


def read(document: Fields) -> Rows:
    """The rows of a Popolo object. Raises `RegistryError` where a field is of the wrong kind."""
    persons = tuple(_speaker(fields, SpeakerType.PERSON) for fields in document.objects("persons"))
    organizations = tuple(_organization(fields) for fields in document.objects("organizations"))
    rows = Rows(
        speakers=organizations,
        posts=tuple(_post(fields) for fields in document.objects("posts")),
        tenures=tuple(_tenure(fields) for fields in document.objects("memberships")),
    )
    taken = {row.id for row in persons if row.id}
    rows = _renamed(rows, taken) if any(row.id in taken for row in organizations) else rows
    return attrs.evolve(rows, speakers=persons + rows.speakers)


def _speaker(fields: Fields, speaker_type: SpeakerType) -> SpeakerRow:
    given, family = fields.text("given_name"), fields.text("family_name")
    in_full = (f"{given} {family}",) if given and family else ()
    name = fields.text("name") or next(iter(in_full), None)
    return SpeakerRow(
        place=fields.place,
        id=fields.text("id"),
        name=name,
        type=speaker_type,
        gender=fields.text("gender"),
        identifiers=fields.pairs("identifiers", "scheme", "identifier"),
        aliases=tuple(alias for alias in (*fields.texts("other_names"), *in_full) if alias != name),
        parent_id=fields.text("parent_id"),
    )


def _organization(fields: Fields) -> SpeakerRow:
    row = _speaker(fields, SpeakerType.ORGANIZATION)
    kind = fields.text("classification")
    if kind and kind != GROUP:
        fields.file.note_unread("organizations.classification", f"{fields.place}.classification")
    return attrs.evolve(row, type=SpeakerType.GROUP) if kind == GROUP else row


def _post(fields: Fields) -> PostRow:
    label, role = fields.text("label"), fields.text("role")
    others = (*fields.texts("other_labels"), *fields.texts("other_label"), *([role] if role and label else ()))
    return PostRow(
        place=fields.place,
        id=fields.text("id"),
        label=label or role,
        other_labels=tuple(dict.fromkeys(other for other in others if other != label)),
        organization_id=fields.text("organization_id"),
    )


def _tenure(fields: Fields) -> TenureRow:
    embedded = fields.value("organization") or {}
    organization = fields.file.fields(embedded, f"{fields.place}.organization")
    return TenureRow(
        place=fields.place,
        speaker_id=fields.text("person_id"),
        title=fields.text("role") or fields.text("label"),
        post_id=fields.text("post_id"),
        organization_id=fields.text("organization_id") or organization.text("id"),
        organization=organization.text("name"),
        start=fields.text("start_date"),
        end=fields.text("end_date"),
    )


def _renamed(rows: Rows, taken: set[str]) -> Rows:
    """The rows with new ids for the organizations whose id a person has too, which Popolo allows."""

    def new(row_id: str | None) -> str | None:
        return f"organization/{row_id}" if row_id in taken and row_id in own else row_id

    own = {row.id for row in rows.speakers}
    issues = (
        Issue(code="new-id", message=f"{row.place}: its id {row.id!r} is also a person's; it became {new(row.id)!r}")
        for row in rows.speakers
        if row.id in taken
    )
    return Rows(
        speakers=tuple(attrs.evolve(row, id=new(row.id), parent_id=new(row.parent_id)) for row in rows.speakers),
        posts=tuple(attrs.evolve(row, organization_id=new(row.organization_id)) for row in rows.posts),
        tenures=tuple(attrs.evolve(row, organization_id=new(row.organization_id)) for row in rows.tenures),
        issues=tuple(issues),
    )


def write(contents: Contents) -> dict[str, Any]:
    """A registry as a Popolo object."""
    persons = [speaker for speaker in contents.speakers if speaker.type is SpeakerType.PERSON]
    others = [speaker for speaker in contents.speakers if speaker.type is not SpeakerType.PERSON]
    return {
        "persons": [_person_object(speaker) for speaker in persons],
        "organizations": [_organization_object(speaker, contents) for speaker in others],
        "posts": [_post_object(post) for post in contents.posts],
        "memberships": [_membership_object(tenure) for tenure in contents.tenures],
    }


def _person_object(speaker: Speaker) -> dict[str, Any]:
    return filled(
        id=speaker.id,
        name=speaker.name,
        other_names=_named("name", speaker.aliases),
        gender=speaker.gender,
        identifiers=[{"scheme": scheme, "identifier": value} for scheme, value in speaker.identifiers],
    )


def _organization_object(speaker: Speaker, contents: Contents) -> dict[str, Any]:
    kind = GROUP if speaker.type is SpeakerType.GROUP else None
    parent = contents.parents.get(speaker.id or "")
    return {**_person_object(speaker), **filled(classification=kind, parent_id=parent)}


def _post_object(post: Post) -> dict[str, Any]:
    others = _named("name", post.other_labels)
    return filled(id=post.id, label=post.label, other_labels=others, organization_id=post.organization_id)


def _membership_object(tenure: Tenure) -> dict[str, Any]:
    role = tenure.role
    by_name = {"name": role.organization} if role.organization and not tenure.organization_id else None
    return filled(
        person_id=tenure.speaker_id,
        role=role.title,
        organization_id=tenure.organization_id,
        organization=by_name,
        post_id=tenure.post_id,
        start_date=role.start and str(role.start),
        end_date=role.end and str(role.end),
    )


def _named(key: str, texts: Iterable[str]) -> list[dict[str, str]]:
    return [{key: text} for text in texts]
