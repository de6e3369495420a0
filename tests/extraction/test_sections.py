"""Long documents in sections: what they are cut at, and what is joined."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotekit.document import Attribution, Document, Kind, Mention, MentionType
from quotekit.extraction import sections
from quotekit.extraction.sections import cut_sections, join, section
from quotekit.quotations import find_quotations
from quotekit.spans import Span


@pytest.fixture(autouse=True)
def short_sections(monkeypatch: pytest.MonkeyPatch) -> None:
    """Sections of 60 code points at most, so that texts to look at have several."""
    monkeypatch.setattr(sections, "SECTION", 60)


def read(text: str) -> Document:
    """A document with its quotations."""
    return Document(text=text, quotations=find_quotations(text))


def cut(text: str) -> list[str]:
    """A text's sections."""
    return [text[span.slice] for span in cut_sections(read(text))]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("It rained. It snowed. It rained. It snowed.\nIt hailed. It rained. It snowed.", "snowed.\n"),
        ("It rained and rained. It snowed for days. It rained and then it snowed again.", "for days. "),
        ("It rained and rained and it snowed for days and it rained and then snowed again", "it rained "),
        ("It rained and rained a lot. “It snowed. It did.” It rained and then it snowed.", "did.” "),
        ("It rained and “it snowed a lot all day. It rained. It snowed. It hailed. It did.”", "It rained. "),
        ("x" * 100, "x" * 60),
    ],
    ids=["paragraph", "sentence", "word", "quotation", "long quotation", "no border"],
)
def test_a_section_ends_where_least_is_torn(text: str, first: str) -> None:
    """Between paragraphs, else sentences, else words, and outside quotations where that is possible."""
    assert cut(text)[0].endswith(first)


@given(st.text(alphabet="ab“”\"'’. \n", max_size=400))
def test_sections_are_the_text(text: str) -> None:
    """Of any text, the sections together are it, and none is longer than allowed."""
    parts = cut(text)
    assert "".join(parts) == text
    assert all(0 < len(part) <= 60 for part in parts) or text == ""


@given(st.text(alphabet="ab“”\"'’. \n", max_size=400))
def test_quotations_stand_in_their_sections(text: str) -> None:
    """Of any text, a section's quotations cut its own text, at every depth."""
    document = read(text)
    for span in cut_sections(document):
        part = section(document, span)
        waiting = list(part.quotations)
        while waiting:
            quotation = waiting.pop()
            assert part.text[quotation.start : quotation.end] == quotation.text != ""
            waiting.extend(quotation.children)


def test_what_was_found_stands_in_the_whole() -> None:
    """Attributions and mentions get the places and the parents they have in the document."""
    text = "Berg said she had heard Lind say he was ill.\n" * 3
    document = read(text)
    spans = cut_sections(document)
    found = []
    for part in (section(document, span) for span in spans):
        outer = Attribution.cut(part.text, content=[Span(10, 43)], cue=[Span(5, 9)], kind=Kind.INDIRECT, score=0.5)
        inner = Attribution.cut(
            part.text, content=[Span(33, 43)], cue=[Span(29, 32)], kind=Kind.INDIRECT, score=0.5, parent=0
        )
        mention = Mention(span=Span(0, 4), text="Berg", type=MentionType.PERSON)
        found.append(Document(text=part.text, attributions=(outer, inner), mentions=(mention,)))
    joined = join(document, spans, found)
    assert [a.text for a in joined.attributions] == ["she had heard Lind say he was ill", "he was ill"] * 3
    assert [a.parent for a in joined.attributions] == [None, 0, None, 2, None, 4]
    assert [text[m.span.slice] for m in joined.mentions] == ["Berg"] * 3
    starts = [a.content[0].start for a in joined.attributions]
    assert all(a < b for a, b in itertools.pairwise(starts))
