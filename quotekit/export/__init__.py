"""Documents as data: the documented JSONL line, written and read back; and clusters, one a line."""

from quotekit.export.clusters import cluster_to_dict, write_clusters
from quotekit.export.jsonl import from_dict, read_jsonl, to_dict, write_jsonl

__all__ = ["cluster_to_dict", "from_dict", "read_jsonl", "to_dict", "write_clusters", "write_jsonl"]
