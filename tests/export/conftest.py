"""Documents of any text for property tests, drawn by fixtures that the tests of all formats share."""

from __future__ import annotations

import re

import pytest
from hypothesis import strategies as st

from quotekit.document import (
    Act,
    Attribution,
    Document,
    How,
    Issue,
    Kind,
    Mention,
    MentionType,
    Quotation,
    Resolution,
    Via,
)
from quotekit.spans import Span, merge
from quotekit.speakers import Speaker, SpeakerType

# Any string but those in which two halves of a character meet, which JSON reads as the one character.
strings = st.text(st.characters()).filter(lambda text: not re.search("[\ud800-\udbff][\udc00-\udfff]", text))
scores = st.floats(0, 1)
speakers = st.builds(
    Speaker,
    name=strings,
    type=st.sampled_from(SpeakerType),
    id=st.none() | strings,
    role=st.none() | strings,
    organization=st.none() | strings,
    gender=st.none() | strings,
    identifiers=st.lists(st.tuples(strings, strings), max_size=2).map(tuple),
)


def spans(within: Span) -> st.SearchStrategy[Span]:
    """Any span inside another."""
    bounds = st.integers(within.start, within.end)
    return st.tuples(bounds, bounds).map(lambda pair: Span(*sorted(pair)))


@st.composite
def quotations(draw: st.DrawFn, text: str, within: Span, depth: int = 3) -> Quotation:
    """A quotation inside a span, with children of its own."""
    span = draw(spans(within))
    children = st.lists(quotations(text, span, depth - 1), max_size=2) if depth else st.just([])
    inside = tuple(draw(children))
    return Quotation(start=span.start, end=span.end, closed=draw(st.booleans()), children=inside, text=text[span.slice])


@st.composite
def attributions(draw: st.DrawFn, text: str, index: int) -> Attribution:
    """An attribution of a text, inside an earlier one or none."""
    inside = spans(Span(0, len(text)))
    several = st.lists(inside, max_size=3)
    resolution = st.builds(Resolution, how=st.sampled_from(How), score=scores, evidence=st.none() | inside)
    return Attribution.cut(
        text,
        content=draw(st.lists(inside, min_size=1, max_size=3)),
        cue=draw(several),
        source=draw(several),
        target=tuple(draw(several)),
        kind=draw(st.sampled_from(Kind)),
        act=draw(st.sampled_from(Act)),
        negated=draw(st.booleans()),
        speakers=tuple(draw(st.lists(speakers, max_size=2))),
        resolution=draw(st.none() | resolution),
        via=tuple(draw(st.lists(st.builds(Via, inside, st.none() | speakers), max_size=2))),
        parent=draw(st.none() | st.integers(0, index - 1)) if index else None,
        score=draw(scores),
    )


@st.composite
def documents(draw: st.DrawFn) -> Document:
    """Any document of any text."""
    text = draw(strings)
    whole = Span(0, len(text))
    mention = st.builds(
        lambda span, type, speaker: Mention(span=span, text=text[span.slice], type=type, speaker=speaker),
        spans(whole),
        st.sampled_from(MentionType),
        st.none() | speakers,
    )
    return Document(
        id=draw(strings),
        text=text,
        date=draw(st.none() | st.dates().map(str)),
        outlet=draw(st.none() | strings),
        title=draw(st.none() | strings),
        quotations=tuple(draw(st.lists(quotations(text, whole), max_size=3))),
        mentions=tuple(draw(st.lists(mention, max_size=3))),
        attributions=tuple(draw(attributions(text, i)) for i in range(draw(st.integers(0, 3)))),
        speakers=tuple(draw(st.lists(speakers, max_size=2))),
        issues=tuple(
            draw(st.lists(st.builds(Issue, code=strings, message=strings, span=st.none() | spans(whole)), max_size=2))
        ),
    )


@pytest.fixture(scope="session")
def any_document() -> st.SearchStrategy[Document]:
    """Any document that a JSON line can hold."""
    return documents()


@st.composite
def labelled(draw: st.DrawFn) -> Document:
    """A document whose attributions have one cue each and parts as annotators mark them: apart, in order, not empty."""
    text = draw(st.text(st.sampled_from("ab .“”=-'\t\r\n😀\u2028"), min_size=4, max_size=60))
    pairs = st.tuples(st.integers(0, len(text)), st.integers(0, len(text)))
    parts = st.lists(pairs.map(lambda pair: Span(*sorted(pair))).filter(len), max_size=3).map(merge)
    speaker = st.builds(
        Speaker,
        name=st.text("ab=-", min_size=1),
        type=st.sampled_from(SpeakerType),
        id=st.none() | st.text("=a/", min_size=1),
    )
    made = []
    for index in range(draw(st.integers(0, 3))):
        content, cue, source, target, via = (draw(parts) for _ in range(5))
        attribution = Attribution.cut(
            text,
            content=content or (Span(0, 1),),
            cue=cue[:1] or (Span(1, 2),),
            source=source,
            target=target,
            via=tuple(map(Via, via)),
            kind=draw(st.sampled_from(Kind)),
            act=draw(st.sampled_from(Act)),
            negated=draw(st.booleans()),
            speakers=tuple(draw(st.lists(speaker, max_size=1))),
            parent=draw(st.none() | st.integers(0, index - 1)) if index else None,
            score=draw(st.sampled_from((0.0, 0.25, 0.7181, 1.0))),
        )
        made.append(attribution)
    return Document(id=draw(st.text("a/.%é =", max_size=5)), text=text, attributions=tuple(made))


@pytest.fixture(scope="session")
def any_labelled() -> st.SearchStrategy[Document]:
    """Any document of a kind that most formats can hold; its texts have tabs, line breaks and wide characters."""
    return labelled()
