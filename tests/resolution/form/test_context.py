"""Speakers told by the form of a text: tests/cases/resolution_form.json, in our own words."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import attrs
import pytest

from quotekit.document import Act, Attribution, Document, Kind, Mention, MentionType, Via
from quotekit.extraction.nested import set_parents
from quotekit.quotations import find_quotations
from quotekit.resolution import resolve_speakers
from quotekit.spans import Span
from quotekit.speakers import SpeakerType

CASES = json.loads((Path(__file__).parent.parent.parent / "cases" / "resolution_form.json").read_text(encoding="utf-8"))


def span_of(text: str, words: str) -> Span:
    """Where some words stand; "2:Q" is the second "Q" of the text."""
    number, _, rest = words.partition(":")
    times, words = (int(number), rest) if number.isdigit() and rest else (1, words)
    at = -1
    for _ in range(times):
        at = text.index(words, at + 1)
    return Span(at, at + len(words))


def sentences_of(text: str) -> list[Span]:
    """Stretches of a text that end in a stop or with their line."""
    return [Span(*match.span()) for match in re.finditer(r"\S[^\n]*?(?:[.?!]”?(?=\s)|(?=\n)|$)", text)]


def document_of(case: Mapping[str, Any]) -> Document:
    """The document of a case, its attributions in the order of their contents."""
    text = case["text"]
    attributions = [_attribution(text, row) for row in case["attributions"]]
    return Document(
        text=text, outlet=case.get("outlet"), attributions=set_parents(attributions), quotations=find_quotations(text)
    )


def _attribution(text: str, row: Mapping[str, str]) -> Attribution:
    parts = {part: [span_of(text, row[part])] if part in row else [] for part in ("content", "cue", "source", "target")}
    via = tuple(Via(span_of(text, words)) for words in row.get("via", ()))
    kind = Kind(row.get("kind", "direct" if row["content"].lstrip("0123456789:")[:1] == "“" else "indirect"))
    return Attribution.cut(text, **parts, via=via, kind=kind, act=Act(row.get("act", "asserts")), score=1.0)


@pytest.mark.parametrize(
    "case",
    [
        pytest.param(case, id=case["about"], marks=[pytest.mark.xfail(reason=case["fails"])] if "fails" in case else [])
        for case in CASES
    ],
)
def test_the_form_tells_who_speaks(case: Mapping[str, Any]) -> None:
    """Each attribution of the text has the speakers that the case says, or none."""
    document = resolve_speakers(document_of(case), sentences_of(case["text"]))
    found = [" + ".join(speaker.name for speaker in a.speakers) or None for a in document.attributions]
    assert found == case["speakers"]


def test_a_quotation_that_goes_on_is_less_sure() -> None:
    """A speaker told by the form alone is implicit, with a lower score than the source it goes on from."""
    text = "“We are late,” said Anna Berg.\n\n“The train stood still.”"
    rows = [
        {"content": "“We are late,”", "cue": "said", "source": "Anna Berg"},
        {"content": "“The train stood still.”"},
    ]
    document = resolve_speakers(document_of({"text": text, "attributions": rows}), sentences_of(text))
    first, second = (attribution.resolution for attribution in document.attributions)
    assert str(second.how) == "implicit"
    assert second.score < first.score


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("Local newspapers quoted Anna Berg as saying it was late.", "Local newspapers", SpeakerType.GROUP),
        ("Pakistani media quoted Anna Berg as saying it was late.", "Pakistani media", SpeakerType.GROUP),
        ("The Daily Ledger quoted Anna Berg as saying it was late.", "Daily Ledger", SpeakerType.ORGANIZATION),
        ("A friend quoted Anna Berg as saying it was late.", "A friend", SpeakerType.UNNAMED),
    ],
)
def test_who_passed_it_on_is_told_as_a_source_is(text: str, name: str, kind: SpeakerType) -> None:
    """The reporter of a chain is a body by its name, a group or somebody unnamed by their own words."""
    via = text.partition(" quoted")[0]
    rows = [{"content": "it was late", "cue": "saying", "source": "Anna Berg", "via": [via]}]
    attribution = resolve_speakers(document_of({"text": text, "attributions": rows}), sentences_of(text)).attributions[
        0
    ]
    reporter = attribution.via[0].speaker
    assert (reporter.name, reporter.type, attribution.speaker.name) == (name, kind, "Anna Berg")


def test_an_outlet_by_its_short_name_is_the_one_named_in_full() -> None:
    """ "The Post" that was told something is the newspaper that the article names in full."""
    text = "The Kigali Post called first. Anna Berg told the Post it was late."
    rows = [{"content": "it was late", "cue": "told", "source": "Anna Berg", "via": ["the Post"]}]
    tagged = Mention(span=span_of(text, "2:Post"), text="Post", type=MentionType.ORGANIZATION)
    document = attrs.evolve(document_of({"text": text, "attributions": rows}), mentions=(tagged,))
    document = resolve_speakers(document, sentences_of(text))
    assert document.attributions[0].via[0].speaker.name == "Kigali Post"


def test_who_asks_in_an_interview_is_unnamed() -> None:
    """A "Q" is somebody definite whom the article does not name, never a person of that name."""
    text = "Q: Are you late?\nA: We are.\nQ: Why?\nA: It rained."
    rows = [{"content": "Are you late?", "cue": ":", "source": "Q"}]
    document = resolve_speakers(document_of({"text": text, "attributions": rows}), sentences_of(text))
    assert document.attributions[0].speaker.type is SpeakerType.UNNAMED


def test_an_outlet_asks_under_its_own_name() -> None:
    """A label that is the article's outlet is that organization."""
    text = "COURIER: Are you late?"
    rows = [{"content": "Are you late?", "cue": ":", "source": "COURIER"}]
    case = {"text": text, "outlet": "The Courier", "attributions": rows}
    speaker = resolve_speakers(document_of(case), sentences_of(text)).attributions[0].speaker
    assert (speaker.name, speaker.type) == ("The Courier", SpeakerType.ORGANIZATION)


def test_time_grows_with_the_transcript() -> None:
    """Four times the paragraphs and turns take about four times as long."""
    took = []
    for size in (200, 800):
        text = "\n\n".join(f"“It is {n}.”\n\nBERG{n}: We left.\n\nAnna Berg, who left, said:" for n in range(size))
        quoted = [Attribution.cut(text, content=[q.span], kind=Kind.DIRECT, score=1.0) for q in find_quotations(text)]
        document = Document(text=text, attributions=tuple(quoted), quotations=find_quotations(text))
        start = time.process_time()
        resolve_speakers(document, sentences_of(text))
        took.append(time.process_time() - start)
    assert took[1] < 12 * took[0] + 0.5
