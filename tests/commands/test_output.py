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


@pytest.mark.parametrize(
    ("command", "name"),
    [
        (["attribute"], "out.jsonl"),
        (["attribute"], "out.html"),
        (["attribute", "--format", "brat"], "folder"),
        (["match"], "out.jsonl"),
        (["review"], "out.html"),
        (["registry", "suggest"], "out.json"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else value,
)
def test_a_run_that_read_nothing_leaves_the_old_file(
    tmp_path: Path,
    items: list[Mapping[str, Any]],
    capsys: pytest.CaptureFixture[str],
    command: list[str],
    name: str,
) -> None:
    """Where the only article is missing, what an earlier run wrote stays as it was, and that is told."""
    missing, out = tmp_path / "missing.txt", tmp_path / name
    if name != "folder":
        out.write_text("old")
    assert cli.main([*command, str(missing), "-o", str(out)]) == 1
    assert capsys.readouterr().err.splitlines() == [
        f"quotekit: error: {missing}: No such file or directory",
        f"quotekit: error: there is nothing to write, so {out} is left as it was",
    ]
    assert [path.read_text() for path in tmp_path.iterdir()] == ([] if name == "folder" else ["old"])


def test_no_article_at_all_is_no_failure(tmp_path: Path, items: list[Mapping[str, Any]]) -> None:
    """JSON lines without a line give a file without a line."""
    empty, out = tmp_path / "empty.jsonl", tmp_path / "out.jsonl"
    empty.touch()
    out.write_text("old")
    assert cli.main(["attribute", str(empty), "-o", str(out)]) == 0
    assert out.read_text() == ""


@pytest.mark.parametrize(
    ("command", "known"),
    [
        (["attribute"], ".jsonl, .ndjson, .html, .csv, .jsonld, .txt"),
        (["match"], ".jsonl, .ndjson, .html, .txt"),
        (["evaluate", "gold.jsonl"], ".json, .txt"),
    ],
    ids=lambda value: value[0],
)
def test_a_suffix_that_tells_no_format_is_wrong_usage(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], command: list[str], known: str
) -> None:
    """It is told before anything is read, with the suffixes that do; nothing is written."""
    out = tmp_path / "out.xlsx"
    with pytest.raises(SystemExit) as ended:
        cli.main([*command, "none.jsonl", "-o", str(out)])
    assert ended.value.code == 2
    told = f"expected OUT to end in one of {known}, got {out}; or say which --format to write"
    assert capsys.readouterr().err.splitlines()[-1] == f"quotekit {command[0]}: error: {told}"
    assert not out.exists()


def test_a_format_that_was_asked_for_goes_into_any_file(tmp_path: Path, items: list[Mapping[str, Any]]) -> None:
    """And a name without a suffix holds what would stand on the screen."""
    path, odd, bare = tmp_path / "a.txt", tmp_path / "out.json", tmp_path / "out"
    path.touch()
    assert cli.main(["attribute", str(path), "--format", "jsonl", "-o", str(odd)]) == 0
    assert cli.main(["attribute", str(path), "-o", str(bare)]) == 0
    assert odd.read_text(encoding="utf-8").startswith('{"schema_version": 1')
    assert bare.read_text(encoding="utf-8").startswith("── ")
