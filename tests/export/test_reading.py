"""Documents of any format, told from the file."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from quotekit.document import Document, Kind
from quotekit.errors import InputError
from quotekit.export import (
    read_documents,
    read_jsonl,
    to_citron,
    write_brat,
    write_citron,
    write_csv,
    write_jsonl,
    write_web_annotations,
)

GOLDEN = Path(__file__).resolve().parents[1] / "cases" / "golden" / "document.jsonl"
TEXT = "Moss said it rains"
QUOTES = {"quotes": [{"sources": [], "cue": {"start": 5, "end": 9}, "contents": [{"start": 10, "end": 18}]}]}


def in_file(write: Callable[..., None], name: str) -> Callable[[Document, Path], Path]:
    """A writer of lines, as one that writes a file in a folder."""

    def writing(document: Document, folder: Path) -> Path:
        path = folder / name
        with path.open("w", encoding="utf-8", newline="") as file:
            write([document], file)
        return path

    return writing


def in_brat(document: Document, folder: Path) -> Path:
    """A folder of brat's."""
    write_brat([document], folder / "brat")
    return folder / "brat"


def in_citron(document: Document, folder: Path) -> Path:
    """A folder of Citron's files, indented as it writes them."""
    (folder / "c").mkdir()
    (folder / "c" / "a.json").write_text(json.dumps(to_citron(document), indent=4), encoding="utf-8")
    return folder / "c"


@pytest.mark.parametrize(
    "write",
    [
        pytest.param(in_file(write_jsonl, "a.jsonl"), id="jsonl"),
        pytest.param(in_file(write_jsonl, "a.txt"), id="jsonl in any file"),
        pytest.param(in_file(write_csv, "a.CSV"), id="csv"),
        pytest.param(in_file(write_citron, "a.json"), id="citron"),
        pytest.param(in_file(write_web_annotations, "a.jsonld"), id="web annotations"),
        pytest.param(in_brat, id="brat"),
        pytest.param(in_citron, id="citron folder"),
    ],
)
def test_format_is_told_from_the_file(tmp_path: Path, write: Callable[[Document, Path], Path]) -> None:
    """Whatever it is written in, the golden document is read with its id, text and contents."""
    golden = next(read_jsonl(GOLDEN))
    (back,) = read_documents(write(golden, tmp_path), texts={golden.id: golden.text})
    assert (back.id, back.text) == (golden.id, golden.text)
    assert [a.content for a in back.attributions] == [a.content for a in golden.attributions]


def test_labels_may_state_less(tmp_path: Path) -> None:
    """Spans are enough: kind, score and quotations are filled in."""
    path = tmp_path / "labels.jsonl"
    line = {"doc": "a", "text": "“Go,” she said", "attributions": [{"content": [[0, 5]], "cue": [[10, 14]]}]}
    path.write_text(f"\n{json.dumps(line)}\n" + json.dumps({"id": "b", "text": "nothing"}), encoding="utf-8")
    first, second = read_documents(path)
    assert (first.attributions[0].kind, first.attributions[0].score, len(first.quotations)) == (Kind.DIRECT, 1.0, 1)
    assert (second.id, second.attributions) == ("b", ())


def test_file_names_what_states_no_id(tmp_path: Path) -> None:
    """What Citron prints has neither id nor text."""
    (tmp_path / "a1.json").write_text(json.dumps(QUOTES, indent=4))
    (tmp_path / "a2.json").write_text(json.dumps(QUOTES))
    documents = read_documents(tmp_path, texts={"a1": TEXT, "a2": TEXT})
    assert [(document.id, document.attributions[0].text) for document in documents] == [
        ("a1", "it rains"),
        ("a2", "it rains"),
    ]


def test_empty_file_has_no_documents(tmp_path: Path) -> None:
    """It is no error."""
    (tmp_path / "a.jsonl").write_text("\n\n")
    assert list(read_documents(tmp_path / "a.jsonl")) == []


@pytest.mark.parametrize(
    ("written", "message"),
    [
        (
            '{"text": "a", "attributions": []}\n{"a": 1, "b": 2}',
            "a.json, line 2: expected quotekit's JSON .*, got an object with a, b",
        ),
        ("{}", "got an object with nothing in it"),
        ("[]", "line 1: expected an object, got an array of 0"),
        ("{\n", "line 1 to the end: expected one JSON object, got none"),
        (
            '{"text": "a", "attributions": [{}]}',
            r"line 1: expected one span or more, got nothing @ \$.attributions\[0\].content",
        ),
        ('{"text": 7, "attributions": []}', r"expected a string, got 7 @ \$.text"),
        ('{"attributions": []}', "holds no text for document ''"),
    ],
)
def test_error_names_file_and_line(tmp_path: Path, written: str, message: str) -> None:
    """What is none of the formats, or a broken one, is told with its place."""
    (tmp_path / "a.json").write_text(written)
    with pytest.raises(InputError, match=message):
        list(read_documents(tmp_path / "a.json"))


def test_missing_file_is_told(tmp_path: Path) -> None:
    """As the system tells it; an empty folder is no corpus."""
    with pytest.raises(FileNotFoundError):
        list(read_documents(tmp_path / "none.jsonl"))
    with pytest.raises(InputError, match=r"got no \.txt"):
        list(read_documents(tmp_path))
