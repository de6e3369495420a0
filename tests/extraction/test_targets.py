"""To whom an attribution is addressed: tests/cases/targets.json, in our own words, and what holds for any text."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotekit.extraction.parts import Parts
from quotekit.extraction.targets import find_target
from quotekit.spans import Span

CASES = json.loads((Path(__file__).parent.parent / "cases" / "targets.json").read_text(encoding="utf-8"))
WORDS = st.sampled_from(
    ["told", "accused", "the", "minister", "of", "lying", "to", ",", ".", "“", "was", "and", "Khan"]
)


def as_parameter(case: Mapping[str, Any]) -> Any:
    """A case as a test parameter; a known failure is a strict xfail."""
    marks = [pytest.mark.xfail(reason=case["fails"])] if "fails" in case else []
    return pytest.param(case, id=case["text"], marks=marks)


@pytest.mark.parametrize("case", [as_parameter(case) for case in CASES])
def test_a_target_is_found(case: Mapping[str, Any], marked: Callable[[str], tuple[str, Parts]]) -> None:
    """The target is the phrase that the case gives, or there is none."""
    text, parts = marked(case["text"])
    assert [text[span.slice] for span in find_target(text, parts)] == [case["target"]] * bool(case["target"])


def test_a_quotation_without_a_cue_has_no_target() -> None:
    """What nobody is said to have said is said to nobody."""
    assert find_target("“Wait.”", Parts(content=(Span(0, 7),))) == ()


@given(st.lists(WORDS, min_size=3, max_size=20), st.data())
def test_a_target_lies_in_the_text_beside_the_source(words: list[str], data: st.DataObject) -> None:
    """Whatever the words and the parts, a target is a stretch of the text that shares nothing with the source."""
    text = " ".join(words)
    cut = sorted(data.draw(st.lists(st.integers(0, len(text)), min_size=6, max_size=6)))
    source, cue, content = (Span(a, b) for a, b in zip(cut[::2], cut[1::2], strict=True))
    for span in find_target(text, Parts(source=(source,), cue=(cue,), content=(content,))):
        assert 0 <= span.start < span.end <= len(text)
        assert not span.overlaps(source)


def test_a_long_text_costs_no_more_than_its_sentence() -> None:
    """What is far from the cue is not read."""
    text = "word " * 200_000 + "He told the mayor that it rained" + " word" * 200_000
    at = text.index("told")
    parts = Parts(cue=(Span(at, at + 4),), content=(Span(at + 15, len(text)),))
    started = time.process_time()
    assert [text[span.slice] for span in find_target(text, parts)] == ["the mayor"]
    assert time.process_time() - started < 1
