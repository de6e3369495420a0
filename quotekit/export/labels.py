"""What readers of other formats share: a text that stands elsewhere, attributions that state less than ours."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any

import attrs

from quotekit.document import Attribution, Document, Kind
from quotekit.errors import InputError
from quotekit.export.checked import Node
from quotekit.export.jsonl import from_dict
from quotekit.kinds import kind_of
from quotekit.quotations import find_quotations

__all__ = ["PathLike", "Texts", "document_of", "text_of"]

PathLike = str | os.PathLike[str]
Texts = Mapping[str, str]


def document_of(line: Mapping[str, Any], texts: Texts | None = None) -> Document:
    """The document of a line as `from_dict` reads it, in which more may be missing.

    The text may stand in `texts`, under the document's id, and the outlet under `publisher`. An attribution without a
    `kind` has the one that its quotation marks tell, one without a `score` has 1. Raises `InputError` as `from_dict`
    does.

    >>> said = {"content": [[10, 18]], "cue": [[5, 9]], "source": [[0, 4]]}
    >>> document_of({"text": "Moss said it rains", "attributions": [said]}).attributions[0].kind
    <Kind.INDIRECT: 'indirect'>
    """
    node = Node(line)
    identity = node["doc"] or node["id"]
    doc = identity.string() if identity else ""
    stated = [item.known() for item in node["attributions"]]
    whole = [{"kind": str(Kind.INDIRECT), "score": 1.0, **attribution} for attribution in stated]
    text = text_of(doc, node["text"].string_or_none(), texts)
    outlet = node["outlet"].string_or_none() or node["publisher"].string_or_none()
    document = from_dict({**line, "text": text, "outlet": outlet, "attributions": whole})
    quotations = document.quotations or find_quotations(document.text)

    def of_kind(attribution: Attribution) -> Attribution:
        return attrs.evolve(attribution, kind=kind_of(document.text, attribution.content, quotations))

    rows = zip(stated, document.attributions, strict=True)
    told = tuple(attribution if "kind" in row else of_kind(attribution) for row, attribution in rows)
    return attrs.evolve(document, quotations=quotations, attributions=told)


def text_of(doc: str, held: str | None, texts: Texts | None) -> str:
    """The text of a document: what its file holds, else the one in `texts`. Raises `InputError` for want of both."""
    text = (texts or {}).get(doc) if held is None else held
    if text is None:
        raise InputError(f"the file holds no text for document {doc!r}: pass texts={{{doc!r}: its text}}")
    return text
