"""Articles → documents → attributions, row by row, with one loaded model in each Python worker process."""

from __future__ import annotations

import functools
import json
import os
from collections.abc import Iterator
from itertools import chain
from typing import Any, TypeAlias

from pyspark import Broadcast
from pyspark.sql import DataFrame
from pyspark.sql import functions as F
from pyspark.sql.types import StringType

from quotekit.api import Attributor
from quotekit.document import Document
from quotekit.errors import InputError
from quotekit.export import from_dict, to_dict
from quotekit.export.rows import rows_of
from quotekit.export.written import line_of, whole_characters
from quotekit.integrations.spark.columns import ATTRIBUTIONS, DOCUMENTS, Row, mapped
from quotekit.registry import Registry

__all__ = ["attributions", "documents", "read"]

_KNOWN = ("doc", "id", "date", "outlet", "title", "text")
_SHOWN = ("doc", "date", "outlet", "title", "issues")

Speakers: TypeAlias = Registry | str | os.PathLike[str] | Broadcast | None


def documents(articles: DataFrame, *, registry: Speakers = None, lang: str = "en") -> DataFrame:
    """Read articles: a row of `DOCUMENTS` for each, in which `document` is the documented JSON line.

    `articles` has a column `text` and, where known, `doc` (or `id`), `date`, `outlet` and `title`; others are passed
    over. `registry` is a `Registry`, a broadcast one, or a path that every machine can read. An article that cannot be
    read gives a row with an entry in `issues` and no attributions; no job fails by it.

    Nothing is computed before Spark asks for it. Raises `InputError` for articles without a text column of strings.
    """
    texts = [field for field in articles.schema.fields if field.name == "text"]
    if not texts or not isinstance(texts[0].dataType, StringType):
        found = ", ".join(f"{name} {kind}" for name, kind in articles.dtypes)
        raise InputError(f"expected articles with a column text of strings, got {found}; rename or cast it")
    speakers: Any = registry
    if isinstance(registry, Registry):
        speakers = articles.sparkSession.sparkContext.broadcast(registry)
    columns = (F.col(name).cast("string").cast("binary") for name in _KNOWN if name in articles.columns)

    def rows(given: Iterator[Row]) -> Iterator[Row]:
        items = map(_item, given)
        for first in items:  # where there is none, no model is loaded
            yield from map(_document_row, _attributor(speakers, lang).attribute_many(chain([first], items)))

    return mapped(articles.select(*columns), rows, DOCUMENTS)


def attributions(documents: DataFrame) -> DataFrame:
    """The table of attributions: a row of `ATTRIBUTIONS` for each, with the columns that `quotekit.write_csv` writes.

    `documents` has a column `document` of JSON lines: `documents` makes it, and so does `spark.read.text` of what
    `quotekit attribute --format jsonl` has written, its column renamed. A line that holds no document stops the job
    with an `InputError`.
    """

    def rows(lines: Iterator[Row]) -> Iterator[Row]:
        return rows_of(map(read, lines))

    return mapped(documents.select("document"), rows, ATTRIBUTIONS)


def read(row: Row) -> Document:
    """The document of a row, "�" in the place of what UTF-8 cannot hold. Raises `InputError`."""
    line = row["document"]
    try:
        data = json.loads(line)
    except (TypeError, ValueError) as error:
        raise InputError(f"expected the JSON line of a document in the column document, got none: {error}") from None
    if "\\ud" in line:
        data = json.loads(whole_characters(json.dumps(data, ensure_ascii=False)))
    return from_dict(data)


@functools.lru_cache(maxsize=2)
def _attributor(registry: Any, lang: str) -> Attributor:
    """The attributor of this worker process, which is loaded when the first article comes, and computes on one core."""
    from quotekit.analysis.analyzer import use_one_thread

    use_one_thread()
    if isinstance(registry, Broadcast):
        return Attributor(registry.value, lang)
    return Attributor(None if registry is None else Registry.load(registry), lang)


def _item(row: Row) -> Row:
    """The item of an article's row: what is known of it."""
    return {name: _decoded(value) for name, value in row.items() if value is not None}


def _decoded(value: bytes) -> str | bytes:
    """The text of a column; what is no UTF-8, which Spark does not check, stays bytes and makes a bad item."""
    try:
        return value.decode("utf-8")
    except UnicodeDecodeError:
        return value


def _document_row(document: Document) -> Row:
    row = to_dict(document)
    return {**{key: row[key] for key in _SHOWN}, "document": line_of(row).rstrip("\n")}
