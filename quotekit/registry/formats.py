"""The file formats of registries: told from the content when reading, from name or suffix when writing."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import attrs

from quotekit.errors import InputError, RegistryError
from quotekit.files import replacing
from quotekit.registry import congress, csv, csv_writer, followthemoney, followthemoney_writer, native, popolo
from quotekit.registry.entities import fits as is_entity
from quotekit.registry.fields import File, read_text
from quotekit.registry.records import Contents
from quotekit.registry.rows import Rows

__all__ = ["FORMATS", "read_rows", "save"]

_YAML = ("---", "- ", "%YAML")


@attrs.frozen
class Format:
    """How a format is written: the ends of its file names, and its text."""

    suffixes: tuple[str, ...]
    write: Callable[[Contents], str]


def _json(write: Callable[[Contents], dict[str, Any]]) -> Callable[[Contents], str]:
    return lambda contents: json.dumps(write(contents), ensure_ascii=False, indent=1) + "\n"


FORMATS: Mapping[str, Format] = {
    "native": Format((".json",), _json(native.write)),
    "popolo": Format((".popolo.json",), _json(popolo.write)),
    "followthemoney": Format((".ftm.json", ".jsonl"), followthemoney_writer.write),
    "csv": Format((".csv",), csv_writer.write),
}
_BY_SUFFIX = {suffix: name for name, form in FORMATS.items() for suffix in form.suffixes}


def read_rows(path: str | os.PathLike[str]) -> Rows:
    """The rows of a registry file, whatever its format.

    Raises `RegistryError` with file and line or JSON path where it is in none of the formats.
    """
    if not isinstance(path, (str, os.PathLike)):
        raise InputError(f"expected the path of a registry file, got {type(path).__name__}")
    file, text = File(os.fspath(path)), read_text(Path(path))
    rows = _rows(file, text)
    return attrs.evolve(rows, issues=(*rows.issues, *file.unread()))


def _rows(file: File, text: str) -> Rows:
    if not text.lstrip().startswith(("{", "[")):
        if csv.fits(text):
            return csv.read(file, text)
        if text.lstrip().startswith(_YAML) or file.name.endswith((".yaml", ".yml")):
            raise RegistryError(
                f"{file.name}: looks like YAML, which is not read; make JSON of it, as in: "
                "python -c 'import json, yaml, sys; json.dump(yaml.safe_load(sys.stdin), sys.stdout, default=str)'"
            )
    value, ended = file.first_value(text)
    if is_entity(value):
        return followthemoney.read(file, text)
    if not ended:
        file.parse(text)  # tells where the second value begins
    if congress.fits(value):
        return congress.read(file, value)
    document = file.fields(value, "$")
    form = next((form for form in (native, popolo) if form.fits(document)), None)
    if form is None:
        wanted = f"“format”: “{native.FORMAT}”, or one of Popolo's {', '.join(popolo.COLLECTIONS)}"
        file.fail("$", f"an object with {wanted}", document.names())
    rows: Rows = form.read(document)
    document.close("$")
    return rows


def save(contents: Contents, path: str | os.PathLike[str], name: str | None) -> None:
    """Write a registry in the format of that name, or else of the path's suffix, whole or not at all.

    Raises `InputError` for another format or suffix, `RegistryError` where the file cannot be written.
    """
    target = os.fspath(path)
    suffix = max((suffix for suffix in _BY_SUFFIX if target.endswith(suffix)), key=len, default="")
    chosen = name or _BY_SUFFIX.get(suffix)
    if chosen is None or chosen not in FORMATS:
        known = f"{' or '.join(FORMATS)} as format, or a path that ends in {' or '.join(_BY_SUFFIX)}"
        raise InputError(f"expected {known}, got format={name!r} and path {target!r}")
    text = FORMATS[chosen].write(contents)
    try:
        with replacing(target) as out:
            out.write(text.encode("utf-8", "backslashreplace").decode())  # a lone surrogate becomes its JSON escape
    except (OSError, ValueError) as error:  # a path with a NUL is a ValueError
        reason = getattr(error, "strerror", None) or error
        raise RegistryError(f"{target}: {reason}; give a path that can be written") from error
