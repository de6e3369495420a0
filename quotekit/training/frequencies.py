"""Count how often words are used: `python -m quotekit.training.frequencies --data ../shared/data`.

Writes `frequencies.tsv` and `word_pairs.tsv` of `quotekit/data/en` from the texts of GUM and of the worldwide newswire.
"""

from __future__ import annotations

import argparse
import collections
import itertools
import lzma
import math
from collections.abc import Iterable, Iterator
from pathlib import Path

import attrs

import quotekit
from quotekit.matching.normalize import normalize
from quotekit.training.readers import read_entities

__all__ = ["Counts", "count_words", "write_frequencies"]

FEWEST = 3  # a word, or a pair, must be used that often
MOST_WORDS = 20_000
LEAST_SAVED = 3.0  # bits by which the word before must make a word less surprising

_FOLDER = Path(quotekit.__file__).parent / "data" / "en"
_WORDS = """\
# How often each word was used in GUM and in the worldwide newswire: its key, then the count.
# Made by `python -m quotekit.training.frequencies`: change nothing by hand.
"""
_PAIRS = """\
# How often one word followed another, where that is no chance: both keys, then the count.
# Made by `python -m quotekit.training.frequencies`: change nothing by hand.
"""


@attrs.frozen
class Counts:
    """How often each key of `normalize`, and each two in a row, stand in some texts."""

    words: collections.Counter[str]
    pairs: collections.Counter[tuple[str, str]]


def count_words(texts: Iterable[str]) -> Counts:
    """Count the words of the texts."""
    words: collections.Counter[str] = collections.Counter()
    pairs: collections.Counter[tuple[str, str]] = collections.Counter()
    for text in texts:
        keys = normalize(text).keys
        words.update(keys)
        pairs.update(itertools.pairwise(keys))
    return Counts(words, pairs)


def write_frequencies(counts: Counts, folder: Path) -> None:
    """The two tables, the most frequent first; pairs only of words that the first table has."""
    kept = sorted((-count, key) for key, count in counts.words.items() if count >= FEWEST)[:MOST_WORDS]
    rows = "".join(f"{key}\t{-count}\n" for count, key in kept)
    (folder / "frequencies.tsv").write_text(_WORDS + rows, encoding="utf-8")
    known = {key for _, key in kept}
    total = sum(counts.words.values())
    pairs = sorted(
        (-count, before, key)
        for (before, key), count in counts.pairs.items()
        if count >= FEWEST
        and {before, key} <= known
        and math.log2(count * total / counts.words[before] / counts.words[key]) >= LEAST_SAVED
    )
    rows = "".join(f"{before} {key}\t{-count}\n" for count, before, key in pairs)
    (folder / "word_pairs.tsv").write_text(_PAIRS + rows, encoding="utf-8")


def _texts(data: Path) -> Iterator[str]:
    yield from (article.text for article in read_entities(data / "train" / "worldwide_ner.jsonl.xz"))
    with lzma.open(data / "train" / "gum.conllu.xz", "rt", encoding="utf-8") as lines:
        yield from (line.removeprefix("# text = ") for line in lines if line.startswith("# text = "))


def main() -> None:
    """Count the words and write the tables that ship."""
    parser = argparse.ArgumentParser(prog="python -m quotekit.training.frequencies", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with train/")
    write_frequencies(count_words(_texts(parser.parse_args().data)), _FOLDER)


if __name__ == "__main__":
    main()
