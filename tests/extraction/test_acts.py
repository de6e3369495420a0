"""What a cue does, and whether it is negated: tests/cases/acts.json, in our own words, and what holds for any text."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotekit.document import Act
from quotekit.extraction.acts import act_of
from quotekit.extraction.parts import Parts
from quotekit.extraction.targets import find_target
from quotekit.spans import Span

CASES = json.loads((Path(__file__).parent.parent / "cases" / "acts.json").read_text(encoding="utf-8"))


def as_parameter(case: Mapping[str, Any]) -> Any:
    """A case as a test parameter; a known failure is a strict xfail."""
    marks = [pytest.mark.xfail(reason=case["fails"])] if "fails" in case else []
    return pytest.param(case, id=case["text"], marks=marks)


@pytest.mark.parametrize("case", [as_parameter(case) for case in CASES])
def test_an_act_is_told(case: Mapping[str, Any], marked: Callable[[str], tuple[str, Parts]]) -> None:
    """The cue, its content and its target together tell the case's act, and whether it was done."""
    text, parts = marked(case["text"])
    parts = attrs.evolve(parts, target=find_target(text, parts))
    assert act_of(text, parts) == (Act(case["act"]), case.get("negated", False))


@given(st.text(max_size=60), st.text(max_size=20), st.text(max_size=60))
def test_any_cue_has_an_act(before: str, cue: str, content: str) -> None:
    """Any text at all is read as some act."""
    start, end = len(before), len(before) + len(cue)
    parts = Parts(cue=(Span(start, end),), content=(Span(end, end + len(content)),))
    act, negated = act_of(before + cue + content, parts)
    assert isinstance(act, Act)
    assert isinstance(negated, bool)
