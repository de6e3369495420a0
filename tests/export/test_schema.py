"""The JSON Schema says what a line may be: no more, and as far as a schema can, no less than `from_dict` takes."""

from __future__ import annotations

import copy
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quotekit.document import Act, DifferenceKind, Document, How, Kind, MentionType, Relation
from quotekit.errors import InputError
from quotekit.export import from_dict, read_jsonl, schema, to_dict, write_jsonl
from quotekit.speakers import SpeakerType

jsonschema = pytest.importorskip("jsonschema", reason="the schema needs a validator: pip install '.[dev]'")

CASES = Path(__file__).resolve().parents[1] / "cases"
ERRORS = json.loads((CASES / "jsonl_errors.json").read_text(encoding="utf-8"))
BEYOND = ("ends at", "after its end", "parent is", "round in a circle", "not the first", "not inside")

unhurried = settings(deadline=None, max_examples=50, suppress_health_check=[HealthCheck.too_slow])


@pytest.fixture(scope="session")
def line_schema() -> Any:
    """The validator of a document's line."""
    return jsonschema.Draft202012Validator(schema())


def changed(case: dict[str, Any]) -> dict[str, Any]:
    """The good line with one wrong value in it."""
    line: dict[str, Any] = copy.deepcopy(ERRORS["line"])
    *way, last = case["at"]
    place: Any = line
    for step in way:
        place = place[step]
    place[last] = case["value"]
    return line


@pytest.mark.parametrize("line", ["document", "cluster"])
def test_schema_is_a_schema(line: str) -> None:
    """It keeps to the rules of the draft it names."""
    jsonschema.Draft202012Validator.check_schema(schema(line))
    assert schema(line)["$schema"] == "https://json-schema.org/draft/2020-12/schema"


@pytest.mark.parametrize("line", ["document", "cluster"])
def test_golden_line_is_valid(line: str) -> None:
    """A line with every field, as quotekit writes it."""
    rows = (CASES / "golden" / f"{line}.jsonl").read_text(encoding="utf-8").splitlines()
    jsonschema.Draft202012Validator(schema(line)).validate(json.loads(rows[0]))


def test_golden_document_is_written_again() -> None:
    """Read and written, the golden line has the same bytes: the contract of `schema_version` 1."""
    written = io.StringIO(newline="")
    write_jsonl(read_jsonl(CASES / "golden" / "document.jsonl"), written)
    assert written.getvalue().encode() == (CASES / "golden" / "document.jsonl").read_bytes()


def test_real_lines_are_valid(line_schema: Any) -> None:
    """So are the lines of documents with issues and control characters."""
    for row in (CASES / "terminal.jsonl").read_text(encoding="utf-8").splitlines():
        line_schema.validate(json.loads(row))


@unhurried
@given(st.data())
def test_any_written_line_is_valid(
    line_schema: Any, any_document: st.SearchStrategy[Document], data: st.DataObject
) -> None:
    """Whatever a document holds, its line is one that the schema takes."""
    line_schema.validate(json.loads(json.dumps(to_dict(data.draw(any_document)))))


@pytest.mark.parametrize("case", ERRORS["errors"], ids=lambda case: case["message"].partition(" @ ")[2])
def test_schema_refuses_what_from_dict_refuses(line_schema: Any, case: dict[str, Any]) -> None:
    """All but what one value says of another, which no schema can weigh."""
    weighed = any(words in case["message"] for words in BEYOND)
    assert line_schema.is_valid(changed(case)) is weighed


@unhurried
@given(st.data())
def test_schema_refuses_nothing_that_from_dict_takes(line_schema: Any, data: st.DataObject) -> None:
    """With any value of a good line replaced, what is refused by the schema is refused by `from_dict`."""
    way = data.draw(st.sampled_from(list(places(ERRORS["line"]))))
    values = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text("ab")
    value = data.draw(st.recursive(values, st.lists, max_leaves=5))
    line = changed({"at": way, "value": value})
    if not line_schema.is_valid(line):
        with pytest.raises(InputError):
            from_dict(line)


def places(value: object) -> Iterator[tuple[str | int, ...]]:
    """The way to every value inside a JSON value."""
    steps = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, inside in steps:
        yield (step,)
        yield from ((step, *way) for way in places(inside))


@pytest.mark.parametrize("levels", [16, 17])
def test_quotations_nest_to_sixteen_levels(line_schema: Any, levels: int) -> None:
    """A level more is refused, as `from_dict` does."""
    quotation: dict[str, Any] = {"start": 0, "end": 1, "closed": True}
    for _ in range(levels - 1):
        quotation = {"start": 0, "end": 1, "closed": True, "children": [quotation]}
    assert line_schema.is_valid({"text": "a", "quotations": [quotation]}) is (levels == 16)


@pytest.mark.parametrize(
    "line", [{"text": "a"}, {"text": "a", "id": "b"}, {"text": "a", "doc": "b", "id": 7}, {"text": "a", "mine": {}}]
)
def test_what_may_be_missing_or_added(line_schema: Any, line: dict[str, Any]) -> None:
    """Only the text must be there, `id` counts where there is no `doc`, and anybody may add keys."""
    line_schema.validate(line)
    assert from_dict(line).text == "a"


def test_words_are_those_of_the_records() -> None:
    """A word added to a closed set must be added to the schema."""
    parts = schema()["$defs"]

    def words(part: str, key: str) -> list[str]:
        return [word for word in parts[part]["properties"][key]["enum"] if word is not None]

    assert words("attribution", "kind") == list(map(str, Kind))
    assert words("attribution", "act") == list(map(str, Act))
    assert words("resolution", "how") == list(map(str, How))
    assert words("speaker", "type") == list(map(str, SpeakerType))
    assert words("mention", "type") == list(map(str, MentionType))
    assert words("member", "relation") == list(map(str, Relation))
    assert words("difference", "kind") == list(map(str, DifferenceKind))


def test_another_line_is_an_input_error() -> None:
    """There are two kinds of lines."""
    with pytest.raises(InputError, match="expected 'document' or 'cluster', got 'member'"):
        schema("member")
