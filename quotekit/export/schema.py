"""The JSON Schema (2020-12) of the lines that quotekit writes."""

from __future__ import annotations

import functools
import json
from importlib import resources
from typing import Any

from quotekit.errors import InputError

__all__ = ["schema"]


def schema(line: str = "document") -> dict[str, Any]:
    """The JSON Schema of a line: `"document"`, as `to_dict` gives it, or `"cluster"`, as `cluster_to_dict` does.

    What it refuses `from_dict` refuses. It cannot say what `from_dict` also checks: that spans lie in the text, that no
    span ends before it starts, and what `parent` and `speaker` refer to. Raises `InputError` for any other name.

    >>> schema()["$ref"]
    '#/$defs/document'
    """
    if line not in ("document", "cluster"):
        raise InputError(f"expected 'document' or 'cluster', got {line!r}")
    whole: dict[str, Any] = json.loads(_text())
    return {**whole, "$ref": f"#/$defs/{line}"}


@functools.cache
def _text() -> str:
    return resources.files("quotekit.export").joinpath("schema.json").read_text(encoding="utf-8")
