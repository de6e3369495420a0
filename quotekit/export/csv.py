"""CSV for spreadsheets: one row an attribution, safe to open, and read back where the texts are at hand."""

from __future__ import annotations

import csv
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import IO, Any

from quotekit.document import Document
from quotekit.errors import InputError
from quotekit.export.labels import PathLike, Texts, document_of
from quotekit.export.rows import COLUMNS, SPANS, rows_of
from quotekit.export.written import whole_characters
from quotekit.files import replacing

__all__ = ["read_csv", "write_csv"]

BOM = "\ufeff"

Row = tuple[int, dict[str, str]]

# What a spreadsheet takes for a formula, with apostrophes before it, so that ours comes off again.
_FORMULA = re.compile(r"'*\s*[=+\-@＝＋－＠\t\r\n]")


def write_csv(documents: Iterable[Document], path_or_file: PathLike | IO[str], *, bom: bool = False) -> None:
    """Write one row an attribution, under a header; the columns are described in `docs/reference/formats.md`.

    `bom` puts a byte order mark first, without which Excel does not take the file for UTF-8. A cell that a spreadsheet
    would run as a formula has an apostrophe before it. Rows end in CR LF, as RFC 4180 has it; half a character becomes
    "�". A path is written whole or not at all; a file must be open for text (UTF-8, `newline=""`), and stays open.
    """
    if isinstance(path_or_file, (str, os.PathLike)):
        with replacing(path_or_file) as file:
            write_csv(documents, file, bom=bom)
        return
    path_or_file.write(BOM if bom else "")
    writer = csv.writer(path_or_file)
    writer.writerow(COLUMNS)
    for row in rows_of(documents):
        writer.writerow([_cell(value) for value in row.values()])


def _cell(value: Any) -> str | int | float | None:
    if isinstance(value, list):
        return ";".join(f"{start} {end}" for start, end in value)
    if isinstance(value, bool):
        return str(value).lower()
    if not isinstance(value, str):
        return value  # type: ignore[no-any-return]
    return ("'" if _FORMULA.match(value) else "") + whole_characters(value)


def read_csv(path: PathLike, texts: Texts) -> Iterator[Document]:
    """The documents of a file that `write_csv` wrote, as far as a row tells; `texts` has the article of each `doc`.

    Read are the spans, `kind`, `act`, `negated`, `parent`, `score`, the first speaker and how it was told, date, outlet
    and title. Only `doc` and `content_spans` must be there. The rows of a document stand together.
    Raises `InputError` that names file and line, and `OSError` where the file cannot be read.
    """
    held: list[Row] = []
    for number, row in _rows(path):
        if held and held[-1][1].get("doc") != row.get("doc"):
            yield _document(held, texts, path)
            held = []
        held.append((number, row))
    if held:
        yield _document(held, texts, path)


def _rows(path: PathLike) -> Iterator[Row]:
    """Each row with the line it ends in: the cells that hold something, as they were before they were written."""
    with open(path, encoding="utf-8-sig", newline="") as file:
        rows = csv.DictReader(file)
        try:
            if missing := {"doc", "content_spans"}.difference(rows.fieldnames or ()):
                raise InputError(f"{path}: expected a column {min(missing)!r} in the header, got {rows.fieldnames}")
            for row in rows:
                yield rows.line_num, {name: _plain(cell) for name, cell in row.items() if name and cell}
        except (csv.Error, UnicodeDecodeError) as error:
            raise InputError(f"{path}, after line {rows.line_num}: expected CSV in UTF-8: {error}") from None


def _plain(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell


def _document(rows: list[Row], texts: Texts, path: PathLike) -> Document:
    first = rows[0][1]
    try:
        line = {name: first.get(name) for name in ("doc", "date", "outlet", "title")}
        return document_of({**line, "attributions": [_attribution(row) for _, row in rows]}, texts)
    except InputError as error:
        raise InputError(f"{path}, lines {rows[0][0]} to {rows[-1][0]}: {error}") from None


def _attribution(row: Mapping[str, str]) -> dict[str, Any]:
    spans = {column: _pairs(row.get(column, ""), column) for column in SPANS}
    speaker = {"name": row.get("speaker"), "type": row.get("speaker_type"), "id": row.get("speaker_id")}
    resolution = {"how": row.get("how"), "score": _number(row.get("speaker_score"), float)}
    return {
        **{column.removesuffix("_spans"): pairs for column, pairs in spans.items()},
        "via": [{"span": pair} for pair in spans["via_spans"]],
        "kind": row.get("kind"),
        "act": row.get("act"),
        "negated": row.get("negated", "").lower() == "true",
        "speaker": {**speaker, **{name: row.get(name) for name in ("role", "organization")}}
        if speaker["name"]
        else None,
        "resolution": resolution if resolution["how"] else None,
        "parent": _number(row.get("parent"), int),
        "score": _number(row.get("score"), float),
    }


def _number(cell: str | None, kind: type[int] | type[float]) -> int | float | str | None:
    """The number in a cell; anything else as it is, to be refused with its place."""
    try:
        return kind(cell) if cell else None
    except ValueError:
        return cell


def _pairs(cell: str, column: str) -> list[list[int]]:
    try:
        pairs = [[int(number) for number in pair.split()] for pair in cell.split(";") if pair]
    except ValueError:
        raise InputError(f"expected spans as 0 5;9 12 in {column}, got {cell!r}") from None
    return pairs
