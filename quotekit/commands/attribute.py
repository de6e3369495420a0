"""`quotekit attribute`: the attributions of articles."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from typing import IO, Any

import attrs

from quotekit.commands.articles import LINES, add_articles, attributed, items_of
from quotekit.commands.messages import Messages
from quotekit.commands.output import Writer, add_output, write, write_pages
from quotekit.document import Document
from quotekit.export import write_jsonl
from quotekit.render import to_terminal

__all__ = ["add"]


def add(commands: Any) -> None:
    """Add the command."""
    parser = commands.add_parser("attribute", help="find the attributions in articles")
    parser.description = "Find the attributions in articles: plain text files, or JSONL with text, doc, date, outlet."
    add_articles(parser)
    add_output(parser, FORMATS, dict.fromkeys(LINES, "jsonl"))
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace, messages: Messages) -> None:
    write(attributed(items_of(options.files, messages), options, messages), options)


def _write_text(documents: Iterable[Document], out: IO[str]) -> None:
    without_issues = (attrs.evolve(document, issues=()) for document in documents)  # they are told on stderr
    write_pages(without_issues, to_terminal, out)


FORMATS: dict[str, Writer] = {"text": _write_text, "jsonl": write_jsonl}
