"""Spark gives what the library gives without it: the same documents, the same table, the same clusters."""

from __future__ import annotations

import importlib
import json
import random
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

import quotekit
from quotekit import Attribution, Document, InputError, Kind, Relation, Speaker, SpeakerType
from quotekit.export import cluster_to_dict
from quotekit.export.rows import rows_of
from quotekit.spans import Span

pytest.importorskip("pyspark", reason="Spark is not installed: pip install '.[spark]', and Java 17")
from pyspark.errors import PythonException
from pyspark.sql import DataFrame, Row, SparkSession

from quotekit.integrations import spark
from quotekit.integrations.spark import rounds

ROOT = Path(__file__).resolve().parents[2]
REGISTRY = ROOT / "examples" / "registry.json"
ARTICLES = "doc string, text string, date string, outlet string, title string"

FULL = "The salvage tug reached Karimabad harbor on Friday, and its crew found no trace of the missing trawler."
RETOLD = ("“The Nyando valley has lost 14 bridges.”", "that 14 bridges had been swept away in Nyando")
WORDS = ("the", "of", "and", "that", "was", "not", "we", "have")
SYLLABLES = ("ka", "ri", "mo", "ten", "lu", "sha", "dor", "vi", "be", "nox")


@pytest.fixture(scope="module")
def session() -> Iterator[SparkSession]:
    """Spark on two cores of this machine, which spends less on being fast later and so starts sooner."""
    quick = {
        "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
        "spark.sql.codegen.factoryMode": "NO_CODEGEN",
        "spark.sql.codegen.wholeStage": "false",
        "spark.sql.shuffle.partitions": "3",
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
    }
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYSPARK_PYTHON", sys.executable)
        session = SparkSession.builder.master("local[2]").config(map=quick).getOrCreate()
        session.sparkContext.setLogLevel("ERROR")
        yield session
        session.stop()


# Reading.


@pytest.fixture(scope="module")
def read(session: SparkSession, seeds: Sequence[Mapping[str, str]]) -> DataFrame:
    """The example articles and three rows that are none, read in two partitions."""
    bad = [{"doc": "null"}, {"doc": "soon", "text": "“Yes,” he said.", "date": "soon"}]
    names = [field.partition(" ")[0] for field in ARTICLES.split(", ")]
    rows = [tuple(article.get(name) for name in names) for article in (*seeds, *bad)]
    missing = [f"cast(null as string) as {name}" for name in names[2:]]
    latin = session.range(1).selectExpr("'latin' as doc", "cast(unhex('53ED2E') as string) as text", *missing)
    articles = session.createDataFrame(rows, ARTICLES).union(latin).repartition(2)
    return spark.documents(articles, registry=REGISTRY).localCheckpoint()


@pytest.fixture(scope="module")
def expected(seeds: Sequence[Mapping[str, str]]) -> Mapping[str, Document]:
    """The example articles as the library reads them, by id."""
    registry = quotekit.Registry.load(REGISTRY)
    return {document.id: document for document in quotekit.attribute_many(seeds, registry=registry)}


def test_documents_are_those_of_the_library(read: DataFrame, expected: Mapping[str, Document]) -> None:
    """The column `document` holds the documented line, and the columns beside it repeat its keys."""
    rows = [row for row in read.collect() if row.doc in expected]
    assert len(rows) == len(expected)
    for row in rows:
        document = quotekit.from_dict(json.loads(row.document))
        assert document == expected[row.doc]
        assert (row.date, row.outlet, row.title) == (document.date, document.outlet, document.title)
        assert [issue.code for issue in row.issues] == [issue.code for issue in document.issues]


def test_bad_rows_are_reported_and_stop_nothing(read: DataFrame, expected: Mapping[str, Document]) -> None:
    """An article without a text, with a date that is none, and one that is no UTF-8 are documents with an issue."""
    issues = {row.doc: row.issues[0] for row in read.collect() if row.doc not in expected}
    assert {name: issue.code for name, issue in issues.items()} == dict.fromkeys(("null", "soon", "latin"), "bad-item")
    assert "got 'soon'" in issues["soon"].message
    assert r"S\xed" in issues["latin"].message


def test_attributions_are_the_documented_table(read: DataFrame, expected: Mapping[str, Document]) -> None:
    """The rows are those that `write_csv` writes, with spans as lists."""
    rows = [row.asDict(recursive=True) for row in spark.attributions(read).collect()]
    assert sorted(rows, key=_place) == sorted(rows_of(expected.values()), key=_place)


def _place(row: Mapping[str, Any]) -> tuple[str, int]:
    return row["doc"], row["index"]


def test_registry_can_be_an_object(session: SparkSession) -> None:
    """A registry that is loaded already goes to the workers; a column `id` is taken for `doc`."""
    registry = quotekit.Registry()
    registry.add(Speaker(name="Ines Okafor", type=SpeakerType.PERSON, id="okafor"))
    articles = session.createDataFrame(
        [("a", "“The ferry is late,” said Ines Okafor.", 1)], "id string, text string, n int"
    )
    (row,) = spark.attributions(spark.documents(articles.coalesce(1), registry=registry)).collect()
    assert (row.doc, row.speaker_id) == ("a", "okafor")


@pytest.mark.parametrize("columns", ["body string", "text int"])
def test_articles_need_a_column_of_texts(session: SparkSession, columns: str) -> None:
    """The message says which columns there are."""
    with pytest.raises(InputError, match=f"expected articles with a column text of strings, got {columns};"):
        spark.documents(session.createDataFrame([], columns))


# Matching.


def document(name: str, *texts: str, speaker: str = "Ines Okafor", **known: str) -> Document:
    """A document in which one person is said to say these texts, word for word where one has a quotation mark."""
    person, body, said = Speaker(name=speaker, type=SpeakerType.PERSON), "\n".join(texts), []
    for text in texts:
        start = body.index(text)
        kind = Kind.DIRECT if text.startswith("“") else Kind.INDIRECT
        fields = {"content": [Span(start, start + len(text))], "speakers": (person,), "score": 1.0}
        said.append(Attribution.cut(body, kind=kind, **fields))
    return Document(id=name, text=body, attributions=tuple(said), **known)


def newspapers(rng: random.Random, utterances: int) -> list[Document]:
    """Documents with versions of the same few sentences; one phrase that all print; some twice, some without an id."""
    known = [
        " ".join("".join(rng.choices(SYLLABLES, k=3)) if n % 2 else rng.choice(WORDS) for n in range(16))
        for _ in range(utterances)
    ]
    documents = [
        document(
            f"d{n}",
            f"“{version(rng.choice(known), rng)}”",
            version(rng.choice(known), rng),
            "thank you very much, dear otters",
            speaker=f"Speaker {n}",
            date=f"2024-03-{rng.randint(1, 28):02}",
            outlet=f"outlet {n % 7}",
        )
        for n in range(2 * utterances)
    ]
    retold = [document(f"r{n}", text, speaker="Gov. Achieng Odhiambo") for n, text in enumerate(RETOLD)]
    twice = (document("", FULL, FULL[:60]) for _ in range(2))
    return [*documents, *documents[:3], *twice, *retold, *one_county_without_a_speaker()]


def one_county_without_a_speaker() -> list[Document]:
    """A report that borrows its speaker from another outlet, and a retelling by a body in the same document."""
    told = (
        "that 14 bridges and nine schools in the Nyando valley were swept away by the flood last Tuesday night",
        "that the flood in Nyando has destroyed nine schools and swept off 14 bridges",
    )
    text = "\n".join((f"{told[0]}, and the road to Kisumu is closed", told[1]))
    ends = (text.index("\n"), len(text))
    county = Speaker(name="the county", type=SpeakerType.ORGANIZATION)
    attributions = (
        Attribution.cut(text, content=[Span(0, ends[0])], kind=Kind.INDIRECT, score=1.0),
        Attribution.cut(text, content=[Span(ends[0] + 1, ends[1])], kind=Kind.INDIRECT, speakers=(county,), score=1.0),
    )
    return [
        Document(id="county", text=text, attributions=attributions),
        document("named", told[0], speaker="Achieng Odhiambo"),
    ]


def version(text: str, rng: random.Random) -> str:
    """A text as another outlet may print it."""
    words, at = text.split(), rng.randrange(4, 12)
    left_out = [*words[:at], "…", *words[at + 1 :]]
    denied = [*words[:at], "not", *words[at:]]
    return " ".join(rng.choice((words, words[:at], words[at - 3 :], left_out, denied, words[:8] + denied)))


def lines(session: SparkSession, documents: Sequence[Document], partitions: int) -> DataFrame:
    """Documents as the column that `match` reads, in so many partitions."""
    rows = [(json.dumps(quotekit.to_dict(document)),) for document in documents]
    return session.createDataFrame(rows, "document string").repartition(partitions)


def plain(value: Any) -> Any:
    """Rows and JSON types in one form: keys without a value left out."""
    if isinstance(value, Row):
        return plain(value.asDict())
    if isinstance(value, Mapping):
        return {key: plain(item) for key, item in value.items() if item is not None}
    return [plain(item) for item in value] if isinstance(value, (list, tuple)) else value


def by_text(clusters: list[Any]) -> list[Any]:
    """Clusters in an order of their own."""
    return sorted(clusters, key=lambda cluster: json.dumps(cluster, sort_keys=True))


def test_clusters_are_those_of_the_library(session: SparkSession, monkeypatch: pytest.MonkeyPatch) -> None:
    """However documents lie in partitions, and in however many blocks they are gathered, the clusters are the same."""
    rng = random.Random(5)
    documents = newspapers(rng, 40)
    clusters = quotekit.match(documents)
    relations = {member.relation for cluster in clusters for member in cluster.members}
    assert len(clusters) > 20
    assert relations == set(Relation) - {Relation.DIFFERENT}
    monkeypatch.setattr(rounds, "BLOCK", 60)
    rng.shuffle(documents)
    found = spark.match(lines(session, documents, 5)).collect()
    assert by_text(plain(found)) == by_text(plain([cluster_to_dict(cluster) for cluster in clusters]))


def test_threshold_is_that_of_the_library(session: SparkSession) -> None:
    """A higher one leaves out what is less sure."""
    texts = (FULL, FULL.upper(), "The salvage tug reached the harbor on Sunday, with no trace of a trawler")
    documents = [document(f"d{n}", f"“{text}”") for n, text in enumerate(texts)]
    (usual,), (sure,) = quotekit.match(documents), quotekit.match(documents, threshold=0.99)
    assert len(usual.members) > len(sure.members)
    found = spark.match(lines(session, documents, 2), threshold=0.99).collect()
    assert plain(found) == plain([cluster_to_dict(sure)])


def test_what_cannot_be_matched_is_told(session: SparkSession) -> None:
    """A threshold outside 0..1, and a line that holds no document."""
    frame = session.createDataFrame([("Khan left.",)], "document string")
    with pytest.raises(InputError, match="threshold must be a number from 0 to 1, got 2"):
        spark.match(frame, threshold=2)
    with pytest.raises(PythonException, match="expected the JSON line of a document in the column document"):
        spark.match(frame).collect()


# What is said about it.


@pytest.mark.parametrize("name", ["DOCUMENTS", "ATTRIBUTIONS", "CLUSTERS"])
def test_every_column_is_documented(session: SparkSession, name: str) -> None:
    """docs/how-to/spark.md has a table with the columns of each DataFrame, in order."""
    from quotekit.integrations.spark import columns

    page = (ROOT / "docs" / "how-to" / "spark.md").read_text(encoding="utf-8")
    table = page.partition(f"<!-- {name.lower()} -->")[2].partition("\n\n")[0]
    names = [part for row in re.findall(r"^\| (`.*?) \|", table, re.M) for part in re.findall(r"`(\w+)`", row)]
    assert names == session.createDataFrame([], getattr(columns, name)).columns


def test_missing_spark_is_told_with_the_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    """The message names the extra."""
    monkeypatch.setitem(sys.modules, "pyspark", None)
    monkeypatch.delitem(sys.modules, "quotekit.integrations.spark")
    with pytest.raises(ModuleNotFoundError, match=r"needs pyspark, .*: pip install pyspark pandas pyarrow"):
        importlib.import_module("quotekit.integrations.spark")
