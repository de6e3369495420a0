"""Reports that retell what somebody said in other words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotekit.document import Attribution, DifferenceKind, Document, Kind, Match, Relation
from quotekit.errors import InputError
from quotekit.matching import QuoteIndex, compare, match
from quotekit.matching.rewording import FEATURES, weigh_retelling
from quotekit.matching.terms import stem, terms
from quotekit.matching.utterance import Utterance
from quotekit.spans import Span
from quotekit.speakers import Speaker, SpeakerType

OKAFOR = Speaker(name="Ines Okafor", type=SpeakerType.PERSON, organization="Ministry of Ports")
PORTS = Speaker(name="Ministry of Ports", type=SpeakerType.ORGANIZATION)
SAID = "“Nine tugs sank in Karimabad harbor because their pumps were old and rusty.”"
TOLD = "that rusty and old pumps had caused nine tugs to sink in the harbor of Karimabad"
OTHER = "that the dredging of Karimabad harbor would cost 40 million rupees"
TEXTS = st.lists(
    st.sampled_from(
        ["the", "not", "Khan", "sank", "12", "tugs", "harbor", "were", "Karimabad", ".", "“", "”", "to", "I"]
    ),
    max_size=25,
).map(" ".join)


def told(text: str, kind: str = "indirect", speaker: object = OKAFOR, date: str = "2024-03-05") -> dict[str, Any]:
    """What is known of a report."""
    return {"text": text, "kind": kind, "speaker": speaker, "date": date}


def shown(found: Match, a: str, b: str) -> list[tuple[str, str | None, str | None]]:
    """The differences as a reader sees them."""
    return [(str(d.kind), a[d.a.slice] if d.a else None, b[d.b.slice] if d.b else None) for d in found.differences]


def test_a_report_retells_a_quotation() -> None:
    """In other words, in another order, and given to the ministry that the speaker speaks for."""
    found = compare(told(SAID, "direct"), told(TOLD, speaker=PORTS))
    assert (found.same, found.relation, found.differences) == (True, Relation.REWORDED, ())
    assert "speaker: named alike" in found.reasons


@pytest.mark.parametrize(
    "other",
    [
        told(OTHER),
        told("that tugs in Karimabad harbor were to be painted orange before the monsoon"),
        told(TOLD, speaker=Speaker(name="Lena Morris", type=SpeakerType.PERSON)),
        told("nine tugs of Karimabad harbor"),
        told("“Old, rusty pumps sank those nine tugs in the harbor at Karimabad.”", "direct"),
    ],
    ids=["another statement", "the same topic", "another speaker", "only a thing", "own words"],
)
def test_what_is_no_retelling(other: dict[str, Any]) -> None:
    """A topic in common is not enough, and one's own words are never a retelling of one's own words."""
    assert compare(told(SAID, "direct"), other).relation is not Relation.REWORDED


def test_other_numbers_are_told() -> None:
    """A retelling with another number is joined, and the number is the finding."""
    changed = TOLD.replace("nine", "ninety")
    found = compare(told(SAID, "direct"), told(changed))
    assert found.relation is Relation.REWORDED
    assert shown(found, SAID, changed) == [("number", "Nine", "ninety")]


def test_a_negation_is_told() -> None:
    """With where it stands."""
    denied = TOLD.replace("had caused", "had not caused")
    found = compare(told(SAID, "direct"), told(denied))
    assert ("negation", None, "not") in shown(found, SAID, denied)


@given(TEXTS, TEXTS, st.sampled_from([None, *Kind]))
def test_the_order_makes_no_difference(a: str, b: str, kind: Kind | None) -> None:
    """Of any two reports, and the spans lie in their texts."""
    there = compare({"text": a, "kind": kind}, {"text": b, "kind": "indirect"}, threshold=0.3)
    back = compare({"text": b, "kind": "indirect"}, {"text": a, "kind": kind}, threshold=0.3)
    assert (there.relation, there.score, len(there.differences)) == (back.relation, back.score, len(back.differences))
    for difference in there.differences:
        assert difference.a is None or difference.a.end <= len(a)
        assert difference.b is None or difference.b.end <= len(b)


def test_the_features_are_those_that_are_weighed() -> None:
    """One figure for each name."""
    found = weigh_retelling(Utterance.of(told(SAID, "direct")), Utterance.of(told(TOLD)))
    assert found is not None
    assert len(found.features()) == len(FEATURES)


@pytest.mark.parametrize("kind", ["spoken", 3])
def test_a_kind_that_is_none_is_refused(kind: object) -> None:
    """The message says which there are."""
    with pytest.raises(InputError, match=r"expected direct, mixed or indirect @ \$\.kind"):
        compare({"text": SAID, "kind": kind}, TOLD)


# Terms.


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("two failures cost Washington $3bn", ["2", "fail", "cost", "washington", "$3000000000"]),
        ("the US told us", ["united states", "tel"]),
        ("Afghans", ["afghanistan"]),
    ],
)
def test_terms(text: str, keys: list[str]) -> None:
    """Names in one form, numbers as they are, words by what they are about."""
    assert [term.key for term in terms(Utterance.of(text))] == keys


def test_an_acronym_is_the_name_it_stands_for() -> None:
    """The words of a name are also compared by its initials."""
    found = terms(Utterance.of("the Inter-Services Intelligence of backing militants"))
    assert {term.also for term in found if term.kind is DifferenceKind.NAME} == {"isi"}


@pytest.mark.parametrize("text", ["the 9/11 attacks", "an EB-5 visa", "a Boeing 737", "on the 13th"])
def test_a_number_in_a_name_counts_nothing(text: str) -> None:
    """It is no number that two reports may share or differ in."""
    assert all(term.kind is not DifferenceKind.NUMBER for term in terms(Utterance.of(text)))


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("negotiators", "negotiation", True),
        ("policies", "policy", True),
        ("policy", "police", False),
        ("lying", "lies", True),
        ("boxes", "box", True),
    ],
)
def test_stems(a: str, b: str, same: bool) -> None:
    """Words about one thing share one, others do not."""
    assert (stem(a) == stem(b)) == same


# Clusters.


def document(name: str, *said: tuple[str, Kind], speaker: Speaker = OKAFOR, date: str = "2024-03-05") -> Document:
    """A document that says these texts, one after another."""
    body = "\n".join(text for text, _ in said)

    def cut() -> Iterator[Attribution]:
        start = 0
        for text, kind in said:
            yield Attribution.cut(
                body, content=[Span(start, start + len(text))], kind=kind, speakers=(speaker,), score=1.0
            )
            start += len(text) + 1

    return Document(id=name, text=body, attributions=tuple(cut()), date=date)


QUOTED = document("quoted", (SAID, Kind.DIRECT), (OTHER, Kind.INDIRECT))
RETOLD = document("retold", (TOLD, Kind.INDIRECT), date="2024-03-06")
AGAIN = document("again", (TOLD, Kind.INDIRECT), date="2024-03-07")


def test_a_cluster_holds_its_retellings() -> None:
    """With all versions of the retelling, and nothing else that the speaker said."""
    (cluster,) = match([QUOTED, RETOLD, AGAIN])
    assert [(m.doc, m.index) for m in cluster.members] == [("quoted", 0), ("retold", 0), ("again", 0)]
    assert sorted(str(m.relation) for m in cluster.members).count("reworded") in (1, 2)
    assert not cluster.altered


def test_a_retelling_with_another_number_marks_the_cluster() -> None:
    """A fact-checker sees it."""
    changed = document("changed", (TOLD.replace("nine", "ninety"), Kind.INDIRECT))
    (cluster,) = match([QUOTED, changed])
    assert cluster.altered


def test_the_order_of_documents_makes_no_difference() -> None:
    """The same clusters whichever comes first."""
    assert match([QUOTED, RETOLD, AGAIN]) == match([AGAIN, RETOLD, QUOTED])


def test_find_knows_retellings() -> None:
    """Those of a quotation, and the quotation that a report retells."""
    index = QuoteIndex()
    for added in (QUOTED, RETOLD):
        index.add(added)
    assert {m.doc: str(m.relation) for m in index.find(told(SAID, "direct"))} == {
        "quoted": "verbatim",
        "retold": "reworded",
    }
    assert {m.doc: str(m.relation) for m in index.find(told(TOLD))} == {"quoted": "reworded", "retold": "verbatim"}


@pytest.mark.parametrize("threshold", [0.0, 0.1, 0.3])
def test_no_member_is_another_utterance(threshold: float) -> None:
    """However low the threshold, a member is what its words are."""
    texts = ["The mast of the tug broke in Karimabad", "the mast broke", "Nobody saw the tug in Karimabad on Friday"]
    documents = [document(f"d{n}", (text, Kind.DIRECT)) for n, text in enumerate(texts)]
    found = match([*documents, QUOTED, RETOLD], threshold=threshold)
    assert found
    assert all(m.relation is not Relation.DIFFERENT for cluster in found for m in cluster.members)


def test_a_file_keeps_the_kind(tmp_path: Any) -> None:
    """A loaded index gives the same clusters."""
    index = QuoteIndex()
    for added in (QUOTED, RETOLD, AGAIN):
        index.add(added)
    index.save(tmp_path / "index.jsonl")
    assert QuoteIndex.load(tmp_path / "index.jsonl").clusters() == index.clusters()
