"""Groups, and versions of none, joined where one retells the other: `quotekit.matching.retellings`, by group-by."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from pyspark.sql import DataFrame, Window
from pyspark.sql import functions as F

from quotekit.document import Match
from quotekit.integrations.spark.columns import Row, mapped
from quotekit.integrations.spark.components import components, kept
from quotekit.integrations.spark.groups import GROUP, MATCH, group_of, group_row, match_of, match_row
from quotekit.integrations.spark.versions import VERSION, Records
from quotekit.matching.compare import match_retelling
from quotekit.matching.gathering import Group, ready
from quotekit.matching.retellings import BOUND, FEWEST, LEAST, MOST, is_report, joined, keys_of, with_speakers
from quotekit.matching.rows import row_of
from quotekit.matching.versions import Version

__all__ = ["with_retellings"]

_LONGEST = (1 << 32) - 1  # text, as four bytes
_UNITS = f"number binary, report boolean, said {VERSION}, terms array<struct<term: string, bits: int>>, {GROUP}"
_JOINING = f"component binary, number binary, other binary, match {MATCH}, {GROUP}"


def with_retellings(groups: DataFrame, versions: DataFrame, threshold: float | None) -> DataFrame:
    """The groups that have a follower when those that retell another went with it; `versions` are all there are."""
    name = ["home", "copy", "index"]
    grouped = groups.select(F.explode(F.concat(F.array("leader"), "followers.version")).alias("version"))
    lone = versions.select("version", "version.*").join(grouped.select("version.*").select(name), name, "left_anti")
    every = groups.unionByName(lone.select(F.col("version").alias("leader")), allowMissingColumns=True)
    units = kept(mapped(every, _units, _UNITS))
    pairs = _pairs(units.select("number", "report", F.inline("terms")))
    first = units.select(F.col("number").alias("other"), F.col("said").alias("fuller"))
    second = units.select(F.col("number").alias("text"), F.col("said").alias("shorter"))
    asked = pairs.join(first, "other").join(second, "text")
    matches = kept(mapped(asked, lambda rows: _matches(rows, threshold), f"text binary, other binary, match {MATCH}"))
    linked = kept(components(matches).withColumnRenamed("text", "number"))
    told = matches.withColumnRenamed("text", "number").join(linked, "number")
    joining = units.select("number", "leader", "followers").join(linked, "number")
    together = joining.unionByName(told, allowMissingColumns=True).repartition("component")
    joined = mapped(together.sortWithinPartitions("component", "number"), _joined_groups, GROUP)
    others = units.join(linked, "number", "left_anti").where("size(followers) > 0").select("leader", "followers")
    return others.union(joined)


def _units(rows: Iterator[Row]) -> Iterator[Row]:
    for row in rows:
        records = Records()
        group = group_of(row, records)
        yield {
            "number": _number(group.leader, row["leader"]),
            "report": is_report(group.leader),
            "said": {**row["leader"], "said": row_of(with_speakers(group)).decode("ascii")},
            "terms": [{"term": term, "bits": bits} for term, bits in keys_of(ready(group.leader)).items()],
            "leader": row["leader"],
            "followers": row["followers"] or [],
        }


def _number(leader: Version, row: Row) -> bytes:
    """What puts groups into the library's order, and tells them apart: the fullest text first, then the earliest."""
    printed = leader.printed
    known = (leader.text, printed.date or "~", printed.doc, printed.outlet or "")
    numbers: tuple[int, ...] = (_LONGEST - len(leader.text), leader.index, row["copy"])
    shortness, index, copy = (number.to_bytes(4, "big") for number in numbers)
    words = b"\0".join(text.encode("utf-8", "surrogatepass") for text in known)
    return b"".join((shortness, words, index, row["home"], copy))


def _pairs(terms: DataFrame) -> DataFrame:
    """A report as `other` or `text` with what shares enough terms with it; `other` is the fuller one."""
    common = F.count("*").over(Window.partitionBy("term"))
    postings = terms.where("report").withColumn("reports", common).where(F.col("reports") <= BOUND)
    shared = terms.join(postings.select("term", F.col("number").alias("other")), "term")
    near = shared.groupBy("number", "report", "other").agg(F.count("*").alias("terms"), F.sum("bits").alias("weight"))
    enough = near.where((F.col("terms") >= FEWEST) & (F.col("weight") >= LEAST))
    best_first = Window.partitionBy("number").orderBy(F.desc("weight"), "other")
    best = enough.withColumn("place", F.row_number().over(best_first)).where(F.col("place") <= MOST)
    asked = best.where("other <> number and not (other < number and report)")  # the fuller report asks as well
    return asked.select(F.greatest("number", "other").alias("text"), F.least("number", "other").alias("other"))


def _matches(pairs: Iterator[Row], threshold: float | None) -> Iterator[Row]:
    for row in pairs:
        records = Records()
        fuller, shorter = records.version(row["fuller"]), records.version(row["shorter"])
        if not fuller.excludes(shorter):
            match = match_retelling(ready(fuller), ready(shorter), threshold)
            if match is not None:
                yield {"text": row["text"], "other": row["other"], "match": match_row(match)}


def _joined_groups(rows: Iterator[Row]) -> Iterator[Row]:
    for _, component in groupby(rows, key=lambda row: row["component"]):
        records, found, matches = Records(), dict[bytes, Group](), list[tuple[bytes, bytes, Match]]()
        for row in component:
            if row["leader"] is not None:
                found[row["number"]] = group_of(row, records)
            else:
                matches.append((row["other"], row["number"], match_of(row["match"])))
        yield from (group_row(group, records) for group in joined(found, matches))
