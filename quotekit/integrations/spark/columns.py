"""The columns of every DataFrame that comes out, under the names of the documented formats, and how rows are made."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain, islice
from typing import Any

import pyarrow as pa
from pyspark.sql import DataFrame
from pyspark.sql.pandas.types import to_arrow_schema
from pyspark.sql.types import StructType

from quotekit.export.rows import COLUMNS

__all__ = ["ATTRIBUTIONS", "CLUSTERS", "DIFFERENCES", "DOCUMENTS", "Row", "mapped"]

Row = Mapping[str, Any]

ROWS = 256  # that Python gives back at once

SPAN = "array<int>"
SPANS = f"array<{SPAN}>"
SPEAKERS = (
    "array<struct<id: string, name: string, type: string, role: string, organization: string, gender: string, "
    "identifiers: array<struct<scheme: string, identifier: string>>>>"
)
_ISSUES = f"array<struct<code: string, message: string, span: {SPAN}>>"
DIFFERENCES = f"array<struct<kind: string, a: {SPAN}, b: {SPAN}>>"
_MEMBERS = (
    f"array<struct<doc: string, index: int, outlet: string, date: string, content: {SPANS}, text: string, "
    f"relation: string, score: double, differences: {DIFFERENCES}, speakers: {SPEAKERS}, repeat: boolean>>"
)
_TYPES: Mapping[type, str] = {str: "string", int: "int", bool: "boolean", float: "double", list: SPANS}

DOCUMENTS = f"doc string, date string, outlet string, title string, issues {_ISSUES}, document string"
ATTRIBUTIONS = ", ".join(f"{name} {_TYPES[kind]}" for name, kind in COLUMNS.items())
CLUSTERS = (
    "schema_version int, first_seen string, speaker_conflict boolean, altered boolean, "
    f"speakers {SPEAKERS}, representative int, members {_MEMBERS}"
)


def mapped(frame: DataFrame, function: Callable[[Iterator[Row]], Iterable[Row]], columns: str) -> DataFrame:
    """What a function makes of the rows of each partition, read and given back a few at a time.

    By way of Arrow and not of pandas, where a missing outlet would be a NaN and a list an array.
    """
    schema = StructType.fromDDL(columns)
    arrow = to_arrow_schema(schema)

    def batches(given: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        rows = chain.from_iterable(part.to_pylist() for batch in given for part in _parts(batch))
        made = iter(function(rows))
        while some := list(islice(made, ROWS)):
            yield pa.RecordBatch.from_pylist(some, schema=arrow)

    return frame.mapInArrow(batches, schema)


def _parts(batch: pa.RecordBatch) -> Iterator[pa.RecordBatch]:
    return (batch.slice(start, ROWS) for start in range(0, batch.num_rows, ROWS))
