"""Documents as data: the documented JSONL line, and the formats of other tools, written and, where they allow, read."""

from quotekit.export.brat import to_brat, write_brat
from quotekit.export.brat_reader import from_brat, read_brat
from quotekit.export.citron import from_citron, to_citron, write_citron
from quotekit.export.clusters import cluster_to_dict, write_clusters
from quotekit.export.csv import read_csv, write_csv
from quotekit.export.jsonl import from_dict, read_jsonl, to_dict, write_jsonl
from quotekit.export.reading import read_documents
from quotekit.export.schema import schema
from quotekit.export.schemaorg import to_claim, to_schema_org, write_schema_org
from quotekit.export.webannotation import to_web_annotations, write_web_annotations
from quotekit.export.webannotation_reader import from_web_annotations

__all__ = [
    "cluster_to_dict",
    "from_brat",
    "from_citron",
    "from_dict",
    "from_web_annotations",
    "read_brat",
    "read_csv",
    "read_documents",
    "read_jsonl",
    "schema",
    "to_brat",
    "to_citron",
    "to_claim",
    "to_dict",
    "to_schema_org",
    "to_web_annotations",
    "write_brat",
    "write_citron",
    "write_clusters",
    "write_csv",
    "write_jsonl",
    "write_schema_org",
    "write_web_annotations",
]
