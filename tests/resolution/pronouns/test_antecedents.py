"""Whom pronouns stand for, in texts of a few sentences."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from quotekit.document import Document

Told = Callable[..., Document]


def speaker(document: Document) -> str | None:
    """Who the last attribution is given to."""
    found = max(document.attributions, key=lambda a: a.source[0].start).speaker
    return found.name if found else None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("[Anna Berg] opened {the bridge}. [She] said {it is safe}.", "Anna Berg"),
        ("[Anna Berg] met Paul Okafor and said {no}. [He] said {it is safe}.", "Paul Okafor"),
        ("[Paul Okafor] spoke of {taxes}. {“John Reed is wrong,”} [he] said.", "Paul Okafor"),
        ("[Paul Okafor] spoke of {taxes}.\n\n{“They will rise. John Reed knows that,”} [he] said.", "Paul Okafor"),
        ("[Anna Berg] said {no}. Her husband was there. He left early. [She] said {it was late}.", "Anna Berg"),
    ],
)
def test_pronoun_stands_for(told: Told, text: str, name: str) -> None:
    """The person of that gender who is spoken of, not one who is named inside the own quotation."""
    assert speaker(told(text)) == name


def test_pronoun_of_another_gender_stands_for_nobody(told: Told) -> None:
    """A "she" is not a man."""
    assert speaker(told("[Paul Okafor] said {no}. [She] said {it is safe}.")) is None


def test_pronoun_after_somebody_unnamed_stands_for_nobody_named(told: Told) -> None:
    """A "he" right after "a spokesman" is not the person named long before."""
    filler = "It rained in the valley. The road was closed. " * 4
    text = f"[Paul Okafor] said {{no}}. {filler}[A spokesman] said {{yes}}. [He] said {{it is safe}}."
    assert speaker(told(text)) is None


def test_a_pronoun_shows_the_gender_of_a_name(told: Told) -> None:
    """Who has been "he" is no "she" afterwards."""
    text = "[Sasha Reed] said {no}. [He] said {it rains}. [She] said {it is safe}."
    _, second, third = told(text).attributions
    assert second.speaker is not None
    assert second.speaker.name == "Sasha Reed"
    assert third.speaker is None


def test_it_is_the_body_that_spoke_last(told: Told) -> None:
    """An "it" goes on about a body that has just spoken, and about no person."""
    assert speaker(told("[The Foreign Ministry] said {no}. [It] said {talks go on}.")) == "Foreign Ministry"
    assert speaker(told("[Anna Berg] said {no}. [It] said {talks go on}.")) is None


def test_many_pronouns_are_told_in_linear_time(told: Told) -> None:
    """Twice the text takes about twice the time."""

    def took(count: int) -> float:
        text = "[Anna Berg] said {no}. " + "She met Paul Okafor, and he said that she knew. " * count
        started = time.perf_counter()
        told(text)
        return time.perf_counter() - started

    took(50)
    small = min(took(200) for _ in range(3))
    assert min(took(800) for _ in range(3)) < 4 * 2.5 * small
