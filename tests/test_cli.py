"""The command line: what goes where, and how it ends."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import types
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from quotekit import cli
from quotekit.document import Document, Issue
from quotekit.export import read_jsonl
from quotekit.spans import Span

ROOT = Path(__file__).resolve().parent.parent
ARTICLE = "“The port will open in May,” said Lena Morris, the mayor.\r\n\r\nShe denied that the budget had been cut.\n"

REGISTRY = {
    "persons": [{"id": "p1", "name": "Lena Morris"}],
    "organizations": [{"id": "o1", "name": "City of Karimabad"}],
    "posts": [{"id": "t1", "label": "mayor", "organization_id": "o1"}],
    "memberships": [{"person_id": "p1", "post_id": "t1", "organization_id": "o1", "start_date": "2020-01-01"}],
}

# Runs the command line on a stand-in for the model, which the tests of pipes and signals have no use for.
STAND_IN = """
import signal, sys, types
signal.signal(signal.SIGINT, signal.default_int_handler)  # a test run in the background has Ctrl-C switched off
from quotekit.document import Document
def attribute_many(items, **_):
    print("ready", file=sys.stderr, flush=True)
    for item in items:
        yield Document(id=str(item["id"]), text=item["text"])
sys.modules["quotekit.api"] = types.SimpleNamespace(attribute_many=attribute_many)
from quotekit.cli import main
raise SystemExit(main(sys.argv[1:]))
"""


def environment(**more: str) -> dict[str, str]:
    """The environment of a subprocess that finds this quotekit."""
    return {**os.environ, "PYTHONPATH": str(ROOT), **more}


def run(*arguments: str | Path, **more: Any) -> subprocess.CompletedProcess[bytes]:
    """`python -m quotekit` in a process of its own."""
    command = [sys.executable, "-m", "quotekit", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, env=environment(), timeout=300, **more)


def start(command: list[str]) -> subprocess.Popen[bytes]:
    """A process to talk with."""
    pipe = subprocess.PIPE
    return subprocess.Popen(command, env=environment(), stdin=pipe, stdout=pipe, stderr=pipe)


@pytest.fixture
def items(monkeypatch: pytest.MonkeyPatch) -> list[Mapping[str, Any]]:
    """A stand-in for the model: it notes the items it is given and reports every one that has no text."""
    seen: list[Mapping[str, Any]] = []

    def attribute_many(items: Iterable[Mapping[str, Any]], **_: object) -> Iterator[Document]:
        for item in items:
            seen.append(item)
            bad = None if isinstance(item.get("text"), str) else Issue(code="bad-item", message="there is no text")
            odd = [Issue(code="odd", message="odd", span=Span(i, i)) for i in range(item.get("odd", 0))]
            yield Document(
                id=item.get("doc", item.get("id", "")), text=item.get("text", ""), issues=(bad,) if bad else tuple(odd)
            )

    monkeypatch.setitem(sys.modules, "quotekit.api", types.SimpleNamespace(attribute_many=attribute_many))
    return seen


# Without the model.


def test_help_and_version_answer_without_the_model() -> None:
    """Neither loads what only the model needs."""
    for argument, shown in [("--help", "attribute"), ("--version", "quotekit 0.")]:
        command = [sys.executable, "-X", "importtime", "-m", "quotekit", argument]
        done = subprocess.run(command, capture_output=True, text=True, env=environment(), check=True)
        assert shown in done.stdout
        loaded = {line.rpartition("|")[2].strip() for line in done.stderr.splitlines()}
        assert "quotekit.cli" in loaded
        assert loaded & {"torch", "stanza"} == set()


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["quote"],
        ["attribute", "--date", "last week", "-"],
        ["attribute", "--format", "xml", "-"],
        ["match", "--threshold", "1.5", "-"],
        ["match", "--threshold", "high", "-"],
        ["registry"],
        ["registry", "check"],
    ],
    ids=" ".join,
)
def test_wrong_usage_ends_with_2(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """What cannot be asked for is told with the usage."""
    with pytest.raises(SystemExit) as ended:
        cli.main(arguments)
    assert ended.value.code == 2
    assert capsys.readouterr().err.startswith("usage: quotekit")


def test_text_file_is_one_item(tmp_path: Path, items: list[Mapping[str, Any]]) -> None:
    """A plain file is an article whose id is the file, line ends kept, with the date and outlet that were given."""
    path = tmp_path / "a.txt"
    path.write_bytes(("\ufeff" + ARTICLE).encode())
    assert cli.main(["attribute", str(path), "--date", "2024-03", "--outlet", "Harbour Post"]) == 0
    assert items == [{"id": str(path), "text": ARTICLE, "date": "2024-03", "outlet": "Harbour Post"}]


@pytest.mark.parametrize("name", ["items.jsonl", "items.ndjson", "items.txt", "items"])
def test_lines_are_items(tmp_path: Path, items: list[Mapping[str, Any]], name: str) -> None:
    """JSONL is told by its suffix or its first line; what an item says of itself goes before what was given."""
    path = tmp_path / name
    path.write_text(
        '{"text": "a", "doc": "d1", "date": "2020"}\n\n{"text": "b", "id": "d2", "date": null}\n{"text": "c"}'
    )
    assert cli.main(["attribute", str(path), "--date", "2024"]) == 0
    assert items == [
        {"text": "a", "doc": "d1", "date": "2020", "outlet": None},
        {"text": "b", "id": "d2", "date": "2024", "outlet": None},
        {"text": "c", "id": f"{path}:4", "date": "2024", "outlet": None},
    ]


@pytest.mark.parametrize("text", ['{"title": "no text"}\nmore', "{\n", "", "[1]", "{x} said", '"a"'])
def test_a_text_that_looks_like_json_is_a_text(tmp_path: Path, items: list[Mapping[str, Any]], text: str) -> None:
    """Only a first line that is an object with `text` makes a file JSONL."""
    path = tmp_path / "a.txt"
    path.write_text(text)
    assert cli.main(["attribute", str(path)]) == 0
    assert [item["text"] for item in items] == [text]


def test_what_fails_is_told_and_the_rest_goes_on(
    tmp_path: Path, items: list[Mapping[str, Any]], capsys: pytest.CaptureFixture[str]
) -> None:
    """Unreadable files, lines and items are each told on stderr in one line, and the exit status is 1."""
    latin, lines, good = tmp_path / "latin.txt", tmp_path / "items.jsonl", tmp_path / "good.txt"
    latin.write_bytes(b"caf\xe9")
    lines.write_text('{"doc": "empty"}\nbroken\n["a"]\n{"text": "fine"}\n')
    good.write_text("good")
    missing = tmp_path / "none.txt"
    paths = [missing, tmp_path, latin, lines, good]
    assert cli.main(["attribute", "--format", "jsonl", *map(str, paths)]) == 1
    out, err = capsys.readouterr()
    assert [json.loads(line)["text"] for line in out.splitlines()] == ["", "fine", "good"]
    assert err.splitlines() == [
        f"quotekit: error: {missing}: No such file or directory",
        f"quotekit: error: {tmp_path}: Is a directory",
        f"quotekit: error: {latin}: expected UTF-8 text, got 0xe9 at byte 3; convert it first (iconv -t UTF-8)",
        "quotekit: error: empty: bad-item: there is no text",
        f"quotekit: error: {lines}, line 2: expected one JSON object, got none: Expecting value at column 1",
        f"quotekit: error: {lines}, line 3: expected an object, got an array of 1 @ $",
    ]


def test_issues_go_to_stderr_once_a_kind(
    tmp_path: Path, items: list[Mapping[str, Any]], capsys: pytest.CaptureFixture[str]
) -> None:
    """Issues do not fail the run, are counted rather than listed, and stay out of the page."""
    path = tmp_path / "items.jsonl"
    path.write_text('{"text": "a", "odd": 1500, "id": "a"}\n{"text": "b", "odd": 1, "id": "b"}\n')
    assert cli.main(["attribute", str(path)]) == 0
    out, err = capsys.readouterr()
    assert err == "quotekit: a: odd at 0: odd (and 1,499 more)\nquotekit: b: odd at 0: odd\n"
    assert "odd" not in out


def test_messages_cannot_drive_the_terminal(
    tmp_path: Path, items: list[Mapping[str, Any]], capsys: pytest.CaptureFixture[str]
) -> None:
    """A file's name is shown with its control characters as escapes."""
    assert cli.main(["attribute", str(tmp_path / "a\x1b[2J\n.txt")]) == 1
    assert "a\\x1b[2J .txt: No such file" in capsys.readouterr().err


def test_pages_are_parted_by_a_blank_line(
    tmp_path: Path, items: list[Mapping[str, Any]], capsys: pytest.CaptureFixture[str]
) -> None:
    """Text is the format where none is asked for; in a pipe it has no color."""
    path = tmp_path / "a.txt"
    path.touch()
    assert cli.main(["attribute", str(path), str(path)]) == 0
    first, blank, second = capsys.readouterr().out.splitlines()
    assert (blank, second) == ("", first)
    assert first.startswith("── ")


@pytest.mark.parametrize(("name", "start"), [("out.jsonl", '{"schema_version": 1'), ("out.txt", "── ")])
def test_output_file_tells_its_format(
    tmp_path: Path, items: list[Mapping[str, Any]], capsys: pytest.CaptureFixture[str], name: str, start: str
) -> None:
    """With -o nothing goes to stdout, and the suffix decides where no format is asked for."""
    path, out = tmp_path / "a.txt", tmp_path / name
    path.touch()
    assert cli.main(["attribute", str(path), "-o", str(out)]) == 0
    assert capsys.readouterr().out == ""
    assert out.read_text(encoding="utf-8").startswith(start)


def test_output_that_cannot_be_written_is_told(
    tmp_path: Path, items: list[Mapping[str, Any]], capsys: pytest.CaptureFixture[str]
) -> None:
    """It is told before anything is read."""
    out = tmp_path / "none" / "out.jsonl"
    assert cli.main(["attribute", str(tmp_path), "-o", str(out)]) == 1
    assert capsys.readouterr().err == f"quotekit: error: {out}: No such file or directory\n"
    assert items == []


def test_interrupted_run_leaves_no_half_file(tmp_path: Path) -> None:
    """Ctrl-C ends with 130 and no traceback, and the output file is what it was."""
    out = tmp_path / "out.jsonl"
    out.write_text("old")
    command = [sys.executable, "-c", STAND_IN, "attribute", "-", "-o", str(out)]
    with start(command) as process:
        assert process.stderr
        assert process.stderr.readline() == b"ready\n"
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=30) == 130
        assert process.stderr.read() == b""
    assert out.read_text() == "old"
    assert list(tmp_path.iterdir()) == [out]


def test_reader_that_leaves_early_ends_the_run_quietly(tmp_path: Path) -> None:
    """`quotekit … | head -1` prints its line and nothing on stderr."""
    path = tmp_path / "items.jsonl"
    path.write_text(('{"text": "' + "a" * 10_000 + '"}\n') * 200)
    command = [sys.executable, "-c", STAND_IN, "attribute", str(path), "--format", "jsonl"]
    with start(command) as process:
        assert process.stdout
        assert process.stderr
        assert process.stdout.readline().startswith(b'{"schema_version": 1')
        process.stdout.close()
        assert process.stderr.read() == b"ready\n"
        assert process.wait(timeout=30) == 0


def test_output_is_utf8_in_any_locale(tmp_path: Path) -> None:
    """Curly marks and lone surrogates come out whatever the locale is."""
    path = tmp_path / "items.jsonl"
    path.write_text('{"text": "“Хан” \\ud800", "id": "“x”"}\n', encoding="utf-8")
    command = [sys.executable, "-c", STAND_IN, "attribute", str(path), "--format", "jsonl"]
    ascii_only = environment(LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0", PYTHONIOENCODING="ascii")
    done = subprocess.run(command, capture_output=True, env=ascii_only, check=True)
    assert "“Хан” \\ud800".encode() in done.stdout


# Matching.


SAID = "We will not pay for the salvage tug in Karimabad harbor."
DENIED = SAID.replace("not ", "")


@pytest.fixture
def printed(tmp_path: Path) -> Path:
    """A file in which two documents print one utterance, one of them without its "not"."""
    path = tmp_path / "attributions.jsonl"
    lines = [
        {"doc": doc, "date": date, "text": text, "attributions": [{**said, "content": [[0, len(text)]]}]}
        for doc, date, text in [("b", "2024-03-06", DENIED), ("a", "2024-03-05", SAID)]
        for said in [{"kind": "direct", "score": 1}]
    ]
    path.write_text("".join(json.dumps(line) + "\n" for line in lines))
    return path


def test_match_shows_versions_side_by_side(
    printed: Path, items: list[Mapping[str, Any]], capsys: pytest.CaptureFixture[str]
) -> None:
    """Attributions that stand in the file are not looked for again."""
    assert cli.main(["match", str(printed)]) == 0
    out, err = capsys.readouterr()
    assert out.startswith("── 2024-03-05 ──")
    assert "the words were changed" in out
    assert "negation: “not” → nothing" in out
    assert (err, items) == ("", [])


def test_match_writes_a_line_a_cluster(printed: Path, tmp_path: Path) -> None:
    """The output file tells its format; members stand by date."""
    out = tmp_path / "clusters.jsonl"
    assert cli.main(["match", str(printed), "-o", str(out)]) == 0
    (row,) = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert [(member["doc"], member["relation"]) for member in row["members"]] == [("a", "verbatim"), ("b", "altered")]


def test_match_attributes_what_is_raw(
    printed: Path, tmp_path: Path, items: list[Mapping[str, Any]], capsys: pytest.CaptureFixture[str]
) -> None:
    """Articles and attributions may come together, with the date and outlet of those that state none."""
    article = tmp_path / "a.txt"
    article.write_text("An article.")
    assert cli.main(["match", str(article), str(printed), "--outlet", "Courier", "--format", "jsonl"]) == 0
    assert items == [{"id": str(article), "text": "An article.", "date": None, "outlet": "Courier"}]
    assert {member["outlet"] for member in json.loads(capsys.readouterr().out)["members"]} == {"Courier"}


def test_match_that_finds_nothing_says_so(
    tmp_path: Path, items: list[Mapping[str, Any]], capsys: pytest.CaptureFixture[str]
) -> None:
    """Nothing stands on stdout, and that is no failure."""
    path = tmp_path / "a.txt"
    path.write_text("An article.")
    assert cli.main(["match", str(path)]) == 0
    assert capsys.readouterr() == ("", "quotekit: no utterance stands there twice\n")


def test_match_tells_a_document_that_cannot_be_read(printed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It is left out and told, and the rest goes on."""
    bad = json.dumps({"doc": "bad", "text": "x", "attributions": [{"content": [[0, 9]], "kind": "direct", "score": 1}]})
    printed.write_text(bad + "\n" + printed.read_text())
    assert cli.main(["match", str(printed), "--format", "jsonl"]) == 1
    out, err = capsys.readouterr()
    assert len(out.splitlines()) == 1
    assert err.startswith(
        "quotekit: error: bad: content[0] ends at 9 but the text has 1 characters @ $.attributions[0]"
    )


def test_match_takes_a_threshold(printed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With 1 only what is certain is joined."""
    assert cli.main(["match", str(printed), "--threshold", "1"]) == 0
    assert capsys.readouterr().out == ""


# With the model that ships.


@pytest.fixture(scope="module")
def lines_run(tmp_path_factory: pytest.TempPathFactory) -> tuple[subprocess.CompletedProcess[bytes], Path]:
    """One run over a good article, a file that is not there, and JSONL with an item that cannot be read."""
    folder = tmp_path_factory.mktemp("cli")
    (folder / "a.txt").write_bytes(ARTICLE.encode())
    (folder / "items.jsonl").write_text(json.dumps({"doc": "b", "text": ARTICLE}) + '\n{"doc": "c", "text": 7}\n')
    arguments = ["a.txt", "none.txt", "items.jsonl", "--date", "2024-03-05", "--format", "jsonl"]
    return run("attribute", *arguments, cwd=folder), folder


def test_every_readable_item_has_its_line(
    lines_run: tuple[subprocess.CompletedProcess[bytes], Path], tmp_path: Path
) -> None:
    """The lines stand in order with their ids, read back, and an item that failed is an empty document."""
    done, _ = lines_run
    path = tmp_path / "out.jsonl"
    path.write_bytes(done.stdout)
    documents = list(read_jsonl(path))
    assert [(document.id, document.text) for document in documents] == [("a.txt", ARTICLE), ("b", ARTICLE), ("c", "")]
    assert [issue.code for issue in documents[2].issues] == ["bad-item"]


def test_failures_are_told_and_end_with_1(lines_run: tuple[subprocess.CompletedProcess[bytes], Path]) -> None:
    """What failed is named on stderr, with no traceback."""
    done, _ = lines_run
    assert done.returncode == 1
    told = done.stderr.decode().splitlines()
    assert "quotekit: error: none.txt: No such file or directory" in told
    assert [line for line in told if line.startswith("quotekit: error: c: bad-item: ")]
    assert not [line for line in told if "Traceback" in line]


def test_quotation_is_attributed(lines_run: tuple[subprocess.CompletedProcess[bytes], Path]) -> None:
    """The model finds who said the quotation, and its spans cut the file as it is."""
    document = json.loads(lines_run[0].stdout.splitlines()[0])
    quoted = [a for a in document["attributions"] if a["kind"] == "direct"]
    assert [ARTICLE[slice(*a["content"][0])] for a in quoted] == ["“The port will open in May,”"]
    assert quoted[0]["speaker"]["name"] == "Lena Morris"
    assert document["date"] == "2024-03-05"


def test_stdin_with_registry_as_text(tmp_path: Path) -> None:
    """A text from stdin is shown as a page, its speaker as the registry knows her on that date."""
    registry = tmp_path / "registry.json"
    registry.write_text(json.dumps(REGISTRY))
    done = run("attribute", "-", "--registry", registry, "--date", "2024-03-05", input=ARTICLE.encode())
    assert done.returncode == 0, done.stderr.decode()
    page = done.stdout.decode()
    assert "── stdin · 2024-03-05 ──" in page
    assert "direct    Lena Morris — mayor, City of Karimabad" in page
    assert "said: “The port will open in May,”" in page


# Registries.


def test_registry_check_of_a_good_file(tmp_path: Path) -> None:
    """A registry with nothing wrong ends with 0."""
    path = tmp_path / "registry.json"
    path.write_text(json.dumps(REGISTRY))
    done = run("registry", "check", path)
    assert (done.returncode, done.stdout.decode(), done.stderr) == (0, f"{path}: 0 problems\n", b"")


@pytest.mark.parametrize("content", ["{", '{"persons": 7}', ""])
def test_registry_check_of_a_malformed_file(tmp_path: Path, content: str) -> None:
    """A file that is no registry is told in one line that names it, with no traceback."""
    path = tmp_path / "registry.json"
    path.write_text(content)
    done = run("registry", "check", path)
    assert done.returncode == 1
    assert done.stderr.decode().count("\n") == 1
    assert done.stderr.decode().startswith("quotekit: error: ")
    assert str(path) in done.stderr.decode()


def test_registry_converts_there_and_back(tmp_path: Path) -> None:
    """Native and Popolo files can be made of each other, and both are good registries."""
    popolo, native, back = tmp_path / "popolo.json", tmp_path / "native.json", tmp_path / "back.json"
    popolo.write_text(json.dumps(REGISTRY))
    for source, target, name in [(popolo, native, "native"), (native, back, "popolo")]:
        done = run("registry", "convert", source, target, "--format", name)
        assert done.returncode == 0, done.stderr.decode()
        assert "Lena Morris" in target.read_text(encoding="utf-8")
        assert run("registry", "check", target).returncode == 0
    assert "memberships" in json.loads(back.read_text(encoding="utf-8"))
