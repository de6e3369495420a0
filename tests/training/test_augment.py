"""Variants of training articles: the labels move with the text."""

import random
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotekit.training.augment import Augmenter, respace, restyle_quotations, rewrite
from quotekit.training.readers import Article, Labelled

TEXT = (
    "Talks will go on.\n\nThe mayor said that the bridge would stay closed. “We’ll see,” Anna Berg said — twice. "
    "“Soon.”\n\n"
    "Nobody at the ministry's office answered."
)


def at(part: str) -> tuple[tuple[int, int], ...]:
    """Where `part` stands in the text."""
    return ((TEXT.index(part), TEXT.index(part) + len(part)),)


ARTICLE = Article(
    id="a",
    text=TEXT,
    attributions=(
        Labelled(at("The mayor"), at("said"), at("that the bridge would stay closed")),
        Labelled(
            at("Anna Berg"), ((TEXT.index("said —"), TEXT.index("said —") + 4),), at("“We’ll see,”") + at("“Soon.”")
        ),
    ),
)
AUGMENTER = Augmenter(("Nour Haddad", "Li Wei"), ("I do not believe a word of it.", "Well said!"))


def labelled_words(article: Article) -> list[list[str]]:
    """The words of every labelled span, in order, without marks."""
    rows = [span for a in article.attributions or () for spans in (a.source, a.cue, a.content) for span in spans]
    return [re.findall(r"\w+", article.text[start:end].replace("’", "'")) for start, end in rows]


@pytest.mark.parametrize("seed", range(40))
def test_restyled_quotations_keep_their_labels(seed):
    """Whatever the style of the marks, the labelled words are the same."""
    assert labelled_words(restyle_quotations(ARTICLE, random.Random(seed))) == labelled_words(ARTICLE)


@pytest.mark.parametrize("seed", range(20))
def test_lost_spaces_keep_their_labels(seed):
    """Whatever space or dash is lost, the labelled words are the same."""
    assert labelled_words(respace(ARTICLE, random.Random(seed))) == labelled_words(ARTICLE)


@pytest.mark.parametrize("seed", range(60))
def test_a_variant_keeps_the_labels_of_the_article(seed):
    """A variant may have a new headline; all that was labelled in the article still is, last and in order."""
    words = labelled_words(AUGMENTER(ARTICLE, random.Random(seed)))
    assert words[-len(labelled_words(ARTICLE)) :] == labelled_words(ARTICLE)


def test_comments_are_not_attributed():
    """Reader comments add text and no label."""
    with_comments = AUGMENTER.add_comments(ARTICLE, random.Random(1))
    assert with_comments.attributions == ARTICLE.attributions
    assert len(with_comments.text) > len(TEXT)


def test_an_insertion_behind_a_span_does_not_lengthen_it():
    """What is put in where a span ends stays outside of it, and so where one starts."""
    article = Article(id="", text="ab", mentions=((0, 1, "person"), (1, 2, "place")))
    moved = rewrite(article, [(1, 1, "--")])
    assert moved.text == "a--b"
    assert moved.mentions == ((0, 1, "person"), (3, 4, "place"))


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 3), st.text(max_size=3)), max_size=5))
def test_text_outside_the_edits_keeps_its_labels(drawn):
    """A label that no edit touches marks the same text after any edits."""
    text = "x" * 40 + "name" + "x" * 10
    edits, last = [], -1
    for start, length, new in sorted(drawn):
        if start > last:
            edits.append((start, start + length, new))
            last = start + length
    ((start, end, _),) = rewrite(Article(id="", text=text, mentions=((40, 44, "person"),)), edits).mentions or ()
    assert rewrite(Article(id="", text=text), edits).text[start:end] == "name"
