"""The registry's own language tables, `data/<lang>/*.tsv`: word, tab, what it stands for."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from importlib import resources

__all__ = ["table"]


@functools.cache
def table(name: str, lang: str = "en") -> Mapping[str, str]:
    """The rows of one table, in order; a row without a second column stands for the empty string.

    >>> table("name_variants")["khwaja"]
    'khawaja'
    """
    text = (resources.files("quotekit") / "data" / lang / f"{name}.tsv").read_text(encoding="utf-8")
    rows = (line.partition("\t") for line in text.splitlines() if line.strip() and not line.startswith("#"))
    return {word.strip(): meaning.strip() for word, _, meaning in rows}
