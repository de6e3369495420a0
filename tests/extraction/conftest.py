"""Attributions drawn into their text: [source], <cue> and {content}."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from quotekit.extraction.parts import Parts
from quotekit.spans import Span

BRACKETS = {"[": "source", "<": "cue", "{": "content"}
CLOSING = "]>}"

Marked = Callable[[str], tuple[str, Parts]]


@pytest.fixture(scope="session")
def marked() -> Marked:
    """Reads a text in which one attribution's parts stand in brackets."""
    return read_marked


def read_marked(drawn: str) -> tuple[str, Parts]:
    """The text without its brackets, and the parts that they draw."""
    text, opened = "", []
    spans: dict[str, list[Span]] = {part: [] for part in BRACKETS.values()}
    for character in drawn:
        if character in BRACKETS:
            opened.append((BRACKETS[character], len(text)))
        elif character in CLOSING:
            part, start = opened.pop()
            spans[part].append(Span(start, len(text)))
        else:
            text += character
    return text, Parts(**{part: tuple(found) for part, found in spans.items()})
