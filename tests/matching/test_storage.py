"""The file of an index: it comes back as it was, and what is no sound index is refused and left alone."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quotekit.document import Attribution, Document, Kind
from quotekit.errors import InputError
from quotekit.matching import QuoteIndex
from quotekit.spans import Span
from quotekit.speakers import Speaker, SpeakerType

TEXT = "“The salvage tug found no trace of the missing trawler,” said Ines Okafor."
SPEAKER = Speaker(
    name="Ines Okafor",
    type=SpeakerType.PERSON,
    id="okafor",
    role="spokesperson",
    organization="Harbor Ministry",
    gender="female",
    identifiers=(("wikidata", "Q0"),),
)

texts = st.text(st.characters(), min_size=1, max_size=60)


def document(name: str, text: str = TEXT, outlet: str | None = None, date: str | None = None) -> Document:
    """A document in which Ines Okafor says all of the text."""
    said = Attribution.cut(text, content=[Span(0, len(text))], kind=Kind.DIRECT, speakers=(SPEAKER,), score=1.0)
    return Document(id=name, text=text, outlet=outlet, date=date, attributions=(said,))


def index_of(*documents: Document) -> QuoteIndex:
    """An index of these documents."""
    index = QuoteIndex()
    for each in documents:
        index.add(each)
    return index


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of an index with three documents, one of which has no attribution."""
    path = tmp_path_factory.mktemp("index") / "index.jsonl"
    empty = Document(id="c", text="")
    index_of(document("a", outlet="Harbor Post", date="2024-03-05"), document("b"), empty).save(path)
    return path


def test_index_comes_back(saved: Path) -> None:
    """A loaded index has the documents, finds and clusters as before, and grows on."""
    index = QuoteIndex.load(saved)
    assert len(index) == 3
    assert [(member.doc, member.speakers) for member in index.find(TEXT)] == [("a", (SPEAKER,)), ("b", (SPEAKER,))]
    index.add(document("d"))
    (cluster,) = index.clusters()
    assert [member.doc for member in cluster.members] == ["a", "b", "d"]


def test_document_in_the_file_is_known(saved: Path) -> None:
    """What was added before it was saved is passed over when it comes again."""
    index = QuoteIndex.load(saved)
    index.add(document("b"))
    assert len(index) == 3


@given(st.lists(st.tuples(texts, texts, st.none() | texts, st.none() | st.just("2024-03")), max_size=4))
def test_any_index_comes_back(tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, ...]]) -> None:
    """Whatever the strings hold, saving and loading and saving gives the same file and the same clusters."""
    folder = tmp_path_factory.mktemp("any")
    index = index_of(*(document(*row) for row in rows))
    index.save(folder / "one")
    again = QuoteIndex.load(folder / "one")
    again.save(folder / "two")
    assert (folder / "one").read_bytes() == (folder / "two").read_bytes()
    assert again.clusters() == index.clusters()


def test_file_is_json_lines(saved: Path) -> None:
    """Every line is an object, the first of which names the format."""
    first, *documents, last = (json.loads(line) for line in saved.read_text(encoding="ascii").splitlines())
    assert first == {"format": "quotekit-index", "version": 1}
    assert [row["doc"] for row in documents] == ["a", "b", "c"]
    assert last["documents"] == 3


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_flipped_bit_is_refused(saved: Path, tmp_path: Path, data: st.DataObject) -> None:
    """Any change of any bit is noticed, and the message says what to do."""
    content = bytearray(saved.read_bytes())
    content[data.draw(st.integers(0, len(content) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    assert_refused(tmp_path / "flipped", bytes(content))


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_truncated_file_is_refused(saved: Path, tmp_path: Path, data: st.DataObject) -> None:
    """A file that lost its end is noticed wherever it ends."""
    content = saved.read_bytes()
    assert_refused(tmp_path / "truncated", content[: data.draw(st.integers(1, len(content) - 1))])


@pytest.mark.parametrize(
    "content",
    [b"An article.\n", b"[1]\n", b'{"text": "x"}\n', b"\xff\xfe\x00", b'{"format":"quotekit-index","version":1}\n'],
)
def test_foreign_file_is_refused(tmp_path: Path, content: bytes) -> None:
    """So is a file that something else has written."""
    assert_refused(tmp_path / "foreign", content)


def test_file_with_more_after_its_end_is_refused(saved: Path, tmp_path: Path) -> None:
    """Two indexes one after another are none."""
    assert_refused(tmp_path / "twice", 2 * saved.read_bytes())


def test_file_of_a_later_version_is_refused(tmp_path: Path) -> None:
    """It is named for what it is."""
    path = tmp_path / "later"
    path.write_bytes(b'{"format":"quotekit-index","version":2}\n')
    with pytest.raises(InputError, match="expected an index of version 1, got version 2; use the quotekit"):
        QuoteIndex.load(path)


def test_empty_file_is_written_over(tmp_path: Path) -> None:
    """There is nothing in it to lose."""
    path = tmp_path / "empty"
    path.touch()
    index_of(document("a")).save(path)
    assert len(QuoteIndex.load(path)) == 1


def test_missing_file_is_an_os_error(tmp_path: Path) -> None:
    """It is what `open` says."""
    with pytest.raises(FileNotFoundError):
        QuoteIndex.load(tmp_path / "none")


def test_failed_save_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A write that breaks off in the middle leaves the index that was there, and nothing beside it."""
    path = tmp_path / "index"
    index_of(document("a")).save(path)
    before = path.read_bytes()
    broken = index_of(document("a"), document("b"))
    monkeypatch.setattr("quotekit.matching.storage._trailer", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        broken.save(path)
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def assert_refused(path: Path, content: bytes) -> None:
    """Neither loading nor saving takes this content for an index, and both leave it alone."""
    path.write_bytes(content)
    with pytest.raises(InputError) as loading:
        QuoteIndex.load(path)
    with pytest.raises(InputError) as saving:
        index_of(document("a")).save(path)
    for error in (loading, saving):
        message = str(error.value)
        assert str(path) in message
        assert "; " in message
        assert "\n" not in message
    assert path.read_bytes() == content
