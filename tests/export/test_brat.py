"""brat standoff: files that brat's rules allow, and documents read from them and from other annotations."""

from __future__ import annotations

import itertools
import re
from pathlib import Path

import attrs
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quotekit.document import Act, Attribution, Document, Kind, Via
from quotekit.errors import InputError
from quotekit.export import from_brat, read_brat, read_jsonl, to_brat, write_brat
from quotekit.spans import Span, merge
from quotekit.speakers import Speaker, SpeakerType

GOLDEN = Path(__file__).resolve().parents[1] / "cases" / "golden" / "document.jsonl"

# The lines of an .ann file: https://brat.nlplab.org/standoff.html
RULES = {
    "T": re.compile(r"T\d+\t\S+ (\d+ \d+(?:;\d+ \d+)*)\t(.+)"),
    "R": re.compile(r"R\d+\t\S+ Arg1:(T\d+) Arg2:(T\d+)"),
    "A": re.compile(r"A\d+\t\S+ (T\d+)(?: \S+)?"),
    "#": re.compile(r"#\d+\tAnnotatorNotes (T\d+)\t[^\t\n]*"),
}

unhurried = settings(deadline=None, max_examples=80, suppress_health_check=[HealthCheck.too_slow])


def kept(document: Document) -> list[tuple[object, ...]]:
    """What brat keeps of the attributions, in the order of the text; pieces that only a line break parts are one."""

    def whole(spans: tuple[Span, ...]) -> tuple[Span, ...]:
        out: list[Span] = []
        for span in (piece for one in merge(spans) for piece in _trimmed(document.text, one)):
            gap = document.text[out[-1].end : span.start] if out else "."
            if gap and not gap.strip("\r\n"):
                out[-1] = Span(out[-1].start, span.end)
            else:
                out.append(span)
        return tuple(out)

    rows = [
        (whole(a.content), whole(a.cue), whole(a.source), whole(a.target), whole(tuple(v.span for v in a.via)), a)
        for a in document.attributions
    ]
    return [(*row[:5], row[5].kind, row[5].act, row[5].negated) for row in rows if row[0]]


def _trimmed(text: str, span: Span) -> list[Span]:
    body = text[span.slice]
    lead = len(body) - len(body.lstrip("\r\n"))
    end = span.start + len(body.rstrip("\r\n"))
    return [Span(span.start + lead, end)] if span.start + lead < end else []


def by_place(rows: list[tuple[object, ...]]) -> list[tuple[object, ...]]:
    """Rows in an order that does not depend on which of two attributions comes first."""
    return sorted(rows, key=repr)


@unhurried
@given(st.data())
def test_any_document_reads_back(any_labelled: st.SearchStrategy[Document], data: st.DataObject) -> None:
    """All spans, kind, act and negation are what they were."""
    document = data.draw(any_labelled)
    back = from_brat(*to_brat(document))
    assert back.text == document.text
    assert by_place(kept(back)) == by_place(kept(document))


@unhurried
@given(st.data())
def test_any_file_keeps_to_the_rules(any_labelled: st.SearchStrategy[Document], data: st.DataObject) -> None:
    """Every line has its form, refers to annotations that are there, and repeats the words that it marks."""
    text, annotations = to_brat(data.draw(any_labelled))
    lines = annotations.split("\n")
    assert lines.pop() == ""
    marks = {line.partition("\t")[0] for line in lines}
    assert len(marks) == len(lines)
    for line in lines:
        match = RULES[line[0]].fullmatch(line)
        assert match, line
        if line[0] == "T":
            pieces = [tuple(map(int, piece.split())) for piece in match[1].split(";")]
            assert match[2] == " ".join(text[start:end] for start, end in pieces)
            assert all(end <= start for (_, end), (start, _) in itertools.pairwise(pieces))
            assert not set("\r\n") & set(match[2])
        else:
            assert set(match.groups()) <= marks


@unhurried
@given(st.data())
def test_any_folder_reads_back(
    tmp_path_factory: pytest.TempPathFactory, any_labelled: st.SearchStrategy[Document], data: st.DataObject
) -> None:
    """Files are named so that the ids come back, and the texts have their own line ends."""
    documents = data.draw(st.lists(any_labelled, max_size=3, unique_by=lambda document: document.id))
    documents = [document for document in documents if document.id]
    folder = tmp_path_factory.mktemp("brat")
    write_brat(documents, folder)
    if not documents:
        return
    back = {document.id: document.text for document in read_brat(folder)}
    assert back == {document.id: document.text for document in documents}


def test_parents_come_back() -> None:
    """What stands inside another is tied to it."""
    (document,) = read_jsonl(GOLDEN)
    back = from_brat(*to_brat(document), doc=document.id)
    parents = [a.parent is not None and back.attributions[a.parent].text for a in back.attributions]
    assert parents == [False, False, "that Tomas Berg and Aino Lahti had warned of costs."]


def test_golden_document_as_lines() -> None:
    """Discontinuous contents, shared parts, attributes, relations and notes, as brat shows them."""
    (document,) = read_jsonl(GOLDEN)
    golden = GOLDEN.with_suffix(".ann").read_text(encoding="utf-8")
    assert to_brat(document) == (document.text, golden)


def test_one_source_of_two_is_marked_once() -> None:
    """Two attributions that share their source's words share its annotation."""
    text = "Moss said it rains and it snows"
    first = Attribution.cut(
        text, content=[Span(10, 18)], source=[Span(0, 4)], cue=[Span(5, 9)], kind=Kind.INDIRECT, score=1
    )
    second = attrs.evolve(first, content=(Span(23, 31),), act=Act.BELIEVES)
    document = Document(text=text, attributions=(first, second))
    assert to_brat(document)[1].count("\tSource 0 4\t") == 1
    assert by_place(kept(from_brat(*to_brat(document)))) == by_place(kept(document))


def test_speaker_is_a_note_on_one_line() -> None:
    """Whatever a name holds, the note stays a line, and it is not read back."""
    speaker = Speaker(name="Lena\tKhan\n\ud800", type=SpeakerType.PERSON, id="k 1")
    said = Attribution.cut("it rains", content=[Span(0, 8)], kind=Kind.INDIRECT, score=1, speakers=(speaker,))
    text, annotations = to_brat(Document(text="it rains", attributions=(said,)))
    assert annotations.splitlines()[-1] == "#1\tAnnotatorNotes T1\tLena Khan � (k 1)"
    assert from_brat(text, annotations).attributions[0].speakers == ()


def test_folder_is_ready_for_brat(tmp_path: Path) -> None:
    """It is made, has a configuration that names every label, and keeps one that is there."""
    (document,) = read_jsonl(GOLDEN)
    folder = tmp_path / "a" / "b"
    write_brat([document], folder)
    assert sorted(path.name for path in folder.iterdir()) == ["annotation.conf", "harbour-17.ann", "harbour-17.txt"]
    configuration = (folder / "annotation.conf").read_text(encoding="utf-8")
    labels = {line.split("\t")[1].split()[0] for line in to_brat(document)[1].splitlines() if line[0] != "#"}
    assert {label for label in labels if not re.search(rf"^{label}\b", configuration, re.M)} == set()
    (folder / "annotation.conf").write_text("mine")
    write_brat([document], folder)
    assert (folder / "annotation.conf").read_text() == "mine"


def test_ids_name_files_and_come_back(tmp_path: Path) -> None:
    """No id leads out of the folder, hides its file, or takes another document's."""
    ids = ["../up", ".hidden", "https://example.org/a?b", "a b", "é", "", "A b", "50%2F"]
    write_brat([Document(id=doc, text=doc) for doc in ids], tmp_path)
    assert len(list(tmp_path.glob("*.txt"))) == len(ids)
    assert {document.text: document.id for document in read_brat(tmp_path)} == {
        **{doc: doc for doc in ids},
        "": "document",
        "A b": "A b~2",
    }


def test_real_reader_reads_the_folder(tmp_path: Path) -> None:
    """bratly, which knows nothing of quotekit, finds the same annotations."""
    bratly = pytest.importorskip("bratly.io", reason="needs a reader of brat files: pip install bratly-io-fs")
    (document,) = read_jsonl(GOLDEN)
    write_brat([document], tmp_path)
    path = tmp_path / "harbour-17.ann"
    found = bratly.parse_ann_file(path.read_text(encoding="utf-8"), str(path)).annotations
    kinds = [type(annotation).__name__ for annotation in found]
    lines = path.read_text(encoding="utf-8").splitlines()
    for sign, name in {"T": "Entity", "R": "Relation", "A": "Attribute", "#": "Note"}.items():
        assert kinds.count(f"{name}Annotation") == sum(line.startswith(sign) for line in lines)
    (content,) = [a for a in found if getattr(a, "label", "") == "Content" and len(a.fragments) == 2]
    assert [(piece.start, piece.end) for piece in content.fragments] == [(0, 28), (102, 130)]


# Annotations that others made.

TEXT = "Moss said it rains. “It snows,” Berg said."


def test_relations_may_lead_from_the_cue() -> None:
    """Where the cue is what everything is tied to, in any direction, each content has its cue and source."""
    annotations = """\
T1\tSOURCE 0 4\tMoss
T2\tcue 5 9\tsaid
T3\tContent 10 18\tit rains
R1\tsays Arg1:T1 Arg2:T2
R2\tsaid Arg1:T2 Arg2:T3
"""
    (said,) = from_brat(TEXT, annotations).attributions
    assert (said.source_text, said.cue_text, said.text, said.kind) == ("Moss", "said", "it rains", Kind.INDIRECT)


def test_an_event_is_an_attribution() -> None:
    """Its trigger is the cue."""
    annotations = (
        "T1\tSource 32 36\tBerg\nT2\tAttribution 37 41\tsaid\nT3\tContent 20 31\t“It snows,”\n"
        "E1\tAttribution:T2 Source:T1 Content:T3\n"
    )
    (said,) = from_brat(TEXT, annotations.replace("\n", "\r\n")).attributions
    assert (said.source_text, said.cue_text, said.text, said.kind) == ("Berg", "said", "“It snows,”", Kind.DIRECT)


def test_other_annotations_are_passed_over() -> None:
    """Equivalences, normalizations, notes, other labels and relations to nothing do not stop the reading."""
    annotations = (
        "T1\tContent 10 18\tit rains\nT2\tPlace 0 4\tMoss\n*\tEquiv T1 T2\nN1\tReference T2 Q:1\tMoss\n"
        "#1\tNote T1\thm\nR1\tLocated Arg1:T1 Arg2:T9\nA1\tTense T1 past\n\n"
    )
    document = from_brat(TEXT, annotations)
    assert [(a.text, a.source) for a in document.attributions] == [("it rains", ())]


@pytest.mark.parametrize(
    ("annotations", "message"),
    [
        (
            "T1\tContent 0 4\tMoss\nT2\tCue\tsaid",
            r"line 2: expected T1<tab>Label 0 5;9 12<tab>text, got 'T2\\tCue\\tsaid'",
        ),
        ("T1", "line 1: expected T1<tab>Label .*, got 'T1'"),
        ("T1\tContent 0 99\tMoss", "line 1: T1 ends at 99 but the text has 42 characters"),
        ("T1\tContent 9 4\tMoss", "line 1: a span needs 0 <= start <= end, got start=9, end=4"),
        (
            "T1\tContent 0 4\tMoss\nA1\tKind T1 spoken",
            "line 2: expected one of direct, mixed, indirect, got 'spoken' @ kind",
        ),
        (
            "T1\tContent 0 4\tMoss\nT2\tContent 5 9\tsaid\nR1\tInside Arg1:T1 Arg2:T2\nR2\tInside Arg1:T2 Arg2:T1",
            "circle",
        ),
    ],
)
def test_error_names_the_line(tmp_path: Path, annotations: str, message: str) -> None:
    """A line that is none is told with its number, and in a folder with its file."""
    with pytest.raises(InputError, match=message):
        from_brat(TEXT, annotations)
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "a.ann").write_text(annotations, encoding="utf-8")
    with pytest.raises(InputError, match=re.escape(str(tmp_path / "a.ann"))):
        list(read_brat(tmp_path))


def test_folder_without_texts_is_an_error(tmp_path: Path) -> None:
    """So is a text that is not UTF-8, and one without annotations."""
    with pytest.raises(InputError, match=r"expected a \.txt and a \.ann for each document in .*, got no \.txt"):
        list(read_brat(tmp_path))
    (tmp_path / "a.txt").write_bytes(b"caf\xe9")
    with pytest.raises(InputError, match="expected UTF-8 text, got 0xe9 at byte 3"):
        list(read_brat(tmp_path))
    (tmp_path / "a.txt").write_bytes(b"cafe")
    with pytest.raises(FileNotFoundError):
        list(read_brat(tmp_path))


def test_via_is_kept_without_its_speaker() -> None:
    """Who passed it on is a stretch of text in brat."""
    text = "radio quoted Moss as saying it rains"
    said = Attribution.cut(text, content=[Span(28, 36)], kind=Kind.INDIRECT, score=1, via=(Via(Span(0, 5)),))
    back = from_brat(*to_brat(Document(text=text, attributions=(said,))))
    assert [via.span for via in back.attributions[0].via] == [Span(0, 5)]
