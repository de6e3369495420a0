"""Attribution and matching of Spark DataFrames; `docs/how-to/spark.md` describes every column.

    from quotekit.integrations import spark

    documents = spark.documents(articles, registry="speakers.json")
    said = spark.attributions(documents)
    clusters = spark.match(documents)

Needs the extra `quotekit[spark]`, and on every machine of the cluster quotekit and Java 17.
"""

try:
    import pyarrow
    import pyspark
except ModuleNotFoundError as error:
    raise ModuleNotFoundError(
        f"quotekit.integrations.spark needs {error.name}, which is not installed: pip install pyspark pandas pyarrow",
        name=error.name,
    ) from None

from quotekit.integrations.spark.attribution import attributions, documents
from quotekit.integrations.spark.matching import match

__all__ = ["attributions", "documents", "match"]

del pyarrow, pyspark
