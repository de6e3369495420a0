"""What hangs together by links, found where the links are: no machine ever holds all of them."""

from __future__ import annotations

from pyspark.sql import DataFrame, Window
from pyspark.sql import functions as F

__all__ = ["components", "kept"]


def components(links: DataFrame) -> DataFrame:
    """Each `text` that has a link, with the first text of all that it hangs together with, as `component`.

    `links` leads from `text` to an earlier `other`. Links are bent toward the first text until nothing changes: the
    alternating algorithm of Kiveris et al., Connected Components in MapReduce and Beyond (2014).
    """
    stars = kept(links.select("text", "other").distinct())
    before, now = (0, 0), _fingerprint(stars)
    while now[0] and now != before:
        stars = kept(_small_star(_large_star(stars)))
        before, now = now, _fingerprint(stars)
    leaves = stars.select("text", F.col("other").alias("component"))
    return leaves.union(stars.select(F.col("other").alias("text"), F.col("other").alias("component")).distinct())


def kept(frame: DataFrame) -> DataFrame:
    """The frame, computed once: in the checkpoint folder where the session has one, or else on the executors."""
    if frame.sparkSession.sparkContext.getCheckpointDir() is not None:
        return frame.checkpoint()
    return frame.localCheckpoint(eager=False)


def _large_star(links: DataFrame) -> DataFrame:
    """The later neighbors of each text, linked to its first neighbor."""
    ways = links.union(links.select(F.col("other").alias("text"), F.col("text").alias("other")))
    first = F.least("text", F.min("other").over(Window.partitionBy("text")))
    return (
        ways.select("text", "other", first.alias("first"))
        .where("other > text")
        .select(F.col("other").alias("text"), F.col("first").alias("other"))
    )


def _small_star(links: DataFrame) -> DataFrame:
    """Each text and its earlier neighbors, linked to the first of these."""
    first = F.min("other").over(Window.partitionBy("text"))
    bent = links.select("text", "other", first.alias("first"))
    return (
        bent.where("other <> first")
        .select(F.col("other").alias("text"), F.col("first").alias("other"))
        .union(bent.select("text", F.col("first").alias("other")))
        .distinct()
    )


def _fingerprint(links: DataFrame) -> tuple[int, int]:
    """How many links there are, and what tells them from as many others."""
    ((count, mixed),) = links.agg(F.count("*"), F.expr("bit_xor(xxhash64(text, other))")).collect()
    return count, mixed
