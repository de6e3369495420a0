"""Attributions as span groups of a spaCy Doc."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

from quotekit.document import Attribution, Document, Kind
from quotekit.export import from_dict, read_jsonl
from quotekit.integrations.spacy import to_spacy
from quotekit.spans import Span

GOLDEN = Path(__file__).resolve().parents[1] / "cases" / "golden" / "document.jsonl"


@pytest.fixture
def spacy() -> Any:
    """spaCy, where it is installed."""
    return pytest.importorskip("spacy", reason="needs spaCy: pip install '.[spacy]'")


def test_groups_hold_the_parts(spacy: Any) -> None:
    """Each with the words that spaCy sees there, the attribution it belongs to and the speaker's id."""
    document = next(read_jsonl(GOLDEN))
    doc = to_spacy(document)
    assert doc.text == document.text
    assert [span.text for span in doc.spans["content"]] == [
        document[s] for a in document.attributions for s in a.content
    ]
    assert [span.text for span in doc.spans["cue"]] == ["said", "did not tell", "had warned"]
    assert [span.text for span in doc.spans["via"]] == ["Coast Radio"]
    assert [(span.id_, span.kb_id_, span.label_) for span in doc.spans["source"]] == [
        ("0", "okafor", "source"),
        ("1", "okafor", "source"),
        ("2", "", "source"),
    ]


def test_attributes_stand_beside_the_spans(spacy: Any) -> None:
    """In the order of the spans of the group; a content of two spans has them twice."""
    attributes = to_spacy(next(read_jsonl(GOLDEN))).spans["content"].attrs
    assert attributes["attribution"] == [0, 0, 1, 2]
    assert attributes["kind"] == ["direct", "direct", "indirect", "indirect"]
    assert attributes["negated"] == [False, False, True, False]
    assert attributes["speaker"] == ["Ines Okafor", "Ines Okafor", "Ines Okafor", "Tomas Berg"]


def test_everything_survives_saving(spacy: Any) -> None:
    """Groups, their attributes and the whole document, in spaCy's own form."""
    from spacy.tokens import Doc

    document = next(read_jsonl(GOLDEN))
    doc = to_spacy(document)
    back = Doc(doc.vocab).from_bytes(doc.to_bytes())
    assert from_dict(back.user_data["quotekit"]) == document
    assert back.spans["cue"].attrs == doc.spans["cue"].attrs
    assert [span.id_ for span in back.spans["cue"]] == ["0", "1", "2"]


def test_own_pipeline_reads_the_text(spacy: Any) -> None:
    """Whatever it adds is there beside the groups."""
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    assert len(list(to_spacy(next(read_jsonl(GOLDEN)), nlp).sents)) == 3


def test_spans_grow_to_words(spacy: Any) -> None:
    """A span that cuts a word holds it whole, and one without a word is left out."""
    said = Attribution.cut(
        "Moss said it rains", content=[Span(10, 16)], cue=[Span(7, 7), Span(4, 5)], kind=Kind.INDIRECT, score=1.0
    )
    doc = to_spacy(Document(text="Moss said it rains", attributions=(said,)))
    assert [span.text for span in doc.spans["content"]] == ["it rains"]
    assert len(doc.spans["cue"]) == 0


def test_missing_package_names_its_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    """The error says what to install."""
    monkeypatch.setitem(sys.modules, "spacy", None)
    with pytest.raises(ImportError, match=r"needs spaCy, .*pip install spacy"):
        to_spacy(Document(text=""))
