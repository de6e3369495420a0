"""The file of a `QuoteIndex`, described in `docs/data-format.md`: JSON lines under a checksum."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import IO, Any

from quotekit.errors import InputError
from quotekit.files import replacing
from quotekit.matching.versions import Printed, Version
from quotekit.spans import Span
from quotekit.speakers import PartialDate, Speaker, SpeakerType

__all__ = ["Filed", "read", "write"]

VERSION = 1
_FORMAT = "quotekit-index"
_LONGEST_HEADER = 200  # bytes
_REMEDY = "restore it from a copy, or move it away and make the index anew from its documents"

Filed = tuple[Printed, tuple[Version, ...]]
Path_ = str | os.PathLike[str]


def write(path: Path_, documents: Iterable[Filed]) -> None:
    """Write documents to a file, whole or not at all.

    Raises `OSError`, and `InputError` where the file is there and is no sound index: nothing else is overwritten.
    """
    if (target := Path(path)).is_file() and target.stat().st_size:
        for _ in _sound_lines(path):
            pass
    digest, count = hashlib.sha256(), 0
    with replacing(path) as file:
        for row in _rows(documents):
            line = _line(row)
            digest.update(line)
            file.write(line.decode("ascii"))
            count += 1
        file.write(_trailer(count - 1, digest.hexdigest()).decode("ascii"))


def read(path: Path_) -> list[Filed]:
    """The documents of a file. Raises `OSError`, and `InputError` for a file that is no index or is damaged."""
    speakers: dict[Speaker, Speaker] = {}
    try:
        return [_document(json.loads(line), speakers) for line in _sound_lines(path)]
    except (ValueError, TypeError, LookupError, AttributeError) as error:
        if isinstance(error, InputError) and os.fspath(path) in str(error):
            raise
        raise _damaged(path, f"a document in it cannot be read ({error})") from None


def _sound_lines(path: Path_) -> Iterator[bytes]:
    """The lines of the documents; the checksum is looked at when all are read. Raises `InputError`."""
    with open(path, "rb") as file:
        header = _header(path, file)
        digest, count = hashlib.sha256(header), 0
        before = file.readline()
        for line in file:
            digest.update(before)
            count += 1
            yield before
            before = line
    if before != _trailer(count, digest.hexdigest()):
        raise _damaged(path, "its checksum is not that of its content, or its end is missing")


def _header(path: Path_, file: IO[bytes]) -> bytes:
    line = file.readline(_LONGEST_HEADER)
    if line == _line(_HEADER):
        return line
    found: object = None
    with contextlib.suppress(ValueError):
        found = json.loads(line)
    if not isinstance(found, Mapping) or found.get("format") != _FORMAT:
        raise InputError(f"{path}: expected an index that QuoteIndex.save has written, got another file; give its path")
    raise InputError(
        f"{path}: expected an index of version {VERSION}, got version {found.get('version')!r}; "
        "use the quotekit that wrote it, or make the index anew from its documents"
    )


def _damaged(path: Path_, what: str) -> InputError:
    return InputError(f"{path}: the index is damaged: {what}; {_REMEDY}")


def _line(row: Mapping[str, object]) -> bytes:
    return json.dumps(row, separators=(",", ":")).encode("ascii") + b"\n"


_HEADER = {"format": _FORMAT, "version": VERSION}


def _trailer(count: int, checksum: str) -> bytes:
    return _line({"documents": count, "sha256": checksum})


def _rows(documents: Iterable[Filed]) -> Iterator[Mapping[str, object]]:
    yield _HEADER
    for printed, versions in documents:
        yield {
            "doc": printed.doc,
            "outlet": printed.outlet,
            "date": printed.date,
            "attributions": [
                {
                    "index": version.index,
                    "content": [[span.start, span.end] for span in version.content],
                    "text": version.text,
                    "speakers": [_speaker_row(speaker) for speaker in version.speakers],
                }
                for version in versions
            ],
        }


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


def _document(row: Mapping[str, Any], speakers: dict[Speaker, Speaker]) -> Filed:
    date = row["date"]
    printed = Printed(doc=row["doc"], outlet=row["outlet"], date=str(PartialDate.parse(date)) if date else None)
    versions = (
        Version(
            printed=printed,
            index=item["index"],
            content=tuple(Span(start, end) for start, end in item["content"]),
            text=item["text"],
            speakers=tuple(speakers.setdefault(s, s) for s in map(_speaker, item["speakers"])),
        )
        for item in row["attributions"]
    )
    return printed, tuple(versions)


def _speaker(row: Mapping[str, Any]) -> Speaker:
    fields = dict(row)
    identifiers = tuple((scheme, identifier) for scheme, identifier in fields.pop("identifiers", ()))
    return Speaker(type=SpeakerType(fields.pop("type")), identifiers=identifiers, **fields)
