"""`quotekit registry`: what goes where, and how it ends."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import types
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pytest

from quotekit import cli
from quotekit.commands import registry
from quotekit.registry.formats import FORMATS

ROOT = Path(__file__).resolve().parent.parent.parent
EXAMPLE = ROOT / "examples" / "registry.json"

TEXT = "Mayor Ana Sol said it rains."
DOCUMENT: dict[str, Any] = {
    "schema_version": 1,
    "doc": "a",
    "date": "2018-02-24",
    "text": TEXT,
    "attributions": [
        {
            "content": [[19, 27]],
            "cue": [[14, 18]],
            "source": [[0, 13]],
            "kind": "indirect",
            "act": "asserts",
            "negated": False,
            "speakers": [{"name": "Ana Sol", "type": "person", "role": "Mayor"}],
            "score": 1.0,
        }
    ],
}

MAYORS = {
    "persons": [{"id": "p1", "name": "Lena Morris"}],
    "organizations": [{"id": "o1", "name": "City of Karimabad"}],
    "posts": [{"id": "t1", "label": "mayor", "organization_id": "o1"}],
    "memberships": [{"person_id": "p1", "post_id": "t1", "organization_id": "o1", "start_date": "2020-01-01"}],
}


def run(*arguments: str | Path, **more: Any) -> subprocess.CompletedProcess[bytes]:
    """`python -m quotekit registry` in a process of its own."""
    command = [sys.executable, "-m", "quotekit", "registry", *map(str, arguments)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.run(command, capture_output=True, env=environment, timeout=300, **more)


def lines(done: subprocess.CompletedProcess[bytes]) -> list[str]:
    """The lines on stdout."""
    return done.stdout.decode().splitlines()


def test_check_tells_problems(tmp_path: Path) -> None:
    """Problems go to stdout with file, code, place and remedy, and end with 1."""
    path = tmp_path / "registry.csv"
    path.write_text("id,name,title,start\na,Ana Sol,Mayor,May\na,Bo Li,,\nc,Cy Roe,Mayor,2015\n", encoding="utf-8")
    done = run("check", path)
    assert (done.returncode, done.stderr) == (1, b"")
    assert lines(done) == [
        f"{path}: problem: duplicate-id: line 3: left out, its id 'a' is also that of line 2; give it another",
        f"{path}: problem: bad-date: line 2: left out, expected a date as YYYY, YYYY-MM or YYYY-MM-DD, got 'May'; "
        "correct the date or take it away",
        f"{path}: 2 problems",
    ]


def test_check_tells_remarks(tmp_path: Path) -> None:
    """Where there are only remarks they are told, and all is well."""
    path = tmp_path / "registry.csv"
    path.write_text("id,name,party\na,Ana Sol,Greens\nb,Ana Sol,\n", encoding="utf-8")
    done = run("check", path)
    assert (done.returncode, done.stderr) == (0, b"")
    assert [line.split(": ")[1:3] for line in lines(done)] == [
        ["remark", "unknown-field"],
        ["remark", "shared-name"],
        ["0 problems, 2 remarks"],
    ]


def test_check_shows_what_a_name_hides(tmp_path: Path) -> None:
    """Control characters of a file do not reach the terminal."""
    path = tmp_path / "registry.json"
    people = [{"id": str(n), "name": "Ana \x1b[2J Sol"} for n in range(2)]
    path.write_text(json.dumps({"persons": people}), encoding="utf-8")
    done = run("check", path)
    assert b"\x1b" not in done.stdout
    assert "Ana \\x1b[2J Sol" in done.stdout.decode()


@pytest.mark.parametrize("name", FORMATS)
def test_convert(tmp_path: Path, name: str) -> None:
    """The example converts to every format, and that is a sound registry of the same people."""
    target = tmp_path / f"registry{FORMATS[name].suffixes[0]}"
    done = run("convert", EXAMPLE, target)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    assert "Muhammad Faisal" in target.read_text(encoding="utf-8")
    checked = run("check", target)
    assert checked.returncode == 0, checked.stdout.decode()
    assert " 0 problems" in lines(checked)[-1]


def test_convert_tells_what_is_lost(tmp_path: Path) -> None:
    """What the input has but a registry does not keep, and what the output's format does not, goes to stderr."""
    source, target = tmp_path / "people.csv", tmp_path / "people.ftm.json"
    source.write_text("name,identifiers,party\nAna Sol,bioguide:S1,Greens\n", encoding="utf-8")
    done = run("convert", source, target)
    assert done.returncode == 0
    assert done.stderr.decode().splitlines() == [
        f"quotekit: {source}: unknown-field: line 1, column 'party': not kept in a registry",
        f"quotekit: {target}: not-kept: identifiers: not kept of 1 speaker, as of 'ana-sol'",
    ]


def test_convert_to_no_format(tmp_path: Path) -> None:
    """A suffix that tells no format ends with 1, the formats that there are, and no file."""
    done = run("convert", EXAMPLE, tmp_path / "registry.xml")
    assert done.returncode == 1
    assert b"native or popolo or followthemoney or csv" in done.stderr
    assert list(tmp_path.iterdir()) == []
    assert run("convert", EXAMPLE, tmp_path / "registry.xml", "--format", "xml").returncode == 2


def test_suggest(tmp_path: Path) -> None:
    """Attributed articles on stdin give a native registry on stdout, and a count on stderr."""
    done = run("suggest", input=json.dumps(DOCUMENT).encode())
    assert done.returncode == 0, done.stderr.decode()
    (ana,) = json.loads(done.stdout)["speakers"]
    assert (ana["id"], ana["roles"][0]["title"], ana["seen"]["first"]) == ("ana-sol", "Mayor", "2018-02-24")
    assert done.stderr.decode() == "quotekit: 1 speaker proposed; review them before you merge\n"


def test_suggest_with_a_registry(tmp_path: Path) -> None:
    """Those who are in the registry are not proposed again, and -o takes the result."""
    source, known, target = tmp_path / "corpus.jsonl", tmp_path / "known.csv", tmp_path / "new.json"
    source.write_text(json.dumps(DOCUMENT) + "\n", encoding="utf-8")
    known.write_text("name,title\nAna Sol,Mayor\n", encoding="utf-8")
    done = run("suggest", source, "--registry", known, "-o", target)
    assert (done.returncode, done.stdout) == (0, b"")
    assert json.loads(target.read_text(encoding="utf-8"))["speakers"] == []


def test_suggest_goes_on_after_a_bad_line(tmp_path: Path) -> None:
    """A line that cannot be read is told and left out; the others are used, and the end is 1."""
    bad = json.dumps({**DOCUMENT, "attributions": [{"content": [[0, 999]]}]})
    done = run("suggest", input="\n".join([json.dumps(DOCUMENT), bad, "{"]).encode())
    assert done.returncode == 1
    assert len(json.loads(done.stdout)["speakers"]) == 1
    assert done.stderr.decode().count("quotekit: error: ") == 2


def test_the_formats_offered_are_those_there_are() -> None:
    """The command offers every format that can be written."""
    assert tuple(FORMATS) == registry.FORMATS


def test_registry_check_of_a_good_file(tmp_path: Path) -> None:
    """A registry with nothing wrong ends with 0."""
    path = tmp_path / "registry.json"
    path.write_text(json.dumps(MAYORS))
    done = run("check", path)
    assert (done.returncode, done.stdout.decode(), done.stderr) == (0, f"{path}: 0 problems\n", b"")


@pytest.mark.parametrize("content", ["{", '{"persons": 7}', ""])
def test_registry_check_of_a_malformed_file(tmp_path: Path, content: str) -> None:
    """A file that is no registry is told in one line that names it, with no traceback."""
    path = tmp_path / "registry.json"
    path.write_text(content)
    done = run("check", path)
    assert done.returncode == 1
    assert done.stderr.decode().count("\n") == 1
    assert done.stderr.decode().startswith("quotekit: error: ")
    assert str(path) in done.stderr.decode()


def test_registry_converts_there_and_back(tmp_path: Path) -> None:
    """Native and Popolo files can be made of each other, and both are good registries."""
    popolo, native, back = tmp_path / "popolo.json", tmp_path / "native.json", tmp_path / "back.json"
    popolo.write_text(json.dumps(MAYORS))
    for source, target, name in [(popolo, native, "native"), (native, back, "popolo")]:
        done = run("convert", source, target, "--format", name)
        assert done.returncode == 0, done.stderr.decode()
        assert "Lena Morris" in target.read_text(encoding="utf-8")
        assert run("check", target).returncode == 0
    assert "memberships" in json.loads(back.read_text(encoding="utf-8"))


def test_suggest_takes_what_attribute_takes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Articles that nobody has attributed are: with the model, the workers, the date and the outlet that were named."""
    asked: list[object] = []

    class Attributor:
        def __init__(self, registry: object, model: str) -> None:
            asked.append(model)

        def attribute_many(self, items: Iterable[Mapping[str, object]], **options: object) -> list[object]:
            asked.extend([options["workers"], *items])
            return []

    monkeypatch.setitem(sys.modules, "quotekit.api", types.SimpleNamespace(Attributor=Attributor))
    article = tmp_path / "a.txt"
    article.write_text("An article.")
    options = ["--model", "my-pack", "--workers", "2", "--date", "2018-02", "--outlet", "Courier"]
    assert cli.main(["registry", "suggest", str(article), *options]) == 0
    item = {"id": str(article), "text": "An article.", "date": "2018-02", "outlet": "Courier"}
    assert asked == ["my-pack", 2, item]
