"""Where results go, and in which format: `--output` and `--format`."""

from __future__ import annotations

import argparse
import contextlib
import os
import shutil
import sys
from collections.abc import Callable, Iterable, Mapping
from typing import IO, Any, TypeVar

from quotekit.files import replacing

__all__ = ["Writer", "add_output", "add_output_file", "opened", "write", "write_pages"]

WIDEST = 100  # longer lines are hard to read, however wide the terminal

Shown = TypeVar("Shown")
Writer = Callable[[Iterable[Any], IO[str]], object]


def add_output(parser: argparse.ArgumentParser, formats: Mapping[str, Writer], suffixes: Mapping[str, str]) -> None:
    """Give a parser the format of the results and the file they go to; `suffixes` tell formats from file names."""
    told = ", ".join(f"{name} if OUT ends in {suffix}" for suffix, name in suffixes.items())
    parser.add_argument("--format", choices=list(formats), help=f"default: {told}, else {next(iter(formats))}")
    add_output_file(parser)
    parser.set_defaults(formats=formats, suffixes=suffixes)


def add_output_file(parser: argparse.ArgumentParser) -> None:
    """Give a parser the file that results go to."""
    parser.add_argument(
        "-o", "--output", default="-", metavar="OUT", help="write here, whole or not at all (default: stdout)"
    )


def write(results: Iterable[Any], options: argparse.Namespace) -> None:
    """Write results as the options of `add_output` say; the first format is for people, where nothing else is said."""
    suffix = os.path.splitext(options.output)[1].lower()
    name = options.format or options.suffixes.get(suffix) or next(iter(options.formats))
    with opened(options.output) as out:
        options.formats[name](results, out)


def opened(path: str) -> contextlib.AbstractContextManager[IO[str]]:
    """Where results go: `-` is stdout, anything else a file that is written whole or not at all."""
    return contextlib.nullcontext(sys.stdout) if path == "-" else replacing(path)


def write_pages(items: Iterable[Shown], page: Callable[..., str], out: IO[str]) -> None:
    """Write each item as `page` lays it out, in color on a terminal, with a blank line between two."""
    color = out.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    width = min(shutil.get_terminal_size((WIDEST, 24)).columns, WIDEST) if out.isatty() else WIDEST
    between = ""
    for item in items:
        out.write(between + page(item, width=width, color=color) + "\n")
        between = "\n"
