"""What the package never does: reach for the network, or run what is in a file."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
MODULES = sorted((ROOT / "quotekit").rglob("*.py"))

# Whatever asks for a socket or a name's address from here on fails the run.
WITHOUT_SOCKETS = """
import sys

def forbid(event, arguments):
    if event in ("socket.__new__", "socket.connect", "socket.getaddrinfo"):
        raise SystemExit(f"{event} {arguments}")

sys.addaudithook(forbid)
import quotekit
registry = quotekit.Registry.load("examples/registry.json")
document = quotekit.attribute("“It is late,” said Dr Faisal.", date="2018-02-24", registry=registry)
print(document.attributions[0].speaker.name)
"""

FORBIDDEN = {
    "pickle",
    "cPickle",
    "dill",
    "cloudpickle",
    "shelve",
    "marshal",
    "requests",
    "urllib.request",
    "http.client",
}
RUNS_DATA = {"eval", "exec", "compile", "__import__"}


def test_reading_an_article_opens_no_socket() -> None:
    """From the import to the speaker, nothing asks for the network."""
    command = [sys.executable, "-c", WITHOUT_SOCKETS]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, env=environment, timeout=300)
    assert (done.returncode, done.stdout) == (0, "Muhammad Faisal\n"), done.stderr


def risks(source: str) -> Iterator[str]:
    """What in a module could run data or reach the network, by name."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in FORBIDDEN)
        elif isinstance(node, ast.ImportFrom) and node.module in FORBIDDEN:
            yield str(node.module)
        elif isinstance(node, ast.Call):
            called = ast.unparse(node.func)
            safe = any(k.arg == "weights_only" and ast.unparse(k.value) == "True" for k in node.keywords)
            if called in RUNS_DATA or (called == "torch.load" and not safe):
                yield called


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_module_runs_what_is_in_a_file(path: Path) -> None:
    """No pickle, no eval, no weights that are code, nothing that fetches."""
    assert list(risks(path.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize(
    "source", ["import pickle", "from urllib.request import urlopen", "eval(text)", "torch.load(path)"]
)
def test_a_risk_is_seen(source: str) -> None:
    """Each of these is one."""
    assert len(list(risks(source))) == 1


def test_what_is_safe_passes() -> None:
    """`re.compile`, a method of that name and weights that are only weights are no risk."""
    source = "re.compile(p)\nnetwork.eval()\ntorch.load(path, weights_only=True)"
    assert list(risks(source)) == []
