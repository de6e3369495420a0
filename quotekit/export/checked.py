"""A JSON value together with its place in the data, read with checks."""

from __future__ import annotations

import enum
import json
import reprlib
from collections.abc import Iterator, Mapping
from typing import TypeVar

import attrs

from quotekit.errors import InputError
from quotekit.spans import Span

__all__ = ["Node", "parse"]

Word = TypeVar("Word", bound=enum.Enum)


@attrs.frozen
class Node:
    """A JSON value and the path that leads to it; every reader raises `InputError` for what it does not take.

    A key that is missing and a key that is null read the same: as nothing.

    >>> Node({"score": 0.5})["score"].score()
    0.5
    """

    value: object
    path: str = "$"

    def error(self, problem: str) -> InputError:
        """The exception that tells `problem` and this place."""
        return InputError(f"{problem} @ {self.path}")

    def unexpected(self, expected: str) -> InputError:
        """The exception that tells what was expected, what stands here, and where."""
        return self.error(f"expected {expected}, got {_shown(self.value)}")

    def __bool__(self) -> bool:
        """Whether anything stands here, be it an empty string or 0."""
        return self.value is not None

    def __getitem__(self, key: str) -> Node:
        if not isinstance(self.value, (dict, Mapping)):  # dict first: it is what JSON gives, and quick to tell
            raise self.unexpected("an object")
        return Node(self.value.get(key), f"{self.path}.{key}")

    def __iter__(self) -> Iterator[Node]:
        """The items of an array; of nothing, none."""
        if not isinstance(self.value, (list, tuple, type(None))):
            raise self.unexpected("an array")
        return (Node(item, f"{self.path}[{i}]") for i, item in enumerate(self.value or ()))

    def known(self) -> dict[str, object]:
        """The keys of an object that have a value."""
        if not isinstance(self.value, Mapping):
            raise self.unexpected("an object")
        return {key: value for key, value in self.value.items() if value is not None}

    def string(self) -> str:
        """A string."""
        if not isinstance(self.value, str):
            raise self.unexpected("a string")
        return self.value

    def string_or_none(self) -> str | None:
        """A string, or `None` for nothing."""
        return self.string() if self else None

    def boolean(self) -> bool:
        """True or false."""
        if not isinstance(self.value, bool):
            raise self.unexpected("true or false")
        return self.value

    def integer(self) -> int:
        """A whole number of 0 or more."""
        if not isinstance(self.value, int) or isinstance(self.value, bool) or not 0 <= self.value < 2**53:
            raise self.unexpected("a whole number of 0 or more")
        return self.value

    def score(self) -> float:
        """A number in 0..1."""
        if not isinstance(self.value, (int, float)) or isinstance(self.value, bool) or not 0 <= self.value <= 1:
            raise self.unexpected("a number from 0 to 1")
        return float(self.value)

    def word(self, words: type[Word]) -> Word:
        """One word of a closed set."""
        try:
            return words(self.string())
        except ValueError as error:
            if isinstance(error, InputError):
                raise
            raise self.unexpected(f"one of {', '.join(str(word) for word in words)}") from None

    def span(self, text: str) -> Span:
        """A pair `[start, end]` that lies inside `text`."""
        pair = tuple(self)
        if len(pair) != 2:
            raise self.unexpected("a span as [start, end]")
        return self._inside(text, *pair)

    def own_span(self, text: str) -> Span:
        """The `start` and `end` of an object, which lie inside `text`."""
        return self._inside(text, self["start"], self["end"])

    def _inside(self, text: str, first: Node, last: Node) -> Span:
        start, end, name = first.integer(), last.integer(), self.path.rpartition(".")[2]
        if start > end:
            raise self.error(f"{name} starts at {start}, after its end {end}")
        if end > len(text):
            raise self.error(f"{name} ends at {end} but the text has {len(text)} characters")
        return Span(start, end)

    def spans(self, text: str) -> tuple[Span, ...]:
        """An array of spans that lie inside `text`."""
        return tuple(item.span(text) for item in self)


def parse(line: str | bytes) -> Node:
    """The JSON value on a line, a byte order mark before it passed over. Raises `InputError`.

    >>> parse(b'{"text": "Khan left."}')["text"].string()
    'Khan left.'
    """
    try:
        return Node(json.loads(line.decode("utf-8-sig") if isinstance(line, bytes) else line.removeprefix("\ufeff")))
    except UnicodeDecodeError as error:
        raise InputError(f"expected UTF-8, got byte 0x{error.object[error.start]:02x} at byte {error.start}") from None
    except json.JSONDecodeError as error:
        raise InputError(f"expected one JSON object, got none: {error.msg} at column {error.colno}") from None
    except (ValueError, RecursionError) as error:
        raise InputError(f"expected one JSON object, got none that can be read: {error}") from None


def _shown(value: object) -> str:
    if value is None:
        return "nothing"
    if isinstance(value, Mapping):
        return "an object"
    if isinstance(value, (list, tuple)):
        return f"an array of {len(value)}"
    if isinstance(value, int) and abs(value) >= 10**18:  # Python refuses to spell out very long ones
        return "a huge number"
    return str(value).lower() if isinstance(value, bool) else reprlib.repr(value)
