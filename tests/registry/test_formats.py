"""All formats together: told from the content, and what each of them keeps."""

from __future__ import annotations

import itertools
import json
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quotekit.errors import InputError, RegistryError
from quotekit.registry import Registry
from quotekit.registry.fields import LARGEST
from quotekit.registry.formats import FORMATS, read_rows, save
from quotekit.registry.records import Contents, Post, Tenure
from quotekit.registry.rows import checked
from quotekit.speakers import PartialDate, Role, Speaker, SpeakerType

ENTITY = {"id": "ana", "schema": "Person", "properties": {"name": ["Ana Sol"]}}
LEGISLATOR = {"id": {"bioguide": "S1"}, "name": {"first": "Ana", "last": "Sol"}, "terms": []}


@pytest.mark.parametrize(
    "content",
    [
        '{"format": "quotekit-registry", "version": 1, "speakers": [{"id": "ana", "name": "Ana Sol"}]}',
        '{"persons": [{"id": "ana", "name": "Ana Sol"}]}',
        "name,title\nAna Sol,Mayor\n",
        '\ufeff"Name";"title"\r\n"Ana Sol";"Mayor"\r\n',
        "id\tname\nana\tAna Sol\n",
        "\n" + json.dumps(ENTITY),
        json.dumps(ENTITY) + "\n" + json.dumps({**ENTITY, "id": "bo"}),
        json.dumps([LEGISLATOR], indent=1),
    ],
)
def test_the_content_tells_the_format(tmp_path: Path, content: str) -> None:
    """Whatever the file is called, its content is read as what it is."""
    (tmp_path / "registry.txt").write_text(content, encoding="utf-8", newline="")
    assert next(iter(Registry.load(tmp_path / "registry.txt"))).name == "Ana Sol"


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("legislators.yaml", "- id:\n    bioguide: S1\n", "looks like YAML.*make JSON of it"),
        ("registry.yml", "speakers:\n", "looks like YAML"),
        ("registry.json", "Ana Sol, Mayor", "line 1, column 1.*CSV with a header that has “name”"),
        ("registry.json", '{"persons": []}\n{"persons": []}', "line 2, column 1: Extra data"),
    ],
)
def test_in_no_format(tmp_path: Path, name: str, content: str, message: str) -> None:
    """What is in no format raises with the file's name and what to do."""
    (tmp_path / name).write_text(content, encoding="utf-8")
    with pytest.raises(RegistryError, match=rf"(?s){name}.*{message}"):
        read_rows(tmp_path / name)


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("a.json", "native"),
        ("a.popolo.json", "popolo"),
        ("a.ftm.json", "followthemoney"),
        ("a.jsonl", "followthemoney"),
        ("a.csv", "csv"),
    ],
)
def test_the_suffix_tells_how_to_save(tmp_path: Path, name: str, form: str) -> None:
    """Without a format the path's suffix says which, and a format has the word over a suffix."""
    registry = Registry()
    registry.add(Speaker(name="Ana Sol", type=SpeakerType.PERSON))
    registry.save(tmp_path / name)
    registry.save(tmp_path / "registry.json", format=form)
    assert (tmp_path / name).read_bytes() == (tmp_path / "registry.json").read_bytes()


def test_a_failed_save_leaves_the_old_file(tmp_path: Path) -> None:
    """A file is replaced whole or not at all, and a format that is not known replaces nothing."""
    path = tmp_path / "registry.json"
    path.write_text("old")
    with pytest.raises(InputError, match="followthemoney or csv as format"):
        Registry().save(path, format="yaml")
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


texts = st.text(min_size=1, max_size=8).map(lambda text: f"N{text.strip()}N")
starts = st.none() | st.builds(PartialDate, st.integers(1000, 1999)) | st.just(PartialDate(1999, 2, 28))
ends = st.none() | st.builds(PartialDate, st.integers(2000, 2999), st.integers(1, 12))
identifiers = st.lists(st.tuples(st.sampled_from(["wikidata", "lei"]), texts), unique=True, max_size=2)


@st.composite
def worlds(draw: st.DrawFn) -> Contents:
    """Sound contents in which only bodies are parts of bodies; ids of people, bodies and posts may be alike."""
    people, bodies, post_ids = (draw(st.lists(st.sampled_from(names), unique=True)) for names in ("ab", "cd", "abcdef"))
    names = {one: draw(texts) for one in (*people, *bodies)}
    posts = {
        one: Post(
            id=one,
            label=draw(texts),
            other_labels=draw(st.lists(texts, unique=True, max_size=2).map(tuple)),
            organization_id=draw(st.sampled_from([None, *bodies])),
        )
        for one in post_ids
    }
    return Contents(
        speakers=tuple(
            Speaker(
                id=one,
                name=name,
                type=SpeakerType.PERSON
                if one in people
                else draw(st.sampled_from(["organization", "group"]).map(SpeakerType)),
                gender=draw(st.none() | texts),
                identifiers=tuple(draw(identifiers)),
                aliases=tuple(alias for alias in draw(st.lists(texts, unique=True, max_size=3)) if alias != name),
            )
            for one, name in names.items()
        ),
        posts=tuple(posts.values()),
        tenures=tuple(
            draw(tenures(one, names, bodies, posts)) for one in names for _ in range(draw(st.integers(0, 2)))
        ),
        parents={one: other for one, other in itertools.pairwise(bodies) if draw(st.booleans())},
    )


@st.composite
def tenures(draw: st.DrawFn, who: str, names: dict[str, str], bodies: list[str], posts: dict[str, Post]) -> Tenure:
    """A tenure of somebody; where it names no body its post's body is its own."""
    post_id = draw(st.sampled_from([None, *posts]))
    body = draw(st.sampled_from([None, *bodies])) or (posts[post_id].organization_id if post_id else None)
    title = draw(texts | st.just(posts[post_id].label if post_id else "Mayor"))
    organization = names[body] if body else draw(st.none() | texts)
    role = Role(title=title, organization=organization, start=draw(starts), end=draw(ends))
    return Tenure(speaker_id=who, role=role, post_id=post_id, organization_id=body)


def through(contents: Contents, form: str) -> Contents:
    """The contents written in a format and read back."""
    with tempfile.TemporaryDirectory() as folder:
        save(contents, Path(folder, "registry"), form)
        return checked(read_rows(Path(folder, "registry")))


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(worlds(), st.sampled_from(["native", "csv"]))
def test_native_and_csv_keep_everything(found: Contents, form: str) -> None:
    """Whatever a registry holds comes back, to the last label."""
    assert through(found, form) == found or not found.speakers


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(worlds(), st.sampled_from(["popolo", "followthemoney"]))
def test_the_others_keep_every_speaker(found: Contents, form: str) -> None:
    """People and bodies come back with all names and roles, and posts with all labels."""
    if not found.speakers:
        return
    again = through(found, form)
    assert again.issues == ()
    kept = {speaker.id: speaker for speaker in again.speakers}
    assert [loosely(kept[speaker.id]) for speaker in found.speakers] == [*map(loosely, found.speakers)]
    assert {**again.parents, **found.parents} == again.parents
    for speaker in found.speakers:
        assert roles(again, speaker.id) == roles(found, speaker.id)
    labels = [{post.label, *post.other_labels} for post in again.posts]
    assert all(any({post.label, *post.other_labels} <= of_one for of_one in labels) for post in found.posts)


def loosely(speaker: Speaker) -> Any:
    """What a format must keep of a speaker."""
    return speaker.id, speaker.name, speaker.type, speaker.gender, speaker.aliases, sorted(speaker.identifiers)


def roles(contents: Contents, speaker_id: str | None) -> list[Role]:
    """The roles of a speaker, in order."""
    return [tenure.role for tenure in contents.tenures if tenure.speaker_id == speaker_id]


def test_every_format_has_a_section_in_the_docs() -> None:
    """The documentation names each format and each of its suffixes."""
    page = (Path(__file__).resolve().parents[2] / "docs" / "reference" / "registry.md").read_text(encoding="utf-8")
    for name, form in FORMATS.items():
        assert f"`{name}`" in page
        assert all(f"`{suffix}`" in page for suffix in form.suffixes)


@pytest.mark.parametrize("section", ["FollowTheMoney", "CSV", "congress-legislators", "Where a registry comes from"])
def test_the_examples_of_the_docs_load(tmp_path: Path, section: str) -> None:
    """The example of each format in docs/reference/registry.md is sound and holds somebody."""
    page = (Path(__file__).resolve().parents[2] / "docs" / "reference" / "registry.md").read_text(encoding="utf-8")
    example = page.split(f"## {section}\n")[1].split("```")
    text = next(block for block in example if block.startswith(("json\n", "csv\n"))).partition("\n")[2]
    if section == "Where a registry comes from":
        text = f'{{"format": "quotekit-registry", "version": 1, "speakers": [{text}]}}'
    (tmp_path / "registry").write_text(text, encoding="utf-8")
    registry = Registry.load(tmp_path / "registry")
    assert registry.issues == ()
    assert any(speaker.roles for speaker in registry)


def test_a_file_too_large_is_refused_before_it_is_read(tmp_path: Path) -> None:
    """The message says how much is read, and what to do."""
    path = tmp_path / "world.json"
    with path.open("wb") as file:
        file.truncate(LARGEST + 1)
    with pytest.raises(RegistryError, match=r"world\.json: holds more than 1,073,741,824 bytes.*leave out"):
        Registry.load(path)
