"""What holds for every document whose speakers are told."""

from __future__ import annotations

import time
from collections.abc import Callable

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotekit.document import Attribution, Document, Kind, Mention, MentionType, Via
from quotekit.quotations import find_quotations
from quotekit.resolution import resolve_speakers
from quotekit.spans import Span
from quotekit.speakers import SpeakerType

WORDS = [
    "Anna", "Berg", "Khan", "Dr", "Mr.", "he", "She", "They", "who", "it", "the", "The", "a", "of", "and", "said",
    "spokesman", "minister", "Ministry", "officials", "(WRB)", "“no”", "US", "U.S.", "Jr.", ",", ".", "\n", "’s", "",
    "\ud800", "\x00", "İ", "李", "ﬁ", "which", "that", "whose", "the senator", "poll", "The report",
    "a study by", "released", "Q:", "A:", "MODERATOR:", "(R-Tex.)", "his son", "the two", "both", "I", "Reuters/Ipsos",
    "adding", "but", "the company", "•", "—", "“", "”",
]  # fmt: skip


@st.composite
def documents(draw: st.DrawFn) -> Document:
    """Texts of words that matter here, with sources, contents and mentions anywhere in them."""
    text = " ".join(draw(st.lists(st.sampled_from(WORDS), max_size=30))) or " "
    places = st.integers(0, len(text))
    spans = st.tuples(places, places).map(lambda pair: Span(min(pair), max(pair)))
    parts, kinds = st.lists(spans, max_size=2).map(sorted), st.sampled_from(Kind)
    attributions = tuple(
        Attribution.cut(text, content=[draw(spans)], cue=draw(parts), source=draw(parts), kind=draw(kinds), score=1.0)
        for _ in range(draw(st.integers(0, 6)))
    )
    mentions = tuple(
        Mention(span=span, text=text[span.slice], type=draw(st.sampled_from(MentionType)))
        for span in draw(st.lists(spans, max_size=4))
    )
    return Document(text=text, attributions=attributions, mentions=mentions, quotations=find_quotations(text))


def test_a_repeated_and_is_passed_over() -> None:
    """An "and" written twice joins as one does."""
    text = "Anna Berg and and Imran Khan said no."
    said = Attribution.cut(
        text, content=[Span(34, 36)], cue=[Span(29, 33)], source=[Span(0, 28)], kind=Kind.INDIRECT, score=1.0
    )
    resolved = resolve_speakers(Document(text=text, attributions=(said,)), [Span(0, len(text))])
    assert [speaker.name for speaker in resolved.attributions[0].speakers] == ["Anna Berg", "Imran Khan"]


@given(documents())
def test_any_document_is_told(document: Document) -> None:
    """Whatever the spans are: nothing else changes, every score is a score, and evidence lies in the text."""
    resolved = resolve_speakers(document, [Span(0, len(document.text))])
    untold = [attrs.evolve(a, speakers=(), resolution=None) for a in resolved.attributions]
    assert untold == list(document.attributions)
    for attribution in resolved.attributions:
        assert bool(attribution.speakers) == (attribution.resolution is not None)
        assert all(speaker.name.strip() and speaker.id is None for speaker in attribution.speakers)
        if attribution.resolution is not None:
            assert 0 <= attribution.resolution.score <= 1
            assert attribution.resolution.evidence is None or attribution.resolution.evidence.end <= len(document.text)


@given(documents())
def test_telling_twice_changes_nothing(document: Document) -> None:
    """A document whose speakers are told already gets the same ones from the same tagged mentions."""
    once = resolve_speakers(document, [])
    assert resolve_speakers(attrs.evolve(once, mentions=document.mentions), []) == once


def test_a_chain_names_who_passed_it_on(told: Callable[..., Document], marked: Callable[..., Document]) -> None:
    """The reporter of a chain is told like a source, and is not the speaker."""
    document = marked("The Daily Ledger quoted [Anna Berg] as saying {it was late}.")
    chained = attrs.evolve(document.attributions[0], via=(Via(Span(0, 16)),))
    resolved = resolve_speakers(attrs.evolve(document, attributions=(chained,)), [])
    assert resolved.attributions[0].via[0].speaker.name == "Daily Ledger"
    assert resolved.attributions[0].speaker.name == "Anna Berg"


def test_a_document_without_text_is_itself() -> None:
    """An empty document comes back as it is."""
    assert resolve_speakers(Document(text=""), []) == Document(text="")


def test_an_unnamed_source_is_never_a_person(told: Callable[..., Document]) -> None:
    """A description that fits nobody is unnamed, whatever its capital letters."""
    document = told("[Senior Officials] said {it was late}.")
    assert document.attributions[0].speaker.type is SpeakerType.GROUP


@pytest.mark.parametrize(
    "unit",
    [
        "[Ali Berg{n}] said {{no}}. ",
        "[he] said {{no}} ",
        "[the spokesman] met spokesman Jo B{n}. {{no}} ",
        "Ali Berg met Omar Khan. [He] said {{no}}. ",
        "A poll by Berg{n} Group. [The study] said {{no}}. ",
    ],
)
def test_time_grows_with_the_text(unit: str, marked: Callable[..., Document]) -> None:
    """Four times the sources take about four times as long, however alike they are."""
    took = []
    for size in (300, 1200):
        document = marked("".join(unit.format(n=n) for n in range(size)))
        start = time.process_time()
        resolve_speakers(document, [Span(0, len(document.text))])
        took.append(time.process_time() - start)
    assert took[1] < 12 * took[0] + 0.5
