"""`quotekit review`: a page to review many articles on."""

from __future__ import annotations

import argparse
from typing import Any

from quotekit.commands.articles import add_articles, documents_of
from quotekit.commands.match import add_threshold
from quotekit.commands.messages import Messages
from quotekit.commands.output import add_output_file, opened, some_of
from quotekit.render import review

__all__ = ["add"]


def add(commands: Any) -> None:
    """Add the command."""
    parser = commands.add_parser("review", help="write a page to review many articles on")
    parser.description = (
        "Write one HTML page with the speakers of many articles, all that is attributed to them, and what is printed "
        "in several versions, to filter by speaker, outlet and date in a browser. It needs no server and no network. "
        "Articles are what `quotekit attribute --format jsonl` writes, or what it reads."
    )
    add_articles(parser)
    add_output_file(parser)
    add_threshold(parser)
    parser.add_argument("--title", default="Review", help="what stands above the page (default: Review)")
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace, messages: Messages) -> None:
    from quotekit.matching import match

    documents = tuple(some_of(documents_of(options, messages), options.output, messages))
    clusters = match(documents, threshold=options.threshold, workers=options.workers)
    with opened(options.output) as out:
        out.write(review(documents, clusters, title=options.title))
