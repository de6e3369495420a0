"""schema.org: quotations and claims in its own terms, and nobody's claim made of what was denied or asked."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import attrs
import pytest

from quotekit.document import Act, Attribution, Cluster, Document, Kind, Member, Relation
from quotekit.export import read_jsonl, to_claim, to_schema_org, write_schema_org
from quotekit.spans import Span
from quotekit.speakers import Speaker, SpeakerType

CASES = Path(__file__).resolve().parents[1] / "cases"
OKAFOR = Speaker(name="Ines Okafor", type=SpeakerType.PERSON)

SAID = Attribution.cut(
    "Okafor said it rains", content=[Span(12, 20)], kind=Kind.INDIRECT, score=0.9, speakers=(OKAFOR,)
)


def graph_of(made: dict[str, Any]) -> Any:
    """The RDF graph of an object, its context taken from the case instead of the web; every term must be known."""
    rdflib = pytest.importorskip("rdflib", reason="needs a JSON-LD processor: pip install '.[dev]'")
    context = json.loads((CASES / "contexts" / "schema.json").read_text(encoding="utf-8"))["@context"]
    assert made["@context"] == "https://schema.org"
    return rdflib.Graph().parse(data=json.dumps({**made, "@context": context}), format="json-ld")


def cluster() -> Cluster:
    """Three outlets that print one utterance, one of them twice and one with other words."""
    first = Member(
        doc="https://example.org/a",
        index=0,
        outlet="Harbour Post",
        date="2024-03-05",
        content=(),
        text="“It rains.”",
        relation=Relation.VERBATIM,
        score=1.0,
        speakers=(OKAFOR,),
    )
    other = Speaker(name="Bo Li", type=SpeakerType.PERSON)
    others = (
        attrs.evolve(first, index=1, repeat=True),
        attrs.evolve(first, doc="b", outlet=None, date="2024-03-06"),
        attrs.evolve(
            first, doc="c", date="2024-03-01", text="It never rains", relation=Relation.ALTERED, speakers=(other,)
        ),
    )
    return Cluster(members=(first, *others), representative=first, speakers=(other, OKAFOR), first_seen="2024-03-01")


@pytest.mark.parametrize("made", ["document", "cluster"])
def test_every_term_is_one_of_schema_org(made: str) -> None:
    """A JSON-LD processor finds only classes and properties of the vocabulary."""
    golden = next(read_jsonl(CASES / "golden" / "document.jsonl"))
    graph = graph_of(to_schema_org(golden) if made == "document" else to_claim(cluster()))
    from rdflib import RDF, SDO

    vocabulary = {str(term).replace("https://", "http://") for term in dir(SDO)}
    used = {str(p) for p in graph.predicates() if p != RDF.type} | {str(o) for o in graph.objects(None, RDF.type)}
    assert len(used) > 5
    assert used - vocabulary == set()


def test_golden_document() -> None:
    """What is quoted, by whom, and what is claimed; a promise is quoted and no claim, a negated one is neither."""
    made = to_schema_org(next(read_jsonl(CASES / "golden" / "document.jsonl")))
    assert made == {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "identifier": "harbour-17",
        "publisher": {"@type": "Organization", "name": "Harbour Post"},
        "datePublished": "2024-03-05",
        "headline": "Port to open in May",
        "hasPart": {
            "@type": "Quotation",
            "text": "“The port will open in May,” “Not one ‘house’ will fall.”",
            "spokenByCharacter": {
                "@type": "Person",
                "name": "Ines Okafor",
                "identifier": "okafor",
                "jobTitle": "spokesperson",
                "worksFor": {"@type": "Organization", "name": "Harbour Ministry"},
                "sameAs": "http://www.wikidata.org/entity/Q0",
            },
        },
    }


def parts(**changes: object) -> list[tuple[str, object]]:
    """The parts of an article with one attribution, changed so."""
    made = to_schema_org(Document(text="Okafor said it rains", attributions=(attrs.evolve(SAID, **changes),)))
    held = made.get("hasPart", [])
    return [(part["@type"], part) for part in (held if isinstance(held, list) else [held])]


@pytest.mark.parametrize("act", list(Act))
def test_only_what_somebody_holds_to_be_so_is_a_claim(act: Act) -> None:
    """What is denied, asked, demanded or promised claims nothing of the kind."""
    claims = {Act.ASSERTS, Act.CONFIRMS, Act.ACCUSES, Act.BELIEVES, Act.EXPECTS}
    assert [kind for kind, _ in parts(act=act)] == (["Claim"] if act in claims else [])


def test_what_was_not_said_is_no_claim() -> None:
    """Nor is it where the cue is negated."""
    assert parts(negated=True) == []


@pytest.mark.parametrize("kind", [Kind.DIRECT, Kind.MIXED])
def test_quoted_words_are_a_quotation_and_a_claim(kind: Kind) -> None:
    """With marks in the first and as a statement in the second."""
    (_, quotation), (_, claim) = parts(kind=kind)
    assert (quotation["text"], claim["text"]) == ("it rains", "It rains")


def test_whoever_is_not_named_is_no_person() -> None:
    """A group and somebody unnamed have a credit in words, beside the named ones."""
    others = [Speaker(name="local media", type=SpeakerType.GROUP), Speaker(name="a judge", type=SpeakerType.UNNAMED)]
    ((_, claim),) = parts(speakers=(OKAFOR, *others))
    assert (claim["author"], claim["creditText"]) == (
        {"@type": "Person", "name": "Ines Okafor"},
        "local media; a judge",
    )


def test_cluster_is_the_claim_to_review() -> None:
    """The first appearance is apart from the others, an article counts once, and changed words are another claim,
    with a date and a speaker of its own."""
    assert to_claim(cluster()) == {
        "@context": "https://schema.org",
        "@type": "Claim",
        "text": "It rains",
        "author": {"@type": "Person", "name": "Ines Okafor"},
        "datePublished": "2024-03-05",
        "firstAppearance": {
            "@type": "NewsArticle",
            "url": "https://example.org/a",
            "publisher": {"@type": "Organization", "name": "Harbour Post"},
            "datePublished": "2024-03-05",
        },
        "appearance": {"@type": "NewsArticle", "identifier": "b", "datePublished": "2024-03-06"},
    }


def test_a_line_a_document() -> None:
    """Each line is a JSON-LD document of its own."""
    file = io.StringIO()
    write_schema_org([Document(text="a"), Document(id="b", text="b")], file)
    assert [json.loads(line).get("identifier") for line in file.getvalue().splitlines()] == [None, "b"]
