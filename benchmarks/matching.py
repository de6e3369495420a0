"""Measure `quotekit.QuoteIndex` on made-up quotations, of which it is known who prints the same utterance.

    python benchmarks/matching.py --data DIR [--sizes 10000 100000 1000000] [--workers 2] [--pairs pairs.jsonl]

DIR holds worldwide_ner.jsonl.xz and gum.conllu.xz, the corpora that `quotekit.training` reads; `utterances.py` beside
this file says how quotations are made of them. Each size is measured in a process of its own. A row: seconds to add
the quotations and to find their clusters (without those to make them up), peak memory of all processes, median and
95th percentile of `find`, and which share of the true pairs stands in one cluster, and of the pairs in one cluster is
true.

With --pairs, labelled pairs (`{"a": {"text", …}, "b": …, "label"}`) are mixed into the quotations of each size, and the
last column is the share of those that `compare` judges the same of which `find` finds the one by the other.
"""

from __future__ import annotations

import argparse
import collections
import itertools
import json
import multiprocessing
import resource
import statistics
import time
from collections.abc import Hashable, Iterable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any, NamedTuple

from utterances import Press, read_sentences

from quotekit import Attribution, Cluster, Document, Kind, QuoteIndex, Span, Speaker, SpeakerType, compare

ASKED = 500  # quotations that `find` is asked for


class Row(NamedTuple):
    """What was measured at one size."""

    quotations: int
    add: float
    clusters: float
    megabytes: float
    find: float
    slow_find: float
    recall: float
    precision: float
    pairs: float | None


HEADINGS = ("quotations", "add s", "clusters s", "peak MB", "find ms", "95 % ms", "recall", "precision", "pairs found")


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--workers", type=int, default=1, help="processes that compare")
    parser.add_argument("--pairs", type=Path)
    options = parser.parse_args()
    print("  ".join(f"{heading:>10}" for heading in HEADINGS))
    for size in options.sizes:
        with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as process:
            row = process.submit(measure, size, options.data, options.workers, options.pairs).result()
        print("  ".join(f"{_shown(value):>10}" for value in row), flush=True)


def _shown(value: float | None) -> str:
    return "" if value is None else f"{value:,}" if isinstance(value, int) else f"{value:,.4g}"


def measure(size: int, data: Path, workers: int, labelled: Path | None) -> Row:
    """Fill an index with so many quotations and look at what it does."""
    index, truth, asked, adding = QuoteIndex(), dict[Hashable, int](), [], 0.0
    index.find("The tables of the language are read once.")
    for document, utterances in Press(read_sentences(data)).documents(size):
        truth.update(((document.id, number), utterance) for number, utterance in enumerate(utterances))
        asked += [attribution.text for attribution in document.attributions if len(truth) % (size // ASKED + 1) < 5]
        start = time.perf_counter()
        index.add(document)
        adding += time.perf_counter() - start
    rows = [json.loads(line) for line in labelled.open(encoding="utf-8")] if labelled else []
    for document in itertools.chain.from_iterable(map(_documents, rows)):
        index.add(document)
    start = time.perf_counter()
    clusters = index.clusters(workers=workers)
    clustering = time.perf_counter() - start
    own, worker = (resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    finds = sorted(_milliseconds(index, text) for text in asked[:ASKED])
    recall, precision = _pairs(clusters, truth)
    return Row(
        quotations=len(truth),
        add=adding,
        clusters=clustering,
        megabytes=(own + worker * workers * (workers > 1)) / 1024,
        find=statistics.median(finds),
        slow_find=finds[int(0.95 * len(finds))],
        recall=recall,
        precision=precision,
        pairs=_found(index, rows) if rows else None,
    )


def _milliseconds(index: QuoteIndex, text: str) -> float:
    start = time.perf_counter()
    index.find(text)
    return 1000 * (time.perf_counter() - start)


def _pairs(clusters: Iterable[Cluster], truth: Mapping[Hashable, int]) -> tuple[float, float]:
    """Recall and precision of the pairs that stand in one cluster."""
    right = found = 0
    for cluster in clusters:
        known = [truth[m.doc, m.index] for m in cluster.members if (m.doc, m.index) in truth]
        right += _count(collections.Counter(known).values())
        found += _count([len(known)])
    wanted = _count(collections.Counter(truth.values()).values())
    return right / max(1, wanted), right / max(1, found)


def _count(sizes: Iterable[int]) -> int:
    return sum(size * (size - 1) // 2 for size in sizes)


def _documents(row: Mapping[str, Any]) -> Iterator[Document]:
    """Two documents with one quotation each, of a labelled pair."""
    for side in "ab":
        given, text = row[side], row[side]["text"]
        name = given.get("source")
        speakers = (Speaker(name=name, type=SpeakerType.PERSON),) if name else ()
        said = Attribution.cut(text, content=[Span(0, len(text))], kind=Kind.DIRECT, speakers=speakers, score=1.0)
        outlet, date = given.get("publisher"), given.get("date")
        yield Document(id=_name(row, side), text=text, attributions=(said,), outlet=outlet, date=date)


def _name(row: Mapping[str, Any], side: str) -> str:
    return f"{row['id']}-{side}"


def _found(index: QuoteIndex, rows: Iterable[Mapping[str, Any]]) -> float:
    """Of the pairs that `compare` judges the same, the share of which `find` finds the one by the other."""
    found = []
    for row in rows:
        a, b = map(_fields, _documents(row))
        if compare(a, b).same:
            found.append(_name(row, "b") in {member.doc for member in index.find(a, limit=len(index))})
    return sum(found) / max(1, len(found))


def _fields(document: Document) -> dict[str, Any]:
    speakers = document.attributions[0].speakers
    return {"text": document.text, "speaker": speakers, "date": document.date, "outlet": document.outlet}


if __name__ == "__main__":
    main()
