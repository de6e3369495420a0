"""The file of a `QuoteIndex`, described in `docs/reference/data-format.md`: JSON lines under a checksum."""

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
from quotekit.matching.archive import Filed
from quotekit.matching.rows import encoded, version_of
from quotekit.matching.versions import Printed, Version
from quotekit.speakers import PartialDate

__all__ = ["read", "write"]

VERSION = 1
_FORMAT = "quotekit-index"
_LONGEST_HEADER = 200  # bytes
_REMEDY = "restore it from a copy, or move it away and make the index anew from its documents"

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
        for line in _lines(documents):
            digest.update(line)
            file.write(line.decode("ascii"))
            count += 1
        file.write(_trailer(count - 1, digest.hexdigest()).decode("ascii"))


def read(path: Path_) -> Iterator[tuple[Printed, list[Version]]]:
    """The documents of a file, one after another.

    Raises `OSError`, and `InputError` for a file that is no index or is damaged, which may show only at its end.
    """
    try:
        for line in _sound_lines(path):
            yield _document(json.loads(line))
    except (ValueError, TypeError, LookupError, AttributeError, OverflowError) as error:
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
    return encoded(row) + b"\n"


_HEADER = {"format": _FORMAT, "version": VERSION}


def _trailer(count: int, checksum: str) -> bytes:
    return _line({"documents": count, "sha256": checksum})


def _lines(documents: Iterable[Filed]) -> Iterator[bytes]:
    yield _line(_HEADER)
    for printed, rows in documents:
        opening = encoded({"doc": printed.doc, "outlet": printed.outlet, "date": printed.date})
        yield b'%s,"attributions":[%s]}\n' % (opening[:-1], b",".join(rows))


def _document(row: Mapping[str, Any]) -> tuple[Printed, list[Version]]:
    date = row["date"]
    printed = Printed(doc=row["doc"], outlet=row["outlet"], date=str(PartialDate.parse(date)) if date else None)
    versions = [version_of(item, printed) for item in row["attributions"]]
    if not all(isinstance(version.text, str) for version in versions):
        raise TypeError("expected the text of an attribution as str")
    return printed, versions
