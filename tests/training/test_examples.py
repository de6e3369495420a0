"""Articles → tags and pointers, as the network sees them."""

import random

import numpy as np
import pytest

from quotekit.analysis.pack import BUNDLED, load_wordpiece
from quotekit.analysis.scores import PART_LABELS
from quotekit.spans import tag_names
from quotekit.training.examples import NOWHERE, UNKNOWN, Cut, gold_batches, make_example
from quotekit.training.readers import Article, Labelled

TEXT = "Berg said that it rains. It was denied that it snows."


def at(part: str) -> tuple[tuple[int, int], ...]:
    """Where `part` stands in the text."""
    return ((TEXT.index(part), TEXT.index(part) + len(part)),)


@pytest.fixture(scope="module")
def example():
    """One attribution with a source and one without."""
    labels = (
        Labelled(at("Berg"), at("said"), at("that it rains")),
        Labelled((), at("was denied"), at("that it snows")),
    )
    return make_example(Article(id="a", text=TEXT, attributions=labels), load_wordpiece(BUNDLED / "en"))


def test_labels_become_tags(example):
    """Each token carries the tag of the part it stands in."""
    names = tag_names(PART_LABELS)
    tags = [names[tag] for tag in example.parts]
    assert tags[:6] == ["S-source", "S-cue", "B-content", "I-content", "E-content", "O"]


def test_contents_point_at_their_cue_and_cues_at_their_source(example):
    """Every content token points at its cue's first token; a cue points at its source, or nowhere."""
    assert example.cue_of[2:5].tolist() == [1, 1, 1]
    assert example.source_of[1] == 0
    assert example.source_of[7:9].tolist() == [NOWHERE, NOWHERE]
    assert example.cue_of[0] == UNKNOWN


def test_what_lies_outside_a_window_is_unknown():
    """A pointer out of its window is not learned from."""
    filler = "and then it rained and it rained " * 80
    text = f"Berg said {filler}."
    label = Labelled(((0, 4),), ((5, 9),), ((10, len(text) - 1),))
    example = make_example(Article(id="a", text=text, attributions=(label,)), load_wordpiece(BUNDLED / "en"))
    pointers = [
        gold.cue_of.numpy()
        for _, gold in gold_batches([example], random.Random(1), Cut(sizes=(160,), pieces_a_batch=768))
        if gold.cue_of is not None
    ]
    known = np.concatenate([p[p != UNKNOWN] for p in pointers])
    assert set(known) == {1}
    assert any((p == UNKNOWN).any() for p in pointers)
