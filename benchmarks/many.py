"""Measure quotekit on many articles and on long ones: start-up, throughput by workers, memory, a book on one line.

    python benchmarks/many.py [start workers memory long line] [--documents 10000] [--words 1000000] [--line 10000000]

Without names all five are measured, each in a process of its own, on made-up articles; that takes an hour of one core.
Times are given by the clock and in processor seconds of all processes together: on a machine that does other things,
compare processor seconds. Memory is the peak of a process (Linux and macOS).

- start: `import quotekit`, and the first attribution after the process starts; the best of five.
- workers: articles of about 450 words a second with one and with two workers, without their start, and the ratio.
- memory: the peak after so many short articles, with one process.
- long, line: documents of a quarter, half and all of so many words, or of so many characters on one line.
"""

from __future__ import annotations

import argparse
import itertools
import multiprocessing
import os
import random
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import quotekit

NAMES = ("Anna Berg", "Tomas Lind", "Nour Haddad", "Wei Chen", "Ines Duarte", "Paul Okafor", "Mira Stein", "Jon Vik")
POSTS = ("mayor", "spokeswoman", "minister", "harbor master", "head teacher", "engineer", "union leader", "judge")
PLACES = ("Lund", "Porto", "Aden", "Riga", "Galway", "Turku", "Split", "Haifa")
CLAIMS = (
    "the bridge will stay closed until May", "nobody was told about the leak", "the budget leaves no room for it",
    "talks would go on next week", "half of the bolts were rust", "the figures had been checked twice",
    "tickets would cost a third more", "the court had no choice", "the school needs a new roof by winter",
)  # fmt: skip
SENTENCES = (
    "{name}, the {post} of {place}, said that {claim}.", "“{Claim},” {last} said. “And {claim2}.”",
    "According to {name}, {claim}.", "Officials in {place} denied on Monday that {claim}.",
    "The council met for three hours on Tuesday, and the street in front of the hall was full.",
    "“{Claim},” she told reporters in {place}.", "Rain had fallen for two days, and trains to {place} ran late.",
    "{last} believes {claim}, and that {claim2}.", "The company reported sales of {number} million euros.",
)  # fmt: skip
STARTS = 5
QUIET = 4 * 32  # articles after which both workers are at work


def sentences(seed: int) -> Iterator[str]:
    """Made-up sentences without end; the same seed gives the same."""
    chance = random.Random(seed)
    while True:
        name, claim, other = chance.choice(NAMES), chance.choice(CLAIMS), chance.choice(CLAIMS)
        yield chance.choice(SENTENCES).format(
            name=name, last=name.split()[1], post=chance.choice(POSTS), place=chance.choice(PLACES), claim=claim,
            claim2=other, Claim=claim[0].upper() + claim[1:], number=chance.randint(2, 900),
        )  # fmt: skip


def article(seed: int, words: int) -> str:
    """A made-up article of about so many words, in paragraphs of three sentences."""
    out: list[str] = []
    count = 0
    for sentence in sentences(seed):
        out.append(sentence)
        count += len(sentence.split())
        if count >= words:
            break
    return "\n\n".join(" ".join(out[at : at + 3]) for at in range(0, len(out), 3))


def peak() -> float:
    """The most memory this process has had, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024) / 1e6


def processor_seconds() -> float:
    """Of this process and its living children."""
    ticks = 0
    for child in multiprocessing.active_children():
        fields = Path(f"/proc/{child.pid}/stat").read_text().rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])
    return time.process_time() + ticks / os.sysconf("SC_CLK_TCK")


def start(options: argparse.Namespace) -> None:
    """`import quotekit` and the first attribution."""
    for name, code in (
        ("import quotekit", "import quotekit"),
        ("first attribution", "import quotekit; quotekit.attribute('“It is late,” said Anna Berg.')"),
    ):
        walls, processors = [], []
        for _ in range(STARTS):
            before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
            subprocess.run([sys.executable, "-c", code], check=True)
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            walls.append(time.perf_counter() - began)
            processors.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
        print(f"{name:24} {min(walls):8.2f} s {min(processors):8.2f} processor s")


def workers(options: argparse.Namespace) -> None:
    """Throughput with one and with two workers, in turns, so that both see the same machine."""
    articles = [{"doc": str(n), "text": article(n, 450)} for n in range(options.articles)]
    words = sum(len(a["text"].split()) for a in articles[QUIET:])
    spent: dict[int, tuple[float, float]] = {}
    for count in (1, 2):
        clock, processor = _read(articles, count)
        spent[count] = clock, processor
        print(f"{count} workers {words / clock:14,.0f} words a second {words / processor:10,.0f} a processor second")
    by_clock, by_processor = spent[1][0] / spent[2][0], 2 * spent[1][1] / spent[2][1]
    print(f"two are {by_clock:.2f} times one by the clock; {by_processor:.2f} times on two free cores")


def _read(articles: list[dict[str, str]], count: int) -> tuple[float, float]:
    """Seconds by the clock and of processors from the first articles to the last."""
    import torch

    torch.set_num_threads(1)
    documents = quotekit.attribute_many(articles, workers=count)
    for _ in itertools.islice(documents, QUIET):
        pass
    clock, processor = time.perf_counter(), processor_seconds()
    last = processor
    for _ in documents:
        last = max(last, processor_seconds())  # at the end the children are gone
    return time.perf_counter() - clock, last - processor


def memory(options: argparse.Namespace) -> None:
    """The peak as articles go by, and at last what is in use."""
    short = ({"doc": str(n), "text": article(n, 40)} for n in range(options.documents))
    for number, _ in enumerate(quotekit.attribute_many(short), start=1):
        if number in (100, options.documents // 10, options.documents // 2, options.documents):
            print(f"{number:8,} articles {peak():10,.0f} MB at most")


def long(options: argparse.Namespace) -> None:
    """A document in paragraphs."""
    _grow(lambda share: article(1, int(options.words * share)))


def line(options: argparse.Namespace) -> None:
    """A document on one line."""
    _grow(lambda share: article(1, int(options.line * share / 6.4)).replace("\n\n", " "))


def _grow(text_of: Callable[[float], str]) -> None:
    attributor = quotekit.Attributor()
    for share in (0.25, 0.5, 1.0):
        text = text_of(share)
        began, processor = time.perf_counter(), time.process_time()
        found = len(attributor.attribute(text).attributions)
        words, clock, processor = len(text.split()), time.perf_counter() - began, time.process_time() - processor
        print(
            f"{words:10,} words {len(text) / 1e6:6.1f} MB {found:8,} attributions {clock:8,.0f} s "
            f"{1e6 * processor / words:6.0f} processor µs a word {peak():8,.0f} MB at most",
            flush=True,
        )


MEASURES = {measure.__name__: measure for measure in (start, workers, memory, long, line)}


def main() -> None:
    """Run the measures that are named, each in a process of its own."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("measures", nargs="*", choices=[*MEASURES, []], metavar="MEASURE", help=", ".join(MEASURES))
    parser.add_argument("--articles", type=int, default=1000, help="of the measure workers")
    parser.add_argument("--documents", type=int, default=10_000, help="of the measure memory")
    parser.add_argument("--words", type=int, default=1_000_000, help="of the measure long")
    parser.add_argument("--line", type=int, default=10_000_000, help="characters of the measure line")
    options = parser.parse_args()
    for name in options.measures or MEASURES:
        print(f"\n{name}: {MEASURES[name].__doc__}", flush=True)
        process = multiprocessing.get_context("spawn").Process(target=MEASURES[name], args=(options,))
        process.start()
        process.join()


if __name__ == "__main__":
    main()
