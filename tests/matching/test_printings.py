"""Which attributions say a text."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from quotekit.matching.printings import Printings


@given(st.lists(st.none() | st.integers(0, 5), max_size=30))
def test_attributions_come_in_order(texts: list[int | None]) -> None:
    """Each text has its own, also where some attributions say none."""
    numbers: dict[int, int] = {}
    printings, expected = Printings(), dict[int, list[int]]()
    for number, text in enumerate(texts):
        if text is not None:
            place = numbers.setdefault(text, len(numbers))  # texts are numbered as they come
            printings.add(place, number)
            expected.setdefault(place, []).append(number)
    assert {text: list(printings.of(text)) for text in expected} == expected
