"""The formats of `quotekit attribute`."""

from __future__ import annotations

import csv
import io
import json
import sys
import types
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import attrs
import pytest

from quotekit import cli
from quotekit.document import Document
from quotekit.export import from_citron, from_web_annotations, read_documents, read_jsonl

GOLDEN = Path(__file__).resolve().parents[1] / "cases" / "golden" / "document.jsonl"


@pytest.fixture
def article(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file of the golden document's text, and a stand-in for the model that finds what is in that document."""
    golden = next(read_jsonl(GOLDEN))

    def attribute_many(items: Iterable[Mapping[str, Any]], **_: object) -> Iterator[Document]:
        for item in items:
            yield attrs.evolve(golden, id=str(item["id"]), issues=())

    monkeypatch.setitem(sys.modules, "quotekit.api", types.SimpleNamespace(attribute_many=attribute_many))
    path = tmp_path / "a.txt"
    path.write_text(golden.text, encoding="utf-8")
    return path


def written(article: Path, capsys: pytest.CaptureFixture[str], form: str) -> str:
    """What the command writes to stdout in a format."""
    assert cli.main(["attribute", str(article), "--format", form]) == 0
    return capsys.readouterr().out


def test_json_formats_are_a_line_an_article(article: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Citron's, Web Annotations and schema.org, each readable alone."""
    citron = from_citron(json.loads(written(article, capsys, "citron")))
    page = from_web_annotations(json.loads(written(article, capsys, "webannotation")))
    assert [len(document.attributions) for document in (citron, page)] == [3, 3]
    assert json.loads(written(article, capsys, "jsonld"))["@type"] == "NewsArticle"


@pytest.mark.parametrize(("form", "start"), [("csv", "doc,date"), ("csv-bom", "\ufeffdoc,date")])
def test_csv_is_a_row_an_attribution(article: Path, capsys: pytest.CaptureFixture[str], form: str, start: str) -> None:
    """With a byte order mark for Excel, where it is asked for."""
    table = written(article, capsys, form)
    assert table.startswith(start)
    assert len(list(csv.reader(io.StringIO(table, newline="")))) == 4


@pytest.mark.parametrize(
    ("name", "start"), [("out.csv", "doc,date"), ("out.jsonld", '{"@context": "https://schema.org"')]
)
def test_output_file_tells_its_format(article: Path, tmp_path: Path, name: str, start: str) -> None:
    """The suffix is enough."""
    assert cli.main(["attribute", str(article), "-o", str(tmp_path / name)]) == 0
    assert (tmp_path / name).read_text(encoding="utf-8").startswith(start)


def test_brat_goes_to_a_folder(article: Path, tmp_path: Path) -> None:
    """Which is made, and reads back."""
    out = tmp_path / "corpus"
    assert cli.main(["attribute", str(article), "--format", "brat", "-o", str(out)]) == 0
    (document,) = read_documents(out)
    assert (document.id, len(document.attributions)) == (str(article), 3)


def test_brat_needs_a_folder(article: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Standard output is none, and nor is a file."""
    assert cli.main(["attribute", str(article), "--format", "brat"]) == 1
    assert capsys.readouterr() == (
        "",
        "quotekit: error: expected a folder for brat's files, got none; name one with -o FOLDER\n",
    )
    assert cli.main(["attribute", str(article), "--format", "brat", "-o", str(article)]) == 1
    assert capsys.readouterr().err == f"quotekit: error: {article}: File exists\n"
