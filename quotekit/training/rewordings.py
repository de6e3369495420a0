"""Fit what the evidence for a retelling weighs: `python -m quotekit.training.rewordings --data ../shared/data`.

A logistic model over the features of `quotekit.matching.rewording`, fitted on our own stories
(`corpus/rewordings/train.txt`), as they are and once more from the text alone; on the labelled pairs of quotations
(`dev/pairs.jsonl`); and on what different sources say in one article of PolNeAR, which is no retelling: a sixth of
these count as one speaker's, so that a shared topic is told from a shared statement. Prints the figures on the stories
held out (`corpus/rewordings/heldout.txt`), then writes `quotekit/data/en/rewording_weights.tsv`.
"""

from __future__ import annotations

import argparse
import datetime
import itertools
import json
import logging
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import attrs
import numpy as np

import quotekit
from quotekit.document import Kind
from quotekit.errors import InputError
from quotekit.matching.compare import match_words
from quotekit.matching.evidence import Weights
from quotekit.matching.rewording import FEATURES, Retelling, weigh_retelling
from quotekit.matching.utterance import Utterance
from quotekit.speakers import Speaker, SpeakerType
from quotekit.training.logistic import logistic
from quotekit.training.readers import Article, read_polnear

__all__ = ["Told", "draw_strangers", "fit", "pairs_of", "read_quotations", "read_stories"]

PRIOR = 1.0
STRANGERS = ((None, 0.1), (True, 0.02))  # what a pair from one article counts: there are many, some do say the same
LEAST_RIGHT = 0.9  # of the pairs that are joined, in the fit
_TARGET = Path(quotekit.__file__).parent / "data" / "en" / "rewording_weights.tsv"
_TITLE = """\
# What each figure of `quotekit.matching.rewording` weighs in the score of a retelling, and the threshold of the score.
# Made by `python -m quotekit.training.rewordings`: change nothing by hand.
"""
_HEADING = re.compile(r"## (\S+) \| (\d{4}-\d{2}-\d{2})")
_LINE = re.compile(r"(\w)(\*?) \| (\d+) \| ([PO]) ([^;|]+?)(?:; ([^|]+))? \| (.+)")
_TYPES = {"P": SpeakerType.PERSON, "O": SpeakerType.ORGANIZATION}
_NAME = re.compile(r"\b[A-Z]\w+")


@attrs.frozen(kw_only=True)
class Told:
    """Two reports held against each other: the evidence, whether one retells the other, and what the pair counts.

    `retelling` is `None` where the pair shares too little to be held against each other.
    """

    retelling: Retelling | None
    same: bool
    count: float = 1.0


@attrs.frozen(kw_only=True)
class Line:
    """A line of a story: which of its statements this tells, and the report with and without speaker and date."""

    statement: str
    known: Utterance
    bare: Utterance


def read_stories(path: Path) -> list[tuple[Line, ...]]:
    """The stories of a file; `corpus/README.md` says how they are written. Raises `InputError` where a line is not."""
    stories: list[list[Line]] = []
    day = datetime.date.min
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if heading := _HEADING.fullmatch(line):
            day = datetime.date.fromisoformat(heading[2])
            stories.append([])
        elif (row := _LINE.fullmatch(line)) and stories:
            stories[-1].append(_line(row, day))
        elif line:
            raise InputError(
                f"{path}, line {number}: expected a heading or 'a | 0 | P Name; Body | text', got {line!r}"
            )
    return [tuple(story) for story in stories]


def _line(row: re.Match[str], day: datetime.date) -> Line:
    statement, _, days, kind, name, body, text = row.groups()
    speaker = Speaker(name=name, type=_TYPES[kind], organization=None if body in (None, "-") else body)
    date = (day + datetime.timedelta(days=int(days))).isoformat()
    said = Kind.DIRECT if text[0] == "“" and text[-1] == "”" else Kind.INDIRECT
    fields = {"text": text, "speaker": speaker, "date": date, "kind": said}
    return Line(statement=statement, known=Utterance.of(fields), bare=Utterance.of(text))


def pairs_of(stories: Sequence[Sequence[Line]], *, bare: bool = False) -> Iterator[Told]:
    """Every two lines of a story of which at least one is reported, and that their words do not show to be one."""
    for story in stories:
        for a, b in itertools.combinations(story, 2):
            if not (a.known.reported or b.known.reported) or match_words(a.known, b.known).same:
                continue
            sides = (a.bare, b.bare) if bare else (a.known, b.known)
            yield Told(retelling=weigh_retelling(*sides), same=a.statement == b.statement)


def read_quotations(path: Path) -> Iterator[Told]:
    """The pairs of quotations that are labelled as different utterances, of which nobody says what kind they are."""
    for row in map(json.loads, path.read_text(encoding="utf-8").splitlines()):
        if row["label"] != "same":
            yield Told(retelling=weigh_retelling(*(Utterance.of(_side(row[side])) for side in "ab")), same=False)


def _side(row: Mapping[str, Any]) -> dict[str, Any]:
    return {"text": row["text"], "speaker": row["source"] or None, "date": row["date"]}


def draw_strangers(articles: Sequence[Article]) -> Iterator[Told]:
    """What sources with different names say in one article, once as strangers and once as if one speaker said both."""
    for article in articles:
        said = list(_named(article))
        for (names, a), (others, b) in itertools.combinations(said, 2):
            found = None if names & others else weigh_retelling(a, b)
            if found is None or match_words(a, b).same:
                continue
            for same_speaker, count in STRANGERS:
                yield Told(retelling=attrs.evolve(found, same_speaker=same_speaker), same=False, count=count)


def _named(article: Article) -> Iterator[tuple[frozenset[str], Utterance]]:
    """The contents with the capitalized words of their sources; those without such a source are left out."""
    for one in article.attributions or ():
        source, text = (
            " ".join(article.text[start:end] for start, end in spans) for spans in (one.source, one.content)
        )
        names = frozenset(word.lower() for word in _NAME.findall(source))
        if names and text:
            yield names, Utterance.of({"text": text, "kind": _kind(text)})


def _kind(text: str) -> Kind:
    return Kind.DIRECT if Utterance.of(text).own_words else Kind.INDIRECT


def fit(told: Sequence[Told]) -> Weights:
    """The weights under which the labels are likeliest, and the lowest threshold with few enough wrong ones above."""
    seen = [(one.retelling.features(), one.same, one.count) for one in told if one.retelling is not None]
    inputs, same, counts = (np.array(column) for column in zip(*seen, strict=True))
    features, constant = logistic(inputs, same, prior=PRIOR, counts=counts)
    model = Weights(features, constant, 1.0)
    scores = np.array([model.score(row) for row in inputs])
    order = np.argsort(-scores)
    right = np.cumsum((same * counts)[order]) / np.cumsum(counts[order])
    return attrs.evolve(model, threshold=round(float(scores[order][np.flatnonzero(right >= LEAST_RIGHT)[-1]]), 3))


def write_weights(model: Weights, path: Path) -> None:
    """The table that ships."""
    rows = {**dict(zip(FEATURES, model.features, strict=True)), "constant": model.constant}
    lines = "".join(f"{name}\t{value:.4f}\n" for name, value in rows.items())
    path.write_text(f"{_TITLE}{lines}threshold\t{model.threshold}\n", encoding="utf-8")


def _report(model: Weights, name: str, told: Sequence[Told]) -> None:
    """Log how many retellings are found, how many pairs are joined wrongly, and the precision."""
    joined = [one.same for one in told if one.retelling and model.score(one.retelling.features()) >= model.threshold]
    found, retold = sum(joined), sum(one.same for one in told)
    precision = 100 * found / max(1, len(joined))
    logging.info(
        "%-34s %4d pairs, %3d retellings: found %3d, wrong %2d, precision %.1f, recall %.1f",
        *(name, len(told), retold, found, len(joined) - found, precision, 100 * found / max(1, retold)),
    )


def main() -> None:
    """Fit, print what can be expected, and write the weights."""
    parser = argparse.ArgumentParser(prog="python -m quotekit.training.rewordings", description=__doc__)
    parser.add_argument(
        "--data", type=Path, required=True, help="folder with dev/pairs.jsonl and train/polnear.jsonl.xz"
    )
    parser.add_argument("--written", type=Path, default=Path("corpus/rewordings"), help="folder of our own stories")
    args = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    stories, held_out = (read_stories(args.written / name) for name in ("train.txt", "heldout.txt"))
    articles = list(read_polnear(args.data / "train" / "polnear.jsonl.xz"))
    sets = {
        "stories": [*pairs_of(stories)],
        "stories, text alone": [*pairs_of(stories, bare=True)],
        "quotations of the development pairs": [*read_quotations(args.data / "dev" / "pairs.jsonl")],
        "strangers in one article": [*draw_strangers(articles)],
    }
    model = fit([one for told in sets.values() for one in told])
    sets |= {
        "stories held out": [*pairs_of(held_out)],
        "stories held out, text alone": [*pairs_of(held_out, bare=True)],
    }
    for name, told in sets.items():
        _report(model, name, told)
    logging.info("threshold %.3f", model.threshold)
    write_weights(model, _TARGET)


if __name__ == "__main__":
    main()
