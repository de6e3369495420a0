"""The JSONL line: read back equal, checked where it enters, written whole."""

from __future__ import annotations

import contextlib
import copy
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import attrs
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quotekit.document import Act, Document, How, Kind, MentionType
from quotekit.errors import InputError
from quotekit.export import from_dict, read_jsonl, to_dict, write_jsonl
from quotekit.speakers import Speaker, SpeakerType

ROOT = Path(__file__).resolve().parents[2]
CASES = ROOT / "tests" / "cases"
ERRORS = json.loads((CASES / "jsonl_errors.json").read_text(encoding="utf-8"))

unhurried = settings(deadline=None, max_examples=50, suppress_health_check=[HealthCheck.too_slow])


def test_written_line_is_the_documented_one() -> None:
    """Reading the golden lines and writing them again gives the same bytes: names, order and spelling hold."""
    golden = (CASES / "terminal.jsonl").read_bytes()
    written = io.StringIO(newline="")
    write_jsonl(read_jsonl(CASES / "terminal.jsonl"), written)
    assert written.getvalue().encode() == golden


@unhurried
@given(st.data())
def test_any_document_reads_back_equal(any_document: st.SearchStrategy[Document], data: st.DataObject) -> None:
    """Through a dict, JSON of any spelling, and back, nothing changes."""
    document = data.draw(any_document)
    assert from_dict(json.loads(json.dumps(to_dict(document)))) == document


@unhurried
@given(st.data())
def test_any_file_reads_back_equal(
    tmp_path_factory: pytest.TempPathFactory, any_document: st.SearchStrategy[Document], data: st.DataObject
) -> None:
    """Whatever the texts hold, the file is UTF-8, one line a document, and gives the same documents."""
    several = data.draw(st.lists(any_document, max_size=2))
    path = tmp_path_factory.getbasetemp() / "documents.jsonl"
    write_jsonl(several, path)
    assert len(path.read_bytes().decode("utf-8").split("\n")) == len(several) + 1
    assert list(read_jsonl(path)) == several


@unhurried
@given(st.recursive(st.none() | st.booleans() | st.integers() | st.floats() | st.text(), st.lists))
def test_what_is_no_object_is_an_input_error(value: object) -> None:
    """Anything else in the place of a document or an attribution is refused."""
    with pytest.raises(InputError):
        from_dict(value)  # type: ignore[arg-type]
    with pytest.raises(InputError):
        from_dict({"text": "a", "attributions": [value]})


@unhurried
@given(st.data())
def test_damaged_line_is_read_or_refused(data: st.DataObject) -> None:
    """With any value of a good line replaced, the line reads back equal or is refused with the one exception for it."""
    line = copy.deepcopy(ERRORS["line"])
    *way, last = data.draw(st.sampled_from(list(_places(line))))
    place = line
    for step in way:
        place = place[step]
    values = st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.just({"start": 0, "end": 1})
    place[last] = data.draw(st.recursive(values, st.lists, max_leaves=5))
    with contextlib.suppress(InputError):
        document = from_dict(line)
        assert from_dict(to_dict(document)) == document


def _places(value: object) -> Iterator[tuple[str | int, ...]]:
    """The way to every value inside a JSON value."""
    for step, inside in (
        value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    ):
        yield (step,)
        yield from ((step, *way) for way in _places(inside))


@pytest.mark.parametrize("case", ERRORS["errors"], ids=lambda case: case["message"].partition(" @ ")[2])
def test_error_tells_what_came_and_where(case: dict[str, Any]) -> None:
    """One wrong value in a good line is named with its path."""
    line = copy.deepcopy(ERRORS["line"])
    from_dict(line)
    *way, last = case["at"]
    place = line
    for step in way:
        place = place[step]
    place[last] = case["value"]
    with pytest.raises(InputError) as caught:
        from_dict(line)
    assert str(caught.value) == case["message"]


@pytest.mark.parametrize("number", [float("nan"), float("inf"), 10**5000], ids=["nan", "inf", "huge"])
def test_numbers_json_should_not_hold_are_refused(number: float) -> None:
    """A score or an offset beyond all measure is an input error, not a crash."""
    line = copy.deepcopy(ERRORS["line"])
    line["attributions"][0]["score"] = number
    with pytest.raises(InputError, match=re.escape("$.attributions[0].score")):
        from_dict(line)
    with pytest.raises(InputError, match=re.escape("$.quotations[0].start")):
        from_dict({"text": "", "quotations": [{"start": number, "end": number}]})


def test_quotations_nest_to_sixteen_levels() -> None:
    """A level more is refused, so that no data can exhaust the stack."""

    def nested(levels: int) -> dict[str, Any]:
        quotation: dict[str, Any] = {"start": 0, "end": 1, "closed": True}
        for _ in range(levels - 1):
            quotation = {"start": 0, "end": 1, "closed": True, "children": [quotation]}
        return {"text": "a", "quotations": [quotation]}

    assert from_dict(nested(16)).quotations
    with pytest.raises(InputError, match="deeper than 16 levels"):
        from_dict(nested(17))


def test_only_the_text_must_be_there() -> None:
    """What is missing or null reads as not known, nothing, or none."""
    assert from_dict({"text": "Rain fell.", "date": None, "mentions": None}) == Document(text="Rain fell.")


def test_id_stands_for_doc() -> None:
    """An item's `id` is the document's where it has no `doc`."""
    assert from_dict({"id": "b", "text": ""}).id == "b"
    assert from_dict({"id": "b", "doc": "a", "text": ""}).id == "a"


def test_unknown_keys_are_passed_over() -> None:
    """Whoever adds a key of their own can still have the line read."""
    assert from_dict({"text": "a", "rating": 5}) == Document(text="a")


def test_a_lone_speaker_is_all_speakers() -> None:
    """A line with `speaker` and no `speakers` is read as one speaker."""
    line = {"content": [[0, 1]], "kind": "direct", "score": 1, "speaker": {"name": "Khan", "type": "person"}}
    attribution = from_dict({"text": "a", "attributions": [line]}).attributions[0]
    assert attribution.speakers == (Speaker(name="Khan", type=SpeakerType.PERSON),)


def test_registry_details_stay_out_of_the_line() -> None:
    """A speaker is written as a document shows it, without aliases and dated roles."""
    speaker = Speaker(name="Khan", type=SpeakerType.PERSON, aliases=("K. Khan",))
    line = to_dict(Document(text="", speakers=(speaker,)))
    assert from_dict(line).speakers == (speaker.brief(),)


def test_readable_text_is_not_escaped() -> None:
    """Curly marks and other scripts stand in the file as they are; only half a character is escaped."""
    written = io.StringIO()
    write_jsonl([Document(text="“Хан” 😀 \ud800!")], written)
    assert "“Хан” 😀 \\ud800!" in written.getvalue()


def test_halves_that_meet_are_refused() -> None:
    """Two halves of a character side by side would come back as one and shift every span, so they are not written."""
    with pytest.raises(InputError, match=r"'a1' has a surrogate pair as two code points at 3.*join them"):
        to_dict(Document(id="a1", text="abc\ud83d\ude00"))


def test_failed_write_leaves_the_old_file(tmp_path: Path) -> None:
    """Where documents end in an error, the file is what it was and nothing else lies beside it."""
    path = tmp_path / "out.jsonl"
    path.write_text("old")

    def failing() -> Iterator[Document]:
        yield Document(text="new")
        raise InputError("no more")

    with pytest.raises(InputError):
        write_jsonl(failing(), path)
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_write_keeps_mode_and_link(tmp_path: Path) -> None:
    """A file written over keeps its permissions, and a link still leads to it."""
    path, link = tmp_path / "real.jsonl", tmp_path / "link.jsonl"
    path.touch(mode=0o640)
    link.symlink_to(path)
    write_jsonl([Document(text="a")], link)
    assert link.is_symlink()
    assert path.stat().st_mode & 0o777 == 0o640
    assert next(read_jsonl(path)).text == "a"


def test_a_device_is_written_to_not_replaced() -> None:
    """`/dev/null` is still a device afterwards."""
    write_jsonl([Document(text="a")], "/dev/null")
    assert Path("/dev/null").is_char_device()


def test_missing_folder_is_told_by_the_callers_name(tmp_path: Path) -> None:
    """The error names the path asked for, not a draft beside it."""
    path = tmp_path / "none" / "out.jsonl"
    with pytest.raises(FileNotFoundError) as caught:
        write_jsonl([], path)
    assert caught.value.filename == str(path)


def test_reading_is_lazy() -> None:
    """A line is read when its document is asked for, not before."""
    lines = io.StringIO('{"text": "a"}\nbroken\n')
    documents = read_jsonl(lines)
    assert next(documents).text == "a"
    with pytest.raises(InputError):
        next(documents)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (b"broken", "expected one JSON object, got none: Expecting value at column 1"),
        (b'{"text": "a"', "expected one JSON object, got none: Expecting ',' delimiter at column 13"),
        (b"[]", r"expected an object, got an array of 0 @ \$"),
        (b'{"text": "\xe9"}', "expected UTF-8, got byte 0xe9 at byte 10"),
        (b'{"text": ' + b"9" * 5000 + b"}", "expected one JSON object, got none that can be read"),
        (b"[" * 100_000, "expected one JSON object, got none that can be read"),
        (b'{"text": 1}', r"expected a string, got 1 @ \$.text"),
    ],
    ids=["word", "cut off", "array", "not UTF-8", "number", "depth", "no text"],
)
def test_reading_error_names_file_and_line(tmp_path: Path, line: bytes, message: str) -> None:
    """A line that is no document is told with its file and number, blank lines counted."""
    path = tmp_path / "in.jsonl"
    path.write_bytes(b'\n{"text": "a"}\n' + line)
    with pytest.raises(InputError, match=f"{re.escape(str(path))}, line 3: {message}"):
        list(read_jsonl(path))


def test_byte_order_mark_and_separators_inside_strings() -> None:
    """A mark before the first line is passed over, and only a line feed ends a line."""
    data = '\ufeff{"text": "a\u2028b\x85c"}\r\n{"text": "d"}'.encode()
    assert [document.text for document in read_jsonl(io.BytesIO(data))] == ["a\u2028b\x85c", "d"]


def test_documented_example_is_valid() -> None:
    """The line shown in docs/reference/data-format.md is what quotekit writes for the document it reads from it."""
    page = (ROOT / "docs" / "reference" / "data-format.md").read_text(encoding="utf-8")
    example = re.search(r"```json\n(.*?)```", page, re.DOTALL)
    assert example is not None
    line = json.loads(example[1])
    assert json.dumps(to_dict(from_dict(line))) == json.dumps(line)


@pytest.mark.parametrize(
    ("closed", "heading"),
    [(Kind, "kind"), (Act, "act"), (How, "how"), (SpeakerType, "type"), (MentionType, "type")],
)
def test_documentation_names_every_word(closed: type[Any], heading: str) -> None:
    """The words a field may hold are all in the row of its table."""
    page = (ROOT / "docs" / "reference" / "data-format.md").read_text(encoding="utf-8")
    rows = [row for row in page.splitlines() if row.startswith(f"| `{heading}` |")]
    assert any(all(f"`{word}`" in row for word in closed) for row in rows)


def test_documentation_names_every_key() -> None:
    """No key is written that the page does not describe."""
    page = (ROOT / "docs" / "reference" / "data-format.md").read_text(encoding="utf-8")
    described = set(re.findall(r"^\| `(\w+)` \|", page, re.MULTILINE))
    lines = (CASES / "terminal.jsonl").read_text(encoding="utf-8").splitlines()
    written = {step for line in lines for way in _places(json.loads(line)) for step in way if isinstance(step, str)}
    assert written - described == set()


def test_documents_equal_only_when_all_is() -> None:
    """What the round trips rely on: a document that differs in one field is not equal."""
    document = Document(text="a")
    assert attrs.evolve(document, title="b") != document
