"""Citron's JSON: as its data format documents it, and as it prints it."""

from __future__ import annotations

import io
import json
from typing import Any

import attrs
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quotekit.document import Attribution, Document, How, Kind, Resolution
from quotekit.errors import InputError
from quotekit.export import from_citron, to_citron, write_citron
from quotekit.spans import Span

TEXT = "“It rains,” Moss said. He said that it snows, and Berg said “no”."


def at(words: str, start: int = 0) -> Span:
    """Where words stand in the text, from `start` on."""
    return Span(TEXT.index(words, start), TEXT.index(words, start) + len(words))


def placed(words: str, start: int = 0) -> dict[str, Any]:
    """Words as Citron gives a span."""
    span = at(words, start)
    return {"start": span.start, "end": span.end, "text": words}


HE_SAID = TEXT.index("He said")
SAID = Attribution.cut(
    TEXT,
    content=[at("that it snows")],
    cue=[at("said", HE_SAID)],
    source=[at("He")],
    kind=Kind.INDIRECT,
    resolution=Resolution(how=How.PRONOUN, score=0.9, evidence=at("Moss")),
    score=0.81239,
)
DOCUMENT = Document(id="a1", text=TEXT, attributions=(SAID,))


def test_quote_is_the_documented_one() -> None:
    """A quote has an array of sources and of contents, one cue, and spans with their texts."""
    (quote,) = to_citron(DOCUMENT)["quotes"]
    assert quote == {
        "id": "0",
        "sources": [placed("He")],
        "coreferences": [placed("Moss")],
        "cue": placed("said", HE_SAID),
        "contents": [placed("that it snows")],
        "confidence": "0.8124",
    }


def test_what_citron_has_no_form_for_is_left_out() -> None:
    """A cue in two stretches is one that holds both, and an attribution without a cue is none."""
    split = attrs.evolve(SAID, cue=(at("He"), at("said", HE_SAID)))
    document = attrs.evolve(DOCUMENT, attributions=(split, attrs.evolve(SAID, cue=())))
    (quote,) = to_citron(document)["quotes"]
    assert quote["cue"]["text"] == "He said"


@settings(deadline=None, max_examples=50, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_any_document_reads_back(any_labelled: st.SearchStrategy[Document], data: st.DataObject) -> None:
    """Spans, id and text are what they were, and the score to four places."""
    document = data.draw(any_labelled)
    back = from_citron(json.loads(json.dumps(to_citron(document))))
    assert (back.id, back.text) == (document.id, document.text)
    parts = [(a.content, a.cue, a.source, round(a.score, 4)) for a in document.attributions]
    assert [(a.content, a.cue, a.source, a.score) for a in back.attributions] == parts


def test_half_a_character_moves_nothing() -> None:
    """It is written as one character, so that what stands after it keeps its place."""
    text = "\ud83d\ude00 he said no"
    said = Attribution.cut(text, content=[Span(11, 13)], cue=[Span(6, 10)], kind=Kind.INDIRECT, score=1.0)
    back = from_citron(json.loads(json.dumps(to_citron(Document(text=text, attributions=(said,))))))
    assert back.text == "\ufffd\ufffd he said no"
    assert back.attributions[0].text == "no"


def test_a_line_a_document() -> None:
    """Each line is a whole file of Citron's."""
    file = io.StringIO()
    write_citron([DOCUMENT, DOCUMENT], file)
    assert [json.loads(line)["doc"] for line in file.getvalue().splitlines()] == ["a1", "a1"]


def test_kind_is_told_from_the_marks() -> None:
    """Citron knows no kinds."""
    quotes = [{"cue": placed("said"), "sources": [], "contents": [placed(words)]} for words in ("“It rains,”", "“no”.")]
    assert [a.kind for a in from_citron({"text": TEXT, "quotes": quotes}).attributions] == [Kind.DIRECT, Kind.DIRECT]


PRINTED = {
    "quotes": [
        {
            "sources": [{"start": 4, "end": 5, "text": "Moss"}],
            "coreferences": [{"start": 7, "end": 8, "text": "He"}],
            "cue": {"start": 8, "end": 9, "text": "said"},
            "contents": [{"start": 9, "end": 12, "text": "that it snows"}],
            "confidence": "0.8124",
        },
        {
            "sources": [{"start": 14, "end": 15, "text": "Berg"}],
            "coreferences": [],
            "cue": {"start": 15, "end": 16, "text": "said"},
            "contents": [{"start": 16, "end": 19, "text": "“no”"}],
            "confidence": "0.5000",
        },
    ],
    "source": {"application": "citron-extractor", "model:": "2021-11-15"},
}


def test_what_citron_prints_is_read() -> None:
    """Its numbers count tokens, its sources are resolved, and its text stands elsewhere."""
    first, second = from_citron(PRINTED, doc="a1", texts={"a1": TEXT}).attributions
    assert (first.content, first.cue, first.source) == ((at("that it snows"),), (at("said", HE_SAID),), (at("He"),))
    assert (second.cue_text, second.cue) == ("said", (at("said", TEXT.index("Berg")),))
    assert second.source == (at("Berg"),)
    assert (first.score, second.kind) == (0.8124, Kind.DIRECT)


def test_without_a_text_there_is_no_document() -> None:
    """The error says how to give it."""
    with pytest.raises(InputError, match=r"holds no text for document 'a1': pass texts=\{'a1': its text\}"):
        from_citron(PRINTED, doc="a1")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (
            {"cue": {"start": 0, "end": 4, "text": "said"}},
            r"the article has '“It ' at 0:4, not 'said' @ \$.quotes\[0\].cue",
        ),
        ({"cue": {"start": 60, "end": 99}}, r"cue ends at 99 but the text has 65 characters @ \$.quotes\[0\].cue"),
        ({"contents": []}, r"expected one span or more, got an array of 0 @ \$.quotes\[0\].contents"),
        ({"confidence": "high"}, r"expected a number from 0 to 1, got 'high' @ \$.quotes\[0\].confidence"),
        ({"confidence": 2}, r"expected a number from 0 to 1, got 2 @ \$.quotes\[0\].confidence"),
        ({"sources": [{"start": "1"}]}, r"got '1' @ \$.quotes\[0\].sources\[0\].start"),
    ],
)
def test_error_tells_what_came_and_where(change: dict[str, Any], message: str) -> None:
    """One wrong value in a good quote is named with its path."""
    quote = {**to_citron(DOCUMENT)["quotes"][0], **change}
    with pytest.raises(InputError, match=message):
        from_citron({"text": TEXT, "quotes": [quote]})


def test_words_that_the_article_lacks_are_an_error() -> None:
    """What Citron printed for another text is not laid over this one."""
    with pytest.raises(InputError, match="the text of 8:9 is not in the article"):
        from_citron(PRINTED, doc="a1", texts={"a1": "Moss. He that it snows"})
