"""Text → quotations: labelled cases, and what holds for any text."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotekit.document import Quotation
from quotekit.errors import InputError
from quotekit.quotations import find_quotations, scan

CASES = json.loads((Path(__file__).parent / "cases" / "quotations.json").read_text(encoding="utf-8"))
OPENING, CLOSING = "⟦⦅", "⟧⦆"  # ⟦a quotation⟧ and ⦅one that is never closed⦆
MARKS = "\"'`“”„‟‘’‚‛«»‹›「」『』"
texts = st.text(alphabet=MARKS + "ab sS1. ,\n", max_size=60)

Shape = tuple[int, int, bool, tuple[Any, ...]]


def read_case(marked: str) -> tuple[str, tuple[Shape, ...]]:
    """The text of a labelled case, and the quotations its brackets draw."""
    text: list[str] = []
    open_now: list[tuple[int, list[Shape]]] = []
    top: list[Shape] = []
    for character in marked:
        if character in OPENING:
            open_now.append((len(text), []))
        elif character in CLOSING:
            start, children = open_now.pop()
            siblings = open_now[-1][1] if open_now else top
            siblings.append((start, len(text), character == "⟧", tuple(children)))
        else:
            text.append(character)
    return "".join(text), tuple(top)


def shape(quotation: Quotation) -> Shape:
    """A quotation without its text."""
    return (quotation.start, quotation.end, quotation.closed, tuple(map(shape, quotation.children)))


def everything(quotations: Sequence[Quotation]) -> Iterator[tuple[Quotation, int]]:
    """Every quotation, at whatever depth, and its depth."""
    waiting = [(quotation, 1) for quotation in quotations]
    while waiting:
        quotation, depth = waiting.pop()
        yield quotation, depth
        waiting += [(child, depth + 1) for child in quotation.children]


def labelled(case: dict[str, Any]) -> Any:
    """A case as a test parameter; a known failure is a strict xfail."""
    marks = [pytest.mark.xfail(reason=case["known_failure"])] if "known_failure" in case else []
    return pytest.param(case, id=f"{case['family']}: {case['name']}", marks=marks)


@pytest.mark.parametrize("case", [labelled(case) for case in CASES])
def test_labelled_texts(case):
    """Each labelled text has exactly its quotations and its issues."""
    text, expected = read_case(case["marked"])
    quotations, issues = scan(text)
    assert tuple(map(shape, quotations)) == expected
    assert sorted(issue.code for issue in issues) == sorted(case.get("issues", []))


@given(texts)
def test_quotations_cut_the_text(text):
    """The text of every quotation is what stands at its span, marks included."""
    assert all(q.text == text[q.start : q.end] and q.start < q.end for q, _ in everything(find_quotations(text)))


@given(texts)
def test_children_lie_in_order_inside_their_parent(text):
    """Quotations beside one another are in order and apart, and children lie inside."""
    top = find_quotations(text)
    rows = [(0, len(text), top), *((q.start, q.end, q.children) for q, _ in everything(top))]
    for start, end, row in rows:
        edges = [start, *(edge for q in row for edge in (q.start, q.end)), end]
        assert edges == sorted(edges)


@given(texts)
def test_no_quotation_stands_deeper_than_sixteen(text):
    """Nesting ends at sixteen levels."""
    assert all(depth <= 16 for _, depth in everything(find_quotations(text)))


@given(st.text(max_size=80))
def test_any_text_has_quotations(text):
    """Nothing is raised for any text, and issues point into it."""
    _, issues = scan(text)
    assert all(issue.span is None or issue.span.end <= len(text) for issue in issues)


@given(texts)
def test_finding_is_scanning_without_the_issues(text):
    """Both ways in give the same quotations."""
    assert find_quotations(text) == scan(text)[0]


def test_a_mark_too_deep_opens_nothing():
    """The seventeenth level is an issue, and the sixteen before it close as they should."""
    quotations, issues = scan("“a " * 17 + "b" + "”" * 17)
    assert max(depth for _, depth in everything(quotations)) == 16
    assert "too-deep" in {issue.code for issue in issues}
    assert quotations[0].closed


@pytest.mark.parametrize("text", [None, b"bytes", 7, ["a"]])
def test_what_is_no_text_is_refused_by_name(text):
    """The message says what came."""
    with pytest.raises(InputError, match=type(text).__name__):
        find_quotations(text)


@pytest.mark.parametrize("unit", ["“", '"', "'", " 'a", "s' ", "“‘", "”", "''", "“line\n\n", " 6'", "'n'", '\u200b"'])
def test_time_is_linear(unit):
    """Eight times the marks take about eight times as long, whatever they are."""
    took = []
    for size in (20_000, 160_000):
        text = unit * (size // len(unit))
        began = time.process_time()
        scan(text)
        took.append(time.process_time() - began)
    assert took[1] < 20 * took[0] + 0.2


NEWS = (
    "The council met on Monday to hear about the bridge, which has been closed since the flood. “We’ll open it,” the "
    "mayor said, “when it is safe.”\n\nNobody’s plans for the bypass were heard.\n\n"
)


@pytest.mark.slow
@pytest.mark.parametrize(("unit", "size", "seconds"), [("“", 10**6, 5), ("'", 10**6, 5), (NEWS, 10**7, 10)])
def test_large_texts_are_read_in_seconds(unit, size, seconds):
    """A megabyte of marks takes five seconds at the most, ten megabytes of news ten."""
    text = unit * (size // len(unit))
    began = time.process_time()
    find_quotations(text)
    assert time.process_time() - began < seconds
