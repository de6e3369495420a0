"""The README, the documentation and the examples show what is really there."""

from __future__ import annotations

import argparse
import contextlib
import io
import itertools
import os
import re
import runpy
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

import quotekit
from quotekit import cli

ROOT = Path(__file__).resolve().parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "examples").glob("*.md")])

# A block of Python, what it needs beside quotekit (`<!-- needs: pandas -->`), and what is shown below it as its output.
BLOCK = re.compile(
    r"(?:<!-- needs: (?P<needs>[\w., ]+) -->\n)?```python\n(?P<code>.*?)```\n(?:\n```text\n(?P<shown>.*?)```\n)?",
    re.DOTALL,
)

# A block of the shell, and the comment above it by which CI knows those that it runs itself.
SHELL = re.compile(r"(?P<by_ci><!-- [\w-]+ -->\n)?```sh\n(?P<code>.*?)```\n", re.DOTALL)
ENDS = ("|", "&&", ">", ";")  # of a command in a line


class Block(NamedTuple):
    """Python on a page: what it needs, its code with its lines where the page has them, and the output shown."""

    needs: tuple[str, ...]
    code: str
    shown: str | None


def blocks(page: Path) -> Iterator[Block]:
    """The Python of a page, in order."""
    text = page.read_text(encoding="utf-8")
    for found in BLOCK.finditer(text):
        lines_before = text.count("\n", 0, found.start("code"))
        needs = tuple(re.findall(r"[\w.]+", found["needs"] or ""))
        yield Block(needs, "\n" * lines_before + found["code"], found["shown"])


def named(page: Path) -> str:
    """A page's name in the repository."""
    return page.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("page", [page for page in PAGES if any(blocks(page))], ids=named)
def test_code_runs_and_prints_what_is_shown(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The Python of a page runs from top to bottom, beside `examples/`, and prints the output shown below it."""
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {"__name__": "__main__"}
    for block in blocks(page):
        for module in block.needs:
            pytest.importorskip(module)
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            exec(compile(block.code, str(page), "exec"), names)
        if block.shown is not None:
            assert printed.getvalue() == block.shown


def test_commands_of_the_first_page_run(tmp_path: Path) -> None:
    """The README's commands run as they stand, one after the other, in a clone where its first one has run."""
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    (tmp_path / ".venv" / "bin").mkdir(parents=True)
    (tmp_path / ".venv" / "bin" / "activate").write_text(
        f'quotekit() {{ "{sys.executable}" -m quotekit "$@"; }}\n', encoding="utf-8"
    )
    page = (ROOT / "README.md").read_text(encoding="utf-8")
    code = "".join(found["code"] for found in SHELL.finditer(page) if not found["by_ci"])
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = ["bash", "-euo", "pipefail", "-c", code]
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert "direct    Lena Morris" in done.stdout
    written = {path.name for path in tmp_path.iterdir() if path.is_file() and path.stat().st_size}
    assert written == {"articles.html", "attributions.jsonl", "clusters.html", "review.html", "new.json"}


def commands(page: Path) -> Iterator[list[str]]:
    """The arguments of every `quotekit` in the shell blocks of a page."""
    for found in SHELL.finditer(page.read_text(encoding="utf-8")):
        for line in found["code"].splitlines():
            words = list(shlex.shlex(line, posix=True, punctuation_chars=True)) if "quotekit " in line else []
            calls = (list(call) for ends, call in itertools.groupby(words, key=ENDS.__contains__) if not ends)
            yield from (call[1:] for call in calls if Path(call[0]).name == "quotekit")


@pytest.mark.parametrize("page", [page for page in PAGES if any(commands(page))], ids=named)
def test_commands_can_be_given(page: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The command line takes every command that a page shows."""
    for arguments in commands(page):
        try:
            cli.parser().parse_args(arguments)
        except SystemExit:
            pytest.fail(f"quotekit {shlex.join(arguments)}: {capsys.readouterr().err}")


@pytest.mark.parametrize("script", sorted((ROOT / "examples").glob("*.py")), ids=named)
def test_example_runs(script: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Every example script runs to its end and prints something."""
    runpy.run_path(str(script), run_name="__main__")
    assert capsys.readouterr().out.strip()


def test_one_article_names_the_spokesman(capsys: pytest.CaptureFixture[str]) -> None:
    """In the first example, "the FO spokesperson" is the man who held the post on the article's date."""
    runpy.run_path(str(ROOT / "examples" / "one_article.py"), run_name="__main__")
    lines = capsys.readouterr().out.splitlines()
    quoted = lines.index("  in the article: the FO spokesperson")
    assert lines[quoted + 1].startswith("  speaker: Muhammad Faisal")


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_links_lead_somewhere(page: Path) -> None:
    """A link to a file of the repository leads to one that is there."""
    links = re.findall(r"\]\(([^)#]+)", page.read_text(encoding="utf-8"))
    missing = [link for link in links if "://" not in link and not (page.parent / link).exists()]
    assert missing == []


def test_every_option_is_documented() -> None:
    """The page of the command line names every command and every option there is."""
    page = (ROOT / "docs" / "reference" / "cli.md").read_text(encoding="utf-8")
    missing = [name for name in names_of(cli.parser()) if not re.search(rf"{re.escape(name)}\b", page)]
    assert missing == []


def names_of(parser: argparse.ArgumentParser) -> Iterator[str]:
    """The commands and the long options of a parser and of those below it."""
    for action in parser._actions:
        yield from (option for option in action.option_strings if option.startswith("--") and option != "--help")
        if isinstance(action, argparse._SubParsersAction):
            for name, below in action.choices.items():
                yield name
                yield from names_of(below)


def test_every_public_name_is_documented() -> None:
    """The reference of Python shows everything that `quotekit.__all__` names, and nothing else."""
    page = (ROOT / "docs" / "reference" / "api.md").read_text(encoding="utf-8")
    shown = re.findall(r"^::: quotekit\.(\w+)$", page, re.MULTILINE)
    assert sorted(shown) == sorted(name for name in quotekit.__all__ if not name.startswith("__"))
