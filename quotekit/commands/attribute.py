"""`quotekit attribute`: the attributions of articles."""

from __future__ import annotations

import argparse
import functools
from collections.abc import Iterable
from typing import IO, Any

import attrs

from quotekit.commands.articles import add_articles, attributed
from quotekit.commands.items import LINES, items_of
from quotekit.commands.messages import Messages
from quotekit.commands.output import Writer, add_output, format_of, some_of, write, write_pages
from quotekit.document import Document
from quotekit.errors import InputError
from quotekit.export import write_brat, write_citron, write_csv, write_jsonl, write_schema_org, write_web_annotations
from quotekit.render import to_terminal, write_html

__all__ = ["add"]


def add(commands: Any) -> None:
    """Add the command."""
    parser = commands.add_parser("attribute", help="find the attributions in articles")
    parser.description = (
        "Find the attributions in articles: plain text files, or JSONL (or JSON) with text and, where known, doc, "
        "date, outlet and title."
    )
    add_articles(parser)
    add_output(parser, FORMATS, {**dict.fromkeys(LINES, "jsonl"), ".html": "html", ".csv": "csv", ".jsonld": "jsonld"})
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace, messages: Messages) -> None:
    form = format_of(options)
    documents = attributed(items_of(options.files, messages), options, messages)
    if form == "brat" and options.output != "-":
        write_brat(some_of(documents, options.output, messages), options.output)
    else:
        write(documents, options, messages)


def _write_text(documents: Iterable[Document], out: IO[str]) -> None:
    without_issues = (attrs.evolve(document, issues=()) for document in documents)  # they are told on stderr
    write_pages(without_issues, to_terminal, out)


def _write_brat(documents: Iterable[Document], out: IO[str]) -> None:
    raise InputError("expected a folder for brat's files, got none; name one with -o FOLDER")


FORMATS: dict[str, Writer] = {
    "text": _write_text,
    "jsonl": write_jsonl,
    "html": write_html,
    "csv": write_csv,
    "csv-bom": functools.partial(write_csv, bom=True),
    "brat": _write_brat,
    "citron": write_citron,
    "webannotation": write_web_annotations,
    "jsonld": write_schema_org,
}
