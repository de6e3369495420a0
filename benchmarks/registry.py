"""Measure `quotekit.Registry` on made-up people: how long a large one takes to load, to index and to answer.

    python benchmarks/registry.py [--sizes 1000 100000] [--format native]

Names are drawn from the tables of the language: one or two given names, and a family name of which some are as frequent
as Khan or Smith are. One speaker in ten holds a dated post. Each size is measured in a process of its own. A row:
processor seconds to load the file and to build the indexes, peak memory, then the median and the 95th percentile in
processor milliseconds of a mention by full name, by first and last name, by title and surname, by post, and by a name
that nobody has.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import random
import resource
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

from quotekit import Registry
from quotekit.lexicon import table

ASKED = 500  # mentions of each kind
FAMILIES = 20_000
VOWELS = str.maketrans("aeiou", "eioua")

Person = dict[str, Any]
KINDS: dict[str, Callable[[Person], str]] = {
    "full name": lambda person: str(person["name"]),
    "short name": lambda person: f"Mr {person['name'].split()[0]} {person['name'].split()[-1]}",
    "surname": lambda person: f"Dr {person['name'].split()[-1]}",
    "post": lambda person: f"the chair of {person['body']}",
    "nobody": lambda person: person["name"].translate(VOWELS) + "zka",
}


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 10_000, 100_000])
    parser.add_argument("--format", default="native", help="of the file that is loaded")
    options = parser.parse_args()
    print("  ".join(f"{heading:>13}" for heading in ("speakers", "load s", "index s", "peak MB", *KINDS)))
    for size in options.sizes:
        with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as process:
            row = process.submit(measure, size, options.format).result()
        print("  ".join(f"{cell:>13}" for cell in row), flush=True)


def measure(size: int, form: str) -> list[str]:
    """The cells of one row."""
    people = made_up(size)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "registry")
        _write(people, path, form)
        start = time.process_time()
        registry = Registry.load(path)
        loaded = time.process_time()
    registry.resolve("Nobody")
    indexed = time.process_time()
    asked = random.Random(2).sample(people, min(ASKED, size))
    times = [_percentiles([_milliseconds(registry, kind(person)) for person in asked]) for kind in KINDS.values()]
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return [f"{size:,}", f"{loaded - start:.2f}", f"{indexed - loaded:.2f}", f"{peak:.0f}", *times]


def made_up(size: int) -> list[Person]:
    """So many people, the same ones each time."""
    draw = random.Random(1)
    given = [name.title() for name in table("given_names")]
    syllables = [name[:3] for name in table("name_variants") if name.isalpha()]
    families = ["".join(draw.choices(syllables, k=draw.randint(2, 3))).title() for _ in range(FAMILIES)]
    weights = [1 / (rank + 20) for rank in range(FAMILIES)]
    drawn = draw.choices(families, weights, k=size)
    return [
        {
            "id": str(number),
            "name": " ".join((*draw.sample(given, draw.choice((1, 1, 2))), family)),
            "body": f"the {draw.choice(families)} {draw.choice(families)} Board",
        }
        for number, family in enumerate(drawn)
    ]


def _write(people: Sequence[Person], path: Path, form: str) -> None:
    speakers = [
        {"id": person["id"], "name": person["name"], **({"roles": [_role(person)]} if number % 10 == 0 else {})}
        for number, person in enumerate(people)
    ]
    native = {"format": "quotekit-registry", "version": 1, "speakers": speakers}
    path.write_text(json.dumps(native), encoding="utf-8")
    if form != "native":
        Registry.load(path).save(path, format=form)


def _role(person: Person) -> dict[str, str]:
    return {"title": "Chair", "organization": person["body"].removeprefix("the "), "start": "2015-05"}


def _milliseconds(registry: Registry, mention: str) -> float:
    start = time.process_time()
    registry.resolve(mention, date="2018-02-24")
    return 1000 * (time.process_time() - start)


def _percentiles(times: Sequence[float]) -> str:
    ordered = sorted(times)
    return f"{ordered[len(ordered) // 2]:.3f} {ordered[int(0.95 * len(ordered))]:.3f}"


if __name__ == "__main__":
    main()
