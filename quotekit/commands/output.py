"""Where results go, and in which format: `--output` and `--format`."""

from __future__ import annotations

import argparse
import contextlib
import itertools
import os
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import IO, Any, TypeVar

from quotekit.commands.messages import Messages
from quotekit.errors import InputError
from quotekit.files import replacing

__all__ = ["Writer", "add_output", "add_output_file", "format_of", "opened", "some_of", "write", "write_pages"]

WIDEST = 100  # longer lines are hard to read, however wide the terminal

Shown = TypeVar("Shown")
Writer = Callable[[Iterable[Any], IO[str]], object]


def add_output(parser: argparse.ArgumentParser, formats: Mapping[str, Writer], suffixes: Mapping[str, str]) -> None:
    """Give a parser the format of the results and the file they go to; `suffixes` tell formats from file names.

    The first format is for people: it is that of `.txt`, of a name without a suffix, and of standard output.
    """
    first = next(iter(formats))
    told = f"default: told by the suffix of OUT ({', '.join(suffixes)}); {first} for .txt, and without one"
    parser.add_argument("--format", choices=list(formats), help=told)
    add_output_file(parser)
    parser.set_defaults(formats=formats, suffixes={**suffixes, ".txt": first, "": first}, misused=parser.error)


def add_output_file(parser: argparse.ArgumentParser) -> None:
    """Give a parser the file that results go to."""
    parser.add_argument(
        "-o", "--output", default="-", metavar="OUT", help="write here, whole or not at all (default: stdout)"
    )


def format_of(options: argparse.Namespace) -> str:
    """The name of the format that the options of `add_output` ask for; ends with the usage where OUT tells none."""
    suffix = os.path.splitext(options.output)[1].lower()
    name: str | None = options.format or options.suffixes.get(suffix)
    if name is None:
        known = ", ".join(filter(None, options.suffixes))
        options.misused(f"expected OUT to end in one of {known}, got {options.output}; or say which --format to write")
    return str(name)


def write(results: Iterable[Any], options: argparse.Namespace, messages: Messages) -> None:
    """Write results as the options of `add_output` say; a file stays as it was where `some_of` refuses them."""
    writer: Writer = options.formats[format_of(options)]
    with opened(options.output) as out:
        writer(some_of(results, options.output, messages), out)


def some_of(results: Iterable[Shown], output: str, messages: Messages) -> Iterator[Shown]:
    """The results. Raises `InputError` where there are none and something failed: a file loses nothing for that."""
    results = iter(results)
    first = list(itertools.islice(results, 1))
    if not first and messages.failed and output != "-":
        raise InputError(f"there is nothing to write, so {output} is left as it was")
    return itertools.chain(first, results)


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
