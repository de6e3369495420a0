"""CSV in and out."""

from __future__ import annotations

from pathlib import Path

import pytest

from quotekit.errors import RegistryError
from quotekit.registry import Registry
from quotekit.speakers import PartialDate, Role, Speaker, SpeakerType


def load(folder: Path, text: str) -> Registry:
    """A registry from a CSV text."""
    (folder / "registry.csv").write_text(text, encoding="utf-8", newline="")
    return Registry.load(folder / "registry.csv")


def test_a_row_a_role(tmp_path: Path) -> None:
    """Rows of one name are one speaker, who needs no id."""
    rows = ("Ana Sol,Mayor,Port Ellery,2015-05,2019", "Ana Sol,Chair,Board,2020,", "Bo Li,,,,")
    registry = load(tmp_path, "\n".join(("name,title,organization,start,end", *rows)))
    assert registry.issues == ()
    assert [speaker.id for speaker in registry] == ["ana-sol", "bo-li"]
    assert next(iter(registry)).roles == (
        Role(title="Mayor", organization="Port Ellery", start=PartialDate(2015, 5), end=PartialDate(2019)),
        Role(title="Chair", organization="Board", start=PartialDate(2020)),
    )


def test_all_columns(tmp_path: Path) -> None:
    """Types, aliases, identifiers, parents and posts have columns; “|” parts the values of one cell."""
    registry = load(
        tmp_path,
        "post_id,id,name,type,gender,aliases,identifiers,parent_id,title,organization_id\n"
        r",ana,Ana Sol,,female,A. Sol | Ana \| Sol,wikidata:Q1|x\:y:z,,,"
        "\n"
        "mayor,ana,,,,,,,,\n"
        ",city,Port Ellery,organization,,Ellery,,land,,\n"
        ",land,Land,group,,,,,,\n"
        "mayor,,,,,Lord Mayor,,,Mayor,city\n",
    )
    ana, city, land = registry
    assert registry.issues == ()
    assert (ana.gender, ana.aliases) == ("female", ("A. Sol", "Ana | Sol"))
    assert ana.identifiers == (("wikidata", "Q1"), ("x:y", "z"))
    assert (city.type, city.aliases, land.type) == (SpeakerType.ORGANIZATION, ("Ellery",), SpeakerType.GROUP)
    assert registry.resolve("Port Ellery")[0].speaker.organization == "Land"
    assert ana.roles == (Role(title="Mayor", organization="Port Ellery"),)
    assert registry.posts[0].other_labels == ("Lord Mayor",)


def test_columns_that_are_not_known(tmp_path: Path) -> None:
    """A column that a registry has no place for, and cells without a column, are told."""
    registry = load(tmp_path, "name,party,\nAna Sol,Greens,,more\n")
    assert len(registry) == 1
    assert [(issue.code, issue.message.split(":")[0]) for issue in registry.issues] == [
        ("bad-line", "line 2"),
        ("unknown-field", "line 1, column 'party'"),
        ("unknown-field", "line 1, column ''"),
    ]


def test_one_id_of_two(tmp_path: Path) -> None:
    """A row that says something else of an id is left out with its role, and told with both places."""
    registry = load(tmp_path, 'id,name,title\n1,"Ana\nSol",Mayor\n1,Bo Li,Chair\n1,,Judge\n')
    assert [[role.title for role in speaker.roles] for speaker in registry] == [["Mayor", "Judge"]]
    (issue,) = registry.issues
    assert issue.code == "duplicate-id"
    assert issue.message.startswith("line 4: left out, its id '1' is also that of line 2")


def test_one_name_of_two(tmp_path: Path) -> None:
    """A row without an id goes to nobody where two have the name."""
    registry = load(tmp_path, "id,name,title\na,Ana Sol,\nb,Ana Sol,\n,Ana Sol,Mayor\n")
    assert [len(speaker.roles) for speaker in registry] == [0, 0]
    assert [(issue.code, issue.message.split(":")[0]) for issue in registry.issues] == [("ambiguous-name", "line 4")]


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (",,,Mayor,,", "incomplete-role"),
        ("b,,,,,", "empty-name"),
        ("b,—,,,,", "empty-name"),
        ("b,,,Mayor,,", "unknown-id"),
        ("a,,,Mayor,May 2015,", "bad-date"),
        ("a,,,Mayor,2015,2014", "end-before-start"),
        (",,p,,2015,", "incomplete-role"),
        ("a,,nothing,,,", "unknown-id"),
    ],
)
def test_rows_that_cannot_stand(tmp_path: Path, row: str, code: str) -> None:
    """What is wrong with a row is told with its line, and the others stay."""
    registry = load(tmp_path, f"id,name,post_id,title,start,end\na,Ana Sol,,,,\n,,p,Chair,,\n{row}\n")
    assert [speaker.id for speaker in registry] == ["a"]
    assert (code, "line 4") in [(issue.code, issue.message.split(":")[0]) for issue in registry.issues]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("name,name\nAna Sol,\n", "line 1: expected each column once, got 'name'"),
        ("name,type\nAna Sol,robot\n", "line 2, type: expected person or organization or group, got 'robot'"),
        ("name,identifiers\nAna Sol,Q1\n", "line 2, identifiers: expected scheme:identifier, got 'Q1'"),
        ('name,title\n"Ana Sol\n', "line 2: expected CSV that can be read"),
    ],
)
def test_malformed(tmp_path: Path, text: str, message: str) -> None:
    """What cannot be read raises with file and line."""
    with pytest.raises(RegistryError) as caught:
        load(tmp_path, text)
    assert message in str(caught.value)
    assert str(tmp_path / "registry.csv") in str(caught.value)


def test_thousands_of_aliases(tmp_path: Path) -> None:
    """More names than a cell may hold come back."""
    registry = Registry()
    aliases = tuple(f"Ana Maria Sol the {number}th" for number in range(9000))
    registry.add(Speaker(name="Ana Sol", type=SpeakerType.PERSON, aliases=aliases))
    registry.save(tmp_path / "registry.csv")
    assert list(Registry.load(tmp_path / "registry.csv")) == list(registry)


def test_what_is_written(tmp_path: Path) -> None:
    """A speaker's row comes first, then those of the roles, each with id and name."""
    text = "name,title,start\nAna Sol,Mayor,2015\n"
    load(tmp_path, text).save(tmp_path / "again.csv")
    assert (tmp_path / "again.csv").read_text(encoding="utf-8").splitlines() == [
        "id,name,type,gender,aliases,identifiers,parent_id,title,post_id,organization_id,organization,start,end",
        "ana-sol,Ana Sol,person,,,,,,,,,,",
        "ana-sol,Ana Sol,,,,,,Mayor,,,,2015,",
    ]
