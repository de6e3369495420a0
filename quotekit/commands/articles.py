"""Articles → documents: what every command that reads articles takes, and what it makes of them."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator
from typing import Any

from quotekit.commands.items import Item, items_of
from quotekit.commands.messages import Messages
from quotekit.commands.numbers import whole_number
from quotekit.document import Document
from quotekit.errors import InputError
from quotekit.export import from_dict
from quotekit.speakers import PartialDate

__all__ = ["add_articles", "attributed", "documents_of"]


def add_articles(
    parser: argparse.ArgumentParser, registry: str = "who the speakers may be, in any registry format"
) -> None:
    """Give a parser the files to read, and what is known of all articles in them; `registry` says what one is for."""
    told = "an article as text, or articles as JSONL or JSON; - for stdin"
    parser.add_argument("files", nargs="*", default=["-"], metavar="FILE", help=told)
    parser.add_argument("--registry", metavar="F", help=registry)
    parser.add_argument("--date", type=_date, metavar="D", help="date of articles that state none (YYYY-MM-DD)")
    parser.add_argument("--outlet", metavar="O", help="outlet of articles that state none")
    parser.add_argument("--model", metavar="PACK", help="a model of your own, as `quotekit train` makes one")
    parser.add_argument("--workers", type=whole_number, default=1, metavar="N", help="processes that read (default: 1)")


def _date(value: str) -> str:
    try:
        PartialDate.parse(value)
    except InputError as error:
        raise argparse.ArgumentTypeError(str(error)) from None
    return value


def attributed(items: Iterable[Item], options: argparse.Namespace, messages: Messages) -> Iterator[Document]:
    """The documents of items, with what the options know of all of them; the issues of each are told."""
    known = {"date": options.date, "outlet": options.outlet}
    asked = {"workers": options.workers, "progress": sys.stderr.isatty() and not _shows_results(options)}
    items = ({**known, **item} for item in items)
    return _telling(_read(items, options, asked), messages)


def _shows_results(options: argparse.Namespace) -> bool:
    return bool(options.output == "-" and sys.stdout.isatty())


def _read(items: Iterable[Item], options: argparse.Namespace, asked: dict[str, Any]) -> Iterator[Document]:
    registry = None
    if options.registry:
        from quotekit.registry import Registry

        registry = Registry.load(options.registry)
    if options.model:
        from quotekit.api import Attributor

        return Attributor(registry, model=options.model).attribute_many(items, **asked)
    from quotekit.api import attribute_many

    return attribute_many(items, registry=registry, **asked)


def _telling(documents: Iterable[Document], messages: Messages) -> Iterator[Document]:
    """Pass documents on, and tell the issues of each once it is written."""
    for document in documents:
        yield document
        sys.stdout.flush()
        messages.issues(document)


def documents_of(options: argparse.Namespace, messages: Messages) -> Iterator[Document]:
    """The documents of `options.files`: those with attributions as they are, the others attributed."""
    raw = []
    for item in items_of(options.files, messages):
        if "attributions" not in item:
            raw.append(item)
            continue
        try:
            yield from_dict({"date": options.date, "outlet": options.outlet, **item})
        except InputError as error:
            messages.error(f"{item.get('doc', item.get('id'))}: {error}")
    if raw:
        yield from attributed(raw, options, messages)
