"""A registry as CSV: each speaker's row with those of the roles after it, then the posts."""

from __future__ import annotations

import collections
import csv
import io
import re
from collections.abc import Iterator, Mapping

from quotekit.registry.csv import COLUMNS
from quotekit.registry.records import Contents, Post, Tenure
from quotekit.speakers import Speaker

__all__ = ["write"]

MOST_ALIASES = 500  # in one cell: an endless one is not read back

_SPECIAL = re.compile(r"([\\|])")


def write(contents: Contents) -> str:
    """A registry as a CSV text, with a header."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, COLUMNS)
    writer.writeheader()
    writer.writerows(_rows(contents))
    return text.getvalue()


def _rows(contents: Contents) -> Iterator[Mapping[str, str | None]]:
    tenures: dict[str, list[Tenure]] = collections.defaultdict(list)
    for tenure in contents.tenures:
        tenures[tenure.speaker_id].append(tenure)
    for speaker in contents.speakers:
        yield from _speaker(speaker, contents.parents.get(speaker.id or ""))
        for tenure in tenures[speaker.id or ""]:
            yield {"id": speaker.id, "name": speaker.name, **_role(tenure)}
    yield from map(_post, contents.posts)


def _speaker(speaker: Speaker, parent_id: str | None) -> Iterator[Mapping[str, str | None]]:
    yield {
        "id": speaker.id,
        "name": speaker.name,
        "type": str(speaker.type),
        "gender": speaker.gender,
        "aliases": _cell(*speaker.aliases[:MOST_ALIASES]),
        "identifiers": "|".join(f"{_scheme(scheme)}:{_cell(value)}" for scheme, value in speaker.identifiers),
        "parent_id": parent_id,
    }
    for start in range(MOST_ALIASES, len(speaker.aliases), MOST_ALIASES):
        aliases = speaker.aliases[start : start + MOST_ALIASES]
        yield {"id": speaker.id, "name": speaker.name, "aliases": _cell(*aliases)}


def _role(tenure: Tenure) -> Mapping[str, str | None]:
    role = tenure.role
    return {
        "title": role.title,
        "post_id": tenure.post_id,
        "organization_id": tenure.organization_id,
        "organization": None if tenure.organization_id else role.organization,
        "start": str(role.start or ""),
        "end": str(role.end or ""),
    }


def _post(post: Post) -> Mapping[str, str | None]:
    others = _cell(*post.other_labels)
    return {"post_id": post.id, "title": post.label, "aliases": others, "organization_id": post.organization_id}


def _cell(*values: str) -> str:
    """Values in one cell, with “|” between them."""
    return "|".join(_SPECIAL.sub(r"\\\1", value) for value in values)


def _scheme(value: str) -> str:
    return _cell(value).replace(":", "\\:")
