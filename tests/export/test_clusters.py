"""Clusters as lines of JSON."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path

from quotekit.document import Cluster, Difference, DifferenceKind, Member, Relation
from quotekit.export import cluster_to_dict, write_clusters
from quotekit.spans import Span
from quotekit.speakers import Speaker, SpeakerType

DOCS = Path(__file__).resolve().parents[2] / "docs" / "reference" / "data-format.md"

OKAFOR = Speaker(name="Ines Okafor", type=SpeakerType.PERSON)
FULL = Member(
    doc="harbour-17",
    index=0,
    outlet="Harbour Post",
    date="2024-03-05",
    content=(Span(0, 30),),
    text="“We will not pay for the tug,”",
    relation=Relation.VERBATIM,
    score=1.0,
    speakers=(OKAFOR,),
)
CHANGED = Member(
    doc="courier-3",
    index=4,
    outlet="Courier",
    date="2024-03-06",
    content=(Span(110, 133),),
    text="We will pay for the tug",
    relation=Relation.ALTERED,
    score=0.98,
    differences=(Difference(DifferenceKind.NEGATION, Span(9, 12), None),),
)
CLUSTER = Cluster(
    members=(FULL, CHANGED), representative=FULL, speakers=(OKAFOR,), altered=True, first_seen="2024-03-05"
)


def test_documented_line_is_the_written_one() -> None:
    """The example in docs/reference/data-format.md is what this cluster is written as."""
    _, _, section = DOCS.read_text(encoding="utf-8").partition("## A cluster")
    example = re.search("```json\n(.*?)```", section, re.S)
    assert example
    assert json.loads(example[1]) == cluster_to_dict(CLUSTER)
    assert list(json.loads(example[1])) == list(cluster_to_dict(CLUSTER))


def test_every_field_is_documented() -> None:
    """Each key has its row in a table."""
    row = cluster_to_dict(CLUSTER)
    documented = DOCS.read_text(encoding="utf-8").partition("## A cluster")[2]
    keys = {*row, *row["members"][1], *row["members"][1]["differences"][0]}
    assert {key for key in keys if f"| `{key}`" not in documented} == set()


def test_one_line_a_cluster() -> None:
    """Whatever the text holds, a line is one cluster, in UTF-8."""
    odd = Member(doc="\n", index=0, content=(), text="“a\u2028\ud800", relation=Relation.VERBATIM, score=1.0)
    file = io.StringIO()
    write_clusters([CLUSTER, Cluster(members=(odd,), representative=odd)], file)
    first, second, rest = file.getvalue().split("\n")
    assert json.loads(first)["members"][0]["doc"] == "harbour-17"
    assert json.loads(second)["members"][0]["text"] == odd.text
    assert rest == ""
    file.getvalue().encode("utf-8")
