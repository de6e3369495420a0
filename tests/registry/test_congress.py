"""The JSON of congress-legislators."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from quotekit.errors import RegistryError
from quotekit.registry import Registry

SOL: dict[str, Any] = {
    "id": {"bioguide": "S000001", "govtrack": 400001, "fec": ["H1", "S1"], "wikidata": "Q1"},
    "name": {
        "first": "Ana",
        "middle": "Maria",
        "last": "Sol",
        "nickname": "Annie",
        "suffix": "Jr.",
        "official_full": "Ana M. Sol, Jr.",
    },
    "other_names": [{"last": "Reyes", "end": "2001-01-01"}],
    "bio": {"gender": "F"},
    "terms": [
        {"type": "rep", "start": "2001-01-03", "end": "2003-01-03", "state": "AZ"},
        {"type": "rep", "start": "2003-01-07", "end": "2005-01-03", "state": "AZ"},
        {"type": "sen", "start": "2007-01-04", "end": "2013-01-03", "state": "AZ"},
        {"type": "sen", "start": "2013-01-03", "end": "2019-01-03", "state": "AZ"},
    ],
    "leadership_roles": [{"title": "Minority Leader", "chamber": "senate", "start": "2011-01-05", "end": "2013-01-03"}],
}
LI: dict[str, Any] = {
    "id": {"govtrack": 2},
    "name": {"first": "Bo", "last": "Li"},
    "bio": {"gender": "M"},
    "terms": [{"type": "prez", "start": "2001-01-20", "end": "2005-01-20"}],
}


def load(folder: Path, *legislators: Any) -> Registry:
    """A registry from a list of legislators."""
    path = folder / "legislators-current.json"
    path.write_text(json.dumps(legislators), encoding="utf-8")
    return Registry.load(path)


def test_people_arrive(tmp_path: Path) -> None:
    """Names in all their forms, gender and identifiers are read."""
    registry = load(tmp_path, SOL, LI)
    ana, li = registry.get("S000001"), registry.get("2")
    assert ana
    assert (ana.name, ana.gender) == ("Ana Sol Jr.", "female")
    assert ana.aliases == ("Ana M. Sol, Jr.", "Annie Sol Jr.", "Ana Maria Sol Jr.", "Ana Reyes Jr.")
    assert ana.identifiers == (
        ("bioguide", "S000001"),
        ("govtrack", "400001"),
        ("fec", "H1"),
        ("fec", "S1"),
        ("wikidata", "Q1"),
    )
    assert li
    assert [(role.title, str(role.start)) for role in li.roles] == [("President of the United States", "2001-01-20")]


def test_terms_of_one_seat_are_one_role(tmp_path: Path) -> None:
    """Terms that follow on one another are joined, and those of another seat stand apart."""
    ana = load(tmp_path, SOL).get("S000001")
    assert ana
    assert [(role.title, str(role.start), str(role.end)) for role in ana.roles] == [
        ("Representative from Arizona", "2001-01-03", "2005-01-03"),
        ("Senator from Arizona", "2007-01-04", "2019-01-03"),
        ("Minority Leader", "2011-01-05", "2013-01-03"),
    ]


@pytest.mark.parametrize(
    ("mention", "date", "found"),
    [
        ("Sen. Sol", "2015-03-01", "S000001"),
        ("the senator from Arizona", "2015-03-01", "S000001"),
        ("the Arizona senator", "2015-03-01", "S000001"),
        ("the Senate minority leader", "2012-03-01", "S000001"),
        ("the U.S. president", "2003", "2"),
        ("the Senate", None, "us-senate"),
    ],
)
def test_they_are_found(tmp_path: Path, mention: str, date: str | None, found: str) -> None:
    """Members are found by seat and chamber, as papers write it."""
    assert load(tmp_path, SOL, LI).resolve(mention, date=date)[0].speaker.id == found


def test_what_is_not_kept_is_told(tmp_path: Path) -> None:
    """Birthdays, parties and addresses are told once each."""
    party = {**SOL["terms"][0], "party": "Democrat"}
    registry = load(tmp_path, {**SOL, "bio": {"birthday": "1960-01-01"}, "terms": [party, party]})
    assert sorted(
        issue.message for issue in registry.issues if "party" in issue.message or "birth" in issue.message
    ) == [
        "$[0].bio.birthday: not kept in a registry",
        "$[0].terms[0].party, and in 1 more: not kept in a registry",
    ]


@pytest.mark.parametrize(
    ("legislator", "message"),
    [
        ({**LI, "terms": [{"type": "mayor"}]}, r"@ \$\[0\].terms\[0\].type: expected sen or rep"),
        ({**LI, "name": "Bo Li"}, r"@ \$\[0\].name: expected an object"),
        ({**LI, "id": {"fec": [{}]}}, r"@ \$\[0\].id.fec: expected a string"),
        ({**LI, "terms": None, "leadership_roles": 3}, r"@ \$\[0\].leadership_roles: expected a list"),
    ],
)
def test_malformed(tmp_path: Path, legislator: Any, message: str) -> None:
    """A field of the wrong kind raises with its path."""
    with pytest.raises(RegistryError, match=message):
        load(tmp_path, legislator)


def test_terms_that_cannot_stand_are_told(tmp_path: Path) -> None:
    """A date that is none leaves out its term, with the place."""
    terms = [{**LI["terms"][0], "start": "soon"}, LI["terms"][0]]
    registry = load(tmp_path, {**LI, "terms": terms})
    assert [(issue.code, issue.message.split(":")[0]) for issue in registry.issues] == [("bad-date", "$[0].terms[0]")]
