"""The commands `quotekit registry check`, `quotekit registry convert` and `quotekit registry suggest`."""

from __future__ import annotations

import argparse
import json
import os
import sys
from typing import Any

from quotekit.commands.articles import add_articles, documents_of
from quotekit.commands.messages import Messages
from quotekit.commands.output import add_output_file, opened, some_of
from quotekit.render.labels import counted
from quotekit.render.lines import printable

__all__ = ["add"]

FORMATS = ("native", "popolo", "followthemoney", "csv")


def add(commands: Any) -> None:
    """Add the commands."""
    parser = commands.add_parser("registry", help="check, convert or propose a registry of speakers")
    parts = parser.add_subparsers(title="commands", required=True)
    _add_check(parts.add_parser("check", help="read a registry and tell its problems"))
    _add_convert(parts.add_parser("convert", help="write a registry in another format"))
    _add_suggest(parts.add_parser("suggest", help="propose a registry from attributed articles"))


def _add_check(parser: argparse.ArgumentParser) -> None:
    parser.description = "Read a registry of any format and tell what is wrong with it, where, and what to do."
    parser.add_argument("file", metavar="FILE")
    parser.set_defaults(run=_check)


def _check(options: argparse.Namespace, messages: Messages) -> None:
    from quotekit.registry.check import REMARKS, check

    issues = check(options.file)
    remarks = [issue for issue in issues if issue.code in REMARKS]
    for issue in issues:
        kind = "remark" if issue.code in REMARKS else "problem"
        sys.stdout.write(printable(f"{options.file}: {kind}: {issue.code}: {issue.message}") + "\n")
    problems = len(issues) - len(remarks)
    counts = counted(problems, "problem") + (f", {counted(len(remarks), 'remark')}" if remarks else "")
    sys.stdout.write(f"{printable(options.file)}: {counts}\n")
    messages.failed = messages.failed or problems > 0


def _add_convert(parser: argparse.ArgumentParser) -> None:
    parser.description = "Write a registry of any format in another one; what that does not keep is told."
    parser.add_argument("input", metavar="IN")
    parser.add_argument("output", metavar="OUT")
    parser.add_argument("--format", choices=FORMATS, help="default: told from OUT's suffix")
    parser.set_defaults(run=_convert)


def _convert(options: argparse.Namespace, messages: Messages) -> None:
    from quotekit.registry import Registry
    from quotekit.registry.losses import losses

    registry = Registry.load(options.input)
    registry.save(options.output, format=options.format)
    for issue in registry.issues:
        messages.note(f"{options.input}: {issue.code}: {issue.message}")
    if os.path.isfile(options.output):  # not a pipe
        for issue in losses(registry, Registry.load(options.output)):
            messages.note(f"{options.output}: {issue.code}: {issue.message}")


def _add_suggest(parser: argparse.ArgumentParser) -> None:
    parser.description = (
        "Propose speakers, other names and roles from articles, as a native registry to review and merge. "
        "Articles are what `quotekit attribute --format jsonl` writes, or what it reads."
    )
    add_articles(parser, registry="who is known: only new names and roles of theirs are proposed")
    add_output_file(parser)
    parser.set_defaults(run=_suggest)


def _suggest(options: argparse.Namespace, messages: Messages) -> None:
    from quotekit.registry import Registry
    from quotekit.registry.suggest import suggest

    registry = Registry.load(options.registry) if options.registry else None
    documents = some_of(documents_of(options, messages), options.output, messages)
    proposed = suggest(documents, registry)
    text = json.dumps(proposed, ensure_ascii=False, indent=1) + "\n"
    with opened(options.output) as out:
        out.write(text.encode("utf-8", "backslashreplace").decode())
    messages.note(f"{counted(len(proposed['speakers']), 'speaker')} proposed; review them before you merge")
