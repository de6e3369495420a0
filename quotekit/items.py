"""The items that `attribute_many` is given, the documents they ask for, and batches of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, TypeAlias

import attrs

from quotekit.document import Document, Issue
from quotekit.errors import InputError
from quotekit.speakers import PartialDate

__all__ = ["BATCH_CHARACTERS", "Item", "batches", "document_of", "text_of", "unread"]

BATCH_ITEMS = 32
BATCH_CHARACTERS = 100_000

Item: TypeAlias = Any  # a str, a stanza.Document or a mapping; anything else becomes an Issue


def document_of(item: Item) -> Document:
    """The document an item asks for, with nothing read yet; raises `InputError` where it asks wrongly."""
    fields = item if isinstance(item, Mapping) else {"text": item}
    text = _string_of(item)
    if text is None:
        raise InputError(f"expected a str or a stanza.Document that has its text, got {_textless(text_of(item))}")
    for name in ("outlet", "title"):
        if not isinstance(fields.get(name), str | None):
            raise InputError(f"{name} must be a str or None, got {_named(fields[name])}")
    date = fields.get("date")
    return Document(
        id=_id(item), text=text, date=str(PartialDate.parse(date)) if date else None,
        outlet=fields.get("outlet"), title=fields.get("title"),
    )  # fmt: skip


def unread(item: Item, code: str, message: str) -> Document:
    """What stands in the place of an item that could not be read: its document, with an `Issue` and nothing found.

    An item that asks wrongly gives an empty document with its id.
    """
    issue = Issue(code=code, message=message)
    try:
        return attrs.evolve(document_of(item), issues=(issue,))
    except InputError:
        return Document(id=_id(item), text="", issues=(issue,))


def text_of(item: Item) -> Any:
    """What an item has for a text."""
    return item.get("text") if isinstance(item, Mapping) else item


def _string_of(item: Item) -> str | None:
    """The text itself, also that of a `stanza.Document`."""
    text = text_of(item)
    text = getattr(text, "text", None) if _is_stanza(text) else text
    return text if isinstance(text, str) else None


def batches(items: Iterable[Item]) -> Iterator[list[Item]]:
    """Items in groups that are read together: bounded in number and in length, drawn as they are needed.

    Where drawing an item fails, those before it are read first.
    """
    group: list[Item] = []
    length = 0
    try:
        for item in items:
            size = len(_string_of(item) or "")
            if group and (len(group) >= BATCH_ITEMS or length + size > BATCH_CHARACTERS):
                yield group
                group, length = [], 0
            group.append(item)
            length += size
    except Exception:
        if group:
            yield group
        raise
    if group:
        yield group


def _id(item: Item) -> str:
    fields = item if isinstance(item, Mapping) else {}
    given = fields.get("doc", fields.get("id"))
    return "" if given is None else str(given)


def _textless(value: object) -> str:
    return "one without: set document.text = …, from which its words were cut" if _is_stanza(value) else _named(value)


def _is_stanza(value: object) -> bool:
    return type(value).__module__.partition(".")[0] == "stanza"


def _named(value: object) -> str:
    if value is None:
        return "None"
    shown = repr(value)
    return f"{type(value).__name__} {shown if len(shown) <= 60 else shown[:57] + '…'}"
