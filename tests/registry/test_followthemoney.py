"""FollowTheMoney entities in and out."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from quotekit.errors import RegistryError
from quotekit.lexicon import table
from quotekit.registry import Registry
from quotekit.registry.phrases import countries_in
from quotekit.speakers import PartialDate, Role, SpeakerType


def load(folder: Path, *lines: object) -> Registry:
    """A registry from entities, or from lines that are none."""
    path = folder / "entities.ftm.json"
    texts = (line if isinstance(line, str) else json.dumps(line) for line in lines)
    path.write_text("\n".join(texts), encoding="utf-8")
    return Registry.load(path)


def entity(schema: str, id: str, **properties: Any) -> dict[str, Any]:
    """An entity with these properties."""
    return {"id": id, "schema": schema, "properties": properties}


ANA = entity(
    "Person",
    "Q1",
    name=["ANA SOL", "Ana Sol"],
    alias=["A. Sol"],
    weakAlias=["Anita"],
    previousName=["Ana Reyes"],
    gender=["female"],
    wikidataId=["Q1"],
)
PORT = entity("PublicBody", "Q2", name=["Port Authority"], parent=["Q3"])
LAND = entity("Organization", "Q3", name=["Ellery"])
CHAIR = entity("Position", "Q4", name=["Chair"], alias=["Head"], organization=["Q2"])
TERM = entity("Occupancy", "t", holder=["Q1"], post=["Q4"], startDate=["2015", "2015-05-02"], endDate=["2019"])


def test_everything_is_read(tmp_path: Path) -> None:
    """Names of all kinds, gender, identifiers, bodies with parents, positions and occupancies arrive, in any order."""
    registry = load(tmp_path, TERM, {**ANA, "caption": "Ana Sol"}, CHAIR, PORT, LAND)
    ana, land, port = registry
    assert (ana.name, ana.aliases) == ("Ana Sol", ("ANA SOL", "A. Sol", "Anita", "Ana Reyes"))
    assert (ana.gender, ana.identifiers, ana.type) == ("female", (("wikidata", "Q1"),), SpeakerType.PERSON)
    assert (port.type, land.name) == (SpeakerType.ORGANIZATION, "Ellery")
    assert registry.resolve("the Port Authority")[0].speaker.organization == "Ellery"
    assert ana.roles == (
        Role(title="Chair", organization="Port Authority", start=PartialDate(2015, 5, 2), end=PartialDate(2019)),
    )
    assert registry.posts[0].other_labels == ("Head",)
    assert registry.issues == ()


def test_a_country_code_becomes_a_name(tmp_path: Path) -> None:
    """A position or body of which only a code tells the country is found by the country's name, a person is not."""
    minister = entity("Position", "p", name=["Minister of Defence"], country=["pk"])
    named = entity("Position", "n", name=["President of Chad"], country=["td"])
    term = entity("Occupancy", "o", holder=["Q1"], post=["p"], startDate=["2015"])
    registry = load(tmp_path, ANA, minister, named, term, entity("Company", "c", name=["Acme"], jurisdiction=["TD"]))
    assert [post.other_labels for post in registry.posts] == [("Minister of Defence (Pakistan)",), ()]
    assert registry.get("c") == registry.resolve("Acme (Chad)")[0].speaker
    assert registry.resolve("Pakistan's Defence Minister", date="2016")[0].speaker.id == "Q1"
    assert registry.resolve("India's Defence Minister", date="2016") == ()


@pytest.mark.parametrize("name", table("country_codes").values())
def test_each_code_is_a_country(name: str) -> None:
    """What a code stands for is one country that phrases know."""
    assert len(countries_in(name)) == 1


def test_an_end_that_is_not_known(tmp_path: Path) -> None:
    """An occupancy that may be over, but has no end, is not taken for one that goes on."""
    open_ended = {**TERM["properties"], "endDate": []}
    entities = [entity("Occupancy", s, **open_ended, status=[s]) for s in ("current", "ended", "unknown")]
    registry = load(tmp_path, ANA, PORT, LAND, CHAIR, *entities)
    assert [str(role.start) for role in registry.get("Q1").roles] == ["2015-05-02", "None", "None"]  # type: ignore[union-attr]
    assert [issue.code for issue in registry.issues] == ["unknown-end"] * 2


def test_positions_of_a_person(tmp_path: Path) -> None:
    """Positions that a person has only by name become roles without dates, but not those of an occupancy."""
    ana = entity("Person", "Q1", name=["Ana Sol"], position=["chair", "Mayor of Ellery"])
    ana_sol = load(tmp_path, ana, PORT, LAND, CHAIR, TERM).get("Q1")
    assert ana_sol
    assert [role.title for role in ana_sol.roles] == ["Chair", "Mayor of Ellery"]


def test_entities_inside_entities(tmp_path: Path) -> None:
    """In nested exports a position stands inside each occupancy, and those inside their holder."""
    inside = [{**TERM, "properties": {"post": [CHAIR], "startDate": ["2015"]}}, {**TERM, "id": "u"}]
    nested = entity("Person", "Q1", name=["Ana Sol"], positionOccupancies=inside)
    other = entity(
        "Person", "Q9", name=["Bo Li"], positionOccupancies=[{**TERM, "id": "v", "properties": {"post": [CHAIR]}}]
    )
    registry = load(tmp_path, nested, other, PORT, LAND)
    assert [len(speaker.roles) for speaker in registry] == [2, 1, 0, 0]
    assert len(registry.posts) == 1


def test_lines_that_are_no_entities(tmp_path: Path) -> None:
    """A broken line, or one that is something else, is told with its number; the rest is read."""
    registry = load(tmp_path, ANA, '{"id": "x', "", "[1]", {"id": "x"})
    assert [speaker.id for speaker in registry] == ["Q1"]
    assert [issue.message.split(":")[0] for issue in registry.issues] == ["line 2", "line 4", "line 5"]


def test_what_is_not_kept_is_told(tmp_path: Path) -> None:
    """Other schemata, and properties that a registry has no place for, are told once each."""
    sanction = entity("Sanction", "s", entity=["Q1"])
    registry = load(
        tmp_path, {**ANA, "datasets": ["x"]}, sanction, sanction, entity("Person", "b", name=["Bo Li"], height=["2"])
    )
    messages = sorted(issue.message for issue in registry.issues)
    assert messages == [
        "line 1.datasets: not kept in a registry",
        "line 2, a Sanction, and in 1 more: not kept in a registry",
        "line 4.properties.height: not kept in a registry",
    ]


def test_dangling_occupancies_are_told(tmp_path: Path) -> None:
    """An occupancy of nobody, and one of no position, are left out with their lines."""
    lost = entity("Occupancy", "o", holder=["nobody"], post=["Q4"])
    bare = entity("Occupancy", "p", holder=["Q1"])
    registry = load(tmp_path, ANA, PORT, LAND, CHAIR, lost, bare)
    assert [(issue.code, issue.message.split(":")[0]) for issue in registry.issues] == [
        ("unknown-id", "line 5"),
        ("incomplete-role", "line 6"),
    ]


def test_a_property_of_the_wrong_kind(tmp_path: Path) -> None:
    """A value that is no string raises with line and property; a plain string counts as a list of one."""
    assert load(tmp_path, entity("Person", "a", name="Ana Sol")).get("a") is not None
    with pytest.raises(RegistryError, match=r"line 1\.properties\.name: expected a list of strings, got a list"):
        load(tmp_path, entity("Person", "a", name=[["Ana Sol"]]))
    with pytest.raises(RegistryError, match=r"line 1\.properties\.post: expected a list of strings, got an object"):
        load(tmp_path, entity("Occupancy", "o", post=[{"schema": "Position", "properties": {}}]))


def test_what_is_written(tmp_path: Path) -> None:
    """A body that is only named becomes an organization, and its holder's title a position in it."""
    source = tmp_path / "registry.csv"
    source.write_text("id,name,title,organization,start\nana,Ana Sol,Chair,Harbor Board,2015\n", encoding="utf-8")
    Registry.load(source).save(tmp_path / "registry.ftm.json")
    lines = (tmp_path / "registry.ftm.json").read_text(encoding="utf-8").splitlines()
    found = {value["schema"]: value for value in map(json.loads, lines)}
    assert found["Position"]["properties"] == {"name": ["Chair"], "organization": [found["Organization"]["id"]]}
    assert found["Occupancy"]["properties"] == {
        "holder": ["ana"],
        "post": ["chair"],
        "startDate": ["2015"],
        "status": ["current"],
    }
