"""The checks that make a registry of a file's rows, and the place of every problem."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotekit.registry.rows import PostRow, Rows, SpeakerRow, TenureRow, checked, circular
from quotekit.speakers import SpeakerType


def person(number: int, **fields: str | None) -> SpeakerRow:
    """A person's row at a place of that number."""
    given = {"id": f"p{number}", "name": f"Person {number}", **fields}
    return SpeakerRow(place=f"$.persons[{number}]", type=SpeakerType.PERSON, **given)


def body(number: int, parent_id: str | None) -> SpeakerRow:
    """A body's row at a place of that number."""
    return SpeakerRow(
        place=f"$.organizations[{number}]",
        id=f"o{number}",
        name=f"Body {number}",
        type=SpeakerType.ORGANIZATION,
        parent_id=parent_id,
    )


def tenure(**fields: str | None) -> TenureRow:
    """A tenure of the first person."""
    return TenureRow(place="$.memberships[7]", **{"speaker_id": "p0", "title": "Mayor", **fields})


def problems(*rows: SpeakerRow | PostRow | TenureRow) -> list[tuple[str, str]]:
    """The code of every issue, and the place its message starts with."""
    contents = checked(
        Rows(
            speakers=tuple(row for row in rows if isinstance(row, SpeakerRow)),
            posts=tuple(row for row in rows if isinstance(row, PostRow)),
            tenures=tuple(row for row in rows if isinstance(row, TenureRow)),
        )
    )
    return [(issue.code, issue.message.split(":")[0]) for issue in contents.issues]


def test_sound_rows() -> None:
    """Rows without a problem make no issue."""
    post = PostRow(place="$.posts[0]", id="mayor", label="Mayor", organization_id="o1")
    assert problems(person(0), body(1, None), post, tenure(post_id="mayor", start="2001", end="2001-05")) == []


@pytest.mark.parametrize("name", [None, "", "—"])
def test_a_speaker_without_a_name(name: str | None) -> None:
    """A row without a name, or of marks only, is left out and told."""
    assert problems(person(0), person(1, name=name)) == [("empty-name", "$.persons[1]")]


def test_an_id_given_twice() -> None:
    """The second of two rows with one id is left out, and both places are told."""
    contents = checked(Rows(speakers=(person(0), person(1, id="p0"))))
    assert [speaker.name for speaker in contents.speakers] == ["Person 0"]
    assert contents.issues[0].code == "duplicate-id"
    assert "$.persons[1]" in contents.issues[0].message
    assert "$.persons[0]" in contents.issues[0].message


def test_ids_are_made_where_they_are_missing() -> None:
    """A row without an id gets one from its name that no other row has."""
    rows = (person(0, id=None, name="Ana Ría"), person(1, id=None, name="Ana Ria"), person(2, id="ana-ria"))
    assert [speaker.id for speaker in checked(Rows(speakers=rows)).speakers] == ["ana-ria-2", "ana-ria-3", "ana-ria"]


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"speaker_id": "nobody"}, "unknown-id"),
        ({"organization_id": "nowhere"}, "unknown-id"),
        ({"post_id": "nothing"}, "unknown-id"),
        ({"title": None}, "incomplete-role"),
        ({"start": "last May"}, "bad-date"),
        ({"end": "2015-13"}, "bad-date"),
        ({"start": "2015-05", "end": "2014"}, "end-before-start"),
    ],
)
def test_a_tenure_that_cannot_stand(fields: dict[str, str | None], code: str) -> None:
    """What is wrong with a tenure is told with its place."""
    assert (code, "$.memberships[7]") in problems(person(0), tenure(**fields))


def test_a_tenure_survives_an_unknown_body() -> None:
    """A role in a body that is not there stays a role, without the body."""
    contents = checked(Rows(speakers=(person(0),), tenures=(tenure(organization_id="nowhere"),)))
    assert [(found.role.title, found.organization_id) for found in contents.tenures] == [("Mayor", None)]


def test_a_tenure_takes_title_and_body_from_its_post() -> None:
    """What a tenure does not say itself is that of the post."""
    post = PostRow(place="$.posts[0]", id="mayor", label="Mayor of Ellery", organization_id="o1")
    rows = Rows(speakers=(person(0), body(1, None)), posts=(post,), tenures=(tenure(title=None, post_id="mayor"),))
    role = checked(rows).tenures[0].role
    assert (role.title, role.organization) == ("Mayor of Ellery", "Body 1")


def test_an_unknown_parent() -> None:
    """A body whose parent is not there stays, without one."""
    assert problems(body(0, "nowhere")) == [("unknown-id", "$.organizations[0]")]


def test_bodies_in_a_circle() -> None:
    """Of a circle of bodies one link is left out and told."""
    contents = checked(Rows(speakers=(body(0, "o1"), body(1, "o2"), body(2, "o0"), body(3, "o0"))))
    assert [issue.code for issue in contents.issues] == ["parent-cycle"]
    assert len(contents.parents) == 3


links = st.dictionaries(st.integers(0, 30).map(str), st.integers(0, 30).map(str))


@given(links)
def test_no_circle_stays(found: dict[str, str]) -> None:
    """Without the links that `circular` names, every way up ends."""
    kept = {child: parent for child, parent in found.items() if child not in circular(found)}
    for start in kept:
        node, steps = start, 0
        while node in kept:
            node, steps = kept[node], steps + 1
            assert steps <= len(kept)


@given(links)
def test_only_links_of_circles_go(found: dict[str, str]) -> None:
    """Links that form no circle all stay."""
    ways_up = {child: parent for child, parent in found.items() if int(child) < int(parent)}
    assert circular(ways_up) == {}
