"""Attributions as JSON rows in ASCII: what an index keeps of each, and what its file holds."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from quotekit.document import Kind
from quotekit.matching.versions import Printed, Version
from quotekit.spans import Span
from quotekit.speakers import Speaker, SpeakerType

__all__ = ["encoded", "row_of", "version_of"]

_encode = json.JSONEncoder(separators=(",", ":")).encode


def encoded(row: Mapping[str, object]) -> bytes:
    """A row as bytes, without spaces and line feeds."""
    return _encode(row).encode("ascii")


def row_of(version: Version) -> bytes:
    """The row of an attribution, without its document."""
    return encoded(
        {
            "index": version.index,
            "content": [[span.start, span.end] for span in version.content],
            "text": version.text,
            "speakers": [_speaker_row(speaker) for speaker in version.speakers],
            **({"kind": str(version.kind)} if version.kind else {}),
        }
    )


def version_of(row: Mapping[str, Any], printed: Printed) -> Version:
    """The attribution that a row holds. Raises `ValueError`, `TypeError` or `LookupError` where it holds none."""
    return Version(
        printed=printed,
        index=row["index"],
        content=tuple(Span(start, end) for start, end in row["content"]),
        text=row["text"],
        speakers=tuple(map(_speaker, row["speakers"])),
        kind=Kind(row["kind"]) if "kind" in row else None,
    )


def _speaker_row(speaker: Speaker) -> dict[str, object]:
    row = {
        "name": speaker.name,
        "type": str(speaker.type),
        "id": speaker.id,
        "role": speaker.role,
        "organization": speaker.organization,
        "gender": speaker.gender,
        "identifiers": [list(pair) for pair in speaker.identifiers] or None,
    }
    return {key: value for key, value in row.items() if value is not None}


def _speaker(row: Mapping[str, Any]) -> Speaker:
    fields = dict(row)
    identifiers = tuple((scheme, identifier) for scheme, identifier in fields.pop("identifiers", ()))
    return Speaker(type=SpeakerType(fields.pop("type")), identifiers=identifiers, **fields)
