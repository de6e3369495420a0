"""Versions gathered around the fullest one of each utterance, block by block, as `quotekit.matching.rounds` does it.

A block is a range of texts, the fullest first. What earlier blocks came to is all that it needs to know of them, so it
falls apart into parts that know nothing of each other: one machine works through each, however much texts as a whole
hang together.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby, pairwise

from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from quotekit.integrations.spark.columns import Row, mapped
from quotekit.integrations.spark.components import components, kept
from quotekit.integrations.spark.groups import MATCH, match_row
from quotekit.integrations.spark.versions import VERSION, Records
from quotekit.matching.gathering import LATEST, Batch, Placed, place
from quotekit.matching.versions import Version

__all__ = ["gathered"]

BLOCK = 1 << 15  # texts at least, unless there are no more
MOST_BLOCKS = 32
_SAMPLED = 1_000  # texts for each block, by which the borders are told
_LAST = b"\xff" * 32  # behind all keys

_PLACED = f"text binary, turn int, led int, version {VERSION}, leader {VERSION}, match {MATCH}"


def gathered(versions: DataFrame, links: DataFrame, texts: DataFrame, threshold: float | None) -> DataFrame:
    """Every `version` with the `leader` it follows and the `match`; `text` and `turn` are the order they came in.

    `links` leads from each `text` to the fuller `other` ones that may match it, best first by `place`.
    """
    repeated = versions.groupBy("text").count().where("count > 1").select("text")
    waiting = kept(links.select("text").union(repeated).distinct())
    alone = versions.join(waiting, "text", "left_anti")
    leaders = kept(alone.select("text", F.lit(0).alias("led"), F.col("version").alias("leader")))
    those = waiting.select(F.col("text").alias("other"), F.lit(True).alias("waits"))
    links = kept(links.join(those, "other", "left"))
    versions = kept(versions.select("text", "version").join(waiting, "text"))
    followers = []
    for first, last in pairwise([b"", *_borders(texts), _LAST]):
        inside = (F.col("text") >= F.lit(first)) & (F.col("text") < F.lit(last))
        parts = _parts(versions.where(inside), links.where(inside), leaders, first)
        placed = kept(mapped(parts, lambda rows: _placed(rows, threshold), _PLACED))
        leaders = leaders.union(placed.where("led is not null").select("text", "led", "leader"))
        followers.append(placed.where("match is not null"))
    every = followers[0]
    for block in followers[1:]:
        every = every.union(block)
    return every


def _borders(texts: DataFrame) -> list[bytes]:
    """The first text of each block but the first."""
    count = texts.count()
    blocks = min(MOST_BLOCKS, -(-count // BLOCK))
    if blocks < 2:
        return []
    share = min(1.0, _SAMPLED * blocks / count)
    sample = sorted(bytes(row["text"]) for row in texts.select("text").sample(share, seed=1).collect())
    return sorted({sample[len(sample) * block // blocks] for block in range(1, blocks)}) if sample else []


def _parts(versions: DataFrame, links: DataFrame, leaders: DataFrame, first: bytes) -> DataFrame:
    """The versions and links of a block, those of one part in a row, and the leaders of texts of earlier blocks."""
    here = F.col("waits").isNotNull() & (F.col("other") >= F.lit(first))
    known = leaders.select(F.col("text").alias("other"), "led", "leader")
    own, earlier = links.where(here).drop("waits"), links.where(~here).drop("waits").join(known, "other")
    everything = versions.unionByName(own, allowMissingColumns=True).unionByName(earlier, allowMissingColumns=True)
    linked = everything.join(components(own), "text", "left")
    parts = linked.withColumn("part", F.coalesce("component", "text")).drop("component")
    return parts.repartition("part").sortWithinPartitions("part", "text")


def _placed(rows: Iterator[Row], threshold: float | None) -> Iterator[Row]:
    for _, part in groupby(rows, key=lambda row: row["part"]):
        records = Records()
        texts, batch = _batch(part, records)
        for text, placed in zip(texts, place(batch, threshold), strict=True):
            yield from _placed_rows(text, placed, records)


def _batch(part: Iterable[Row], records: Records) -> tuple[list[bytes], Batch]:
    """The texts of a part, the fullest first, and the batch that they are."""
    versions: dict[bytes, list[Version]] = {}
    others: dict[bytes, dict[int, bytes]] = {}
    led: dict[bytes, dict[int, Version]] = {}
    for row in part:
        if row["version"] is not None:
            versions.setdefault(row["text"], []).append(records.version(row["version"]))
            continue
        others.setdefault(row["text"], {})[row["place"]] = row["other"]
        if row["leader"] is not None:
            led.setdefault(row["other"], {})[row["led"]] = records.version(row["leader"])
    places = {text: number for number, text in enumerate((*led, *versions))}
    similar = [[places[other] for _, other in sorted(others.get(text, {}).items())] for text in versions]
    leaders = [[leader for _, leader in sorted(found.items())] for found in led.values()]
    return list(versions), Batch(list(versions.values()), similar, leaders)


def _placed_rows(text: bytes, placed: list[Placed], records: Records) -> Iterator[Row]:
    latest = list(dict.fromkeys(leader for _, leader, _ in placed))[-LATEST:]
    led = {leader: number for number, leader in enumerate(latest)}
    for turn, (version, leader, match) in enumerate(placed):
        yield {
            "text": text,
            "turn": turn,
            "led": led.pop(leader, None),
            "version": records.row(version),
            "leader": records.row(leader),
            "match": match_row(match) if match else None,
        }
