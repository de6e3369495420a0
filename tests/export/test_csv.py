"""CSV: a row an attribution, nothing in it that a spreadsheet runs, and what a row tells read back."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import attrs
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quotekit.document import Attribution, Document, How, Kind, Resolution, Via
from quotekit.errors import InputError
from quotekit.export import read_csv, read_jsonl, write_csv
from quotekit.export.rows import COLUMNS
from quotekit.spans import Span
from quotekit.speakers import Speaker, SpeakerType

ROOT = Path(__file__).resolve().parents[2]
GOLDEN = ROOT / "tests" / "cases" / "golden" / "document.jsonl"


def rows(*documents: Document) -> list[dict[str, str]]:
    """The rows that documents are written as."""
    file = io.StringIO(newline="")
    write_csv(documents, file)
    return list(csv.DictReader(io.StringIO(file.getvalue(), newline="")))


def test_golden_document_is_three_rows() -> None:
    """Every column has its place, and what is not known is empty."""
    first, second, third = rows(next(read_jsonl(GOLDEN)))
    assert list(first) == list(COLUMNS)
    assert (first["content"], first["content_spans"]) == (
        "“The port will open in May,” “Not one ‘house’ will fall.”",
        "0 28;102 130",
    )
    assert (first["speaker"], first["speaker_id"], first["role"]) == ("Ines Okafor", "okafor", "spokesperson")
    assert (first["via"], first["how"], first["speaker_score"]) == ("Coast Radio", "full name", "0.98")
    assert (second["negated"], second["target"], second["parent"]) == ("true", "reporters", "")
    assert (third["speakers"], third["speaker_id"], third["parent"]) == ("Tomas Berg; Aino Lahti", "", "1")


def said(text: str) -> Document:
    """A document that is one content."""
    attribution = Attribution.cut(text, content=[Span(0, len(text))], kind=Kind.INDIRECT, score=1.0)
    return Document(id="a", text=text, attributions=(attribution,))


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", " =", "'=", "''-"])
def test_no_cell_is_a_formula(start: str) -> None:
    """What a spreadsheet would run has an apostrophe before it, also where it has one of its own."""
    text = f'{start}HYPERLINK("http://example.org")'
    (row,) = rows(said(text))
    assert row["content"] == "'" + text


@pytest.mark.parametrize("text", ["“Ships,” he said", "'Never'", "a=b", "1-2", " so", "—dash"])
def test_other_cells_are_as_they_are(text: str) -> None:
    """Marks, dashes and signs inside do no harm."""
    assert rows(said(text))[0]["content"] == text


@settings(deadline=None, max_examples=80)
@given(st.text(st.characters(), min_size=1, max_size=20))
def test_any_text_is_safe_in_any_cell(text: str) -> None:
    """Whatever an article says and whatever a speaker is called, no cell starts as a formula does."""
    document = said(text)
    speaker = Speaker(name=text, type=SpeakerType.PERSON, id=text, role=text, organization=text)
    attribution = attrs.evolve(document.attributions[0], speakers=(speaker,))
    document = attrs.evolve(document, id=text, outlet=text, title=text, attributions=(attribution,))
    for cell in rows(document)[0].values():
        assert cell.lstrip()[:1] not in set("=+-@＝＋－＠")
        cell.encode("utf-8")


def test_mark_for_excel(tmp_path: Path) -> None:
    """Only where it is asked for does a byte order mark stand first."""
    for bom in (False, True):
        write_csv([said("é")], tmp_path / "a.csv", bom=bom)
        assert (tmp_path / "a.csv").read_bytes().startswith(b"\xef\xbb\xbf") is bom
        assert [d.attributions[0].text for d in read_csv(tmp_path / "a.csv", {"a": "é"})] == ["é"]


def kept(document: Document) -> Document:
    """What the rows of a document keep of it."""
    brief = []
    for a in document.attributions:
        first = tuple(attrs.evolve(s, gender=None, identifiers=()) for s in a.speakers[:1])
        how = a.resolution and attrs.evolve(a.resolution, evidence=None)
        via = tuple(Via(each.span) for each in a.via)
        brief.append(attrs.evolve(a, speakers=first, resolution=how, via=via))
    return attrs.evolve(document, quotations=(), mentions=(), speakers=(), issues=(), attributions=tuple(brief))


def test_golden_document_reads_back(tmp_path: Path) -> None:
    """All but joint speakers, evidence and what is outside attributions."""
    document = next(read_jsonl(GOLDEN))
    write_csv([document], tmp_path / "a.csv")
    (back,) = read_csv(tmp_path / "a.csv", {document.id: document.text})
    assert attrs.evolve(back, quotations=()) == kept(document)


@settings(deadline=None, max_examples=50, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_any_documents_read_back(
    tmp_path_factory: pytest.TempPathFactory, any_labelled: st.SearchStrategy[Document], data: st.DataObject
) -> None:
    """Those without attributions have no row."""
    documents = data.draw(st.lists(any_labelled, max_size=3, unique_by=lambda document: document.id))
    path = tmp_path_factory.getbasetemp() / "documents.csv"
    write_csv(documents, path)
    back = list(read_csv(path, {document.id: document.text for document in documents}))
    expected = [kept(document) for document in documents if document.attributions]
    assert [attrs.evolve(document, quotations=()) for document in back] == expected


def test_two_columns_are_enough(tmp_path: Path) -> None:
    """The kind is told from the marks, all else has its default."""
    (tmp_path / "a.csv").write_text("doc,content_spans,mine\na,0 9;14 17,x\n", encoding="utf-8")
    (document,) = read_csv(tmp_path / "a.csv", {"a": "“It rains” he “no”"})
    (attribution,) = document.attributions
    assert (attribution.kind, attribution.score, attribution.speakers) == (Kind.DIRECT, 1.0, ())


@pytest.mark.parametrize(
    ("cells", "message"),
    [
        ("a,,", r"lines 2 to 2: .*expected one span or more"),
        ("a,0-9,", r"expected spans as 0 5;9 12 in content_spans, got '0-9'"),
        ("a,0 99,", r"content\[0\] ends at 99 but the text has 4 characters"),
        ("a,0 4,high", r"expected a number from 0 to 1, got 'high'"),
        ("b,0 4,", r"holds no text for document 'b'"),
    ],
)
def test_error_names_the_lines(tmp_path: Path, cells: str, message: str) -> None:
    """What a row does not tell rightly is told with its file and line."""
    path = tmp_path / "a.csv"
    path.write_text(f"doc,content_spans,score\n{cells}\n")
    with pytest.raises(InputError, match=message):
        list(read_csv(path, {"a": "rain"}))


@pytest.mark.parametrize("written", [b"", b"name,text\n", b"doc,content_spans\n\xe9,0 1\n"])
def test_file_that_is_no_table_of_ours_is_an_error(tmp_path: Path, written: bytes) -> None:
    """Without the columns, or in another encoding."""
    (tmp_path / "a.csv").write_bytes(written)
    with pytest.raises(InputError, match="expected"):
        list(read_csv(tmp_path / "a.csv", {}))


def test_pandas_reads_it(tmp_path: Path) -> None:
    """As many rows and columns as were written, with the texts as they are."""
    pandas = pytest.importorskip("pandas", reason="needs pandas: pip install '.[pandas]'")
    document = next(read_jsonl(GOLDEN))
    write_csv([document], tmp_path / "a.csv", bom=True)
    frame = pandas.read_csv(tmp_path / "a.csv")
    assert frame.shape == (3, len(COLUMNS))
    assert list(frame["content"]) == [attribution.text for attribution in document.attributions]
    assert list(frame["score"]) == [0.97, 0.81, 0.5]


def test_columns_are_documented() -> None:
    """Each has its row in docs/reference/formats.md."""
    page = (ROOT / "docs" / "reference" / "formats.md").read_text(encoding="utf-8")
    assert [column for column in COLUMNS if f"`{column}`" not in page] == []


def test_resolution_needs_its_score(tmp_path: Path) -> None:
    """How a speaker was told comes with how sure that is."""
    document = said("rain")
    told = Resolution(how=How.ALIAS, score=0.25)
    document = attrs.evolve(document, attributions=(attrs.evolve(document.attributions[0], resolution=told),))
    write_csv([document], tmp_path / "a.csv")
    assert next(read_csv(tmp_path / "a.csv", {"a": "rain"})).attributions[0].resolution == told
