"""What the tests of commands share: a stand-in for the model, and the command line in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
import types
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from quotekit.document import Document, Issue
from quotekit.spans import Span

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture(scope="session")
def run() -> Callable[..., subprocess.CompletedProcess[bytes]]:
    """`python -m quotekit` with some arguments in a process of its own."""

    def done(*arguments: str | Path, **more: Any) -> subprocess.CompletedProcess[bytes]:
        command = [sys.executable, "-m", "quotekit", *map(str, arguments)]
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        return subprocess.run(command, capture_output=True, env=environment, timeout=300, **more)

    return done


@pytest.fixture
def items(monkeypatch: pytest.MonkeyPatch) -> list[Mapping[str, Any]]:
    """A stand-in for the model: it notes the items it is given and reports every one that has no text."""
    seen: list[Mapping[str, Any]] = []

    def attribute_many(items: Iterable[Mapping[str, Any]], **_: object) -> Iterator[Document]:
        for item in items:
            seen.append(item)
            bad = None if isinstance(item.get("text"), str) else Issue(code="bad-item", message="there is no text")
            odd = [Issue(code="odd", message="odd", span=Span(i, i)) for i in range(item.get("odd", 0))]
            yield Document(
                id=item.get("doc", item.get("id", "")), text=item.get("text", ""), issues=(bad,) if bad else tuple(odd)
            )

    monkeypatch.setitem(sys.modules, "quotekit.api", types.SimpleNamespace(attribute_many=attribute_many))
    return seen
