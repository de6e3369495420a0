"""Texts that may be versions of one another: what `quotekit.matching.postings` does in one memory, by group-by.

A column `text` is a text's key: its length, turned round so that the fullest text has the first key, and its digest.
"""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Iterator, Sequence

import numpy as np
import pyarrow as pa
from pyspark.sql import DataFrame, Window
from pyspark.sql import functions as F

from quotekit.integrations.spark.columns import Row, mapped
from quotekit.matching.bounds import highest_score
from quotekit.matching.postings import BOUND, FIRST, IMAGINED, LEAST, MOST
from quotekit.matching.rarity import rarity
from quotekit.matching.reading import digest_of
from quotekit.matching.shingles import CONTENT, shingles, text_of, without_text
from quotekit.matching.texts import Texts

__all__ = ["fuller", "key_of"]

_MOST_WORDS = (1 << 32) - 1  # of a text, as four bytes
_STEPS = 16  # of a weight, to the bit
_MOST_WEIGHT = (1 << 16) - 1


def key_of(words: Sequence[str]) -> bytes:
    """The key of a text with these words; keys sort as texts do, the fullest first."""
    return (_MOST_WORDS - len(words)).to_bytes(4, "big") + digest_of(words)


def fuller(texts: DataFrame, least: float) -> DataFrame:
    """Each `text` with the fuller `other` ones that it may match with such a score at least, best first by `place`.

    `texts` has the columns `text` and `words`.
    """
    shingled = texts.select("text", "words").mapInArrow(_shingles, "shingle long, text binary")
    heaviest = _heaviest(_weighed(shingled, texts.count()))
    words = texts.select(F.col("text").alias("other"), F.col("words").alias("other_words"))
    listed = (
        heaviest.join(words, "other")
        .groupBy("text")
        .agg(F.sort_array(F.collect_list(F.struct("place", "other", "other_words"))).alias("found"))
    )

    def likely(rows: Iterator[Row]) -> Iterator[Row]:
        return (link for row in rows for link in _likely(row, least))

    return mapped(listed.join(texts.select("text", "words"), "text"), likely, "text binary, place int, other binary")


def _shingles(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """Every shingle of every text. A word's number is its hash: what machines agree on without asking."""
    for batch in batches:
        texts = [words.as_py() for words in batch["words"]]
        numbered = [_word(word) for words in texts for word in words]
        words = np.array([number for number, _ in numbered], dtype=np.uint64)
        content = np.array([is_content for _, is_content in numbered], dtype=np.bool_)
        homes = np.repeat(np.arange(len(texts), dtype=np.uint64), [len(words) for words in texts])
        found = shingles(words, homes, content)
        columns = [pa.array(without_text(found).view(np.int64)), batch["text"].take(pa.array(text_of(found)))]
        yield pa.RecordBatch.from_arrays(columns, names=["shingle", "text"])


@functools.lru_cache(maxsize=1 << 17)
def _word(word: str) -> tuple[int, bool]:
    """The number of a word, and whether it is one of content."""
    digest = hashlib.blake2b(word.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big"), rarity(word) > CONTENT


def _weighed(shingled: DataFrame, count: int) -> DataFrame:
    """Each `text` with each `other` that is fuller and shares a shingle, and what the shingle is `worth`."""
    grouped = (
        shingled.groupBy("shingle").agg(F.sort_array(F.collect_list("text")).alias("texts")).where("size(texts) > 1")
    )
    bits = F.log2((count + IMAGINED) / F.size("texts"))
    looked_at = F.when(F.size("texts") > BOUND, FIRST).otherwise(F.size("texts"))
    # The array is cut before it is spread out: each text gets the few others, never all of them.
    spread = grouped.select(
        F.floor(bits * _STEPS + 1e-9).alias("worth"),  # the logarithm of a power of two can fall short by a hair
        F.slice("texts", 1, looked_at).alias("others"),
        F.explode("texts").alias("text"),
    )
    return spread.select("text", "worth", F.explode("others").alias("other")).where("other < text")


def _heaviest(weighed: DataFrame) -> DataFrame:
    """Of each text the pairs that share enough, and of these the heaviest, each with its `place` among them."""
    pairs = (
        weighed.groupBy("text", "other").agg(F.sum("worth").alias("weight")).where(F.col("weight") >= LEAST * _STEPS)
    )
    best_first = Window.partitionBy("text").orderBy(F.least("weight", F.lit(_MOST_WEIGHT)).desc(), "other")
    return pairs.withColumn("place", F.row_number().over(best_first)).where(F.col("place") <= MOST).drop("weight")


def _likely(row: Row, least: float) -> Iterator[Row]:
    """The links of a text to those of its candidates that can come to such a score."""
    texts = Texts()
    own = texts.add(row["words"])
    others = [texts.add(found["other_words"]) for found in row["found"]]
    for found, common in zip(row["found"], texts.shared_by(own, others), strict=True):
        if highest_score(*common) >= least:
            yield {"text": row["text"], "place": found["place"], "other": found["other"]}
