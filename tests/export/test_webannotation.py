"""Web Annotations: JSON-LD that a processor reads as the standard's own terms, and documents read back from it."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import attrs
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quotekit.document import Attribution, Document, Kind, Via
from quotekit.errors import InputError
from quotekit.export import from_web_annotations, read_jsonl, to_web_annotations, write_web_annotations
from quotekit.spans import Span

CASES = Path(__file__).resolve().parents[1] / "cases"
ANNO = "http://www.w3.org/ns/anno.jsonld"


@pytest.fixture
def golden() -> Document:
    """The document with every field."""
    return next(read_jsonl(CASES / "golden" / "document.jsonl"))


def graph_of(page: dict[str, Any]) -> Any:
    """The RDF graph of a page, its standard context taken from the case instead of the web."""
    rdflib = pytest.importorskip("rdflib", reason="needs a JSON-LD processor: pip install '.[dev]'")
    context = json.loads((CASES / "contexts" / "anno.json").read_text(encoding="utf-8"))["@context"]
    assert page["@context"][0] == ANNO
    local = {**page, "@context": [context, *page["@context"][1:]]}
    return rdflib.Graph().parse(data=json.dumps(local), format="json-ld")


WHERE = """
PREFIX oa: <http://www.w3.org/ns/oa#>
PREFIX q: <urn:quotekit:>
SELECT ?annotation ?role ?start ?end ?exact WHERE {
  ?annotation a oa:Annotation ; oa:hasTarget|oa:hasBody ?part .
  ?part a oa:SpecificResource ; oa:hasSource <urn:quotekit:document:harbour-17> .
  ?part q:role ?role ; oa:hasSelector ?at, ?words .
  ?at a oa:TextPositionSelector ; oa:start ?start ; oa:end ?end .
  ?words a oa:TextQuoteSelector ; oa:exact ?exact .
}"""


def test_processor_finds_every_span(golden: Document) -> None:
    """A query in the terms of the standard finds each part where it stands, with its words."""
    rows = {
        (str(a), str(r), int(s), int(e), str(x)) for a, r, s, e, x in graph_of(to_web_annotations(golden)).query(WHERE)
    }
    expected = set()
    for index, attribution in enumerate(golden.attributions):
        via = tuple(each.span for each in attribution.via)
        parts = {role: getattr(attribution, role) for role in ("content", "source", "cue", "target")}
        for role, spans in {**parts, "via": via}.items():
            name = f"urn:quotekit:page:harbour-17:{index}"
            expected |= {(name, role, span.start, span.end, golden[span]) for span in spans}
    assert rows == expected


def test_processor_knows_every_key(golden: Document) -> None:
    """No key is lost, as a term that no context defines would be: each ends up as a property or a class."""
    graph = graph_of(to_web_annotations(golden))
    (page,) = [to_web_annotations(golden)]
    keys = {key for key in _keys(page) if not key.startswith("@") and key not in ("id", "type")}
    ends = {str(term).rpartition("#")[2].rpartition("/")[2].rpartition(":")[2] for term in graph.predicates()}
    renamed = {"body": "hasBody", "target": "hasTarget", "source": "hasSource", "selector": "hasSelector"}
    renamed |= {"motivation": "motivatedBy", "purpose": "hasPurpose"}
    assert {renamed.get(key, key.rpartition(":")[2]) for key in keys} - ends == set()
    assert not [term for term in graph.predicates() if str(term).startswith("file:")]


def _keys(value: object) -> set[str]:
    inside = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    own = set(value) - {"quotekit"} if isinstance(value, dict) else set()
    return own.union(*(_keys(item) for item in inside))


def test_words_are_bodies(golden: Document) -> None:
    """Kind, act, negation and speakers are texts that any client shows."""
    bodies = to_web_annotations(golden)["items"][1]["body"]
    words = [(body["purpose"], body["value"]) for body in bodies if body["type"] == "TextualBody"]
    assert words == [
        ("classifying", "indirect"),
        ("classifying", "asserts"),
        ("classifying", "negated"),
        ("identifying", "Ines Okafor"),
    ]


def test_quote_selector_has_its_surroundings() -> None:
    """Prefix and suffix are what stands before and after, as far as there is something."""
    said = Attribution.cut("a" * 50 + "b" * 9, content=[Span(50, 58)], kind=Kind.INDIRECT, score=1.0)
    page = to_web_annotations(Document(text="a" * 50 + "b" * 9, attributions=(said,)))
    words = page["items"][0]["target"][0]["selector"][1]
    assert (words["prefix"], words["exact"], words["suffix"]) == ("a" * 32, "b" * 8, "b")


def test_web_address_is_the_source() -> None:
    """A document that is on the web is annotated there; any other has a name of our own."""
    for doc, name in [
        ("https://example.org/a?b=1", "https://example.org/a?b=1"),
        ("é b", "urn:quotekit:document:%C3%A9%20b"),
    ]:
        assert to_web_annotations(Document(id=doc, text=""))["schema:about"]["id"] == name


def kept(document: Document) -> Document:
    """What a page keeps of a document: no quotations, mentions, speakers apart, resolutions or issues."""
    brief = [
        attrs.evolve(
            a,
            resolution=None,
            via=tuple(Via(via.span) for via in a.via),
            speakers=tuple(attrs.evolve(s, gender=None, identifiers=()) for s in a.speakers),
        )
        for a in document.attributions
    ]
    return attrs.evolve(document, quotations=(), mentions=(), speakers=(), issues=(), attributions=tuple(brief))


def test_golden_document_reads_back(golden: Document) -> None:
    """Everything but what is named in `kept` comes back, through JSON too."""
    back = from_web_annotations(json.loads(json.dumps(to_web_annotations(golden))))
    assert attrs.evolve(back, quotations=()) == kept(golden)


@settings(deadline=None, max_examples=50, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_any_document_reads_back(any_labelled: st.SearchStrategy[Document], data: st.DataObject) -> None:
    """Whatever the text, spans and words come back."""
    document = data.draw(any_labelled)
    back = from_web_annotations(json.loads(json.dumps(to_web_annotations(document))))
    assert attrs.evolve(back, quotations=()) == kept(document)


def test_page_may_hold_no_text(golden: Document) -> None:
    """The text may come from elsewhere, by the id that the article's name tells."""
    page = to_web_annotations(golden)
    page["schema:about"] = {"id": page["schema:about"]["id"]}
    assert (
        from_web_annotations(page, texts={golden.id: golden.text}).attributions[0].text == golden.attributions[0].text
    )
    with pytest.raises(InputError, match="holds no text for document 'harbour-17'"):
        from_web_annotations(page)


def test_a_single_thing_needs_no_array(golden: Document) -> None:
    """JSON-LD writes one target, one body or one selector without brackets."""
    page = to_web_annotations(golden)
    (item,) = page["items"] = page["items"][2:]
    (target,) = item["target"]
    item["target"] = {**target, "selector": target["selector"][0]}
    item["body"] = item["body"][0]
    del item["quotekit:parent"]
    (said,) = from_web_annotations(page).attributions
    assert (said.text, said.source_text, said.kind) == ("of costs", "Tomas Berg and Aino Lahti", Kind.INDIRECT)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"target": []}, "expected one span or more"),
        (
            {"target": [{"quotekit:role": "content", "selector": []}]},
            r"expected a TextPositionSelector, .*items\[0\].target",
        ),
        ({"quotekit:parent": {"id": "urn:x"}}, "expected the id of an annotation of this page, got 'urn:x'"),
        ({"quotekit:score": 2}, "expected a number from 0 to 1, got 2"),
    ],
)
def test_error_tells_what_came_and_where(golden: Document, change: dict[str, Any], message: str) -> None:
    """One wrong value in a good annotation is named."""
    page = to_web_annotations(golden)
    page["items"][0] |= change
    with pytest.raises(InputError, match=message):
        from_web_annotations(page)


def test_another_object_is_refused() -> None:
    """Only a page of annotations is read."""
    with pytest.raises(InputError, match=r"with type AnnotationPage, got 'Annotation' @ \$.type"):
        from_web_annotations({"type": "Annotation"})


def test_a_line_a_document(golden: Document) -> None:
    """Each line is a JSON-LD document of its own."""
    file = io.StringIO()
    write_web_annotations([golden, Document(text="a\u2028\ud800b")], file)
    assert [json.loads(line)["type"] for line in file.getvalue().split("\n")[:-1]] == ["AnnotationPage"] * 2
