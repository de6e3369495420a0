"""The types that the package promises, as mypy and pyright see them from outside."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
# a folder of its own for the cache keeps this apart from a mypy that is run by hand
MYPY = [
    sys.executable, "-m", "mypy", "--strict", "--config-file=", "--no-error-summary", "--warn-unreachable",
    "--follow-imports=silent",
]  # fmt: skip
# pyright as basedpyright packs it: all of it comes from PyPI, where pyright's own package gets itself from npm
PYRIGHT = [sys.executable, "-m", "basedpyright"]


def checked(command: list[str]) -> str:
    """What a type checker prints; it finds this quotekit, wherever it was started."""
    environment = {**os.environ, "MYPYPATH": str(ROOT), "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, env=environment)
    assert done.returncode in (0, 1), done.stderr  # beyond: it could not run
    return done.stdout


def marked() -> set[int]:
    """The lines of wrong.py that must be refused."""
    lines = (HERE / "wrong.py").read_text(encoding="utf-8").splitlines()
    return {number for number, line in enumerate(lines, 1) if line.endswith("# refused")}


@pytest.fixture(scope="module")
def mypy(tmp_path_factory: pytest.TempPathFactory) -> str:
    """What mypy says about both files."""
    pytest.importorskip("mypy", reason="pip install -e '.[dev]'")
    cache = f"--cache-dir={tmp_path_factory.getbasetemp() / 'mypy'}"
    return checked([*MYPY, cache, str(HERE / "api.py"), str(HERE / "wrong.py")])


@pytest.fixture(scope="module")
def pyright() -> dict[str, set[int]]:
    """The lines in which pyright sees an error, by the names of the files."""
    pytest.importorskip("basedpyright", reason="pip install -e '.[dev]'")
    files = ("api.py", "wrong.py")
    command = [*PYRIGHT, "--outputjson", "--pythonpath", sys.executable, *(str(HERE / name) for name in files)]
    found = json.loads(checked(command))
    assert found["summary"]["filesAnalyzed"] == len(files)
    errors = [d for d in found["generalDiagnostics"] if d["severity"] == "error"]
    return {name: {d["range"]["start"]["line"] + 1 for d in errors if Path(d["file"]).name == name} for name in files}


def test_right_uses_pass_mypy(mypy: str) -> None:
    """What a user writes by the documentation is typed throughout, strictly."""
    assert [line for line in mypy.splitlines() if "wrong.py" not in line] == []


def test_wrong_uses_are_refused_by_mypy(mypy: str) -> None:
    """Each wrong line is an error, and none of the others."""
    assert {int(line) for line in re.findall(r"wrong\.py:(\d+): error", mypy)} == marked()


def test_right_uses_pass_pyright(pyright: dict[str, set[int]]) -> None:
    """The other checker, which infers otherwise, agrees."""
    assert pyright["api.py"] == set()


def test_wrong_uses_are_refused_by_pyright(pyright: dict[str, set[int]]) -> None:
    """Each wrong line is an error to it too."""
    assert pyright["wrong.py"] == marked()
