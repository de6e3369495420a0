"""Precision, recall and F1 of documents against labels."""

from __future__ import annotations

import json

import attrs
import pytest

from quotekit.document import Attribution, Document, Kind
from quotekit.errors import InputError
from quotekit.evaluation import Measure, evaluate
from quotekit.spans import Span

TEXT = "Berg said that it rains. Moss denied that it snows, and “it pours”."


def at(words: str) -> Span:
    """Where words stand in the text."""
    return Span(TEXT.index(words), TEXT.index(words) + len(words))


def said(source: str, cue: str, *content: str, kind: Kind = Kind.INDIRECT, parent: int | None = None) -> Attribution:
    """An attribution of the text."""
    spans = [at(words) for words in content]
    return Attribution.cut(TEXT, content=spans, source=[at(source)], cue=[at(cue)], kind=kind, parent=parent, score=1.0)


RAINS = said("Berg", "said", "that it rains")
SNOWS = said("Moss", "denied", "that it snows", "“it pours”", kind=Kind.MIXED)
GOLD = Document(id="a", text=TEXT, attributions=(RAINS, SNOWS))


def test_the_labels_themselves_score_full_marks() -> None:
    """In every measure, with nothing to tell."""
    scores = evaluate([GOLD], [GOLD])
    measures = [scores.attribution, scores.strict, scores.overlap, scores.exact]
    measures += [scores.words, scores.source, scores.cue, scores.content]
    assert [measure.f1 for measure in measures] == [100.0] * 8
    assert (scores.only_gold, scores.only_predicted, scores.nested) == ((), (), 0)


def test_each_measure_has_its_own_strictness() -> None:
    """A content in part, an unlabelled one, and another source than the label's."""
    found = (
        said("Berg", "said", "it rains"),
        said("Berg", "denied", "that it snows", "“it pours”"),
        said("Moss", "and", "snows"),
    )
    scores = evaluate([GOLD], [attrs.evolve(GOLD, attributions=found)])
    assert scores.attribution == Measure(right=1, found=3, labels=2)
    assert scores.overlap == Measure(right=2, found=3, labels=2)
    assert scores.exact == Measure(right=1, found=3, labels=2)
    assert scores.words == Measure(right=7, found=7, labels=8)
    assert scores.source == Measure(right=2, found=2, labels=2)
    assert scores.cue == Measure(right=2, found=3, labels=2)
    assert scores.content == Measure(right=2, found=4, labels=3)
    assert (scores.sources_agree, scores.cues_agree) == (50.0, 100.0)


def test_recall_is_told_by_kind() -> None:
    """Of the labels of each kind there are, whatever was found."""
    scores = evaluate([GOLD], [attrs.evolve(GOLD, attributions=(RAINS,))])
    assert {str(kind): attrs.astuple(held) for kind, held in scores.by_kind.items()} == {
        "mixed": (1, 0.0, 0.0),
        "indirect": (1, 100.0, 100.0),
    }


def test_documents_of_one_side_are_told() -> None:
    """What was not predicted is missed, what was not labelled is not counted."""
    scores = evaluate([GOLD, attrs.evolve(GOLD, id="b")], [attrs.evolve(GOLD, id="c"), GOLD])
    assert (scores.only_gold, scores.only_predicted) == (("b",), ("c",))
    assert scores.attribution == Measure(right=2, found=2, labels=4)


INSIDE = said("Moss", "denied", "it snows", parent=1)


def test_what_stands_inside_counts_where_labels_have_such() -> None:
    """Labels without any leave it out, unless it is asked for."""
    nested = attrs.evolve(GOLD, attributions=(RAINS, SNOWS, INSIDE))
    assert (evaluate([GOLD], [nested]).nested, evaluate([GOLD], [nested]).attribution.found) == (1, 2)
    assert evaluate([GOLD], [nested], nested=True).attribution.found == 3
    assert evaluate([nested], [nested]).attribution == Measure(right=3, found=3, labels=3)
    assert evaluate([nested], [nested], nested=False).attribution == Measure(right=2, found=2, labels=3)


def test_a_child_with_all_its_parents_words_stays() -> None:
    """It is the same content, read twice."""
    twice = attrs.evolve(SNOWS, parent=1)
    assert evaluate([GOLD], [attrs.evolve(GOLD, attributions=(RAINS, SNOWS, twice))]).nested == 0


def test_nothing_at_all_is_no_crash() -> None:
    """No documents, and no attributions in them."""
    assert evaluate([], []).attribution.f1 == 0.0
    empty = Document(id="a", text="")
    assert evaluate([empty], [empty]).by_kind == {}


@pytest.mark.parametrize("side", ["labels", "predictions"])
def test_two_documents_of_one_id_are_an_error(side: str) -> None:
    """Which of them counts nobody could tell."""
    twice, once = [GOLD, GOLD], [GOLD]
    with pytest.raises(InputError, match=f"got two with id 'a' in the {side}"):
        evaluate(*((twice, once) if side == "labels" else (once, twice)))


def test_another_text_is_an_error() -> None:
    """Its spans stand elsewhere."""
    with pytest.raises(
        InputError, match=r"the text of document 'a' is not the labelled one \(67 characters there, 4 here\)"
    ):
        evaluate([GOLD], [Document(id="a", text="Berg")])


def test_scores_are_json() -> None:
    """Percent to one decimal, every measure by its name."""
    row = json.loads(json.dumps(evaluate([GOLD], [attrs.evolve(GOLD, attributions=(RAINS,))]).to_dict()))
    assert row["attribution"] == {"precision": 100.0, "recall": 50.0, "f1": 66.7}
    assert row["by_kind"]["mixed"] == {"labels": 1, "overlap": 0.0, "attribution": 0.0}
    assert (row["documents"], row["labels"], row["found"], sorted(row["spans"])) == (
        1,
        2,
        1,
        ["content", "cue", "source"],
    )


def test_outlets_are_scored_apart() -> None:
    """Each by the labels' outlet, in alphabetical order; an article that states none is one of those that do not."""
    half = attrs.evolve(GOLD, attributions=(RAINS,))
    gold = [
        attrs.evolve(GOLD, id=name, outlet=outlet) for name, outlet in [("a", "Herald"), ("b", "Courier"), ("c", None)]
    ]
    found = [
        attrs.evolve(document, id=name, outlet="Herald") for name, document in [("a", half), ("b", GOLD), ("c", half)]
    ]
    groups = evaluate(gold, found, by="outlet").groups
    assert {name: group.attribution for name, group in groups.items()} == {
        "(not stated)": Measure(right=1, found=1, labels=2),
        "Courier": Measure(right=2, found=2, labels=2),
        "Herald": Measure(right=1, found=1, labels=2),
    }
    assert list(groups) == sorted(groups)


def test_kinds_are_scored_apart() -> None:
    """A pair is of its label's kind; what no label stands for counts against the kind it was found as."""
    found = (attrs.evolve(RAINS, kind=Kind.DIRECT), said("Moss", "and", "“it pours”", kind=Kind.DIRECT))
    groups = evaluate([GOLD], [attrs.evolve(GOLD, attributions=found)], by="kind").groups
    assert {name: group.attribution for name, group in groups.items()} == {
        "mixed": Measure(right=0, found=1, labels=1),
        "indirect": Measure(right=1, found=1, labels=1),
    }


def test_groups_add_up_to_the_whole() -> None:
    """No pair is lost or counted twice."""
    scores = evaluate([GOLD], [attrs.evolve(GOLD, attributions=(SNOWS, said("Berg", "said", "rains")))], by="kind")
    measures = [group.attribution for group in scores.groups.values()]
    total = Measure(*(sum(getattr(m, part) for m in measures) for part in ("right", "found", "labels")))
    assert total == scores.attribution
