"""Attributions as a table of pandas or Arrow."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from quotekit.errors import InputError
from quotekit.export import read_jsonl
from quotekit.export.rows import COLUMNS
from quotekit.integrations.pandas import to_table

GOLDEN = Path(__file__).resolve().parents[1] / "cases" / "golden" / "document.jsonl"
PANDAS = "needs pandas: pip install '.[pandas]'"
ARROW = "needs pyarrow: pip install '.[arrow]'"


def test_frame_has_a_row_an_attribution() -> None:
    """With its types: what is not known is missing, not empty or zero."""
    pandas = pytest.importorskip("pandas", reason=PANDAS)
    frame = to_table(read_jsonl(GOLDEN))
    assert list(frame.columns) == list(COLUMNS)
    assert list(frame["speaker"]) == ["Ines Okafor", "Ines Okafor", "Tomas Berg"]
    assert list(frame["parent"].isna()) == [True, True, False]
    assert frame.loc[0, "content_spans"] == [[0, 28], [102, 130]]
    assert frame["score"].mean() == pytest.approx(0.76)
    assert pandas.isna(frame.loc[2, "speaker_id"])


def test_types_do_not_depend_on_the_documents() -> None:
    """A table of nothing has those of any other."""
    pytest.importorskip("pandas", reason=PANDAS)
    assert dict(to_table([]).dtypes) == dict(to_table(read_jsonl(GOLDEN)).dtypes)


def test_arrow_table_has_the_same_rows() -> None:
    """Spans are lists of pairs, and an empty table has the schema."""
    pytest.importorskip("pyarrow", reason=ARROW)
    table = to_table(read_jsonl(GOLDEN), engine="arrow")
    assert table.column_names == list(COLUMNS)
    assert table.column("content_spans").to_pylist()[0] == [[0, 28], [102, 130]]
    assert table.column("parent").to_pylist() == [None, None, 1]
    assert to_table([], engine="arrow").schema == table.schema


def test_table_survives_parquet(tmp_path: Path) -> None:
    """The format that data lakes keep it in."""
    parquet = pytest.importorskip("pyarrow.parquet", reason=ARROW)
    table = to_table(read_jsonl(GOLDEN), engine="arrow")
    parquet.write_table(table, tmp_path / "a.parquet")
    assert parquet.read_table(tmp_path / "a.parquet").equals(table)


@pytest.mark.parametrize(
    ("engine", "package", "extra"), [("pandas", "pandas", "pandas"), ("arrow", "pyarrow", "arrow")]
)
def test_missing_package_names_its_extra(
    monkeypatch: pytest.MonkeyPatch, engine: str, package: str, extra: str
) -> None:
    """The error says what to install."""
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(ImportError, match=rf"needs {package}, .*pip install {package}"):
        to_table([], engine=engine)  # type: ignore[call-overload]


def test_another_engine_is_an_input_error() -> None:
    """There are two."""
    with pytest.raises(InputError, match="expected engine 'pandas' or 'arrow', got 'polars'"):
        to_table([], engine="polars")  # type: ignore[call-overload]
