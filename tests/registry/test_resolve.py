"""Whom a mention stands for, on labelled cases and for any text."""

from __future__ import annotations

import itertools
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotekit.registry import Candidate, Registry
from quotekit.speakers import PartialDate, Role, Speaker, SpeakerType

CASES = Path(__file__).resolve().parent.parent / "cases"
ANSWER = 0.5


@pytest.fixture(scope="module")
def world() -> Registry:
    """People of several countries, among them namesakes and holders of like posts."""
    return Registry.load(CASES / "registry_world.json")


def labelled() -> list[Any]:
    """The labelled mentions, those that are known to fail marked so."""
    rows = json.loads((CASES / "registry_resolve.json").read_text(encoding="utf-8"))
    return [
        pytest.param(
            row,
            id=f"{row['mention']} {row.get('date', '')} {' '.join(row.get('context', ()))}",
            marks=pytest.mark.xfail(reason=row["known_failure"], strict=True) if "known_failure" in row else (),
        )
        for row in rows
    ]


@pytest.mark.parametrize("row", labelled())
def test_labelled(world: Registry, row: dict[str, Any]) -> None:
    """A mention has one answer, or several equal hints, or none, as its label says."""
    found = world.resolve(row["mention"], date=row.get("date"), context=row.get("context", ()))
    answers = [candidate.speaker.id for candidate in found if candidate.score >= ANSWER]
    if isinstance(row["expect"], list):
        assert answers == []
        assert len({candidate.score for candidate in found[: len(row["expect"])]}) == 1
        assert sorted(str(candidate.speaker.id) for candidate in found[: len(row["expect"])]) == row["expect"]
    else:
        assert answers[:1] == ([row["expect"]] if row["expect"] else [])


def only(found: tuple[Candidate, ...]) -> Candidate:
    """The one candidate there is."""
    assert len(found) == 1
    return found[0]


def test_exact_beats_folded_beats_spelling(world: Registry) -> None:
    """The nearer a name is to how it is written, the higher its score, and the reasons tell which it was."""
    mentions = (
        "Mohammad Tariq Qureshi",
        "MOHAMMAD TARIQ QURESHI",
        "Muhammad Tariq Qureshi",
        "Tariq Qureshi",
        "Qureshi",
    )
    best = [world.resolve(mention)[0] for mention in mentions]
    assert [candidate.speaker.id for candidate in best] == ["qureshi"] * 5
    assert all(one.score > other.score for one, other in itertools.pairwise(best))
    assert "is the name" in best[0].reasons[0]
    assert "but for case" in best[1].reasons[0]
    assert "spelling" in best[2].reasons[0]
    assert "without mohammad" in best[3].reasons[0]
    assert "surname" in best[4].reasons[0]


def test_a_title_that_another_holds_costs(world: Registry) -> None:
    """A post that the named one never held, while another did, lowers the score and is told."""
    right = world.resolve("US Defense Secretary Edgar Stone", date="2016")[0]
    wrong = world.resolve("US Defense Secretary Peter Lund", date="2016")[0]
    assert (right.speaker.id, wrong.speaker.id) == ("stone", "lund")
    assert wrong.score < world.resolve("Peter Lund", date="2016")[0].score < right.score
    assert "was another" in wrong.reasons[-1]


def test_role_and_organization_are_of_the_date(world: Registry) -> None:
    """The speaker of a candidate has the role held on the day, whichever way the mention names him."""
    assert (
        world.resolve("Peter Lund", date="2016-06-01")[0].speaker.role
        == "Deputy Spokesperson of the Department of State"
    )
    later = world.resolve("Mr. Lund", date="2018")[0]
    assert later.speaker.role == "Spokesperson of the Department of State"
    assert later.speaker.organization == "United States Department of State"
    assert later.role == Role(
        title="Spokesperson of the Department of State",
        organization="United States Department of State",
        start=PartialDate(2017, 1, 1),
        end=PartialDate(2019, 5, 1),
    )


def test_no_role_outside_its_dates(world: Registry) -> None:
    """After the last day, and without a date, a speaker has no role."""
    assert world.resolve("Peter Lund", date="2020")[0].speaker.role is None
    assert world.resolve("Peter Lund")[0].speaker.role is None


def test_a_former_role_is_the_candidates_and_not_the_speakers(world: Registry) -> None:
    """The role asked for is the candidate's; the speaker's is that of the day, which here is none."""
    best = world.resolve("the former US president", date="2018")[0]
    assert best.role == Role(
        title="President of the United States",
        organization="Government of the United States",
        start=PartialDate(2013, 1, 20),
        end=PartialDate(2017, 1, 20),
    )
    assert best.speaker.role is None


def test_a_body_has_the_body_it_is_part_of(world: Registry) -> None:
    """The organization of a body is its parent."""
    assert world.resolve("the Pentagon")[0].speaker.organization == "Government of the United States"


def test_equals_share_and_say_so(world: Registry) -> None:
    """Several that fit equally well have equal scores below that of an answer, and a reason."""
    found = world.resolve("Omar Sadiq")
    assert [candidate.score for candidate in found] == [pytest.approx(0.49)] * 2
    assert all(candidate.reasons[-1] == "one of 2 that fit equally well" for candidate in found)


def test_a_posts_label_is_its_holder_of_the_day() -> None:
    """Where somebody's alias is also a post's label, the label is asked for."""
    registry = Registry()
    start = PartialDate(2015)
    registry.add(Speaker(id="ana", name="Ana Sol", type=SpeakerType.PERSON, aliases=("Harbor Chief",)))
    role = Role(title="Harbor Chief", start=start)
    registry.add(Speaker(id="bo", name="Bo Li", type=SpeakerType.PERSON, roles=(role,)))
    assert registry.resolve("the Harbor Chief", date="2016")[0].speaker.id == "bo"
    assert registry.resolve("the Harbor Chief", date="2014") == ()


def test_nobody_overtakes_equals() -> None:
    """Where the best are equal and so no answer, a worse fit is none either."""
    registry = Registry()
    for id, name in (("a", "Ana Reyes"), ("b", "Ana Reyes"), ("c", "Ana Sol Reyes")):
        registry.add(Speaker(id=id, name=name, type=SpeakerType.PERSON))
    assert all(candidate.score < ANSWER for candidate in registry.resolve("Ana Reyes"))


def test_many_namesakes_are_cut_off() -> None:
    """Of hundreds of namesakes some are given, and each says among how many it is."""
    registry = Registry()
    for number in range(300):
        registry.add(Speaker(name=f"Given{number} Khan", type=SpeakerType.PERSON))
    found = registry.resolve("Mr Khan")
    assert 1 < len(found) < 300
    assert found[0].reasons[-1] == "one of 300 that fit equally well"


@pytest.mark.parametrize(
    "mention", ["he", "She", "we", "THEY", "I", "", "   ", "???", "“”", "x" * 100_000, "a b " * 50_000]
)
def test_names_nobody(world: Registry, mention: str) -> None:
    """Pronouns, marks, nothing and what is too long for a name stand for nobody."""
    assert world.resolve(mention, date="2016") == ()


PIECES = [
    "the",
    "former",
    "US",
    "Pakistan's",
    "Foreign Office",
    "spokesman",
    "Mr",
    "Edgar",
    "Stone",
    "Grant",
    ",",
    "(",
    "of",
    "’s",
]


@given(
    st.one_of(st.text(), st.lists(st.sampled_from(PIECES), max_size=12).map(" ".join)),
    st.sampled_from([None, "2016", "2017-01-20", "1950-01"]),
    st.lists(st.text(max_size=20), max_size=3),
)
def test_any_mention(mention: str, date: str | None, context: list[str]) -> None:
    """Whatever the mention: candidates in order, scores in 0..1, each speaker once, reasons with each."""
    found = WORLD.resolve(mention, date=date, context=context)
    assert [candidate.score for candidate in found] == sorted((candidate.score for candidate in found), reverse=True)
    assert all(0 < candidate.score <= 1 and candidate.reasons for candidate in found)
    assert len({candidate.speaker.id for candidate in found}) == len(found)


@given(st.text(max_size=30))
def test_any_name_is_found_by_itself(name: str) -> None:
    """Whatever the name, who has it is found by it, unless it is a pronoun or an acronym written small."""
    registry = Registry()
    registry.add(Speaker(id="somebody", name="Somebody Else", type=SpeakerType.PERSON))
    registry.add(Speaker(id="it", name=f"Q{name}Q", type=SpeakerType.PERSON))
    assert only(registry.resolve(f"Q{name}Q")[:1]).speaker.id == "it"


WORLD = Registry.load(CASES / "registry_world.json")
