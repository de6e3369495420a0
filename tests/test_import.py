"""What `import quotekit` brings in, and the names it offers."""

from __future__ import annotations

import resource
import subprocess
import sys

import pytest

import quotekit

READ = "import quotekit; quotekit.attribute('“It is late,” said Anna Berg.')"


def packages_loaded_by(code: str) -> set[str]:
    """The top packages that a fresh Python imports to run some code."""
    command = [sys.executable, "-X", "importtime", "-c", code]
    log = subprocess.run(command, capture_output=True, text=True, check=True).stderr
    return {line.rpartition("|")[2].strip().partition(".")[0] for line in log.splitlines()}


def test_import_loads_neither_torch_nor_stanza() -> None:
    """The names are there at once; what reads and matches is loaded when it is asked for."""
    loaded = packages_loaded_by("import quotekit")
    assert "quotekit" in loaded
    assert loaded & {"torch", "stanza", "tokenizers", "safetensors", "transformers", "tqdm", "numpy"} == set()


def test_a_name_that_is_not_there_is_told() -> None:
    """What is imported later does not hide what does not exist."""
    with pytest.raises(AttributeError, match="module 'quotekit' has no attribute 'nothing'"):
        _ = quotekit.nothing


def test_names_that_are_imported_later_are_listed() -> None:
    """A fresh Python lists every public name, also before it is used."""
    code = "import quotekit; assert set(quotekit.__all__) <= set(dir(quotekit)), dir(quotekit)"
    subprocess.run([sys.executable, "-c", code], check=True)


def test_reading_loads_torch_and_not_stanza() -> None:
    """Stanza, with all that its pipelines bring along, is loaded where somebody asks for it."""
    loaded = packages_loaded_by(READ)
    assert "torch" in loaded
    assert loaded & {"stanza", "transformers", "sympy"} == set()


@pytest.mark.slow
@pytest.mark.parametrize(("code", "seconds"), [("import quotekit", 0.3), (READ, 4.0)], ids=["import", "first text"])
def test_it_starts_fast(code: str, seconds: float) -> None:
    """The best of five starts takes no more processor time than promised."""
    spent = []
    for _ in range(5):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([sys.executable, "-c", code], check=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        spent.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    assert min(spent) <= seconds


def test_all_is_sorted() -> None:
    """The public names stand in one order, so that a new one has one place."""
    assert quotekit.__all__ == sorted(quotekit.__all__)


@pytest.mark.parametrize("name", quotekit.__all__)
def test_each_public_name_resolves(name: str) -> None:
    """Nothing is promised in `__all__` that is not there."""
    assert hasattr(quotekit, name)
