"""A registry proposed from attributed articles."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from quotekit.document import Attribution, Document, Kind, Mention, MentionType
from quotekit.registry import Registry
from quotekit.registry.suggest import suggest
from quotekit.spans import Span
from quotekit.speakers import PartialDate, Role, Speaker, SpeakerType


def person(name: str, **fields: Any) -> Speaker:
    """A person of that name."""
    return Speaker(name=name, type=SpeakerType.PERSON, **fields)


def body(name: str, **fields: Any) -> Speaker:
    """A body of that name."""
    return Speaker(name=name, type=SpeakerType.ORGANIZATION, **fields)


def article(
    date: str | None, *said: tuple[str, Speaker], id: str = "a", mentions: tuple[tuple[str, Speaker], ...] = ()
) -> Document:
    """An article in which each source says something."""
    text = " ".join(
        ["It was cold.", *(f"{source} said it rains." for source, _ in said), *(form for form, _ in mentions)]
    )
    attributions = []
    for source, speaker in said:
        at = text.index(source)
        end = text.index("it rains.", at)
        attributions.append(
            Attribution.cut(
                text,
                content=[Span(end, end + 8)],
                source=[Span(at, at + len(source))],
                kind=Kind.INDIRECT,
                speakers=(speaker,),
                score=1.0,
            )
        )
    named = [
        Mention(
            span=Span(text.index(form), text.index(form) + len(form)),
            text=form,
            type=MentionType.PERSON,
            speaker=speaker,
        )
        for form, speaker in mentions
    ]
    return Document(id=id, text=text, date=date, attributions=tuple(attributions), mentions=tuple(named))


ANA = person("Ana Sol", role="mayor", organization="Port Ellery", gender="female")


def speakers(*documents: Document, registry: Registry | None = None) -> list[dict[str, Any]]:
    """The proposed speakers."""
    found: list[dict[str, Any]] = suggest(documents, registry)["speakers"]
    return found


def test_a_new_speaker() -> None:
    """Whoever speaks under a full name is proposed, with what was seen: dates, counts and sentences."""
    (ana,) = speakers(
        article("2018-02-24", ("Mayor Ana Sol", ANA), ("she", ANA)), article("2017-05", ("Ana Sol", ANA), id="b")
    )
    assert (ana["id"], ana["name"], ana["type"], ana["gender"]) == ("ana-sol", "Ana Sol", "person", "female")
    assert ana["seen"] == {
        "first": "2017-05",
        "last": "2018-02-24",
        "count": 3,
        "documents": 2,
        "names": {"Ana Sol": 3},
        "examples": [
            {"doc": "a", "text": "Mayor Ana Sol said it rains."},
            {"doc": "b", "text": "Ana Sol said it rains."},
        ],
    }
    (role,) = ana["roles"]
    assert (role["title"], role["organization"], role["seen"]["documents"]) == ("mayor", "Port Ellery", 2)


def test_who_is_not_proposed() -> None:
    """Groups, the unnamed, and those who are only mentioned are passed over; a single word is told as left out."""
    group = Speaker(name="officials", type=SpeakerType.GROUP)
    found = suggest(
        [article(None, ("officials", group), ("Sol", person("Sol")), mentions=(("Bo Li", person("Bo Li")),))]
    )
    assert found["speakers"] == []
    assert found["seen"] == {"left_out": [{"name": "Sol", "why": "one word is no full name", "count": 1}]}


def test_names_across_articles() -> None:
    """Spellings of one name are one speaker, under the most frequent of them; near names stay two and tell it."""
    khans = [person("Khwaja Asif"), person("Khawaja Muhammad Asif"), person("Khwaja Asif")]
    kims = [person("Ji Hyun Kim"), person("Ji Hyung Kim")]
    asif, *two = speakers(*(article(None, (one.name, one), id=str(n)) for n, one in enumerate((*khans, *kims))))
    assert (asif["name"], asif["aliases"], asif["seen"]["count"]) == ("Khwaja Asif", ["Khawaja Muhammad Asif"], 3)
    assert [(one["id"], one["seen"]["like"]) for one in two] == [
        ("ji-hyun-kim", ["ji-hyung-kim"]),
        ("ji-hyung-kim", ["ji-hyun-kim"]),
    ]


def test_aliases_are_other_full_names() -> None:
    """Mentions give aliases: neither surnames nor names with titles, but acronyms and short forms of bodies."""
    office = body("Foreign Office")
    forms = (
        ("A. Sol", ANA),
        ("Sol", ANA),
        ("Mayor Ana Sol", ANA),
        ("ANA SOL", ANA),
        ("FO’s", office),
        ("Pakistan", office),
    )
    ana, fo = speakers(article(None, ("Ana Sol", ANA), ("Foreign Office", office), mentions=forms))
    assert (ana["aliases"], fo["aliases"]) == (["A. Sol"], ["FO"])


def test_a_role_that_says_less() -> None:
    """A title without its body counts with the one that has it, and a former post stands apart."""
    vague = person("Ana Sol", role="spokesperson")
    full = person("Ana Sol", role="spokeswoman", organization="Foreign Office")
    former = person("Ana Sol", role="former spokesperson")
    (ana,) = speakers(*(article(None, ("Ana Sol", one), id=one.role or "") for one in (vague, full, former, full)))
    assert [(role["title"], role.get("organization"), role["seen"]["count"]) for role in ana["roles"]] == [
        ("spokeswoman", "Foreign Office", 3),
        ("former spokesperson", None, 1),
    ]


@pytest.fixture
def known() -> Registry:
    """A registry of a mayor."""
    registry = Registry()
    role = Role(title="Mayor of Port Ellery", start=PartialDate(2015))
    registry.add(person("Ana Sol", id="sol", aliases=("Anita Sol",), roles=(role,)))
    return registry


@pytest.mark.parametrize("id", [None, "sol"])
def test_who_is_known_is_not_proposed_again(known: Registry, id: str | None) -> None:
    """Somebody in the registry, by id or by name, with a role that it has, is not proposed."""
    ana = person("Ana Sol", id=id, role="mayor", organization="Port Ellery")
    assert speakers(article("2018", ("the mayor, Ana Sol", ana), mentions=(("Anita Sol", ana),)), registry=known) == []


def test_new_names_and_roles_of_the_known(known: Registry) -> None:
    """Of somebody known there are only the names and roles that the registry lacks; they merge into the entry."""
    ana = person("Ana Sol", id="sol", role="Mayor of Port Ellery")
    said = (("Harbor Board chairwoman Dr Ana Sol", ana), ("Ana Sol, the party leader,", ana))
    (found,) = speakers(article("2018", *said, mentions=(("Annabel Reyes-Sol", ana),)), registry=known)
    assert (found["id"], found["name"], found["aliases"]) == ("sol", "Ana Sol", ["Annabel Reyes-Sol"])
    assert [role["title"] for role in found["roles"]] == ["Harbor Board chairwoman", "party leader"]


def test_a_name_of_two_in_the_registry(known: Registry) -> None:
    """Where two in the registry have the name, nobody is proposed, and that is told."""
    known.add(person("Ana Sol", id="other"))
    found = suggest([article(None, ("Ana Sol", person("Ana Sol")))], known)
    assert found["speakers"] == []
    assert found["seen"]["left_out"][0]["why"] == "2 in the registry have this name"


def test_new_ids_are_not_taken(known: Registry) -> None:
    """An id is neither that of an entry nor of another proposal, and near entries are told."""
    known.add(person("Ana Ria", id="bo-li"))
    known.add(person("Boh Lih Tan", id="tan"))
    found = speakers(article(None, ("Bo Li", person("Bo Li"))), registry=known)
    assert [one["id"] for one in found] == ["bo-li-2"]


def test_what_is_proposed_loads_and_merges(tmp_path: Path, known: Registry) -> None:
    """The proposal is a native registry without problems, and merges into the one it was made for."""
    said = (("Ana Sol, the party leader,", person("Ana Sol", id="sol")), ("Mayor Bo Li", person("Bo Li", role="mayor")))
    proposal = suggest([article("2018", *said)], known)
    (tmp_path / "new.json").write_text(json.dumps(proposal), encoding="utf-8")
    new = Registry.load(tmp_path / "new.json")
    assert new.issues == ()
    known.merge(new)
    assert [(one.id, [role.title for role in one.roles]) for one in known] == [
        ("sol", ["Mayor of Port Ellery", "party leader"]),
        ("bo-li", ["mayor"]),
    ]


def test_nothing_from_nothing() -> None:
    """No articles give an empty registry."""
    assert suggest([]) == {"format": "quotekit-registry", "version": 1, "speakers": [], "posts": []}
