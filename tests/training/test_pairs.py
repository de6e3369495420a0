"""The fit of what the evidence weighs."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np

from quotekit.matching.evidence import FEATURES
from quotekit.training.pairs import Pair, cross_fitted, figures, fit, read_pairs, write_weights


def row(number: int, text: str, other: str, cluster: str | None) -> dict[str, object]:
    """One labelled pair, as pairs.jsonl has it."""
    sides = {
        side: {
            "doc": f"{side}{number}",
            "start": 0,
            "text": words,
            "publisher": side,
            "date": "2018-02-24",
            "source": "",
        }
        for side, words in (("a", text), ("b", other))
    }
    label = {"label": "same", "relation": "altered"} if cluster else {"label": "different", "relation": None}
    return {**sides, **label, "cluster": cluster, "region": f"r{number}", "variant": number == 1, "same_article": False}


def pair(number: int, same: bool) -> Pair:
    """A pair of which the first two features tell the label."""
    features = (6.0 if same else 4.0, 1.0 if same else 0.3, *[0.0] * (len(FEATURES) - 2))
    return Pair(known=features, bare=features, same=same, altered=same, independent=True, group=number)


def test_pairs_are_read_with_features(tmp_path: Path) -> None:
    """Each with and without what is known of it; a repeated positive is not independent."""
    path = tmp_path / "pairs.jsonl"
    rows = [
        row(0, "Nine dams broke", "Ten dams broke", "c"),
        row(1, "So it goes", "It goes", "c"),
        row(2, "A", "B", None),
    ]
    path.write_text("".join(json.dumps(r) + "\n" for r in rows), encoding="utf-8")
    first, second, third = read_pairs(path)
    assert len(first.known) == len(first.bare) == len(FEATURES)
    assert [p.same for p in (first, second, third)] == [True, True, False]
    assert [p.independent for p in (first, second, third)] == [True, False, True]
    assert first.group == second.group != third.group


def test_what_tells_the_label_is_learned(tmp_path: Path) -> None:
    """On pairs that the fit has not seen; the weights are written as a table."""
    pairs = [pair(number, number % 2 == 0) for number in range(40)]
    known, bare = cross_fitted(pairs)
    assert figures(pairs, known).f1 == figures(pairs, bare).f1 == 1.0
    assert figures(pairs, ~known).altered == 0.0
    model = fit(pairs)
    assert model.features[0] > 0 < model.features[1]
    write_weights(model, tmp_path / "weights.tsv")
    lines = (tmp_path / "weights.tsv").read_text(encoding="utf-8").splitlines()
    assert [line.partition("\t")[0] for line in lines if line[0] != "#"] == [*FEATURES, "constant", "threshold"]


def test_nothing_found_is_no_figure() -> None:
    """Where no pair is said to be the same, F1 is 0."""
    pairs = [pair(number, number % 2 == 0) for number in range(4)]
    assert figures(pairs, np.zeros(4, dtype=bool)).f1 == 0.0
