"""Documents → the clusters of `quotekit.match`, without one machine that holds them all."""

from __future__ import annotations

from collections.abc import Iterator

from pyspark.sql import DataFrame

from quotekit.errors import InputError
from quotekit.export import cluster_to_dict
from quotekit.integrations.spark.candidates import fuller
from quotekit.integrations.spark.columns import CLUSTERS, Row, mapped
from quotekit.integrations.spark.components import kept
from quotekit.integrations.spark.groups import GROUP, gathered_groups, group_of
from quotekit.integrations.spark.retellings import with_retellings
from quotekit.integrations.spark.rounds import gathered
from quotekit.integrations.spark.versions import Records, versions_of
from quotekit.matching.clusters import cluster_of
from quotekit.matching.evidence import weights

__all__ = ["match"]


def match(documents: DataFrame, *, threshold: float | None = None) -> DataFrame:
    """The utterances that stand in these documents twice or more: those of `quotekit.match`, a row of `CLUSTERS` each.

    `documents` has a column `document` of JSON lines, as for `attributions`; the order of its rows, and how they lie in
    partitions, makes no difference. The rows that come out have no order.

    Candidates are looked for at once, the rest is done when Spark asks for the clusters. Raises `InputError` for a
    threshold outside 0..1, and stops with one at a line that holds no document.
    """
    if threshold is not None and not 0 <= threshold <= 1:
        raise InputError(f"threshold must be a number from 0 to 1, got {threshold}")
    versions = kept(versions_of(documents))
    texts = kept(versions.select("text", "words").dropDuplicates(["text"]))
    links = kept(fuller(texts, weights().threshold if threshold is None else threshold))
    followers = gathered(versions, links, texts, threshold)
    leader = ("leader.home", "leader.copy", "leader.index")
    in_order = followers.repartition(*leader).sortWithinPartitions(*leader, "text", "turn")
    groups = mapped(in_order, gathered_groups, GROUP)
    if versions.where("report").limit(1).count():
        groups = with_retellings(kept(groups), versions, threshold)
    return mapped(groups, _clusters, CLUSTERS)


def _clusters(groups: Iterator[Row]) -> Iterator[Row]:
    return (cluster_to_dict(cluster_of(group_of(row, Records()))) for row in groups)
