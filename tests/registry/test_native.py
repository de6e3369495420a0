"""quotekit's own registry format."""

from __future__ import annotations

import itertools
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quotekit.errors import RegistryError
from quotekit.registry import Registry, native
from quotekit.registry.fields import File
from quotekit.registry.records import Contents, Post, Tenure
from quotekit.registry.rows import checked
from quotekit.speakers import PartialDate, Role, Speaker, SpeakerType

DOCS = Path(__file__).resolve().parent.parent.parent / "docs" / "reference"


def load(folder: Path, value: object) -> Registry:
    """A registry from a JSON value."""
    path = folder / "registry.json"
    path.write_text(json.dumps(value), encoding="utf-8")
    return Registry.load(path)


def test_the_example_of_the_docs(tmp_path: Path) -> None:
    """The file shown in docs/reference/registry.md is sound, and its post is found by alias and title."""
    example = (DOCS / "registry.md").read_text(encoding="utf-8").split("```json\n")[1].split("```")[0]
    registry = load(tmp_path, json.loads(example))
    assert registry.issues == ()
    assert registry.resolve("the MoP spokeswoman", date="2022")[0].speaker.name == "Ines Okafor"


def native_file(**fields: Any) -> dict[str, Any]:
    """A native file with these fields."""
    return {"format": "quotekit-registry", "version": 1, **fields}


def test_an_example(tmp_path: Path) -> None:
    """A file as one would write it by hand: the type may be left out for a person, dates may be partial."""
    registry = load(
        tmp_path,
        native_file(
            speakers=[
                {"id": "ana", "name": "Ana Sol", "roles": [{"post_id": "mayor", "start": "2015"}]},
                {"id": "city", "name": "Port Ellery", "type": "organization"},
            ],
            posts=[{"id": "mayor", "label": "Mayor", "organization_id": "city"}],
        ),
    )
    assert registry.issues == ()
    assert registry.resolve("the mayor of Port Ellery", date="2016-02")[0].speaker.name == "Ana Sol"


@pytest.mark.parametrize(
    ("value", "message"),
    [
        (native_file(version=2), "@ $.version: expected 1, the version this quotekit reads, got 2"),
        (native_file(speakers=[{"name": "Ana"}]), "@ $.speakers[0].id: expected an id, got None"),
        (native_file(speakers=[{"id": "a", "name": "Ana", "type": "robot"}]), "@ $.speakers[0].type: expected person"),
        (native_file(speakers=[{"id": "a", "name": "Ana", "roles": {}}]), "@ $.speakers[0].roles: expected a list"),
        (native_file(posts="none"), "@ $.posts: expected a list, got 'none'"),
    ],
)
def test_malformed(tmp_path: Path, value: object, message: str) -> None:
    """What cannot be read as the format raises with the JSON path."""
    with pytest.raises(RegistryError) as caught:
        load(tmp_path, value)
    assert message in str(caught.value)


ids = st.sampled_from(["a", "b", "c", "d"])
texts = st.text(min_size=1, max_size=8).map(lambda text: f"N{text.strip()}N")
dates = st.none() | st.builds(PartialDate, st.integers(1000, 1999)) | st.just(PartialDate(1999, 2, 28))
ends = st.none() | st.builds(PartialDate, st.integers(2000, 2999), st.integers(1, 12))


@st.composite
def contents(draw: st.DrawFn) -> Contents:
    """Sound contents of any registry."""
    kinds = [SpeakerType.PERSON, SpeakerType.ORGANIZATION, SpeakerType.GROUP]
    chosen = draw(st.lists(ids, unique=True, min_size=1))
    names = {id: draw(texts) for id in chosen}
    posts = {
        id: Post(
            id=id,
            label=draw(texts),
            other_labels=draw(st.lists(texts, unique=True, max_size=2).map(tuple)),
            organization_id=draw(st.none() | st.sampled_from(chosen)),
        )
        for id in draw(st.lists(ids, unique=True))
    }
    tenures = []
    for id in chosen:
        for _ in range(draw(st.integers(0, 2))):
            post_id = draw(st.sampled_from([None, *posts]))
            body = draw(st.none() | st.sampled_from(chosen)) or (post_id and posts[post_id].organization_id) or None
            organization = names[body] if body else draw(st.none() | texts)
            role = Role(title=draw(texts), organization=organization, start=draw(dates), end=draw(ends))
            tenures.append(Tenure(speaker_id=id, role=role, post_id=post_id, organization_id=body))
    speakers = tuple(
        Speaker(
            id=id,
            name=names[id],
            type=draw(st.sampled_from(kinds)),
            gender=draw(st.none() | texts),
            identifiers=draw(st.lists(st.tuples(texts, texts), max_size=2).map(tuple)),
            aliases=tuple(alias for alias in draw(st.lists(texts, unique=True, max_size=3)) if alias != names[id]),
        )
        for id in chosen
    )
    parents = {one: other for one, other in itertools.pairwise(chosen) if draw(st.booleans())}
    return Contents(speakers=speakers, posts=tuple(posts.values()), tenures=tuple(tenures), parents=parents)


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(contents())
def test_round_trip(found: Contents) -> None:
    """Whatever a registry holds comes back from its native JSON."""
    text = json.dumps(native.write(found))
    assert checked(native.read(File("registry.json").parse(text))) == found
