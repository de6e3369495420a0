"""The records of an analysed article."""

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotekit.document import Act, Attribution, Document, Kind, Quotation, claim
from quotekit.spans import Span
from quotekit.speakers import Speaker, SpeakerType

TEXT = "“It is late,” Berg said. “We leave.”"


def test_an_attribution_is_cut_from_the_text():
    """The texts of a split quotation are those of its spans, joined by a blank."""
    found = Attribution.cut(
        TEXT,
        content=[Span(0, 13), Span(25, 36)],
        cue=[Span(19, 23)],
        source=[Span(14, 18)],
        kind=Kind.DIRECT,
        score=0.9,
    )
    assert (found.text, found.cue_text, found.source_text) == ("“It is late,” “We leave.”", "said", "Berg")


def test_the_speaker_is_the_first_of_the_speakers():
    """`speaker` is a short way to the only one, and `None` where nobody was told."""
    berg = Speaker(name="Berg", type=SpeakerType.PERSON)
    found = Attribution.cut(TEXT, content=[Span(0, 13)], kind=Kind.DIRECT, score=1.0)
    assert found.speaker is None
    assert attrs.evolve(found, speakers=(berg,)).speaker is berg


@pytest.mark.parametrize(
    ("content", "statement"),
    [
        ("that the border is closed", "The border is closed"),
        ("“The border is closed,”", "The border is closed"),
        ("the border is “closed”.", "The border is closed"),
        ("that he left the U.S.", "He left the U.S."),
        ("‘it rains’", "It rains"),
        ("whether it rains", "It rains"),
        ("that “it rains", "It rains"),
        ("that", "That"),
        ("", ""),
        ("“”", ""),
    ],
)
def test_a_claim_is_the_content_as_a_statement(content, statement):
    """Quotation marks, the complementizer and the closing stop are left away."""
    assert claim(content) == statement


@given(st.text(max_size=60))
def test_any_content_has_a_claim(content):
    """A claim never grows beyond its content."""
    assert len(claim(content)) <= len(content) + 1


def test_a_document_is_indexed_by_spans():
    """`doc[span]` is the text of a span."""
    assert Document(text=TEXT)[Span(14, 18)] == "Berg"


def test_records_cannot_be_changed():
    """Everything in the model is frozen."""
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        Document(text=TEXT).text = "other"  # type: ignore[misc]


def test_a_quotation_knows_its_span():
    """The span of a quotation takes its marks in."""
    assert Quotation(start=0, end=13, closed=True, text=TEXT[:13]).span == Span(0, 13)


def test_kinds_and_acts_print_as_their_words():
    """Closed sets print as plain words."""
    assert f"{Kind.DIRECT} {Act.DENIES}" == "direct denies"
