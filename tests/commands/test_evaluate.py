"""`quotekit evaluate`: labels and findings from files, scores as a table and as JSON."""

from __future__ import annotations

import json
from pathlib import Path

import attrs
import pytest

from quotekit import cli
from quotekit.document import Attribution, Document, Kind
from quotekit.export import write_brat, write_csv, write_jsonl
from quotekit.spans import Span

TEXT = "“It rains,” Berg said. Moss denied that it snows."


def at(words: str) -> Span:
    """Where words stand in the text."""
    return Span(TEXT.index(words), TEXT.index(words) + len(words))


def said(source: str, cue: str, content: str, kind: Kind, parent: int | None = None) -> Attribution:
    """An attribution of the text."""
    return Attribution.cut(
        TEXT, content=[at(content)], source=[at(source)], cue=[at(cue)], kind=kind, parent=parent, score=1.0
    )


GOLD = Document(
    id="a",
    text=TEXT,
    attributions=(
        said("Berg", "said", "“It rains,”", Kind.DIRECT),
        said("Moss", "denied", "that it snows", Kind.INDIRECT),
    ),
)
FOUND = attrs.evolve(GOLD, attributions=(*GOLD.attributions[:1], said("Berg", "denied", "it snows", Kind.INDIRECT)))

TABLE = """\
1 document, 2 labels, 2 found

                       precision    recall        F1
attribution                 50.0      50.0      50.0
attribution, strict         50.0      50.0      50.0
content overlap            100.0     100.0     100.0
content exact               50.0      50.0      50.0
content words              100.0      80.0      88.9
span-exact source          100.0      50.0      66.7
span-exact cue             100.0     100.0     100.0
span-exact content          50.0      50.0      50.0

recall by kind            labels   overlap   attribution
direct                         1     100.0         100.0
indirect                       1     100.0           0.0

where contents overlap, sources agree in 50.0 %, cues in 100.0 %
"""


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    """The labels as JSON lines."""
    write_jsonl([GOLD], tmp_path / "gold.jsonl")
    return tmp_path / "gold.jsonl"


@pytest.fixture
def found(tmp_path: Path) -> Path:
    """The findings as JSON lines."""
    write_jsonl([FOUND], tmp_path / "found.jsonl")
    return tmp_path / "found.jsonl"


def test_table(gold: Path, found: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """All measures of the same two files, for people."""
    assert cli.main(["evaluate", str(gold), str(found)]) == 0
    assert capsys.readouterr() == (TABLE, "")


def test_json(gold: Path, found: Path, tmp_path: Path) -> None:
    """The suffix of the output tells the format."""
    out = tmp_path / "scores.json"
    assert cli.main(["evaluate", str(gold), str(found), "-o", str(out)]) == 0
    row = json.loads(out.read_text(encoding="utf-8"))
    assert row["attribution"] == {"precision": 50.0, "recall": 50.0, "f1": 50.0}
    assert row["by_kind"]["indirect"] == {"labels": 1, "overlap": 100.0, "attribution": 0.0}


@pytest.mark.parametrize("form", ["brat", "csv"])
def test_formats_may_differ(gold: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], form: str) -> None:
    """A folder of brat's, and a table whose texts are those of the labels."""
    path = tmp_path / f"found.{form}"
    if form == "brat":
        write_brat([FOUND], path)
    else:
        write_csv([FOUND], path)
    assert cli.main(["evaluate", str(gold), str(path)]) == 0
    assert capsys.readouterr().out == TABLE


def test_name_of_the_file_is_an_id_too(tmp_path: Path, found: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What was attributed from `texts/a.txt` meets the labels of `a`."""
    write_brat([GOLD], tmp_path / "labels")
    write_jsonl([attrs.evolve(FOUND, id="texts/a.txt")], found)
    assert cli.main(["evaluate", str(tmp_path / "labels"), str(found)]) == 0
    assert capsys.readouterr() == (TABLE, "")


def test_documents_of_one_file_are_told(gold: Path, found: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Only the first few by name; that is no failure."""
    write_jsonl([GOLD, *(attrs.evolve(GOLD, id=f"b{n}") for n in range(7))], gold)
    write_jsonl([FOUND, attrs.evolve(FOUND, id="c")], found)
    assert cli.main(["evaluate", str(gold), str(found)]) == 0
    out, err = capsys.readouterr()
    assert out.startswith("8 documents, 16 labels, 2 found\n")
    assert err.splitlines() == [
        f"quotekit: only in {gold}: 7 documents (b0, b1, b2, b3, b4, …), their labels count as missed",
        f"quotekit: only in {found}: 1 document (c), not counted",
    ]


@pytest.mark.parametrize(
    ("option", "start"),
    [
        ("auto", "1 document, 2 labels, 2 found (1 inside"),
        ("count", "1 document, 2 labels, 3 found\n"),
        ("leave-out", "1 document, 2 labels, 2 found (1"),
    ],
)
def test_what_stands_inside(
    gold: Path, found: Path, capsys: pytest.CaptureFixture[str], option: str, start: str
) -> None:
    """Left out where the labels have no such, and told."""
    inside = said("Moss", "denied", "snows", Kind.INDIRECT, parent=1)
    write_jsonl([attrs.evolve(FOUND, attributions=(*FOUND.attributions, inside))], found)
    assert cli.main(["evaluate", str(gold), str(found), "--nested", option]) == 0
    assert capsys.readouterr().out.startswith(start)


@pytest.mark.parametrize(
    ("predicted", "message"),
    [
        ([attrs.evolve(FOUND, id="b")], "expected documents with one id in both, got 'a' in {gold} and 'b' in {found}"),
        ([], "expected documents with one id in both, got 'a' in {gold} and none in {found}"),
        ([Document(id="a", text="Rain.")], "the text of document 'a' is not the labelled one"),
        ([FOUND, FOUND], "expected one document for each id, got two with id 'a' in the predictions"),
    ],
    ids=["other ids", "none", "other text", "twice"],
)
def test_what_cannot_be_compared_is_an_error(
    gold: Path, found: Path, capsys: pytest.CaptureFixture[str], predicted: list[Document], message: str
) -> None:
    """Told in one line, with nothing on stdout."""
    write_jsonl(predicted, found)
    assert cli.main(["evaluate", str(gold), str(found)]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert message.format(gold=gold, found=found) in err
    assert err.count("\n") == 1


def test_labels_need_their_texts(gold: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """CSV has none, so it is for findings."""
    path = tmp_path / "gold.csv"
    write_csv([GOLD], path)
    assert cli.main(["evaluate", str(path), str(gold)]) == 1
    assert f"expected labels with their texts, got {path}, and CSV holds none" in capsys.readouterr().err


def test_broken_file_is_named(gold: Path, found: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With the line in it."""
    found.write_text('{"text": "a"}\n{"text": 7}\n')
    assert cli.main(["evaluate", str(gold), str(found)]) == 1
    assert f"quotekit: error: {found}, line 2: expected a string, got 7 @ $.text" in capsys.readouterr().err


def test_outlets_apart(gold: Path, found: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A row for each outlet of the labels, below all of them together; the outlet may be called publisher there."""
    line = json.loads(gold.read_text(encoding="utf-8"))
    del line["outlet"]
    gold.write_text(json.dumps({**line, "publisher": "Harbor Post\x1b[2J"}), encoding="utf-8")
    assert cli.main(["evaluate", str(gold), str(found), "--by", "outlet"]) == 0
    out = capsys.readouterr().out
    assert out.startswith(TABLE)
    assert [line.split() for line in out.removeprefix(TABLE).split("\n")] == [
        [],
        ["labels", "found", "precision", "recall", "F1", "overlap", "F1", "exact", "F1"],
        ["Harbor", "Post\\x1b[2J", "2", "2", "50.0", "50.0", "50.0", "100.0", "50.0"],
        [],
    ]


def test_kinds_apart_as_json(gold: Path, found: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Every measure of pairs, for each group."""
    assert cli.main(["evaluate", str(gold), str(found), "--by", "kind", "--format", "json"]) == 0
    groups = json.loads(capsys.readouterr().out)["groups"]
    assert list(groups) == ["direct", "indirect"]
    assert groups["indirect"]["overlap"] == {"precision": 100.0, "recall": 100.0, "f1": 100.0}
    assert (groups["indirect"]["labels"], groups["indirect"]["attribution"]["f1"]) == (1, 0.0)
