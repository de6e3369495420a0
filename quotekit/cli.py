"""The command line: `quotekit`, or `python -m quotekit`; `quotekit.commands` has a file for each command.

Results go to stdout; progress, messages and issues go to stderr. Exit status: 0 all well, 1 something failed in the
data (the rest was done), 2 wrong usage, 130 interrupted.
"""

from __future__ import annotations

import argparse
import io
import os
import sys
from collections.abc import Sequence

from quotekit import __version__
from quotekit.commands import attribute, evaluate, match, registry, review, train
from quotekit.commands.messages import Messages, reason
from quotekit.errors import QuotekitError

__all__ = ["main", "parser"]

COMMANDS = (attribute, evaluate, match, review, registry, train)


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line on `argv` (default: the process's own arguments) and return the exit status."""
    _speak_utf8()
    options = parser().parse_args(argv)
    messages = Messages()
    try:
        options.run(options, messages)
        sys.stdout.flush()
    except BrokenPipeError:  # whoever read our output has had enough, as `head` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (QuotekitError, OSError) as error:
        messages.error(reason(error))
    except KeyboardInterrupt:
        return 130
    return int(messages.failed)


def _speak_utf8() -> None:
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def parser() -> argparse.ArgumentParser:
    """The parser of all commands."""
    made = argparse.ArgumentParser(prog="quotekit", description="Who said what, in which words, according to whom.")
    made.add_argument("--version", action="version", version=f"quotekit {__version__}")
    commands = made.add_subparsers(title="commands", required=True)
    for command in COMMANDS:
        command.add(commands)
    return made
