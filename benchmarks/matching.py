"""Measure `quotekit.QuoteIndex` on made-up quotations, of which it is known who prints the same utterance.

    python benchmarks/matching.py --data DIR [--sizes 10000 100000 1000000] [--workers 2] [--pairs pairs.jsonl]

DIR holds worldwide_ner.jsonl.xz and gum.conllu.xz, the corpora that `quotekit.training` reads; `utterances.py` beside
this file says how quotations are made of them. Each size is measured in a process of its own. A column:

- seconds by the clock to add the quotations and to find their clusters (without those to make them up), and CPU seconds
  of all processes for both: what the clock would show where nothing else runs is about these by the number of workers;
- peak memory of all processes together, with the quotations' maker and the clusters that come out (looked at
  ten times a second; Linux only);
- `find` for 500 of the quotations on the full index: median and 95th percentile, after the first one, which makes the
  index ready; that one takes "first find" seconds;
- seconds to save and to load, and the size of the file;
- which share of the true pairs stands in one cluster, and of the pairs in one cluster is true.

With --pairs, labelled pairs (`{"a": {"text", …}, "b": …, "label"}`) are mixed into the quotations of each size. Of
those that `compare` judges the same the last columns tell which share `find` finds, the one by the other, which share
stands in one cluster, and which share stands in one cluster where there are no other quotations.
"""

from __future__ import annotations

import argparse
import collections
import itertools
import json
import multiprocessing
import os
import statistics
import tempfile
import threading
import time
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any, NamedTuple

from quotekit import Attribution, Cluster, Document, Kind, QuoteIndex, Span, Speaker, SpeakerType, compare, match

ASKED = 500  # quotations that `find` is asked for


class Row(NamedTuple):
    """What was measured at one size, in the order of `HEADINGS`."""

    quotations: int
    add: float
    clusters: float
    cpu: float
    megabytes: float
    first_find: float
    find: float
    slow_find: float
    save: float
    load: float
    file: float
    recall: float
    precision: float
    pairs: float | None
    joined: float | None
    joined_alone: float | None


HEADINGS = (
    "quotations",
    "add s",
    "clusters s",
    "CPU s",
    "peak MB",
    "first find s",
    "find ms",
    "95 % ms",
    "save s",
    "load s",
    "file MB",
    "recall",
    "precision",
    "pairs found",
    "pairs joined",
    "joined alone",
)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--workers", type=int, default=1, help="processes that read and compare")
    parser.add_argument("--pairs", type=Path)
    options = parser.parse_args()
    print("  ".join(f"{heading:>12}" for heading in HEADINGS))
    for size in options.sizes:
        with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as process:
            row = process.submit(measure, size, options.data, options.workers, options.pairs).result()
        print("  ".join(f"{_shown(value):>12}" for value in row), flush=True)


def _shown(value: float | None) -> str:
    return "" if value is None else f"{value:,}" if isinstance(value, int) else f"{value:,.4g}"


class Filled(NamedTuple):
    """An index of made-up quotations, the utterance of each, and those that `find` is asked for."""

    index: QuoteIndex
    firsts: Mapping[str, int]  # the number of the first quotation of each document
    utterances: array[int]
    asked: list[str]
    seconds: float
    cpu: float


def measure(size: int, data: Path, workers: int, labelled: Path | None) -> Row:
    """Fill an index with so many quotations and look at what it does."""
    filled = fill(size, data)
    index = filled.index
    rows = [json.loads(line) for line in labelled.open(encoding="utf-8")] if labelled else []
    mixed_in = list(itertools.chain.from_iterable(map(_documents, rows)))
    for document in mixed_in:
        index.add(document)
    start, cpu = time.perf_counter(), _cpu()
    with _Memory() as memory:
        clusters = index.clusters(workers=workers)
    clustering, cpu = time.perf_counter() - start, _cpu() - cpu
    recall, precision = _pairs(clusters, filled)
    same = [row for row in rows if compare(*map(_fields, _documents(row))).same]
    joined = _joined(clusters, same) if rows else None
    del clusters
    first = _milliseconds(index, "The tables of the language are read once.")
    finds = sorted(_milliseconds(index, text) for text in filled.asked[:ASKED])
    pairs = _found(index, same) if rows else None
    save, load, file = _kept(index)
    return Row(
        quotations=len(filled.utterances),
        add=filled.seconds,
        clusters=clustering,
        cpu=filled.cpu + cpu,
        megabytes=memory.highest / 1e6,
        first_find=first / 1000,
        find=statistics.median(finds),
        slow_find=finds[int(0.95 * len(finds))],
        save=save,
        load=load,
        file=file / 1e6,
        recall=recall,
        precision=precision,
        pairs=pairs,
        joined=joined,
        joined_alone=_joined(match(mixed_in), same) if rows else None,
    )


def fill(size: int, data: Path) -> Filled:
    """An index of so many made-up quotations."""
    from utterances import Press, read_sentences  # what it needs of quotekit.training is large, and no worker needs it

    index, firsts, utterances, asked = QuoteIndex(), dict[str, int](), array("I"), list[str]()
    seconds = cpu = 0.0
    for document, printed in Press(read_sentences(data)).documents(size):
        firsts[document.id] = len(utterances)
        utterances.extend(printed)
        asked += [said.text for said in document.attributions if len(utterances) % (size // ASKED + 1) < 5]
        start, spent = time.perf_counter(), _cpu()
        index.add(document)
        seconds, cpu = seconds + time.perf_counter() - start, cpu + _cpu() - spent
    return Filled(index, firsts, utterances, asked, seconds, cpu)


class _Memory:
    """The most memory that this process and its workers have together while something is done, in bytes."""

    def __init__(self) -> None:
        self.highest = 0
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._look)

    def __enter__(self) -> _Memory:
        self._thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._done.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._done.wait(0.1):
            processes = [os.getpid(), *(worker.pid for worker in multiprocessing.active_children())]
            self.highest = max(self.highest, sum(map(_resident, processes)))


def _resident(process: int | None) -> int:
    """The bytes that a process has in memory; none where it has ended."""
    try:
        pages = int(Path(f"/proc/{process}/statm").read_text().split()[1])
    except OSError:
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE")


def _cpu() -> float:
    """CPU seconds of this process and of those that it started and that ended."""
    spent = os.times()
    return time.process_time() + spent.children_user + spent.children_system


def _kept(index: QuoteIndex) -> tuple[float, float, int]:
    """Seconds to save and to load an index, and the bytes of its file."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "index")
        start = time.perf_counter()
        index.save(path)
        saved = time.perf_counter()
        QuoteIndex.load(path)
        return saved - start, time.perf_counter() - saved, path.stat().st_size


def _milliseconds(index: QuoteIndex, text: str) -> float:
    start = time.perf_counter()
    index.find(text)
    return 1000 * (time.perf_counter() - start)


def _pairs(clusters: Iterable[Cluster], filled: Filled) -> tuple[float, float]:
    """Recall and precision of the pairs that stand in one cluster."""
    right = found = 0
    for cluster in clusters:
        places = [filled.firsts[m.doc] + m.index for m in cluster.members if m.doc in filled.firsts]
        right += _count(collections.Counter(filled.utterances[place] for place in places).values())
        found += _count([len(places)])
    wanted = _count(collections.Counter(filled.utterances).values())
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


def _found(index: QuoteIndex, rows: Sequence[Mapping[str, Any]]) -> float:
    """The share of pairs of which `find` finds the one by the other."""
    found = []
    for row in rows:
        asked = _fields(next(_documents(row)))
        found.append(_name(row, "b") in {member.doc for member in index.find(asked, limit=len(index))})
    return sum(found) / max(1, len(found))


def _joined(clusters: Iterable[Cluster], rows: Sequence[Mapping[str, Any]]) -> float:
    """The share of pairs that stand in one cluster."""
    homes = {member.doc: number for number, cluster in enumerate(clusters) for member in cluster.members}
    both = [(homes.get(_name(row, "a")), homes.get(_name(row, "b"))) for row in rows]
    return sum(a is not None and a == b for a, b in both) / max(1, len(both))


def _fields(document: Document) -> dict[str, Any]:
    speakers = document.attributions[0].speakers
    return {"text": document.text, "speaker": speakers, "date": document.date, "outlet": document.outlet}


if __name__ == "__main__":
    main()
