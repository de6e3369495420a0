"""The command line: `quotekit attribute`, `quotekit match`, `quotekit registry` (which `registry_cli` has).

Results go to stdout; progress, messages and issues go to stderr. Exit status: 0 all well, 1 something failed in the
data (the rest was done), 2 wrong usage, 130 interrupted. The model and the registry are imported by the command
that needs them, so that `--help` and `--version` answer at once.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import itertools
import os
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import IO, Any, TypeVar

import attrs

from quotekit import __version__, registry_cli
from quotekit.document import Cluster, Document
from quotekit.errors import InputError, QuotekitError
from quotekit.export import from_dict, write_clusters, write_jsonl
from quotekit.export.checked import parse
from quotekit.files import replacing
from quotekit.render import cluster_to_terminal, to_terminal
from quotekit.render.lines import printable
from quotekit.speakers import PartialDate

__all__ = ["main"]

WIDEST = 100  # longer lines are hard to read, however wide the terminal
LINES = (".jsonl", ".ndjson")

Item = dict[str, Any]
Shown = TypeVar("Shown", Document, Cluster)


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line on `argv` (default: the process's own arguments) and return the exit status."""
    _speak_utf8()
    options = _parser().parse_args(argv)
    messages = _Messages()
    try:
        options.run(options, messages)
        sys.stdout.flush()
    except BrokenPipeError:  # whoever read our output has had enough, as `head` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (QuotekitError, OSError) as error:
        messages.error(_reason(error))
    except KeyboardInterrupt:
        return 130
    return int(messages.failed)


def _speak_utf8() -> None:
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


class _Messages:
    """What people are told on stderr, and whether anything failed."""

    def __init__(self) -> None:
        self.failed = False

    def error(self, message: str) -> None:
        self.failed = True
        self.note(f"error: {message}")

    def note(self, message: str) -> None:
        print(f"quotekit: {printable(message)}", file=sys.stderr)

    def issues(self, document: Document) -> None:
        """One line for each kind of issue: 10,000 stray marks are worth no more."""
        for code in dict.fromkeys(issue.code for issue in document.issues):
            first, *others = (issue for issue in document.issues if issue.code == code)
            place = f" at {first.span.start}" if first.span else ""
            more = f" (and {len(others):,} more)" if others else ""
            tell = self.error if code == "bad-item" else self.note
            tell(f"{document.id or 'document'}: {code}{place}: {first.message}{more}")


def _reason(error: Exception) -> str:
    if isinstance(error, OSError) and error.strerror:
        return f"{error.filename}: {error.strerror}" if error.filename else error.strerror
    return str(error)


def _attribute(options: argparse.Namespace, messages: _Messages) -> None:
    items = (item for path in options.files for item in _items(path, messages))
    write = write_jsonl if _as_lines(options) else _write_documents
    with _output(options) as out:
        write(_attributed(items, options, messages), out)


def _attributed(items: Iterable[Item], options: argparse.Namespace, messages: _Messages) -> Iterator[Document]:
    """The documents of items, with what the options know of all of them; the issues of each are told."""
    from quotekit.api import attribute_many

    registry = None
    if options.registry:
        from quotekit.registry import Registry

        registry = Registry.load(options.registry)
    known = {"date": options.date, "outlet": options.outlet}
    progress = sys.stderr.isatty() and not sys.stdout.isatty()
    items = ({**known, **item} for item in items)
    return _telling(attribute_many(items, registry=registry, progress=progress), messages)


def _match(options: argparse.Namespace, messages: _Messages) -> None:
    from quotekit.matching import match

    write = write_clusters if _as_lines(options) else _write_clusters
    with _output(options) as out:
        clusters = match(_documents(options, messages), threshold=options.threshold)
        write(clusters, out)
    if not clusters:
        messages.note("no utterance stands there twice")


def _documents(options: argparse.Namespace, messages: _Messages) -> Iterator[Document]:
    """The documents of files: those with attributions as they are, the others attributed."""
    raw = []
    for item in (item for path in options.files for item in _items(path, messages)):
        if "attributions" not in item:
            raw.append(item)
            continue
        try:
            yield from_dict({"date": options.date, "outlet": options.outlet, **item})
        except InputError as error:
            messages.error(f"{item.get('doc', item.get('id'))}: {error}")
    if raw:
        yield from _attributed(raw, options, messages)


def _as_lines(options: argparse.Namespace) -> bool:
    return bool(options.format == "jsonl" or (not options.format and options.output.endswith(LINES)))


def _output(options: argparse.Namespace) -> contextlib.AbstractContextManager[IO[str]]:
    return contextlib.nullcontext(sys.stdout) if options.output == "-" else replacing(options.output)


def _items(path: str, messages: _Messages) -> Iterator[Item]:
    """The items of a file, of which what cannot be read is told and left out."""
    name = "stdin" if path == "-" else path
    try:
        with contextlib.nullcontext(sys.stdin.buffer) if path == "-" else open(path, "rb") as file:
            first = file.readline()
            if path.endswith(LINES) or _is_item(first):
                yield from _items_of_lines(itertools.chain([first], file), name, messages)
            else:
                yield {"id": name, "text": (first + file.read()).decode("utf-8-sig")}
    except UnicodeDecodeError as error:
        byte = f"0x{error.object[error.start]:02x} at byte {error.start}"
        messages.error(f"{name}: expected UTF-8 text, got {byte}; convert it first (iconv -t UTF-8)")
    except OSError as error:
        messages.error(_reason(error))


def _is_item(line: bytes) -> bool:
    try:
        return bool(parse(line)["text"])
    except InputError:
        return False


def _items_of_lines(lines: Iterable[bytes], name: str, messages: _Messages) -> Iterator[Item]:
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            known = parse(line).known()
        except InputError as error:
            messages.error(f"{name}, line {number}: {error}")
            continue
        yield known if "doc" in known or "id" in known else {"id": f"{name}:{number}", **known}


def _telling(documents: Iterable[Document], messages: _Messages) -> Iterator[Document]:
    """Pass documents on, and tell the issues of each once it is written."""
    for document in documents:
        yield document
        sys.stdout.flush()
        messages.issues(document)


def _write_documents(documents: Iterable[Document], out: IO[str]) -> None:
    without_issues = (attrs.evolve(document, issues=()) for document in documents)  # they are told on stderr
    _write_pages(without_issues, to_terminal, out)


def _write_clusters(clusters: Iterable[Cluster], out: IO[str]) -> None:
    _write_pages(clusters, cluster_to_terminal, out)


def _write_pages(items: Iterable[Shown], page: Callable[..., str], out: IO[str]) -> None:
    color = out.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    width = min(shutil.get_terminal_size((WIDEST, 24)).columns, WIDEST) if out.isatty() else WIDEST
    between = ""
    for item in items:
        out.write(between + page(item, width=width, color=color) + "\n")
        between = "\n"


def _threshold(value: str) -> float:
    try:
        number = float(value)
    except ValueError:
        number = -1.0
    if not 0 <= number <= 1:
        raise argparse.ArgumentTypeError(f"expected a number from 0 to 1, got {value!r}")
    return number


def _date(value: str) -> str:
    try:
        PartialDate.parse(value)
    except InputError as error:
        raise argparse.ArgumentTypeError(str(error)) from None
    return value


Run = Callable[[argparse.Namespace, _Messages], None]


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="quotekit", description="Who said what, in which words, according to whom.")
    parser.add_argument("--version", action="version", version=f"quotekit {__version__}")
    commands = parser.add_subparsers(title="commands", required=True)
    _add_attribute(commands.add_parser("attribute", help="find the attributions in articles"), _attribute)
    _add_match(commands.add_parser("match", help="find what several articles quote"), _match)
    registry = commands.add_parser("registry", help="check, convert or propose a registry of speakers")
    registry_cli.add_commands(registry, _documents)
    return parser


def _add_attribute(parser: argparse.ArgumentParser, run: Run) -> None:
    parser.description = "Find the attributions in articles: plain text files, or JSONL with text, doc, date, outlet."
    _add_reading(parser)
    parser.set_defaults(run=run)


def _add_match(parser: argparse.ArgumentParser, run: Run) -> None:
    parser.description = (
        "Find what is one utterance in several articles, and where its words or its speaker changed. "
        "Articles are what `quotekit attribute --format jsonl` writes, or what it reads."
    )
    _add_reading(parser)
    parser.add_argument("--threshold", type=_threshold, metavar="S", help="lowest score that is a match, 0..1")
    parser.set_defaults(run=run)


def _add_reading(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("files", nargs="*", default=["-"], metavar="FILE", help="an article or JSONL; - for stdin")
    parser.add_argument("--registry", metavar="F", help="who the speakers may be, in any registry format")
    parser.add_argument("--date", type=_date, metavar="D", help="date of articles that state none (YYYY-MM-DD)")
    parser.add_argument("--outlet", metavar="O", help="outlet of articles that state none")
    parser.add_argument("--format", choices=["text", "jsonl"], help="default: jsonl if OUT ends so, else text")
    parser.add_argument(
        "-o", "--output", default="-", metavar="OUT", help="write here, whole or not at all (default: stdout)"
    )
