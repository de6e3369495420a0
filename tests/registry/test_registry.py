"""`Registry`: files, adding, merging, and what it says to wrong use."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest

from quotekit.errors import InputError, RegistryError
from quotekit.registry import Registry
from quotekit.speakers import PartialDate, Role, Speaker, SpeakerType

EXAMPLE = Path(__file__).resolve().parent.parent.parent / "examples" / "registry.json"


def person(name: str, **fields: object) -> Speaker:
    """A person of that name."""
    return Speaker(name=name, type=SpeakerType.PERSON, **fields)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("mention", "date", "holder"),
    [
        ("Dr Faisal", "2018-02-24", "muhammad-faisal"),
        ("the FO spokesperson", "2018-02-24", "muhammad-faisal"),
        ("the FO spokesperson", "2016-09-20", "nafees-zakaria"),
        ("the FO spokesperson", "2011-09-27", "tehmina-janjua"),
        ("Pakistan's Defence Minister", "2016-03-01", "khawaja-muhammad-asif"),
        ("Pakistan's Defence Minister", "2018-03-01", "khurram-dastgir-khan"),
        ("Khwajah Mohammad Asif", "2018-01-12", "khawaja-muhammad-asif"),
        ("Ministry of Foreign Affairs (MoFA)", "2018-01-12", "pakistan-mofa"),
    ],
)
def test_the_example(mention: str, date: str, holder: str) -> None:
    """The registry of the example articles tells who held a post on the day."""
    best = Registry.load(EXAMPLE).resolve(mention, date=date)[0]
    assert (best.speaker.id, best.score >= 0.5) == (holder, True)


def test_the_example_is_sound() -> None:
    """No row of the example is left out, and before its first holder a post has none."""
    registry = Registry.load(EXAMPLE)
    assert registry.issues == ()
    assert registry.resolve("the FO spokesperson", date="1990") == ()


@pytest.mark.parametrize("name", ["native.json", "popolo.popolo.json"])
def test_the_example_converts(tmp_path: Path, name: str) -> None:
    """The example saved in either format loads as the same registry."""
    registry = Registry.load(EXAMPLE)
    registry.save(tmp_path / name)
    again = Registry.load(tmp_path / name)
    assert (list(again), again.posts, again.issues) == (list(registry), registry.posts, ())


def test_the_format_is_told_from_the_content(tmp_path: Path) -> None:
    """A suffix says nothing when loading."""
    Registry.load(EXAMPLE).save(tmp_path / "any.popolo.json", format="native")
    assert json.loads((tmp_path / "any.popolo.json").read_text(encoding="utf-8"))["format"] == "quotekit-registry"
    assert len(Registry.load(tmp_path / "any.popolo.json")) == len(Registry.load(EXAMPLE))


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "line 1, column 1"),
        (b'{"persons": [\n  {"id": "a",}\n]}', "line 2, column 14"),
        (b"[]", "@ $: expected an object, got a list"),
        (b'{"people": []}', "@ $: expected an object with"),
        (b"\xff\xfe", "byte 0 is not UTF-8"),
        (b"[" * 100_000, "cannot be read"),
    ],
)
def test_no_registry_file(tmp_path: Path, content: bytes, message: str) -> None:
    """A file that is no registry raises with its name, the place and a remedy."""
    path = tmp_path / "registry.json"
    path.write_bytes(content)
    with pytest.raises(RegistryError) as caught:
        Registry.load(path)
    assert str(path) in str(caught.value)
    assert message in str(caught.value)


@pytest.mark.parametrize("name", ["missing.json", ".", "nul\0.json"])
def test_no_file(tmp_path: Path, name: str) -> None:
    """A path that cannot be read raises with the path."""
    with pytest.raises(RegistryError, match="give the path of a registry file"):
        Registry.load(f"{tmp_path}/{name}")


def test_no_path() -> None:
    """Something that is no path is the caller's mistake."""
    with pytest.raises(InputError, match="got int"):
        Registry.load(3)  # type: ignore[arg-type]


@pytest.mark.parametrize(("name", "form"), [("registry.xml", None), ("registry.json", "xml")])
def test_unknown_format(tmp_path: Path, name: str, form: str | None) -> None:
    """Saving in a format that is not known names those that are, and writes nothing."""
    with pytest.raises(InputError, match="native or popolo"):
        Registry().save(tmp_path / name, format=form)
    assert list(tmp_path.iterdir()) == []


def test_cannot_save(tmp_path: Path) -> None:
    """A path that cannot be written raises with the path."""
    with pytest.raises(RegistryError, match="missing"):
        Registry().save(tmp_path / "missing" / "registry.json")


def test_any_name_survives_a_file(tmp_path: Path) -> None:
    """Lone surrogates, NULs and marks in names come back."""
    registry = Registry()
    registry.add(person('Ana \ud800 \0 "Sol" 习'))
    registry.save(tmp_path / "registry.json")
    assert list(Registry.load(tmp_path / "registry.json")) == list(registry)


def test_add_makes_an_id() -> None:
    """An entry without an id gets one from its name, and is found at once."""
    registry = Registry()
    assert [registry.add(person("Ana Sol")).id for _ in range(2)] == ["ana-sol", "ana-sol-2"]
    assert registry.get("ana-sol-2") is not None
    assert registry.get("nobody") is None
    registry.add(person("Bo Li", id="bo"))
    assert registry.resolve("Bo Li")[0].speaker.id == "bo"
    assert len(registry) == 3


def test_added_roles_are_posts() -> None:
    """A role that is added can be asked for by its title and its body."""
    registry = Registry()
    role = Role(title="Chair", organization="Harbor Board", start=PartialDate(2015), end=PartialDate(2019))
    registry.add(person("Ana Sol", roles=(role,)))
    best = registry.resolve("the Harbor Board's chairwoman", date="2016")[0]
    assert (best.speaker.name, best.role) == ("Ana Sol", role)


def test_added_bodies_have_parents() -> None:
    """A body may be added as a part of another."""
    registry = Registry()
    registry.add(Speaker(id="city", name="Port Ellery", type=SpeakerType.ORGANIZATION))
    registry.add(Speaker(id="board", name="Harbor Board", type=SpeakerType.ORGANIZATION), parent_id="city")
    assert registry.resolve("the Harbor Board")[0].speaker.organization == "Port Ellery"


def test_what_cannot_be_added() -> None:
    """An id that is taken, a parent that is not there, and speakers without a name are refused."""
    registry = Registry()
    registry.add(person("Ana Sol", id="ana"))
    with pytest.raises(RegistryError, match="'ana' is taken"):
        registry.add(person("Ana Reyes", id="ana"))
    with pytest.raises(RegistryError, match="'city'"):
        registry.add(person("Bo Li"), parent_id="city")
    with pytest.raises(InputError, match="named speakers only"):
        registry.add(person("—"))
    with pytest.raises(InputError, match="named speakers only"):
        registry.add(Speaker(name="a witness", type=SpeakerType.UNNAMED))
    with pytest.raises(InputError, match="got str"):
        registry.add("Ana Sol")  # type: ignore[arg-type]
    assert len(registry) == 1


def test_merge() -> None:
    """Entries with one id become one with all names and roles; the others come along."""
    mayor, chair = Role(title="Mayor", start=PartialDate(2010)), Role(title="Chair", start=PartialDate(2012))
    one, other = Registry(), Registry()
    one.add(person("Ana Sol", id="ana", roles=(mayor,)))
    other.add(person("Anita Sol", id="ana", gender="female", aliases=("A. Sol",), roles=(mayor, chair)))
    other.add(person("Bo Li", id="bo"))
    one.merge(other)
    ana = one.get("ana")
    assert ana == person("Ana Sol", id="ana", gender="female", aliases=("Anita Sol", "A. Sol"), roles=(mayor, chair))
    assert [speaker.id for speaker in one] == ["ana", "bo"]
    assert len(other) == 2


def test_merge_of_files() -> None:
    """A registry merged with itself is the same registry."""
    registry, again = Registry.load(EXAMPLE), Registry.load(EXAMPLE)
    again.merge(registry)
    assert (list(again), again.posts) == (list(registry), registry.posts)


def test_merge_conflict_changes_nothing() -> None:
    """An id that is a person in one and a body in the other stops the merge before it begins."""
    one, other = Registry(), Registry()
    one.add(person("Dawn", id="dawn"))
    other.add(Speaker(name="Dawn", type=SpeakerType.ORGANIZATION, id="dawn"))
    other.add(person("Bo Li"))
    with pytest.raises(RegistryError, match="'dawn'"):
        one.merge(other)
    assert len(one) == 1
    with pytest.raises(InputError, match="got str"):
        one.merge("registry.json")  # type: ignore[arg-type]


def test_wrong_questions() -> None:
    """A mention that is no string, and a date that is none, are the caller's mistakes."""
    registry = Registry()
    with pytest.raises(InputError, match="got NoneType"):
        registry.resolve(None)  # type: ignore[arg-type]
    with pytest.raises(InputError, match="got int"):
        registry.resolve("Ana Sol", context=[3])  # type: ignore[list-item]
    with pytest.raises(InputError, match="yesterday"):
        registry.resolve("Ana Sol", date="yesterday")


def test_an_empty_registry_knows_nobody() -> None:
    """Nothing is found where nothing is."""
    assert Registry().resolve("the President", date="2016", context="France") == ()
    assert list(Registry()) == []


@pytest.mark.slow
def test_a_hundred_thousand_speakers(tmp_path: Path) -> None:
    """A large registry loads in seconds and answers in well under a millisecond."""
    people = [{"id": str(n), "name": f"Given{n % 997} Middle{n % 101} Family{n}"} for n in range(100_000)]
    (tmp_path / "large.json").write_text(json.dumps({"persons": people}), encoding="utf-8")
    began = time.process_time()
    registry = Registry.load(tmp_path / "large.json")
    registry.resolve("Nobody")
    loaded = time.process_time()
    assert loaded - began < 30
    for number in range(1000):
        assert registry.resolve(f"Mr Given{number % 997} Family{number}")[0].speaker.id == str(number)
    assert (time.process_time() - loaded) / 1000 < 0.001
