"""Fit the weights of what is seen of a pronoun's candidates: `python -m quotekit.training.antecedents --data FOLDER`.

A conditional logit: the weights under which the labelled antecedents are likeliest among the candidates that
`quotekit.resolution` sees, nobody among them. Learned from GUM's coreference and from the pronouns of our own articles
(`corpus/pronouns/train.tsv`); earlier pronouns count as what they are labelled. `--labels` measures the weights on
pronouns of PolNeAR's training articles as well: a JSON object, article → where a pronoun stands → the name of whom it
stands for, or "-".
"""

from __future__ import annotations

import argparse
import json
import logging
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import attrs
import numpy as np
import numpy.typing as npt

import quotekit
from quotekit.analysis.analyzer import Analyzer
from quotekit.document import Document
from quotekit.extraction import extract
from quotekit.quotations import scan
from quotekit.registry.names import words_of
from quotekit.resolution.lookup import Lookup
from quotekit.resolution.names.cast import Cast
from quotekit.resolution.pronouns.antecedents import Antecedents
from quotekit.resolution.pronouns.candidates import Candidate
from quotekit.resolution.resolver import Resolver
from quotekit.resolution.traits.roles import Roles
from quotekit.spans import Span
from quotekit.training.coreference import Chained, read_chains
from quotekit.training.markup import read_markup
from quotekit.training.readers import read_polnear

__all__ = ["Asked", "Figures", "Labels", "asked", "figures", "fit", "read_gum", "read_newspapers", "read_written"]

PRIOR = 1.0  # how strongly the weights are held to zero
GUM_WEIGHT = 0.5  # its pronouns are mostly those of stories, not of news: 0.1, 0.5 and 1 were tried
RARE = 5  # features seen less often get no weight

_TARGET = Path(quotekit.__file__).parent / "data" / "en" / "antecedents.tsv"
_TITLE = """\
# What is seen of a candidate for a pronoun (`quotekit.resolution.pronouns.candidates`), and what it weighs.
# Made by `python -m quotekit.training.antecedents`: change nothing by hand.
"""

Doubles = npt.NDArray[np.float64]
Labels = Callable[[Span, Cast], set[int] | None]  # a pronoun → the members it stands for; `None` where unlabelled


@attrs.frozen(kw_only=True)
class Asked:
    """A labelled pronoun: its candidates, nobody the last, and which of them is right."""

    candidates: tuple[Candidate, ...]
    right: int
    weight: float = 1.0


@attrs.frozen(kw_only=True)
class Figures:
    """Of the pronouns asked: the share told right, and the share told wrong; the others are left open."""

    asked: int
    right: float
    wrong: float


def read_gum(path: Path) -> Iterator[tuple[str, Labels]]:
    """GUM's documents with their gold antecedents."""
    for document in read_chains(path):
        yield document.text, _gum_labels(document)


def _gum_labels(document: Chained) -> Labels:
    def labels(span: Span, cast: Cast) -> set[int] | None:
        chain = next((c for c, heads in document.chains.items() if span in heads), None)
        if chain is None:
            return None
        return {s.member for s in cast.sightings if document.chain_at(s.name.span) == chain}

    return labels


def read_written(articles: Path, pronouns: Path) -> Iterator[tuple[str, Labels]]:
    """Our own articles with whom their pronouns stand for."""
    rows = [line.split("\t") for line in pronouns.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    named = {(article, int(start)): name for article, start, _, name in rows}
    for path in sorted(articles.glob("*.txt")):
        for article in read_markup(path):
            own = {start: name for (known, start), name in named.items() if known == article.id}
            if own:
                yield article.text, named_labels(own)


def read_newspapers(polnear: Path, labels: Path) -> Iterator[tuple[str, Labels]]:
    """PolNeAR's training articles with labels of one's own, which quote names and are not in the repository."""
    named = json.loads(labels.read_text(encoding="utf-8"))
    for article in read_polnear(polnear):
        if article.id in named:
            yield article.text, named_labels({int(start): name for start, name in named[article.id].items()})


def named_labels(names: Mapping[int, str]) -> Labels:
    """Labels from names: where a pronoun stands → the name of whom it stands for, or "-"."""

    def labels(span: Span, cast: Cast) -> set[int] | None:
        if span.start not in names:
            return None
        wanted = set(words_of(names[span.start]))
        own = [set(words_of(member.name.shown)) for member in cast.members]
        return {n for n, words in enumerate(own) if words and wanted and (words <= wanted or wanted <= words)}

    return labels


def asked(articles: Iterable[tuple[str, Labels]], analyzer: Analyzer, weight: float = 1.0) -> list[Asked]:
    """The labelled pronouns of some articles, as the resolver comes upon them."""
    found: list[Asked] = []
    for text, labels in articles:
        quotations, _ = scan(text)
        document = Document(text=text, quotations=quotations)
        analysis = analyzer.analyze([document])[0]
        document = extract(document, analysis.scores, analysis.sentences, analysis.words)
        found += _asked_in(document, analysis.sentences, labels)
    return [attrs.evolve(one, weight=weight) for one in found]


def _asked_in(document: Document, sentences: Sequence[Span], labels: Labels) -> list[Asked]:
    cast = Cast.of(document)
    found: list[Asked] = []

    class Taught(Antecedents):
        """Takes what is labelled, and keeps what it was asked."""

        def choose(self, span: Span, candidates: Sequence[Candidate]) -> tuple[int, float] | None:
            gold = labels(span, cast)
            if gold is None:
                return super().choose(span, candidates)
            members = [candidate.member for candidate in candidates]
            right = next((n for n, member in enumerate(members) if member in gold), len(members) - 1)
            member = members[right]
            if member is not None or not gold:
                found.append(Asked(candidates=tuple(candidates), right=right))
            return None if member is None else (member, 1.0)

    roles = Roles(cast)
    resolver = Resolver(document, sentences, cast, roles, Lookup(None, None, cast, roles), Taught)
    resolver.resolve()
    resolver.antecedents.read_to(len(document.text))
    return found


def fit(asked: Sequence[Asked]) -> dict[str, float]:
    """The weights, by feature, under which the right candidates are likeliest; by Newton's method."""
    counts = Counter(f for one in asked for candidate in one.candidates for f in candidate.features)
    names = sorted(name for name, count in counts.items() if count >= RARE)
    number = {name: n for n, name in enumerate(names)}
    rows = [_row(candidate, number) for one in asked for candidate in one.candidates]
    inputs = np.array(rows)
    ends = np.cumsum([len(one.candidates) for one in asked])
    spans = [slice(end - len(one.candidates), end) for end, one in zip(ends, asked, strict=True)]
    weights = np.zeros(len(names))
    for _ in range(30):
        slope, bend = PRIOR * weights, PRIOR * np.eye(len(names))
        scores = inputs @ weights
        for one, span in zip(asked, spans, strict=True):
            block, likely = inputs[span], np.exp(scores[span] - scores[span].max())
            likely /= likely.sum()
            mean = likely @ block
            slope += one.weight * (mean - block[one.right])
            bend += one.weight * ((block * likely[:, None]).T @ block - np.outer(mean, mean))
        step = np.linalg.solve(bend, slope)
        weights = weights - step
        if np.abs(step).max() < 1e-6:
            break
    return dict(zip(names, weights.tolist(), strict=True))


def _row(candidate: Candidate, number: Mapping[str, int]) -> Doubles:
    row = np.zeros(len(number))
    row[[number[feature] for feature in candidate.features if feature in number]] = 1.0
    return row


def figures(asked: Sequence[Asked], weights: Mapping[str, float], least: float = 0.5) -> Figures:
    """How often the likeliest candidate is right where it is likely enough."""
    right = wrong = 0
    for one in asked:
        scores = np.array([sum(weights.get(f, 0.0) for f in candidate.features) for candidate in one.candidates])
        likely = np.exp(scores - scores.max())
        best = int(likely.argmax())
        nobody = one.candidates[best].member is None or likely[best] / likely.sum() < least
        taken = len(one.candidates) - 1 if nobody else best
        right += taken == one.right
        wrong += taken != one.right and not nobody
    return Figures(asked=len(asked), right=right / max(1, len(asked)), wrong=wrong / max(1, len(asked)))


def write_weights(weights: Mapping[str, float], path: Path) -> None:
    """The table that ships."""
    path.write_text(_TITLE + "".join(f"{name}\t{value:.3f}\n" for name, value in weights.items()), encoding="utf-8")


def main() -> None:
    """Fit, print how the weights fare on articles held out, and write them."""
    parser = argparse.ArgumentParser(prog="python -m quotekit.training.antecedents", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with train/ and dev/")
    parser.add_argument("--corpus", type=Path, default=Path("corpus"), help="our own articles and their pronouns")
    parser.add_argument("--labels", type=Path, help="JSON: pronouns of PolNeAR's training articles, see above")
    args = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    analyzer = Analyzer.load()
    sets = {}
    for part in ("train", "dev"):
        own = read_written(args.corpus / part, args.corpus / "pronouns" / f"{part}.tsv")
        sets[part, "GUM"] = asked(read_gum(args.data / part / "gum.conllu.xz"), analyzer, GUM_WEIGHT)
        sets[part, "our own articles"] = asked(own, analyzer)
    if args.labels:
        newspapers = read_newspapers(args.data / "train" / "polnear.jsonl.xz", args.labels)
        sets["dev", "newspapers"] = asked(newspapers, analyzer)
    weights = fit([one for (part, _), found in sets.items() if part == "train" for one in found])
    for (part, name), found in sets.items():
        got = figures(found, weights)
        logging.info("%-5s %-16s %5d pronouns, right %.3f, wrong %.3f", part, name, got.asked, got.right, got.wrong)
    write_weights(weights, _TARGET)


if __name__ == "__main__":
    main()
