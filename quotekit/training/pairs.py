"""Fit what the evidence weighs: `python -m quotekit.training.pairs --data ../shared/data`.

A logistic model over the features of `quotekit.matching.evidence`, fitted on the labelled pairs as they are and once
more without speaker, date and outlet. Prints the figures on pairs that the fit has not seen (five folds; pairs of one
utterance, or with a quotation in common, in one fold), then writes `quotekit/data/en/match_weights.tsv`.
"""

from __future__ import annotations

import argparse
import json
import logging
from collections.abc import Hashable, Mapping, Sequence
from pathlib import Path
from typing import Any

import attrs
import numpy as np
import numpy.typing as npt

import quotekit
from quotekit.matching.alignment import align
from quotekit.matching.evidence import FEATURES, Weights, weigh
from quotekit.matching.utterance import Utterance
from quotekit.training.logistic import logistic

__all__ = ["Figures", "Pair", "cross_fitted", "fit", "read_pairs"]

FOLDS = 5
DRAWS = 8  # ways to deal out the folds; the figures are their means
PRIOR = 1.0  # how strongly the weights of standardized features are held to zero
THRESHOLD = 0.5

_TARGET = Path(quotekit.__file__).parent / "data" / "en" / "match_weights.tsv"
_TITLE = """\
# What each figure of `quotekit.matching.evidence` weighs in the score of a match, and the threshold of the score.
# Made by `python -m quotekit.training.pairs`: change nothing by hand.
"""

Doubles = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]


@attrs.frozen(kw_only=True)
class Pair:
    """A labelled pair: its features with and without speaker, date and outlet, its label, and its group.

    Pairs of one group are never on both sides of a fold. `independent` is false of a pair that another one repeats.
    """

    known: tuple[float, ...]
    bare: tuple[float, ...]
    same: bool
    altered: bool
    independent: bool
    group: Hashable


@attrs.frozen(kw_only=True)
class Figures:
    """F1, and the share of the altered pairs that is found, 0..1."""

    f1: float
    altered: float


def read_pairs(path: Path) -> list[Pair]:
    """The labelled pairs of a JSONL file, with their features."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    groups = _groups([_ties(row) for row in rows])
    return [
        Pair(
            known=_features(_side(row["a"]), _side(row["b"])),
            bare=_features({"text": row["a"]["text"]}, {"text": row["b"]["text"]}),
            same=row["label"] == "same",
            altered=row["relation"] == "altered",
            independent=row["label"] != "same" or not (row["variant"] or row["same_article"]),
            group=group,
        )
        for row, group in zip(rows, groups, strict=True)
    ]


def _side(row: Mapping[str, Any]) -> dict[str, Any]:
    return {"text": row["text"], "speaker": row["source"] or None, "date": row["date"], "outlet": row["publisher"]}


def _ties(row: Mapping[str, Any]) -> list[Hashable]:
    """What a pair may have in common with another one: its utterance, and either quotation."""
    utterance = row["cluster"] or row["region"]
    return [("utterance", utterance), *((row[side]["doc"], row[side]["start"]) for side in "ab")]


def _groups(ties: Sequence[Sequence[Hashable]]) -> list[Hashable]:
    """One name for all pairs that are tied, directly or through others."""
    parents: dict[Hashable, Hashable] = {}

    def root(tie: Hashable) -> Hashable:
        while parents.setdefault(tie, tie) != tie:
            tie = parents[tie]
        return tie

    for first, *others in ties:
        for other in others:
            parents[root(other)] = root(first)
    return [root(first) for first, *_ in ties]


def _features(a: Mapping[str, Any], b: Mapping[str, Any]) -> tuple[float, ...]:
    first, second = Utterance.of(a), Utterance.of(b)
    if (second.keys, second.text) < (first.keys, first.text):
        first, second = second, first
    return weigh(first, second, align(first.keys, second.keys, first.bits)).features()


def fit(pairs: Sequence[Pair]) -> Weights:
    """The weights under which the labels are likeliest, by Newton's method."""
    inputs = np.array([p.known for p in pairs] + [p.bare for p in pairs])
    features, constant = logistic(inputs, np.array([p.same for p in pairs] * 2), prior=PRIOR)
    return Weights(features, constant, THRESHOLD)


def cross_fitted(pairs: Sequence[Pair], draw: int = 0) -> tuple[Flags, Flags]:
    """Which pairs weights fitted on the other folds call the same: as they are, and from the text alone."""
    groups = sorted({pair.group for pair in pairs}, key=str)
    dealt = np.random.default_rng(draw).permutation(len(groups)) % FOLDS
    fold = dict(zip(groups, dealt, strict=True))
    known, bare = np.zeros(len(pairs), dtype=bool), np.zeros(len(pairs), dtype=bool)
    for held in range(FOLDS):
        model = fit([pair for pair in pairs if fold[pair.group] != held])
        for number, pair in enumerate(pairs):
            if fold[pair.group] == held:
                known[number], bare[number] = _says(model, pair.known), _says(model, pair.bare)
    return known, bare


def _says(model: Weights, features: Sequence[float]) -> bool:
    return model.score(features) >= model.threshold


def figures(pairs: Sequence[Pair], said: Flags) -> Figures:
    """How well the pairs that are said to be the same agree with the labels."""
    same, altered = np.array([p.same for p in pairs]), np.array([p.altered for p in pairs])
    f1 = 2 * float((same & said).sum()) / max(1.0, float(same.sum() + said.sum()))
    return Figures(f1=f1, altered=float(said[altered].mean()) if altered.any() else 0.0)


def write_weights(model: Weights, path: Path) -> None:
    """The table that ships."""
    rows = {**dict(zip(FEATURES, model.features, strict=True)), "constant": model.constant}
    lines = "".join(f"{name}\t{value:.4f}\n" for name, value in rows.items())
    path.write_text(f"{_TITLE}{lines}threshold\t{model.threshold}\n", encoding="utf-8")


def _report(pairs: Sequence[Pair]) -> None:
    """Log the figures by cross-validation, each the mean over several ways to deal out the folds."""
    drawn = [cross_fitted(pairs, draw) for draw in range(DRAWS)]
    independent = np.array([pair.independent for pair in pairs])
    alone = [pair for pair in pairs if pair.independent]
    for name, which in (("with speaker, date and outlet", 0), ("from the text alone", 1)):
        on_all = [figures(pairs, said[which]) for said in drawn]
        on_independent = [figures(alone, said[which][independent]) for said in drawn]
        right = np.mean([[pair.same for pair in pairs] == said[which] for said in drawn])
        logging.info(
            "%-30s F1 %.1f, altered found %.1f, right %.1f; independent: F1 %.1f",
            name,
            100 * np.mean([f.f1 for f in on_all]),
            100 * np.mean([f.altered for f in on_all]),
            100 * right,
            100 * np.mean([f.f1 for f in on_independent]),
        )


def main() -> None:
    """Print what can be expected, and write the weights fitted on all pairs."""
    parser = argparse.ArgumentParser(prog="python -m quotekit.training.pairs", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with dev/pairs.jsonl")
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    pairs = read_pairs(parser.parse_args().data / "dev" / "pairs.jsonl")
    _report(pairs)
    write_weights(fit(pairs), _TARGET)


if __name__ == "__main__":
    main()
