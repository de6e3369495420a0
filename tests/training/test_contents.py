"""What contents report in turn, as it is learned."""

import numpy as np
import pytest

from quotekit.analysis.analyzer import Analyzer
from quotekit.analysis.pack import BUNDLED, load_wordpiece
from quotekit.analysis.scores import PART_LABELS
from quotekit.spans import tag_names
from quotekit.training.contents import judged, labelled
from quotekit.training.examples import UNKNOWN, examples, make_example
from quotekit.training.markup import MarkedArticle, MarkedAttribution
from quotekit.training.readers import Article, Labelled, contents, outer

TEXT = "The ministry said on Friday that the rebels had claimed that they held the airport."
NAMES = tag_names(PART_LABELS)


def at(words: str) -> tuple[tuple[int, int], ...]:
    """Where words stand in the text."""
    return ((TEXT.index(words), TEXT.index(words) + len(words)),)


SAID = at("The ministry"), at("said"), at("that the rebels had claimed that they held the airport")
CLAIMED = at("the rebels"), at("had claimed"), at("that they held the airport")
MARKED = MarkedArticle(
    id="a",
    date="",
    outlet="",
    text=TEXT,
    attributions=tuple(
        MarkedAttribution(source=source, cue=cue, content=content, parent=parent)
        for (source, cue, content), parent in ((SAID, None), (CLAIMED, 0))
    ),
)


@pytest.fixture(scope="module")
def wordpiece():
    """The pack's word pieces."""
    return load_wordpiece(BUNDLED / "en")


@pytest.fixture(scope="module")
def judge():
    """The models that ship."""
    return Analyzer.load()


def word(example, words: str) -> int:
    """The number of the token that begins with some words."""
    return int(np.searchsorted(example.tokens.starts, TEXT.index(words)))


def tags(example, first: int, last: int) -> list[str]:
    """The likeliest tags of some tokens of a content."""
    return [NAMES[tag] for tag in example.nested.soft[first:last].argmax(axis=1)]


def test_labels_inside_a_content_are_learned(wordpiece):
    """The tokens of a content carry the tags of what stands in it, and point at each other."""
    example = labelled(make_example(outer(MARKED), wordpiece), contents(MARKED), wordpiece)
    rebels, claimed, held = (word(example, w) for w in ("the rebels", "had claimed", "that they"))
    assert tags(example, rebels, held) == ["B-source", "E-source", "B-cue", "E-cue"]
    assert set(example.nested.cue_of[held : held + 5].tolist()) == {claimed}
    assert example.nested.source_of[claimed] == rebels


def test_outside_of_contents_nothing_is_learned(wordpiece):
    """Tokens that no content holds have no tags inside one."""
    example = labelled(make_example(outer(MARKED), wordpiece), contents(MARKED), wordpiece)
    before = word(example, "the rebels")
    assert np.isnan(example.nested.soft[:before]).all()
    assert set(example.nested.cue_of[:before].tolist()) == {UNKNOWN}


@pytest.mark.parametrize("labels", [(Labelled(*SAID),), None], ids=["labelled contents", "contents that are found"])
def test_a_judge_reads_contents_as_texts_of_their_own(wordpiece, judge, labels):
    """Where nothing inside a content is labelled, what a trained network sees in it is learned."""
    article = Article(id="a", text=TEXT, attributions=labels)
    (example,) = judged([article], list(examples([article], wordpiece)), judge)
    rebels, claimed, held = (word(example, w) for w in ("the rebels", "had claimed", "that they"))
    assert tags(example, rebels, held) == ["B-source", "E-source", "B-cue", "E-cue"]
    assert example.nested.cue_of[held] == claimed
    assert example.nested.source_of[claimed] == rebels


def test_an_article_without_reports_has_nothing_to_read(wordpiece, judge):
    """Where no content is labelled, the judge is not asked for one."""
    article = Article(id="a", text=TEXT, attributions=())
    (example,) = judged([article], list(examples([article], wordpiece)), judge)
    assert np.isnan(example.nested.soft).all()
