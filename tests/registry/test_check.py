"""What `quotekit registry check` finds in a file."""

from __future__ import annotations

import contextlib
import json
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotekit.document import Issue
from quotekit.errors import RegistryError
from quotekit.registry.check import REMARKS, check


def issues(folder: Path, value: object) -> list[tuple[str, str]]:
    """The code and the message of everything that is found in a JSON file."""
    (folder / "registry.json").write_text(json.dumps(value), encoding="utf-8")
    return [(issue.code, issue.message) for issue in check(folder / "registry.json")]


def person(id: str, name: str, *roles: dict[str, str], aliases: tuple[str, ...] = ()) -> dict[str, Any]:
    """A person of a native file."""
    return {"id": id, "name": name, "aliases": list(aliases), "roles": list(roles)}


def role(start: str | None = None, end: str | None = None, **more: str) -> dict[str, str]:
    """A mayor's role."""
    dates = {key: date for key, date in (("start", start), ("end", end)) if date}
    return {"title": "Mayor", "organization": "Ellery", **dates, **more}


def native(*speakers: dict[str, Any], posts: tuple[dict[str, str], ...] = ()) -> dict[str, Any]:
    """A native file."""
    return {"format": "quotekit-registry", "version": 1, "speakers": list(speakers), "posts": list(posts)}


def test_a_sound_file(tmp_path: Path) -> None:
    """Where nothing is wrong nothing is told."""
    assert issues(tmp_path, native(person("a", "Ana Sol", role("2015")), person("b", "Bo Li"))) == []


def test_a_name_of_several(tmp_path: Path) -> None:
    """An alias that two claim is a remark with both places, whatever its case and accents."""
    people = [person(str(n), f"Ana {n}", aliases=("The FO", "fo") if n else ("FO",)) for n in range(6)]
    ((code, message),) = issues(tmp_path, native(*people))
    assert code in REMARKS
    assert message.startswith("$.speakers[0]: “FO” is a name of '0' and of '1' ($.speakers[1]), '2'")
    assert "and 2 more, so alone it names nobody for sure; take it away where it is not theirs" in message


@pytest.mark.parametrize(
    ("one", "other", "overlap"),
    [
        (("2015", "2017"), ("2016", "2018"), True),
        (("2015", None), ("2016", "2018"), True),
        (("2015", None), ("2016", None), True),
        (("2015-01-01", "2016-05-03"), ("2016-05-03", None), False),
        (("2015-01-01", "2016-05-03"), ("2016-05-02", None), True),
        (("2015", "2016"), ("2016-03", None), False),
        (("2015", "2016-05"), ("2016-05", None), False),
        ((None, "2017"), ("2016", None), False),
        (("2018", None), ("2016", "2017"), False),
    ],
)
def test_two_holders_at_once(
    tmp_path: Path, one: tuple[str | None, str | None], other: tuple[str | None, str | None], overlap: bool
) -> None:
    """Two who certainly hold one post on one day are told; the day of the change, and vague dates, are not."""
    found = issues(tmp_path, native(person("a", "Ana Sol", role(*one)), person("b", "Bo Li", role(*other))))
    assert [code for code, _ in found] == ["overlap"] * overlap


def test_the_places_of_an_overlap(tmp_path: Path) -> None:
    """The one who comes later is told with place and dates, and how many more there are."""
    people = [person(str(n), f"Ana {n}", {"post_id": "p", "start": str(2015 + n)}) for n in range(4)]
    post = {"id": "p", "label": "Mayor of Ellery"}
    ((code, message),) = issues(tmp_path, native(*people, posts=(post,)))
    assert (code, code in REMARKS) == ("overlap", True)
    assert message.startswith(
        "$.speakers[1].roles[0]: '1' holds “Mayor of Ellery” from 2016, when '0' does until now, and 2 more such"
    )


def test_one_holder_twice(tmp_path: Path) -> None:
    """Two terms of one person that overlap are no clash, nor are posts of two bodies."""
    ana = person("a", "Ana Sol", role("2015", "2019"), role("2018"))
    bo = person("b", "Bo Li", role("2015", organization="Karimabad"))
    assert issues(tmp_path, native(ana, bo)) == []


def test_a_third_holder(tmp_path: Path) -> None:
    """A long tenure is seen behind later and shorter ones of the same holder and of others."""
    ana = person("a", "Ana Sol", role("2000", "2020"), role("2001", "2002"))
    bo, cy = person("b", "Bo Li", role("2003", "2004")), person("c", "Cy Roe", role("2010", "2012"))
    ((_, message),) = issues(tmp_path, native(ana, bo, cy))
    assert "'b' holds “Mayor” from 2003" in message
    assert "and 1 more such" in message


@pytest.mark.parametrize(
    ("speaker", "code"),
    [
        (person("a", "Bo Li"), "duplicate-id"),
        (person("b", " "), "empty-name"),
        ({**person("b", "Port Ellery"), "parent_id": "nothing"}, "unknown-id"),
        ({**person("b", "Port Ellery"), "parent_id": "b"}, "parent-cycle"),
        (person("b", "Bo Li", {"title": "Mayor", "start": "May"}), "bad-date"),
        (person("b", "Bo Li", {"title": "Mayor", "start": "2015", "end": "2014"}), "end-before-start"),
        (person("b", "Bo Li", {"start": "2015"}), "incomplete-role"),
    ],
)
def test_problems(tmp_path: Path, speaker: dict[str, Any], code: str) -> None:
    """What loading leaves out is a problem, not a remark, and has its place."""
    ((found, message),) = issues(tmp_path, native(person("a", "Ana Sol"), speaker))
    assert found == code
    assert code not in REMARKS
    assert message.startswith("$.speakers[1]")


FIELDS = ("id", "name", "aliases", "type", "parent_id", "roles", "title", "start", "end", "format", "version")
COLLECTIONS = ("speakers", "posts", "persons", "organizations", "memberships", "properties", "terms", "other_names")
ENTITIES = ("schema", "Person", "Position", "Occupancy", "holder", "post", "person_id", "sen", "2015", "2014-13")
words = st.sampled_from([*FIELDS, *COLLECTIONS, *ENTITIES])
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.just(1) | words | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(words, inner, max_size=5),
)
roots = st.one_of(
    values,
    st.fixed_dictionaries(
        {"format": st.just("quotekit-registry"), "version": st.just(1), "speakers": st.lists(values)}
    ),
    st.fixed_dictionaries({"persons": st.lists(values), "memberships": values}),
    st.fixed_dictionaries({"schema": st.sampled_from(["Person", "Position", "Occupancy"]), "properties": values}),
    st.lists(st.fixed_dictionaries({"id": values, "terms": values}), min_size=1, max_size=2),
)


def checks(text: str) -> None:
    """Check a file of that text; a `RegistryError` is all that may come."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "registry.json")
        path.write_text(text, encoding="utf-8", errors="surrogatepass", newline="")
        found: tuple[Issue, ...] = ()
        with contextlib.suppress(RegistryError):
            found = check(path)
        assert all(issue.code and issue.message for issue in found)


@given(st.lists(roots, min_size=1, max_size=3))
def test_any_json(lines: list[object]) -> None:
    """Whatever JSON stands in a file, it is checked, or refused with the file's name."""
    checks("\n".join(map(json.dumps, lines)))


@given(
    st.text()
    | st.lists(st.lists(words | st.text(max_size=3))).map(
        lambda rows: "\n".join(map(",".join, [["name", "id"], *rows]))
    )
)
def test_any_text(text: str) -> None:
    """Whatever text stands in a file, it is checked, or refused with the file's name."""
    checks(text)
