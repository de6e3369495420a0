"""What `import quotekit` brings in, and the names it offers."""

from __future__ import annotations

import subprocess
import sys

import pytest

import quotekit


def test_import_loads_neither_torch_nor_stanza() -> None:
    """The names are there at once; the model's packages are loaded when the first text is read."""
    command = [sys.executable, "-X", "importtime", "-c", "import quotekit"]
    log = subprocess.run(command, capture_output=True, text=True, check=True).stderr
    loaded = {line.rpartition("|")[2].strip().partition(".")[0] for line in log.splitlines()}
    assert "quotekit" in loaded
    assert loaded & {"torch", "stanza"} == set()


def test_all_is_sorted() -> None:
    """The public names stand in one order, so that a new one has one place."""
    assert quotekit.__all__ == sorted(quotekit.__all__)


@pytest.mark.parametrize("name", quotekit.__all__)
def test_each_public_name_resolves(name: str) -> None:
    """Nothing is promised in `__all__` that is not there."""
    assert hasattr(quotekit, name)
