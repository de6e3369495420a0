"""Where results go, and in which format."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from quotekit import cli


def test_pages_are_parted_by_a_blank_line(
    tmp_path: Path, items: list[Mapping[str, Any]], capsys: pytest.CaptureFixture[str]
) -> None:
    """Text is the format where none is asked for; in a pipe it has no color."""
    path = tmp_path / "a.txt"
    path.touch()
    assert cli.main(["attribute", str(path), str(path)]) == 0
    first, blank, second = capsys.readouterr().out.splitlines()
    assert (blank, second) == ("", first)
    assert first.startswith("── ")


@pytest.mark.parametrize(
    ("name", "start"), [("out.jsonl", '{"schema_version": 1'), ("out.txt", "── "), ("out.html", "<!doctype html>")]
)
def test_output_file_tells_its_format(
    tmp_path: Path, items: list[Mapping[str, Any]], capsys: pytest.CaptureFixture[str], name: str, start: str
) -> None:
    """With -o nothing goes to stdout, and the suffix decides where no format is asked for."""
    path, out = tmp_path / "a.txt", tmp_path / name
    path.touch()
    assert cli.main(["attribute", str(path), "-o", str(out)]) == 0
    assert capsys.readouterr().out == ""
    assert out.read_text(encoding="utf-8").startswith(start)


def test_output_that_cannot_be_written_is_told(
    tmp_path: Path, items: list[Mapping[str, Any]], capsys: pytest.CaptureFixture[str]
) -> None:
    """It is told before anything is read."""
    out = tmp_path / "none" / "out.jsonl"
    assert cli.main(["attribute", str(tmp_path), "-o", str(out)]) == 1
    assert capsys.readouterr().err == f"quotekit: error: {out}: No such file or directory\n"
    assert items == []
