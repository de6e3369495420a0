"""Measure `quotekit.integrations.spark` on one machine against the library without Spark, in one run.

    python benchmarks/spark.py --data DIR [--articles 400] [--quotations 20000] [--cores 2]

DIR holds worldwide_ner.jsonl.xz and gum.conllu.xz, the corpora that `quotekit.training` reads: the articles are of the
first, the quotations are made of both by `utterances.py` beside this file. Two rows: `documents` against
`attribute_many`, in words a second, and `match` against `quotekit.match`, in quotations a second, both with as many
workers as cores, and with all that has to start and load first. Spark's clusters must be the library's, or the run
fails.
"""

from __future__ import annotations

import argparse
import collections
import itertools
import json
import os
import sys
import time
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from pyspark.sql import DataFrame, SparkSession
from utterances import Press, read_sentences

import quotekit
from quotekit.export import cluster_to_dict
from quotekit.integrations import spark
from quotekit.training.newswire import read_newswire
from quotekit.training.tokens import render

MEMORY = "4g"


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--articles", type=int, default=400)
    parser.add_argument("--quotations", type=int, default=20_000)
    parser.add_argument("--cores", type=int, default=2)
    options = parser.parse_args()
    cores, session = options.cores, started(options.cores)
    print(f"{'':10}  {'size':>18}  {'on Spark':>10}  {'without':>10}  {'ratio':>6}")
    articles = read_articles(options.data, options.articles)
    words = sum(len(article["text"].split()) for article in articles)
    show("documents", words, "words", time_reading(session, articles, cores))
    documents = [document for document, _ in Press(read_sentences(options.data)).documents(options.quotations)]
    show("match", options.quotations, "quotations", time_matching(session, documents, cores))


def started(cores: int) -> SparkSession:
    """A Spark of so many cores whose workers run this Python."""
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    builder = SparkSession.builder.master(f"local[{cores}]").config("spark.driver.memory", MEMORY)
    builder = builder.config("spark.ui.enabled", False).config("spark.ui.showConsoleProgress", False)
    session = builder.config("spark.sql.shuffle.partitions", 4 * cores).getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    return session


def read_articles(data: Path, count: int) -> list[dict[str, str]]:
    """The first articles of the newswire."""
    texts = itertools.islice(read_newswire(data / "worldwide_ner.jsonl.xz"), count)
    return [
        {"doc": text.id, "text": "\n\n".join(render(paragraph)[0] for paragraph in text.paragraphs)} for text in texts
    ]


def show(name: str, size: int, unit: str, seconds: tuple[float, float]) -> None:
    """Print a row: sizes a second."""
    ours, theirs = (size / took for took in seconds)
    print(f"{name:10}  {f'{size:,} {unit}':>18}  {ours:>8,.0f}/s  {theirs:>8,.0f}/s  {ours / theirs:>6.2f}", flush=True)


def time_reading(session: SparkSession, articles: Sequence[dict[str, str]], cores: int) -> tuple[float, float]:
    """The seconds that reading articles takes, with and without Spark."""
    frame = session.createDataFrame(list(articles), "doc string, text string").repartition(2 * cores).cache()
    compute(frame)
    start = time.perf_counter()
    compute(spark.documents(frame))
    ours = time.perf_counter() - start
    start = time.perf_counter()
    collections.deque(quotekit.attribute_many(articles, workers=cores), maxlen=0)
    return ours, time.perf_counter() - start


def time_matching(session: SparkSession, documents: Sequence[quotekit.Document], cores: int) -> tuple[float, float]:
    """The seconds that matching documents takes, with and without Spark."""
    lines = [(json.dumps(quotekit.to_dict(document)),) for document in documents]
    frame = session.createDataFrame(lines, "document string").repartition(2 * cores).cache()
    compute(frame)
    start = time.perf_counter()
    rows = spark.match(frame).collect()
    ours = time.perf_counter() - start
    start = time.perf_counter()
    clusters = quotekit.match(documents, workers=cores)
    theirs = time.perf_counter() - start
    if members(row.asDict(recursive=True) for row in rows) != members(map(cluster_to_dict, clusters)):
        sys.exit("Spark's clusters are not those of quotekit.match")
    return ours, theirs


def compute(frame: DataFrame) -> None:
    """Have Spark compute all rows, and keep none."""
    frame.write.format("noop").mode("overwrite").save()


def members(clusters: Iterable[Mapping[str, Any]]) -> list[list[tuple[object, ...]]]:
    """What each member is, cluster by cluster."""
    told = ("doc", "index", "relation", "score", "repeat")
    return sorted([tuple(member[name] for name in told) for member in cluster["members"]] for cluster in clusters)


if __name__ == "__main__":
    main()
