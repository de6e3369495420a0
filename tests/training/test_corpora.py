"""Corpora of one's own: read, parted, and made into what the encoder learns from."""

import json

import pytest

from quotekit.analysis.pack import BUNDLED
from quotekit.document import Document, Kind
from quotekit.errors import InputError
from quotekit.export import write_jsonl
from quotekit.export.brat import write_brat
from quotekit.training.corpora import Labelled, Lessons, article_of, hold_out, read_corpora
from quotekit.training.recipe import Recipe, Stage

TEXT = "Reed said that Berg had promised a bridge. It rained."
LABELS = [
    {"content": [[15, 41]], "cue": [[5, 9]], "source": [[0, 4]]},
    {"content": [[33, 41]], "cue": [[20, 32]], "source": [[15, 19]]},
]
RECIPE = Recipe(stages=(Stage(epochs=1, peak=1.0, sizes=(160,), rounding=True),), pieces_a_batch=256)


def written(path, *rows):
    """A file of JSON lines."""
    path.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    return path


@pytest.fixture
def corpus(tmp_path):
    """One article with an attribution inside another."""
    return written(tmp_path / "a.jsonl", {"doc": "one", "text": TEXT, "attributions": LABELS})


def test_json_lines_need_nothing_but_text_and_spans(corpus):
    """What else a line may have is told from the text: kind, and what stands inside what."""
    (document,) = read_corpora([corpus])
    assert [(a.text, a.kind, a.parent) for a in document.attributions] == [
        ("Berg had promised a bridge", Kind.INDIRECT, None),
        ("a bridge", Kind.INDIRECT, 0),
    ]


def test_what_quotekit_wrote_is_read(tmp_path, attributor):
    """The output of `quotekit attribute`, once mended, is a corpus."""
    document = attributor.attribute("“It is late,” said Anna Berg. It rained.")
    write_jsonl([document], tmp_path / "a.jsonl")
    (read,) = read_corpora([tmp_path / "a.jsonl"])
    assert [(a.content, a.cue, a.source) for a in read.attributions] == [
        (a.content, a.cue, a.source) for a in document.attributions
    ]


def test_a_folder_of_brats_is_read(tmp_path, corpus):
    """What was annotated with brat is the same corpus."""
    (document,) = read_corpora([corpus])
    write_brat([document], tmp_path / "brat")
    (read,) = read_corpora([tmp_path / "brat"])
    assert read.attributions == document.attributions


def test_labels_inside_the_text_are_read(tmp_path):
    """Articles in braces are a corpus as well."""
    (tmp_path / "a.txt").write_text("## a | 2020 | Post\n{1s:Berg} {1c:said} {1q:it rained}.", encoding="utf-8")
    (document,) = read_corpora([tmp_path / "a.txt"])
    assert (document.id, document.attributions[0].source_text) == ("a", "Berg")


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ({"text": TEXT, "attributions": [{"cue": [[5, 9]]}]}, r"one span or more, got nothing @ .*\[0\]\.content"),
        ({"text": TEXT, "attributions": [{"content": [[15, 99]]}]}, r"ends at 99 but the text has 53 characters"),
        ({"attributions": []}, "holds no text for document"),
    ],
    ids=["no content", "beyond the text", "no text"],
)
def test_a_wrong_line_is_told_with_its_place(tmp_path, row, message):
    """File, line and path in it are named, before any training."""
    with pytest.raises(InputError, match=message):
        read_corpora([written(tmp_path / "a.jsonl", row)])


def test_a_corpus_without_labels_is_refused(tmp_path):
    """Nothing can be learned from it."""
    with pytest.raises(InputError, match="expected articles with labelled attributions, got 1 articles with none"):
        read_corpora([written(tmp_path / "a.jsonl", {"text": TEXT, "attributions": []})])


def test_a_text_without_labels_is_no_corpus(tmp_path):
    """The message says how labels inside the text look, and where they are missing."""
    (tmp_path / "a.txt").write_text("It rained.", encoding="utf-8")
    with pytest.raises(InputError, match=r"must open with '## ID \| DATE \| OUTLET' @ .*a\.txt:1"):
        read_corpora([tmp_path / "a.txt"])


def test_some_texts_are_held_out():
    """A share of the texts is held out, the same for the same seed; equal texts stay together."""
    documents = [Document(id=str(n), text=f"Text {n // 2}.") for n in range(20)]
    labelled = hold_out(documents, 0.2, seed=7)
    assert (len(labelled.train), len(labelled.held_out)) == (16, 4)
    assert labelled == hold_out(documents, 0.2, seed=7)
    assert labelled != hold_out(documents, 0.2, seed=8)


@pytest.mark.parametrize("share", [0.001, 0.999])
def test_neither_side_is_empty(share):
    """However small the share, one is held out; however large, one is left to train on."""
    labelled = hold_out([Document(text="a"), Document(text="b")], share, seed=1)
    assert (len(labelled.train), len(labelled.held_out)) == (1, 1)


def test_one_article_is_too_few():
    """It cannot be both trained on and measured on."""
    with pytest.raises(InputError, match="two different articles or more"):
        hold_out([Document(text="a"), Document(text="a")], 0.5, seed=1)


def test_nothing_is_measured_on_what_was_trained_on():
    """The message names the article that is on both sides."""
    with pytest.raises(InputError, match="got 'b' in both"):
        Labelled(train=(Document(id="a", text="x"),), held_out=(Document(id="b", text="x"),))


def test_contents_are_lessons_where_what_is_inside_is_labelled(corpus):
    """What is inside is learned where the corpus says anything of it; elsewhere nothing would be taught wrongly."""
    (document,) = read_corpora([corpus])
    outer_only = Document(id="two", text=TEXT, attributions=document.attributions[:1])
    assert Lessons.of([document], BUNDLED / "en").drawn[0].nested is not None
    assert Lessons.of([outer_only], BUNDLED / "en").drawn[0].nested is None


def test_names_are_kept_as_the_pack_has_them(corpus):
    """The corpus labels no names: the lessons have those that the pack finds."""
    lessons = Lessons.of(read_corpora([corpus]), BUNDLED / "en")
    assert lessons.drawn[0].mentions[0] > 0
    assert lessons.drawn[0].mentions[1] == 0
    for _, gold in lessons.batches(RECIPE, 0):
        assert gold.mentions is not None
        assert gold.parts is not None


def test_the_first_reading_knows_only_what_is_not_inside(corpus):
    """Attributions inside others are words of those."""
    (document,) = read_corpora([corpus])
    assert [label.content for label in article_of(document).attributions] == [((15, 41),)]
