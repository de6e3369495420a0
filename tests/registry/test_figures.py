"""Figures of many countries as newspapers name them, against labels: who is surely meant, or that nobody is."""

from __future__ import annotations

import functools
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from quotekit.registry import Candidate, Registry

CASES = Path(__file__).resolve().parent.parent / "cases"
SETS = ("registry_figures", "registry_heldout")  # the second was written after the code had been fitted to the first
ANSWER, LEAD = 0.5, 0.1


@functools.cache
def registry(name: str) -> Registry:
    """The registry of a set, read once."""
    return Registry.load(CASES / f"{name}.json")


def labelled() -> Iterator[Any]:
    """The labelled mentions of both sets, those that are known to fail marked so."""
    for name in SETS:
        for row in json.loads((CASES / f"{name}_cases.json").read_text(encoding="utf-8")):
            why = row.get("known_failure")
            marks = [pytest.mark.xfail(reason=why, strict=True)] if why else []
            told = " ".join((row["mention"], row.get("date", ""), *row.get("context", ())))
            yield pytest.param(name, row, id=f"{name}: {told}", marks=marks)


def sure(found: tuple[Candidate, ...]) -> str | None:
    """The id of the first candidate where it is an answer and the next lies well behind."""
    if not found or found[0].score < ANSWER:
        return None
    leads = len(found) == 1 or round(found[0].score - found[1].score, 6) >= LEAD
    return found[0].speaker.id if leads else None


@pytest.mark.parametrize(("name", "row"), list(labelled()))
def test_who_is_meant(name: str, row: dict[str, Any]) -> None:
    """The one who is meant is the sure answer, for the reason the label tells, or nobody is."""
    found = registry(name).resolve(row["mention"], date=row.get("date"), context=row.get("context", ()))
    assert sure(found) == row["expect"], row["why"]
    assert row.get("says", "") in " | ".join(found[0].reasons if found else ())


@pytest.mark.parametrize("name", SETS)
def test_every_label_is_of_the_registry(name: str) -> None:
    """Nobody is expected whom the registry does not hold, and no mention is labelled twice."""
    rows = json.loads((CASES / f"{name}_cases.json").read_text(encoding="utf-8"))
    assert all(row["expect"] is None or registry(name).get(row["expect"]) for row in rows)
    assert len({(row["mention"], row.get("date"), *row.get("context", ())) for row in rows}) == len(rows)


@pytest.mark.parametrize("name", SETS)
def test_the_registry_is_sound(name: str) -> None:
    """Nothing in the file is left out."""
    assert registry(name).issues == ()
