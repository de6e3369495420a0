"""The inputs that fuzzing has found, read again without it; benchmarks/fuzz.py finds more."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

FUZZ = Path(__file__).resolve().parent.parent / "benchmarks" / "fuzz.py"


@pytest.fixture(scope="module")
def fuzz() -> ModuleType:
    """The script with the targets, which needs atheris only where it fuzzes."""
    if not FUZZ.exists():
        pytest.skip("no benchmarks/fuzz.py, which the source archive leaves out; run this in a clone")
    spec = importlib.util.spec_from_file_location("fuzz", FUZZ)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("target", ["quotations", "registry", "documents"])
def test_inputs_that_fuzzing_found(fuzz: ModuleType, target: str) -> None:
    """What the target promises of any input holds of each that was kept."""
    inputs = fuzz.known(target)
    assert inputs
    for text in inputs:
        fuzz.TARGETS[target](text)


def test_blank_after_a_scheme(fuzz: ModuleType) -> None:
    """An identifier written with a blank after its scheme comes back the same."""
    fuzz.registry("name,identifiers\nAna Sol,wikidata: Q1\n")


def test_a_broken_promise_is_seen(fuzz: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    """A scanner whose offsets are one too high does not pass."""
    scan = fuzz.scan
    fuzz.quotations("“No” ")
    monkeypatch.setattr(fuzz, "scan", lambda text: scan(f" {text}"))
    with pytest.raises(fuzz.Broken, match="out of place"):
        fuzz.quotations("“No” ")
