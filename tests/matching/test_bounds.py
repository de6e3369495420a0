"""What a comparison can come to at most."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotekit.matching.bounds import Outline, highest_match, highest_score, highest_scores
from quotekit.matching.compare import match_words
from quotekit.matching.utterance import Utterance

WORDS = ["mastodon", "quasar", "otter", "the", "of", "not", "harbor", "five", "million", "Karimabad", "glacier", "no"]
TEXTS = st.lists(st.sampled_from(WORDS), max_size=14).map(" ".join)


def outline(text: str) -> Outline:
    """The outline of a text by its own words."""
    said = Utterance.of(text)
    return Outline.of(said.keys, said.bits)


@given(TEXTS, TEXTS, st.booleans())
def test_no_score_is_higher(a: str, b: str, same_speaker: bool) -> None:
    """Whatever two texts share, said on one day by one speaker or by two."""
    known = {"text": a, "speaker": "Ines Okafor", "date": "2024-03-06"}
    other = {**known, "text": b, "speaker": "Okafor" if same_speaker else "Lena Morris"}
    score = match_words(Utterance.of(known), Utterance.of(other)).score
    assert score <= highest_match(outline(a), outline(b), same_speaker=same_speaker) + 1e-9


def test_words_count_only_in_order() -> None:
    """The same words turned round can come to less."""
    text = "mastodon quasar otter harbor glacier"
    turned = " ".join(reversed(text.split()))
    assert highest_match(outline(text), outline(turned)) < highest_match(outline(text), outline(text))


@given(st.floats(0, 500), st.floats(0, 1))
def test_one_pair_is_as_many(shared: float, cover: float) -> None:
    """A pair by itself has the bound that it has among others."""
    assert highest_score(shared, cover) == pytest.approx(highest_scores(np.array([shared]), np.array([cover]))[0])
