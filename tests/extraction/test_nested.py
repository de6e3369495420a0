"""Contents read once more, for what they report."""

import attrs

from quotekit.document import Attribution, Document, Kind
from quotekit.extraction.nested import add_inner, inner_documents, inner_span, set_parents
from quotekit.spans import Span

TEXT = "The ministry said that the rebels had claimed that they held the airport."


def at(words: str) -> Span:
    """Where words stand in the text."""
    return Span(TEXT.index(words), TEXT.index(words) + len(words))


def attribution(source: str, cue: str, content: str, text: str = TEXT) -> Attribution:
    """An attribution of parts that stand in `text`."""
    spans = {
        part: (Span(text.index(words), text.index(words) + len(words)),)
        for part, words in (("source", source), ("cue", cue), ("content", content))
    }
    return Attribution.cut(text, **spans, kind=Kind.INDIRECT, score=0.9)


OUTER = attribution("The ministry", "said", "that the rebels had claimed that they held the airport")
WORDS = tuple(at(word) for word in ("the rebels", "had", "claimed", "airport"))
SENTENCES = (Span(0, len(TEXT)),)


def test_a_content_is_read_without_its_complementizer():
    """The text read again begins with the words of the report."""
    (inner,) = inner_documents(Document(text=TEXT, attributions=(OUTER,)), WORDS, SENTENCES)
    assert inner.document.text == "the rebels had claimed that they held the airport"
    assert inner.words[0] == Span(0, 10)


def test_a_content_is_read_sentence_by_sentence():
    """Only the sentences in which somebody may report are read again."""
    text = "She said the river froze in the night. The mayor then told them that it had thawed again."
    said = attribution("She", "said", text[9:-1], text)
    sentences = (Span(0, 38), Span(39, len(text)))
    found = inner_documents(Document(text=text, attributions=(said,)), (), sentences)
    assert [inner.document.text for inner in found] == ["The mayor then told them that it had thawed again"]


def test_a_content_without_a_cue_is_not_read_again():
    """Words of which none can be a cue report nothing."""
    assert inner_span("that the river froze in the night", Span(0, 33)) is None


def test_a_short_content_is_not_read_again():
    """Four words are too few for a source, a cue and a content."""
    assert inner_span("they said no more", Span(0, 17)) is None


def test_what_is_found_inside_stands_in_the_article():
    """The spans of an inner attribution are the article's, and it knows what it stands inside."""
    document = Document(text=TEXT, attributions=(OUTER,))
    (inner,) = inner_documents(document, WORDS, SENTENCES)
    body = inner.document.text
    read = attrs.evolve(
        inner.document, attributions=(attribution("the rebels", "had claimed", "that they held the airport", body),)
    )
    found = add_inner(document, [inner], [read])
    assert [(found[a.source[0]], a.parent) for a in found.attributions] == [("The ministry", None), ("the rebels", 0)]
    assert found.attributions[1].text == "that they held the airport"


def test_an_unsure_inner_attribution_is_dropped():
    """Inside a content only what is sure is believed."""
    document = Document(text=TEXT, attributions=(OUTER,))
    (inner,) = inner_documents(document, WORDS, SENTENCES)
    unsure = attrs.evolve(
        attribution("the rebels", "had claimed", "that they held the airport", inner.document.text), score=0.2
    )
    assert len(add_inner(document, [inner], [attrs.evolve(inner.document, attributions=(unsure,))]).attributions) == 1


def test_the_parent_is_the_innermost_content_around():
    """Of two contents around an attribution the smaller one is its parent."""
    text = "A said B wrote C hopes D wins."
    chain = [
        attribution("A", "said", "B wrote C hopes D wins", text),
        attribution("B", "wrote", "C hopes D wins", text),
        attribution("C", "hopes", "D wins", text),
    ]
    assert [a.parent for a in set_parents(chain)] == [None, 0, 1]


def test_equal_contents_are_not_inside_each_other():
    """Two sources of one content stand side by side."""
    twins = [attribution("The ministry", "said", "they held the airport")] * 2
    assert [a.parent for a in set_parents(twins)] == [None, None]
