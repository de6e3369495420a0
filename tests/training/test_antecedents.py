"""Weights of what is seen of a pronoun's candidates."""

from __future__ import annotations

import json
import math
from pathlib import Path

import pytest

from quotekit.document import Document
from quotekit.lexicon import table
from quotekit.resolution.names.cast import Cast
from quotekit.resolution.pronouns.candidates import Candidate
from quotekit.spans import Span
from quotekit.training.antecedents import (
    Asked,
    figures,
    fit,
    named_labels,
    read_newspapers,
    read_written,
    write_weights,
)

CORPUS = Path(__file__).parents[2] / "corpus"


def asked(*features: str, right: int, count: int = 10) -> list[Asked]:
    """The same choice, a number of times: one candidate a feature, and nobody."""
    people = [Candidate(member=number, features=(feature,)) for number, feature in enumerate(features)]
    return [Asked(candidates=(*people, Candidate(member=None, features=("nobody",))), right=right)] * count


def test_fit_prefers_what_was_right() -> None:
    """The feature of the right candidates weighs more than that of the wrong ones."""
    weights = fit(asked("near", "far", right=0) + asked("far", "near", right=1))
    assert weights["near"] > weights["far"]
    assert weights["near"] > weights["nobody"]


def test_fit_gives_the_shares_of_what_is_undecided() -> None:
    """Where nothing but chance decides, the likelihood is the share, held a little toward even by the prior."""
    weights = fit(asked("near", right=0, count=3000) + asked("near", right=1, count=1000))
    share = 1 / (1 + math.exp(weights["nobody"] - weights["near"]))
    assert share == pytest.approx(0.75, abs=0.01)


def test_fit_passes_over_rare_features() -> None:
    """A feature that was hardly ever seen gets no weight."""
    assert "rare" not in fit(asked("near", right=0) + asked("rare", right=0, count=1))


def test_figures_count_right_and_wrong() -> None:
    """Somebody wrong is wrong; nobody where there is somebody is neither."""
    weights = {"near": 3.0, "far": -3.0, "nobody": 0.0}
    found = figures(asked("near", right=0) + asked("near", right=1) + asked("far", right=0, count=20), weights)
    assert (found.asked, found.right, found.wrong) == (40, 0.25, 0.25)


def test_named_labels_know_members_by_their_names() -> None:
    """A label stands for everybody of whose name it has the words; "-" for nobody; elsewhere nothing is labelled."""
    text = "Anna Berg met Paul Reed. She left. He stayed."
    labels, cast = named_labels({25: "Anna Berg", 35: "-"}), Cast.of(Document(text=text))
    named = labels(Span(25, 28), cast)
    assert named is not None
    assert [cast.members[number].name.shown for number in named] == ["Anna Berg"]
    assert labels(Span(35, 37), cast) == set()
    assert labels(Span(40, 41), cast) is None


@pytest.mark.parametrize("part", ["train", "dev"])
def test_pronouns_of_our_own_articles_stand_where_they_are_said_to(part: str) -> None:
    """Every labelled place holds the pronoun that is given for it."""
    rows = [line.split("\t") for line in (CORPUS / "pronouns" / f"{part}.tsv").read_text("utf-8").splitlines()[1:]]
    texts = dict(_texts(part))
    assert all(texts[article][int(start) :].startswith(word) for article, start, word, _ in rows)
    assert len(list(read_written(CORPUS / part, CORPUS / "pronouns" / f"{part}.tsv"))) == len({row[0] for row in rows})


def test_newspapers_are_labelled_from_a_file_apart(tmp_path: Path) -> None:
    """Articles that the file does not name are passed over."""
    rows = [{"doc": name, "text": "Anna Berg left. She slept.", "attributions": []} for name in ("one", "two")]
    (tmp_path / "articles.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    (tmp_path / "labels.json").write_text(json.dumps({"two": {"16": "Anna Berg"}}), encoding="utf-8")
    ((text, labels),) = read_newspapers(tmp_path / "articles.jsonl", tmp_path / "labels.json")
    assert labels(Span(16, 19), Cast.of(Document(text=text))) == {0}


def _texts(part: str) -> list[tuple[str, str]]:
    from quotekit.training.markup import read_markup

    return [(article.id, article.text) for path in (CORPUS / part).glob("*.txt") for article in read_markup(path)]


def test_written_weights_are_the_table(tmp_path: Path) -> None:
    """The file is read as the tables are: a feature and a number a line."""
    write_weights({"near": 1.25}, tmp_path / "antecedents.tsv")
    assert (tmp_path / "antecedents.tsv").read_text().splitlines()[-1] == "near\t1.250"
    assert all(float(weight) for weight in table("antecedents").values())
