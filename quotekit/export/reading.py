"""Documents from any format that is read, told from the file."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from pathlib import Path

from quotekit.document import Document
from quotekit.errors import InputError
from quotekit.export.brat_reader import read_brat
from quotekit.export.checked import Node, parse
from quotekit.export.citron import from_citron
from quotekit.export.csv import read_csv
from quotekit.export.labels import PathLike, Texts, document_of
from quotekit.export.webannotation_reader import from_web_annotations

__all__ = ["read_documents"]


def read_documents(path: PathLike, *, texts: Texts | None = None) -> Iterator[Document]:
    """The documents of a file or folder: JSON lines, Citron JSON, Web Annotations, CSV, or a folder of brat or Citron.

    The suffix `.csv` tells CSV, what a JSON object holds tells the rest. Attributions may state less than `read_jsonl`
    asks for: without a `kind` it is told from the marks, without a `score` it is 1. `texts` has the articles of
    documents whose files hold none (CSV, what Citron prints), by their ids; what states no id has the name of its file.
    Raises `InputError` that names file and line, and `OSError`.
    """
    path = Path(path)
    if path.is_dir():
        yield from _read_folder(path, texts)
    elif path.suffix.lower() == ".csv":
        yield from read_csv(path, texts or {})
    else:
        with path.open("rb") as file:
            yield from _read_json(file, path, texts)


def _read_folder(folder: Path, texts: Texts | None) -> Iterator[Document]:
    files = sorted(folder.glob("*.json"))
    if any(folder.glob("*.ann")) or not files:
        yield from read_brat(folder)
        return
    for path in files:
        with path.open("rb") as file:
            yield from _read_json(file, path, texts)


def _read_json(lines: Iterable[bytes], path: Path, texts: Texts | None) -> Iterator[Document]:
    """JSON lines; or one object, where the first line is not a whole one."""
    numbered = enumerate(lines, start=1)
    first = next(((number, line) for number, line in numbered if line.strip()), None)
    if first is None:
        return
    try:
        parse(first[1])
    except InputError:
        rest = b"".join(line for _, line in numbered)
        yield _document(first[1] + rest, f"{path}, line {first[0]} to the end", path.stem, texts)
        return
    for number, line in itertools.chain([first], numbered):
        if line.strip():
            yield _document(line, f"{path}, line {number}", path.stem, texts)


def _document(written: bytes, place: str, name: str, texts: Texts | None) -> Document:
    try:
        node = parse(written)
        if not isinstance(node.value, dict):
            raise node.unexpected("an object")
        return _of_format(node, node.value, name, texts)
    except InputError as error:
        raise InputError(f"{place}: {error}") from None


def _of_format(node: Node, held: dict[str, object], name: str, texts: Texts | None) -> Document:
    if "quotes" in held:
        return from_citron(held, doc=name, texts=texts)
    if "items" in held:
        return from_web_annotations(held, texts=texts)
    if "attributions" in held or "text" in held:
        return document_of(held, texts)
    raise node.error(
        "expected quotekit's JSON (with attributions), Citron's (quotes) or a page of Web Annotations (items), "
        f"got an object with {', '.join(map(str, list(held)[:6])) or 'nothing in it'}"
    )
