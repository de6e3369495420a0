"""Popolo JSON in and out."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from quotekit.errors import RegistryError
from quotekit.registry import Registry
from quotekit.speakers import PartialDate, Role, SpeakerType


def load(folder: Path, **collections: Any) -> Registry:
    """A registry from Popolo collections."""
    path = folder / "registry.json"
    path.write_text(json.dumps(collections), encoding="utf-8")
    return Registry.load(path)


ANA = {
    "id": "ana",
    "name": "Ana Sol",
    "other_names": [{"name": "A. Sol", "lang": "es"}, "Anita Sol"],
    "gender": "female",
    "identifiers": [{"scheme": "wikidata", "identifier": "Q0"}],
}
CITY = {"id": "city", "name": "Port Ellery", "parent_id": "land"}
LAND = {"id": "land", "name": "Ellery", "classification": "group"}
MAYOR = {"id": "mayor", "label": "Mayor", "other_labels": [{"name": "Lord Mayor"}], "organization_id": "city"}
TERM = {"person_id": "ana", "post_id": "mayor", "start_date": "2015-05", "end_date": "2019"}


def test_everything_is_read(tmp_path: Path) -> None:
    """Names, gender, identifiers, bodies with parents, posts and dated memberships arrive."""
    registry = load(tmp_path, persons=[ANA], organizations=[CITY, LAND], posts=[MAYOR], memberships=[TERM])
    ana, city, land = registry
    assert (ana.name, ana.aliases, ana.gender) == ("Ana Sol", ("A. Sol", "Anita Sol"), "female")
    assert ana.identifiers == (("wikidata", "Q0"),)
    assert ana.roles == (
        Role(title="Mayor", organization="Port Ellery", start=PartialDate(2015, 5), end=PartialDate(2019)),
    )
    assert (city.type, land.type) == (SpeakerType.ORGANIZATION, SpeakerType.GROUP)
    assert registry.resolve("Port Ellery")[0].speaker.organization == "Ellery"
    assert [(post.label, post.other_labels) for post in registry.posts] == [("Mayor", ("Lord Mayor",))]


def test_given_and_family_name_are_a_name(tmp_path: Path) -> None:
    """A name in two fields is another name, or the name where there is none."""
    registry = load(tmp_path, persons=[{"id": "a", "name": "SOL Ana", "given_name": "Ana", "family_name": "Sol"}])
    assert registry.get("a") is not None
    assert [speaker.aliases for speaker in registry] == [("Ana Sol",)]


def test_a_role_is_a_posts_other_label(tmp_path: Path) -> None:
    """What the holder of a post does is another name of the post."""
    post = {"id": "p", "label": "MP for Ellery", "role": "Member of Parliament"}
    assert load(tmp_path, posts=[post]).posts[0].other_labels == ("Member of Parliament",)


def test_a_body_inside_a_membership(tmp_path: Path) -> None:
    """A membership may hold its organization instead of the id."""
    term = {"person_id": "ana", "role": "Chair", "organization": {"name": "Harbor Board"}}
    assert next(iter(load(tmp_path, persons=[ANA], memberships=[term]))).roles[0].organization == "Harbor Board"


def test_a_person_and_a_body_of_one_id(tmp_path: Path) -> None:
    """Popolo numbers persons and organizations apart: a body gets a new id, and all that refers to it too."""
    post = {"id": "1", "label": "Chair", "organization_id": 1}
    term = {"person_id": 1, "post_id": 1, "organization_id": 1, "start_date": "2015"}
    board = {"id": 1, "name": "Harbor Board"}
    registry = load(
        tmp_path, persons=[{"id": 1, "name": "Ana Sol"}], organizations=[board], posts=[post], memberships=[term]
    )
    assert [speaker.id for speaker in registry] == ["1", "organization/1"]
    assert registry.posts[0].organization_id == "organization/1"
    assert registry.resolve("the chair of the Harbor Board", date="2016")[0].speaker.id == "1"
    assert [issue.code for issue in registry.issues] == ["new-id"]


def test_unknown_fields_are_told_once_each(tmp_path: Path) -> None:
    """What a registry has no place for is told with its first place and how often it came."""
    people = [{"id": str(number), "name": f"Ana {number}", "image": "a.png"} for number in range(3)]
    registry = load(tmp_path, persons=people, events=[])
    assert [issue.code for issue in registry.issues] == ["unknown-field"] * 2
    messages = sorted(issue.message for issue in registry.issues)
    assert "$.events" in messages[0]
    assert "$.persons[0].image, and in 2 more" in messages[1]


def test_dangling_memberships_are_told(tmp_path: Path) -> None:
    """A membership of nobody is left out with its place; the rest stays."""
    registry = load(
        tmp_path, persons=[ANA], memberships=[{"person_id": "bo", "role": "Chair"}, {**TERM, "role": "Chair"}]
    )
    assert [issue.code for issue in registry.issues if "$.memberships[0]" in issue.message] == ["unknown-id"]
    assert [len(speaker.roles) for speaker in registry] == [1]


@pytest.mark.parametrize(
    ("collections", "message"),
    [
        ({"persons": {}}, "@ $.persons: expected a list, got an object"),
        ({"persons": ["Ana"]}, "@ $.persons[0]: expected an object, got 'Ana'"),
        ({"persons": [{"id": "a", "name": ["Ana"]}]}, "@ $.persons[0].name: expected a string, got a list"),
        ({"persons": [{"id": True, "name": "Ana"}]}, "@ $.persons[0].id: expected a string, got True"),
        ({"persons": [{"name": "Ana", "other_names": [3]}]}, "@ $.persons[0].other_names[0]: expected a string"),
        (
            {"persons": [], "memberships": [{"organization": "x"}]},
            "@ $.memberships[0].organization: expected an object",
        ),
    ],
)
def test_fields_of_the_wrong_kind(tmp_path: Path, collections: dict[str, Any], message: str) -> None:
    """A value of the wrong kind raises with file, path and what was expected."""
    with pytest.raises(RegistryError) as caught:
        load(tmp_path, **collections)
    assert message in str(caught.value)
    assert str(tmp_path / "registry.json") in str(caught.value)


def test_round_trip(tmp_path: Path) -> None:
    """What is saved as Popolo loads as the same registry."""
    registry = load(tmp_path, persons=[ANA], organizations=[CITY, LAND], posts=[MAYOR], memberships=[TERM])
    registry.save(tmp_path / "again.popolo.json")
    again = Registry.load(tmp_path / "again.popolo.json")
    assert (list(again), again.posts, again.issues) == (list(registry), registry.posts, ())
    assert again.resolve("the Lord Mayor of Port Ellery", date="2016") == registry.resolve(
        "the Lord Mayor of Port Ellery", date="2016"
    )
