"""What people are told on stderr."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from quotekit import cli


def test_issues_go_to_stderr_once_a_kind(
    tmp_path: Path, items: list[Mapping[str, Any]], capsys: pytest.CaptureFixture[str]
) -> None:
    """Issues do not fail the run, are counted rather than listed, and stay out of the page."""
    path = tmp_path / "items.jsonl"
    path.write_text('{"text": "a", "odd": 1500, "id": "a"}\n{"text": "b", "odd": 1, "id": "b"}\n')
    assert cli.main(["attribute", str(path)]) == 0
    out, err = capsys.readouterr()
    assert err == "quotekit: a: odd at 0: odd (and 1,499 more)\nquotekit: b: odd at 0: odd\n"
    assert "odd" not in out


def test_messages_cannot_drive_the_terminal(
    tmp_path: Path, items: list[Mapping[str, Any]], capsys: pytest.CaptureFixture[str]
) -> None:
    """A file's name is shown with its control characters as escapes."""
    assert cli.main(["attribute", str(tmp_path / "a\x1b[2J\n.txt")]) == 1
    assert "a\\x1b[2J .txt: No such file" in capsys.readouterr().err
