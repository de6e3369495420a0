"""CSV in a real spreadsheet: LibreOffice opens what is written, and its cells are read back."""

from __future__ import annotations

import csv
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest

from quotekit.document import Attribution, Document, Kind
from quotekit.export import write_csv
from quotekit.export.rows import COLUMNS
from quotekit.spans import Span
from quotekit.speakers import Speaker, SpeakerType

OFFICE = shutil.which("soffice") or shutil.which("libreoffice")
pytestmark = pytest.mark.skipif(OFFICE is None, reason="needs LibreOffice: apt-get install libreoffice-calc")

UTF_8_AND_COMMAS = "CSV:44,34,76,1"  # as the dialog has it that opens where a person opens a CSV
TEXTS = (
    '=HYPERLINK("http://example.org";"Click")',
    "+1+1",
    "-2+3",
    "@SUM(1,2)",
    "=cmd|' /C calc'!A0",
    "\t=1+1",
    '“Go,” he said, “or "stay"; both, at once.”',
    "One line.\nAnd another.\r\nA third.",
    "قال الوزير «نعم» أمس",
    "他说：「你好」",
    "Сказал: «Да»",
    "12 34",
)
NAMESPACES = {
    "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
}


def said(text: str) -> Document:
    """A document that is one content, whose speaker, id and title are the same words."""
    speaker = Speaker(name=text, type=SpeakerType.PERSON, role=text)
    content = [Span(0, len(text))]
    attribution = Attribution.cut(text, content=content, kind=Kind.INDIRECT, speakers=(speaker,), score=0.75)
    return Document(id=f"doc {text}", text=text, date="2018-02-24", title=text, attributions=(attribution,))


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[ElementTree.Element]]:
    """A CSV of all texts, and the rows that LibreOffice makes of it."""
    folder = tmp_path_factory.mktemp("sheet")
    write_csv(map(said, TEXTS), folder / "a.csv", bom=True)
    command = [
        str(OFFICE), f"-env:UserInstallation=file://{folder}/profile", "--headless", f"--infilter={UTF_8_AND_COMMAS}",
        "--convert-to", "fods", "--outdir", str(folder), str(folder / "a.csv"),
    ]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    return folder / "a.csv", ElementTree.parse(folder / "a.fods").findall(".//table:table-row", NAMESPACES)


def cells(row: ElementTree.Element) -> Iterator[ElementTree.Element]:
    """The cells of a row; one that stands for several alike comes as often."""
    for cell in row.findall("table:table-cell", NAMESPACES):
        times = int(cell.get(f"{{{NAMESPACES['table']}}}number-columns-repeated", "1"))
        yield from [cell] * min(times, len(COLUMNS))


def shown(cell: ElementTree.Element) -> str:
    """The text in a cell without its white space, which stands there as elements."""
    return "".join("".join("".join(part.itertext()) for part in cell.findall("text:p", NAMESPACES)).split())


def test_nothing_is_a_formula(opened: tuple[Path, list[ElementTree.Element]]) -> None:
    """Whatever a cell begins with."""
    formulas = [cell for row in opened[1] for cell in cells(row) if cell.get(f"{{{NAMESPACES['table']}}}formula")]
    assert formulas == []


def test_every_cell_is_where_it_belongs(opened: tuple[Path, list[ElementTree.Element]]) -> None:
    """Quotation marks, commas, line breaks and other scripts tear no row, and all words are there."""
    path, rows = opened
    with path.open(encoding="utf-8-sig", newline="") as file:
        written = list(csv.DictReader(file))
    found = [dict(zip(COLUMNS, map(shown, cells(row)), strict=False)) for row in rows[1 : len(TEXTS) + 1]]
    for name in ("doc", "speaker", "role", "content", "content_spans", "kind"):
        assert [row[name] for row in found] == ["".join(row[name].split()) for row in written], name
