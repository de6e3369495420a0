"""`quotekit match`: what several articles quote, and what became of it."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from typing import IO, Any

from quotekit.commands.articles import add_articles, documents_of
from quotekit.commands.items import LINES
from quotekit.commands.messages import Messages
from quotekit.commands.output import Writer, add_output, format_of, write, write_pages
from quotekit.document import Cluster
from quotekit.export import write_clusters
from quotekit.render import cluster_to_terminal, write_clusters_html

__all__ = ["add", "add_threshold"]


def add(commands: Any) -> None:
    """Add the command."""
    parser = commands.add_parser("match", help="find what several articles quote")
    parser.description = (
        "Find what is one utterance in several articles, and where its words or its speaker changed. "
        "Articles are what `quotekit attribute --format jsonl` writes, or what it reads."
    )
    add_articles(parser)
    add_output(parser, FORMATS, {**dict.fromkeys(LINES, "jsonl"), ".html": "html"})
    add_threshold(parser)
    parser.set_defaults(run=_run)


def add_threshold(parser: argparse.ArgumentParser) -> None:
    """Give a parser the score from which two attributions are one utterance."""
    parser.add_argument("--threshold", type=_threshold, metavar="S", help="lowest score that is a match, 0..1")


def _threshold(value: str) -> float:
    try:
        number = float(value)
    except ValueError:
        number = -1.0
    if not 0 <= number <= 1:
        raise argparse.ArgumentTypeError(f"expected a number from 0 to 1, got {value!r}")
    return number


def _run(options: argparse.Namespace, messages: Messages) -> None:
    from quotekit.matching import match

    format_of(options)  # a wrong one is told before anything is read
    clusters = match(documents_of(options, messages), threshold=options.threshold, workers=options.workers)
    write(clusters, options, messages)
    if not clusters:
        messages.note("no utterance stands there twice")


def _write_text(clusters: Iterable[Cluster], out: IO[str]) -> None:
    write_pages(clusters, cluster_to_terminal, out)


FORMATS: dict[str, Writer] = {"text": _write_text, "jsonl": write_clusters, "html": write_clusters_html}
