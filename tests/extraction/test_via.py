"""Who passed an utterance on: tests/cases/via.json, in our own words, and what holds for any text."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotekit.extraction.parts import Parts
from quotekit.extraction.via import Relay, find_via
from quotekit.spans import Span

CASES = json.loads((Path(__file__).parent.parent / "cases" / "via.json").read_text(encoding="utf-8"))
WORDS = st.sampled_from(["media", "quoted", "Khan", "as", "saying", "citing", "Reuters", "by", "the", ",", ".", "told"])


def as_parameter(case: Mapping[str, Any]) -> Any:
    """A case as a test parameter; a known failure is a strict xfail."""
    marks = [pytest.mark.xfail(reason=case["fails"])] if "fails" in case else []
    return pytest.param(case, id=case["text"], marks=marks)


@pytest.mark.parametrize("case", [as_parameter(case) for case in CASES])
def test_who_passed_it_on_is_found(case: Mapping[str, Any], marked: Callable[[str], tuple[str, Parts]]) -> None:
    """Those who passed it on are the case's, and the source is another than the tagged one where the case says so."""
    text, parts = marked(case["text"])
    relay = find_via(text, parts)
    assert [text[span.slice] for span in relay.via] == case["via"]
    assert (relay.source and text[relay.source.slice]) == case.get("source")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[The Post] <quoted> {Khan as saying that it was late}.", "that it was late"),
        ("[The Post] <cited> {Mr Khan as having said it was late}.", "it was late"),
        ("[The Post] <quoted> {a letter from Khan}.", None),
    ],
)
def test_a_content_begins_behind_as_saying(
    text: str, said: str | None, marked: Callable[[str], tuple[str, Parts]]
) -> None:
    """Where the source was tagged as part of the content, the relay tells where the words begin that it said."""
    text, parts = marked(text)
    start = find_via(text, parts).content_start
    assert (start and text[start : parts.content[0].end]) == said


def test_a_quotation_without_a_cue_was_passed_on_by_nobody() -> None:
    """Where nobody says how it came down, nothing is said of it."""
    assert find_via("“Wait,” Reuters wrote.", Parts(content=(Span(0, 7),))) == Relay()


@given(st.lists(WORDS, min_size=3, max_size=20), st.data())
def test_the_spans_lie_in_the_text(words: list[str], data: st.DataObject) -> None:
    """Whatever the words and the parts, the spans are stretches of the text, in order, and not the source."""
    text = " ".join(words)
    cut = sorted(data.draw(st.lists(st.integers(0, len(text)), min_size=6, max_size=6)))
    source, cue, content = (Span(a, b) for a, b in zip(cut[::2], cut[1::2], strict=True))
    relay = find_via(text, Parts(source=(source,), cue=(cue,), content=(content,)))
    assert all(0 <= span.start < span.end <= len(text) for span in relay.via)
    assert list(relay.via) == sorted(relay.via)
    assert relay.source not in relay.via
