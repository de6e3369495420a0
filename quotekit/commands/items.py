"""Files and standard input → items: articles as text, as JSON lines, or as JSON."""

from __future__ import annotations

import codecs
import contextlib
import itertools
import os
import sys
from collections.abc import Iterable, Iterator
from typing import IO, Any

from quotekit.commands.messages import Messages, reason
from quotekit.errors import InputError
from quotekit.export.checked import Node, parse

__all__ = ["LINES", "Item", "items_of"]

LINES = (".jsonl", ".ndjson")
JSON = ".json"

Item = dict[str, Any]


def items_of(paths: Iterable[str], messages: Messages) -> Iterator[Item]:
    """The items of files, of which what cannot be read is told and left out."""
    return (item for path in paths for item in _items(path, messages))


def _items(path: str, messages: Messages) -> Iterator[Item]:
    name = "stdin" if path == "-" else path
    try:
        with contextlib.nullcontext(sys.stdin.buffer) if path == "-" else open(path, "rb") as file:
            yield from _items_of_file(file, name, messages)
    except UnicodeDecodeError as error:
        byte = f"0x{error.object[error.start]:02x} at byte {error.start}"
        messages.error(f"{name}: expected UTF-8 text, got {byte}; convert it first (iconv -t UTF-8)")
    except InputError as error:
        messages.error(f"{name}: {error}")
    except OSError as error:
        messages.error(reason(error))


def _items_of_file(file: IO[bytes], name: str, messages: Messages) -> Iterator[Item]:
    """As its suffix says, or else as it looks; only JSON lines are read as they come."""
    suffix = os.path.splitext(name)[1].lower()
    head = list(_to_first_written(file))
    if suffix in LINES or _is_article(_value(head[-1]) if head else None):
        yield from _items_of_lines(itertools.chain(head, file), name, messages)
        return
    written = b"".join(head) + file.read()
    node = parse(written) if suffix == JSON else Node(_value(written))
    if suffix == JSON or _is_articles(node.value):
        yield from _items_of_json(_articles(node), name, messages)
    else:
        yield {"id": name, "text": written.decode("utf-8-sig")}


def _to_first_written(lines: Iterable[bytes]) -> Iterator[bytes]:
    """The lines up to the first that is not blank."""
    for line in lines:
        yield line
        if not _is_blank(line):
            return


def _is_blank(line: bytes) -> bool:
    return not line.removeprefix(codecs.BOM_UTF8).strip()


def _value(written: bytes) -> object:
    """What stands there as JSON; nothing where it is none."""
    if not written.removeprefix(codecs.BOM_UTF8).lstrip().startswith((b"{", b"[")):
        return None
    try:
        return parse(written).value
    except InputError:
        return None


def _is_article(value: object) -> bool:
    return isinstance(value, dict) and value.get("text") is not None


def _is_articles(value: object) -> bool:
    return _is_article(value) or (isinstance(value, list) and bool(value) and all(map(_is_article, value)))


def _articles(node: Node) -> list[Node]:
    """The articles of a JSON file, which holds one or an array of them. Raises `InputError`."""
    if isinstance(node.value, list):
        return list(node)
    if not _is_article(node.value):
        raise node.error('expected an article as {"text": …}, or an array of articles, got neither')
    return [node]


def _items_of_json(articles: list[Node], name: str, messages: Messages) -> Iterator[Item]:
    for number, article in enumerate(articles, start=1):
        try:
            yield _named(article.known(), name if len(articles) == 1 else f"{name}:{number}")
        except InputError as error:
            messages.error(f"{name}: {error}")


def _items_of_lines(lines: Iterable[bytes], name: str, messages: Messages) -> Iterator[Item]:
    for number, line in enumerate(lines, start=1):
        if _is_blank(line):
            continue
        try:
            yield _named(parse(line).known(), f"{name}:{number}")
        except InputError as error:
            messages.error(f"{name}, line {number}: {error}")


def _named(known: Item, name: str) -> Item:
    return known if "doc" in known or "id" in known else {"id": name, **known}
