"""The command line: how it starts, what it takes, and how it ends."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from quotekit import cli

ROOT = Path(__file__).resolve().parent.parent

# Runs the command line on a stand-in for the model, which the tests of pipes and signals have no use for.
STAND_IN = """
import signal, sys, types
signal.signal(signal.SIGINT, signal.default_int_handler)  # a test run in the background has Ctrl-C switched off
from quotekit.document import Document
def attribute_many(items, **_):
    print("ready", file=sys.stderr, flush=True)
    for item in items:
        yield Document(id=str(item["id"]), text=item["text"])
sys.modules["quotekit.api"] = types.SimpleNamespace(attribute_many=attribute_many)
from quotekit.cli import main
raise SystemExit(main(sys.argv[1:]))
"""


def environment(**more: str) -> dict[str, str]:
    """The environment of a subprocess that finds this quotekit."""
    return {**os.environ, "PYTHONPATH": str(ROOT), **more}


def start(command: list[str]) -> subprocess.Popen[bytes]:
    """A process to talk with."""
    pipe = subprocess.PIPE
    return subprocess.Popen(command, env=environment(), stdin=pipe, stdout=pipe, stderr=pipe)


def test_help_and_version_answer_without_the_model() -> None:
    """Neither loads what only the model needs."""
    for argument, shown in [("--help", "attribute"), ("--version", "quotekit 0.")]:
        command = [sys.executable, "-X", "importtime", "-m", "quotekit", argument]
        done = subprocess.run(command, capture_output=True, text=True, env=environment(), check=True)
        assert shown in done.stdout
        loaded = {line.rpartition("|")[2].strip() for line in done.stderr.splitlines()}
        assert "quotekit.cli" in loaded
        assert loaded & {"torch", "stanza"} == set()


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["quote"],
        ["attribute", "--date", "last week", "-"],
        ["attribute", "--format", "xml", "-"],
        ["match", "--threshold", "1.5", "-"],
        ["match", "--threshold", "high", "-"],
        ["attribute", "--workers", "0", "-"],
        ["registry"],
        ["registry", "check"],
    ],
    ids=" ".join,
)
def test_wrong_usage_ends_with_2(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """What cannot be asked for is told with the usage."""
    with pytest.raises(SystemExit) as ended:
        cli.main(arguments)
    assert ended.value.code == 2
    assert capsys.readouterr().err.startswith("usage: quotekit")


def test_interrupted_run_leaves_no_half_file(tmp_path: Path) -> None:
    """Ctrl-C ends with 130 and no traceback, and the output file is what it was."""
    out = tmp_path / "out.jsonl"
    out.write_text("old")
    command = [sys.executable, "-c", STAND_IN, "attribute", "-", "-o", str(out)]
    with start(command) as process:
        assert process.stderr
        assert process.stderr.readline() == b"ready\n"
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=30) == 130
        assert process.stderr.read() == b""
    assert out.read_text() == "old"
    assert list(tmp_path.iterdir()) == [out]


def test_reader_that_leaves_early_ends_the_run_quietly(tmp_path: Path) -> None:
    """`quotekit … | head -1` prints its line and nothing on stderr."""
    path = tmp_path / "items.jsonl"
    path.write_text(('{"text": "' + "a" * 10_000 + '"}\n') * 200)
    command = [sys.executable, "-c", STAND_IN, "attribute", str(path), "--format", "jsonl"]
    with start(command) as process:
        assert process.stdout
        assert process.stderr
        assert process.stdout.readline().startswith(b'{"schema_version": 1')
        process.stdout.close()
        assert process.stderr.read() == b"ready\n"
        assert process.wait(timeout=30) == 0


def test_output_is_utf8_in_any_locale(tmp_path: Path) -> None:
    """Curly marks and lone surrogates come out whatever the locale is."""
    path = tmp_path / "items.jsonl"
    path.write_text('{"text": "“Хан” \\ud800", "id": "“x”"}\n', encoding="utf-8")
    command = [sys.executable, "-c", STAND_IN, "attribute", str(path), "--format", "jsonl"]
    ascii_only = environment(LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0", PYTHONIOENCODING="ascii")
    done = subprocess.run(command, capture_output=True, env=ascii_only, check=True)
    assert "“Хан” \\ud800".encode() in done.stdout
