"""Who each source of a short text is: tests/cases/resolution.json, in our own words."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from quotekit.document import Attribution, Document

CASES = json.loads((Path(__file__).parent.parent / "cases" / "resolution.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    "case",
    [
        pytest.param(case, id=case["about"], marks=[pytest.mark.xfail(reason=case["fails"])] if "fails" in case else [])
        for case in CASES
    ],
)
def test_a_source_is_told(case: Mapping[str, Any], told: Callable[..., Document]) -> None:
    """Each source of the text has the speakers, and was told in the way, that the case says."""
    document = told(case["text"], mentions=case.get("mentions", ()), order=case.get("order"))
    pairs = zip(document.attributions, case["speakers"], strict=True)
    assert [_shown(document, attribution, wanted) for attribution, wanted in pairs] == case["speakers"]


def _shown(document: Document, attribution: Attribution, wanted: Any) -> Any:
    """What the case asks of an attribution: nothing, all the names, or some of what is known of the one speaker."""
    if wanted is None or attribution.speaker is None:
        return attribution.speaker and attribution.speaker.name
    if isinstance(wanted, list):
        return [speaker.name for speaker in attribution.speakers]
    resolution = attribution.resolution
    known = {
        **{field: getattr(attribution.speaker, field) for field in ("name", "role", "organization")},
        "type": str(attribution.speaker.type),
        "how": resolution and str(resolution.how),
        "evidence": resolution and resolution.evidence and document[resolution.evidence],
    }
    return {field: known[field] for field in wanted}
