"""Documents as data: the documented JSONL line, written and read back."""

from quotekit.export.jsonl import from_dict, read_jsonl, to_dict, write_jsonl

__all__ = ["from_dict", "read_jsonl", "to_dict", "write_jsonl"]
