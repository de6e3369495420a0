"""Attributions as rows: the records of `quotekit.matching`, and what tells them apart on every machine."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator

from pyspark.sql import DataFrame, Window
from pyspark.sql import functions as F

from quotekit.integrations.spark.attribution import read
from quotekit.integrations.spark.candidates import key_of
from quotekit.integrations.spark.columns import Row, mapped
from quotekit.matching.index import FEWEST_WORDS
from quotekit.matching.normalize import normalize
from quotekit.matching.retellings import is_report
from quotekit.matching.rows import row_of, version_of
from quotekit.matching.versions import Printed, Version, filed

__all__ = ["VERSION", "Records", "versions_of"]

VERSION = "struct<home: binary, copy: int, index: int, doc: string, outlet: string, date: string, said: string>"

_SAID = "struct<index: int, said: string, report: boolean, words: array<string>, text: binary>"
_FILED = f"home binary, doc string, outlet string, date string, attributions array<{_SAID}>"


def versions_of(documents: DataFrame) -> DataFrame:
    """Each attribution that is worth looking for as a `version`, with its `words` and the key of its `text`.

    `report` is whether it may tell in other words what somebody said. A document that comes twice counts once, as in an
    index: `home`, a digest of all that an index keeps, and `copy` tell documents apart, for those without an id are
    never the same.
    """
    filed = mapped(documents.select("document"), _filed, _FILED)
    alike = Window.partitionBy("home").orderBy("home")
    once = filed.withColumn("copy", F.row_number().over(alike)).where("doc = '' or copy = 1")
    said = once.select("*", F.inline("attributions"))
    version = F.struct("home", "copy", "index", "doc", "outlet", "date", "said")
    return said.select("text", "words", "report", version.alias("version"))


def _filed(rows: Iterator[Row]) -> Iterator[Row]:
    for row in rows:
        printed, versions = filed(read(row))
        said = [row_of(version).decode("ascii") for version in versions]
        words = [[word.key for word in normalize(version.text).words] for version in versions]
        worth_finding = [
            {
                "index": version.index,
                "said": line,
                "report": is_report(version),
                "words": keys,
                "text": key_of(keys),
            }
            for version, line, keys in zip(versions, said, words, strict=True)
            if len(keys) >= FEWEST_WORDS
        ]
        if worth_finding:
            known = {"doc": printed.doc, "outlet": printed.outlet, "date": printed.date}
            yield {**known, "home": _digest([known, said]), "attributions": worth_finding}


def _digest(data: object) -> bytes:
    return hashlib.blake2b(json.dumps(data).encode("ascii"), digest_size=16).digest()


class Records:
    """The versions that rows hold: one record for each however often it comes, and one for each document."""

    def __init__(self) -> None:
        self._printed: dict[tuple[bytes, int], Printed] = {}
        self._versions: dict[tuple[bytes, int, int], Version] = {}
        self._rows: dict[Version, Row] = {}

    def version(self, row: Row) -> Version:
        """The version of a row."""
        key = row["home"], row["copy"], row["index"]
        if key not in self._versions:
            printed = Printed(doc=row["doc"], outlet=row["outlet"], date=row["date"])
            version = version_of(json.loads(row["said"]), self._printed.setdefault(key[:2], printed))
            self._versions[key], self._rows[version] = version, row
        return self._versions[key]

    def row(self, version: Version) -> Row:
        """The row that a version was read from."""
        return self._rows[version]
