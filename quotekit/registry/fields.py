"""Registry files as text, and JSON in them as objects that know their place and which of their fields were read."""

from __future__ import annotations

import collections
import json
import reprlib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, NoReturn

from quotekit.document import Issue
from quotekit.errors import RegistryError

__all__ = ["LARGEST", "Fields", "File", "filled", "read_text"]

LARGEST = 1 << 30  # bytes of a registry file


def read_text(path: Path) -> str:
    """A file's text. Raises `RegistryError` where it cannot be read, is too large, or is not UTF-8."""
    try:
        if path.stat().st_size > LARGEST:
            raise RegistryError(
                f"{path}: holds more than {LARGEST:,} bytes, and a registry is read into memory; "
                "leave out whom your articles do not name"
            )
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise RegistryError(f"{path}: byte {error.start} is not UTF-8; save the file as UTF-8") from error
    except (OSError, ValueError) as error:  # a path with a NUL is a ValueError
        reason = getattr(error, "strerror", None) or error
        raise RegistryError(f"{path}: {reason}; give the path of a registry file that can be read") from error


class File:
    """One JSON file while it is read: its name for messages, and the fields that nobody asked for."""

    def __init__(self, name: str) -> None:
        """Start with nothing unread."""
        self.name = name
        self._unread: collections.Counter[str] = collections.Counter()
        self._first: dict[str, str] = {}

    def parse(self, text: str) -> Fields:
        """The object in a JSON text. Raises `RegistryError` with the line where it is none."""
        return self.fields(self._decoded(json.loads, text), "$")

    def first_value(self, text: str) -> tuple[Any, bool]:
        """The first JSON value in a text, and whether nothing follows. Raises `RegistryError` with the line."""
        start = len(text) - len(text.lstrip())
        value, end = self._decoded(lambda whole: json.JSONDecoder().raw_decode(whole, start), text)
        return value, not text[end:].strip()

    def _decoded(self, decode: Callable[[str], Any], text: str) -> Any:
        try:
            return decode(text)
        except json.JSONDecodeError as error:
            raise RegistryError(
                f"{self.name}, line {error.lineno}, column {error.colno}: {error.msg}; "
                "a registry is JSON, JSON lines, or CSV with a header that has “name”"
            ) from error
        except (RecursionError, ValueError) as error:  # nested too deep, a number of too many digits
            raise RegistryError(f"{self.name}: JSON that cannot be read ({error}); make it simpler") from error

    def fields(self, value: object, place: str) -> Fields:
        """A JSON value as an object."""
        if not isinstance(value, dict):
            self.fail(place, "an object", value)
        return Fields(self, place, value)

    def fail(self, place: str, wanted: str, got: object) -> NoReturn:
        """Raise the `RegistryError` for a value that is not what it must be."""
        shown = "an object" if isinstance(got, dict) else "a list" if isinstance(got, list) else reprlib.repr(got)
        raise RegistryError(f"{self.name} @ {place}: expected {wanted}, got {shown}; correct the file there")

    def note_unread(self, collection: str, place: str) -> None:
        """Count a field that has no place in a registry."""
        self._unread[collection] += 1
        self._first.setdefault(collection, place)

    def unread(self) -> Iterator[Issue]:
        """One issue for each field, of whatever number of objects, that was left out."""
        for field, count in self._unread.items():
            times = f", and in {count - 1} more" if count > 1 else ""
            yield Issue(code="unknown-field", message=f"{self._first[field]}{times}: not kept in a registry")


class Fields:
    """A JSON object whose fields are asked for by name; what nobody asks for is told by `File.unread`."""

    def __init__(self, file: File, place: str, fields: Mapping[str, Any]) -> None:
        """Stand at `place`, a JSON path."""
        self.file, self.place, self._fields = file, place, fields
        self._asked: set[str] = set()

    def __contains__(self, name: str) -> bool:
        """Whether the object has the field."""
        return name in self._fields

    def names(self) -> list[str]:
        """The names of all fields."""
        return list(self._fields)

    def value(self, name: str) -> Any:
        """A field as it stands, or `None`."""
        self._asked.add(name)
        return self._fields.get(name)

    def text(self, name: str) -> str | None:
        """A string field, or a number as one, without space around it; `None` where it is missing or empty."""
        value = self.value(name)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, (str, int)):
            self.file.fail(f"{self.place}.{name}", "a string", value)
        return str(value).strip() or None

    def values(self, name: str) -> Iterator[tuple[str, Any]]:
        """Each value of a list field with its place."""
        found = self.value(name)
        if found is not None and not isinstance(found, list):
            self.file.fail(f"{self.place}.{name}", "a list", found)
        for number, value in enumerate(found or ()):
            yield f"{self.place}.{name}[{number}]", value

    def objects(self, name: str) -> Iterator[Fields]:
        """Each object of a list field; when the next is taken, what was not read of the last is noted."""
        for place, value in self.values(name):
            fields = self.file.fields(value, place)
            yield fields
            fields.close(name)

    def texts(self, name: str, key: str = "name") -> tuple[str, ...]:
        """The strings of a list field, each plain or as the `key` of an object."""
        found = []
        for place, value in self.values(name):
            text = self.file.fields(value, place).text(key) if isinstance(value, dict) else value
            if not isinstance(text, str):
                self.file.fail(place, f"a string or an object with “{key}”", value)
            found.append(text.strip())
        return tuple(dict.fromkeys(text for text in found if text))

    def pairs(self, name: str, first: str, second: str) -> tuple[tuple[str, str], ...]:
        """The two strings of each object in a list field that has both."""
        found = [(fields.text(first), fields.text(second)) for fields in self.objects(name)]
        return tuple((one, two) for one, two in found if one and two)

    def close(self, collection: str) -> None:
        """Note the fields that nobody asked for."""
        for name in self._fields.keys() - self._asked:
            self.file.note_unread(f"{collection}.{name}", f"{self.place}.{name}")


def filled(**fields: object) -> dict[str, Any]:
    """The fields that hold something, to write."""
    return {name: value for name, value in fields.items() if value}
