"""What every test may ask for: the loaded library, and the three example articles."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import settings

import quotekit

# A busy machine must not fail a test of behavior; CI draws the same examples each time, people draw new ones.
settings.register_profile("quotekit", deadline=None, derandomize="CI" in os.environ)
settings.load_profile("quotekit")

EXAMPLES = Path(__file__).resolve().parent.parent / "examples"


@pytest.fixture(scope="session")
def attributor() -> quotekit.Attributor:
    """One attributor with the bundled model and no registry, loaded once for all tests."""
    return quotekit.Attributor()


@pytest.fixture(scope="session")
def seeds() -> tuple[Mapping[str, str], ...]:
    """The articles of examples/articles.jsonl, in order, as the mappings `attribute_many` takes."""
    lines = (EXAMPLES / "articles.jsonl").read_text(encoding="utf-8").splitlines()
    return tuple(json.loads(line) for line in lines)
