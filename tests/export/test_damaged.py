"""Files of any format that are not what they should be are read or refused, and nothing else happens."""

from __future__ import annotations

import contextlib
import copy
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotekit.document import Document
from quotekit.errors import InputError
from quotekit.export import (
    from_brat,
    from_citron,
    from_dict,
    from_web_annotations,
    read_csv,
    read_documents,
    read_jsonl,
    to_brat,
    to_citron,
    to_dict,
    to_web_annotations,
    write_csv,
)

GOLDEN = next(read_jsonl(Path(__file__).resolve().parents[1] / "cases" / "golden" / "document.jsonl"))

unhurried = settings(deadline=None, max_examples=150)


def places(value: object) -> Iterator[tuple[str | int, ...]]:
    """The way to every value inside a JSON value."""
    steps = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, inside in steps:
        yield (step,)
        yield from ((step, *way) for way in places(inside))


@pytest.mark.parametrize(
    ("write", "read"), [(to_citron, from_citron), (to_web_annotations, from_web_annotations)], ids=["citron", "page"]
)
@unhurried
@given(data=st.data())
def test_damaged_json_is_read_or_refused(
    write: Callable[[Document], dict[str, Any]], read: Callable[[Any], Document], data: st.DataObject
) -> None:
    """With any value in it replaced, it gives a sound document or the one exception for it."""
    made = copy.deepcopy(write(GOLDEN))
    *way, last = data.draw(st.sampled_from(list(places(made))))
    place: Any = made
    for step in way:
        place = place[step]
    values = st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.just({"start": 0, "end": 1})
    place[last] = data.draw(st.recursive(values, st.lists, max_leaves=5))
    with contextlib.suppress(InputError):
        document = read(made)
        assert from_dict(to_dict(document)) == document


@unhurried
@given(data=st.data())
def test_damaged_annotations_are_read_or_refused(data: st.DataObject) -> None:
    """With any line of an .ann file cut, doubled or overwritten."""
    text, annotations = to_brat(GOLDEN)
    lines = annotations.split("\n")
    at = data.draw(st.integers(0, len(lines) - 1))
    line = lines[at]
    lines[at] = data.draw(
        st.sampled_from(
            [line[: len(line) // 2], f"{line}\n{line}", line.replace("T1", "T3"), line.replace(" ", ";", 1)]
        )
        | st.text(st.sampled_from("TREA#1 2\t:;\n³９"), max_size=20)
    )
    with contextlib.suppress(InputError):
        document = from_brat(text, "\n".join(lines))
        assert from_dict(to_dict(document)) == document


@unhurried
@given(cut=st.integers(0, 2000), put=st.binary(max_size=12))
def test_damaged_table_is_read_or_refused(tmp_path_factory: pytest.TempPathFactory, cut: int, put: bytes) -> None:
    """With any bytes of it overwritten."""
    path = tmp_path_factory.getbasetemp() / "damaged.csv"
    write_csv([GOLDEN], path)
    whole = path.read_bytes()
    path.write_bytes(whole[:cut] + put + whole[cut + len(put) :])
    with contextlib.suppress(InputError):
        for document in read_csv(path, {GOLDEN.id: GOLDEN.text}):
            assert from_dict(to_dict(document)) == document


@unhurried
@given(written=st.binary(max_size=60) | st.text(st.sampled_from('{}[]":,quotesitm 1\n')).map(str.encode))
def test_any_file_is_read_or_refused(tmp_path_factory: pytest.TempPathFactory, written: bytes) -> None:
    """Whatever is in it."""
    path = tmp_path_factory.getbasetemp() / "any.json"
    path.write_bytes(written)
    with contextlib.suppress(InputError):
        assert all(json.dumps(to_dict(document)) for document in read_documents(path))
