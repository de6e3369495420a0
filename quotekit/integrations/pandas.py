"""Attributions as a table: a pandas `DataFrame` or an Arrow `Table`, one row each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, Literal, overload

from quotekit.document import Document
from quotekit.errors import InputError
from quotekit.export.rows import COLUMNS, rows_of

if TYPE_CHECKING:
    import pandas
    import pyarrow

__all__ = ["to_table"]

PANDAS_TYPES: Mapping[type, str] = {str: "string", int: "Int64", float: "Float64", bool: "boolean", list: "object"}


@overload
def to_table(documents: Iterable[Document], engine: Literal["pandas"] = "pandas") -> pandas.DataFrame: ...
@overload
def to_table(documents: Iterable[Document], engine: Literal["arrow"]) -> pyarrow.Table: ...
def to_table(documents: Iterable[Document], engine: str = "pandas") -> Any:
    """One row an attribution, with the columns of `docs/reference/formats.md`; `engine` is `"pandas"` or `"arrow"`.

    The types do not depend on the documents: what is not known is missing (`pandas.NA`, null), and spans are lists of
    `[start, end]`. Raises `InputError` for another engine, and `ImportError` where it is not installed.
    """
    if engine not in ("pandas", "arrow"):
        raise InputError(f"expected engine 'pandas' or 'arrow', got {engine!r}")
    made = _frame if engine == "pandas" else _arrow_table
    columns: dict[str, list[Any]] = {name: [] for name in COLUMNS}
    for row in rows_of(documents):
        for name, value in row.items():
            columns[name].append(value)
    return made(columns)


def _frame(columns: Mapping[str, list[Any]]) -> pandas.DataFrame:
    try:
        import pandas
    except ImportError as error:
        raise _missing("pandas", "pandas") from error
    series = {name: pandas.Series(values, dtype=PANDAS_TYPES[COLUMNS[name]]) for name, values in columns.items()}
    return pandas.DataFrame(series)


def _arrow_table(columns: Mapping[str, list[Any]]) -> pyarrow.Table:
    try:
        import pyarrow
    except ImportError as error:
        raise _missing("pyarrow", "arrow") from error
    spans = pyarrow.list_(pyarrow.list_(pyarrow.int64()))
    types = {str: pyarrow.string(), int: pyarrow.int64(), float: pyarrow.float64(), bool: pyarrow.bool_(), list: spans}
    return pyarrow.table(dict(columns), schema=pyarrow.schema([(name, types[kind]) for name, kind in COLUMNS.items()]))


def _missing(package: str, extra: str) -> ImportError:
    return ImportError(f"a table needs {package}, which is not installed: pip install {package}")
