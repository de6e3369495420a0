"""What a registry file says, row by row and unchecked, and the checks that make a registry's contents of it."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TypeVar

import attrs

from quotekit.document import Issue
from quotekit.errors import InputError
from quotekit.registry.names import words_of
from quotekit.registry.records import Contents, Post, Tenure
from quotekit.speakers import PartialDate, Role, Speaker, SpeakerType

__all__ = ["Places", "PostRow", "Rows", "SpeakerRow", "TenureRow", "checked", "circular", "examined", "new_ids"]


@attrs.frozen(kw_only=True)
class SpeakerRow:
    """A speaker as a file gives it, and where."""

    place: str
    id: str | None
    name: str | None
    type: SpeakerType
    gender: str | None = None
    identifiers: tuple[tuple[str, str], ...] = ()
    aliases: tuple[str, ...] = ()
    parent_id: str | None = None


@attrs.frozen(kw_only=True)
class PostRow:
    """A post as a file gives it, and where."""

    place: str
    id: str | None
    label: str | None
    other_labels: tuple[str, ...] = ()
    organization_id: str | None = None


@attrs.frozen(kw_only=True)
class TenureRow:
    """Who held what from when until when, as a file gives it, and where; `organization` is a name without an id."""

    place: str
    speaker_id: str | None
    title: str | None = None
    post_id: str | None = None
    organization_id: str | None = None
    organization: str | None = None
    start: str | None = None
    end: str | None = None


@attrs.frozen(kw_only=True)
class Rows:
    """All rows of a file, and what its reader had to leave out."""

    speakers: tuple[SpeakerRow, ...] = ()
    posts: tuple[PostRow, ...] = ()
    tenures: tuple[TenureRow, ...] = ()
    issues: tuple[Issue, ...] = ()


@attrs.frozen
class Places:
    """Where the speakers, by id, and the tenures of a registry's contents stand in its file."""

    speakers: Mapping[str, str]
    tenures: tuple[str, ...]


def checked(rows: Rows) -> Contents:
    """The contents of a registry; a row that cannot stand is left out, and each such becomes an issue."""
    return examined(rows)[0]


def examined(rows: Rows) -> tuple[Contents, Places]:
    """The contents of a registry as `checked` gives them, and where they stand in the file."""
    issues = list(rows.issues)
    speaker_rows = dict(_with_ids(rows.speakers, lambda row: row.name, issues))
    post_rows = dict(_with_ids(rows.posts, lambda row: row.label, issues))
    known = _Known(speaker_rows, post_rows, issues)
    posts = tuple(known.post(post_id) for post_id in post_rows)
    tenures = [(tenure, row.place) for row in rows.tenures if (tenure := known.tenure(row))]
    contents = Contents(
        speakers=tuple(_speaker(speaker_id, row) for speaker_id, row in speaker_rows.items()),
        posts=posts,
        tenures=tuple(tenure for tenure, _ in tenures),
        parents=known.parents(),
        issues=tuple(issues),
    )
    speaker_places = {speaker_id: row.place for speaker_id, row in speaker_rows.items()}
    return contents, Places(speaker_places, tuple(place for _, place in tenures))


Row = TypeVar("Row", SpeakerRow, PostRow)


def _with_ids(
    rows: Sequence[Row], name_of: Callable[[Row], str | None], issues: list[Issue]
) -> Iterator[tuple[str, Row]]:
    """Each row that has a name and an id of its own, with its id."""
    given = {row.id for row in rows}
    places: dict[str, str] = {}
    for row in rows:
        name = name_of(row)
        if not name or not words_of(name):
            issues.append(Issue(code="empty-name", message=f"{row.place}: left out, it has no name; give it one"))
            continue
        row_id = row.id or next(new for new in new_ids(name) if new not in given and new not in places)
        if row_id in places:
            message = f"{row.place}: left out, its id {row_id!r} is also that of {places[row_id]}; give it another"
            issues.append(Issue(code="duplicate-id", message=message))
        else:
            places[row_id] = row.place
            yield row_id, row


def new_ids(name: str) -> Iterator[str]:
    """Ids to choose from for somebody of this name: the name with hyphens, then with numbers."""
    start = "-".join(words_of(name))
    return (f"{start}-{number}" if number > 1 else start for number in itertools.count(1))


def _speaker(speaker_id: str, row: SpeakerRow) -> Speaker:
    return Speaker(
        id=speaker_id,
        name=row.name or "",
        type=row.type,
        gender=row.gender,
        identifiers=row.identifiers,
        aliases=tuple(alias for alias in row.aliases if alias != row.name),
    )


@attrs.frozen
class _Known:
    """The speakers and posts that rows may refer to, and where to note what they refer to in vain."""

    speakers: Mapping[str, SpeakerRow]
    posts: Mapping[str, PostRow]
    issues: list[Issue]

    def post(self, post_id: str) -> Post:
        row = self.posts[post_id]
        organization_id = self._checked_id("organization", row.organization_id, row.place)
        return Post(id=post_id, label=row.label or "", other_labels=row.other_labels, organization_id=organization_id)

    def tenure(self, row: TenureRow) -> Tenure | None:
        speaker_id = self._checked_id("speaker", row.speaker_id, row.place)
        post_id = self._checked_id("post", row.post_id, row.place)
        title = row.title or (self.posts[post_id].label if post_id else None)
        if not row.speaker_id or not title:
            lacking = "a title or a post" if row.speaker_id else "the id of a speaker"
            self._note("incomplete-role", f"{row.place}: left out, it needs {lacking}")
            return None
        if not speaker_id:
            return None
        try:
            start, end = (date and PartialDate.parse(date) for date in (row.start, row.end))
        except InputError as error:
            self._note("bad-date", f"{row.place}: left out, {error}; correct the date or take it away")
            return None
        if start and end and end.last() < start.first():
            self._note(
                "end-before-start", f"{row.place}: left out, it ends on {end}, before its start on {start}; correct one"
            )
            return None
        organization_id = self._checked_id("organization", row.organization_id, row.place)
        if not organization_id and not row.organization and post_id:
            organization_id = self._checked_id("organization", self.posts[post_id].organization_id, None)
        organization = self.speakers[organization_id].name if organization_id else row.organization
        role = Role(title=title, organization=organization, start=start or None, end=end or None)
        return Tenure(speaker_id=speaker_id, role=role, post_id=post_id, organization_id=organization_id)

    def parents(self) -> dict[str, str]:
        """The parent of each speaker that has one; a link that closes a circle is left out."""
        links = {
            speaker_id: parent
            for speaker_id, row in self.speakers.items()
            if (parent := self._checked_id("parent", row.parent_id, row.place))
        }
        for speaker_id, parent in circular(links).items():
            place = self.speakers[speaker_id].place
            message = f"{place}: left without its parent {parent!r}, which is a part of it; correct one of them"
            self._note("parent-cycle", message)
            del links[speaker_id]
        return links

    def _checked_id(self, what: str, wanted: str | None, place: str | None) -> str | None:
        """The id where it is one of this file's; otherwise `None`, noted where `place` says where it stood."""
        known: Mapping[str, object] = self.posts if what == "post" else self.speakers
        if wanted and wanted not in known and place:
            self._note("unknown-id", f"{place}: no {what} has the id {wanted!r} in this file; add it or correct the id")
        return wanted if wanted in known else None

    def _note(self, code: str, message: str) -> None:
        self.issues.append(Issue(code=code, message=message))


def circular(links: Mapping[str, str]) -> dict[str, str]:
    """One link of every circle that the links form.

    >>> circular({"a": "b", "b": "a", "c": "a"})
    {'b': 'a'}
    """
    found: dict[str, str] = {}
    seen: set[str] = set()
    for start in links:
        path: dict[str, None] = {}
        node = start
        while node in links and node not in seen:
            seen.add(node)
            path[node] = None
            if links[node] in path:
                found[node] = links[node]
            node = links[node]
    return found
