"""Pages of W3C Web Annotations, as quotekit writes them → documents."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote_to_bytes

from quotekit.document import Document
from quotekit.errors import InputError
from quotekit.export.checked import Node
from quotekit.export.labels import Texts, document_of
from quotekit.export.webannotation import NAMES, PARTS, ROLE

__all__ = ["from_web_annotations"]

_OF_DOCUMENT = {"date": "schema:datePublished", "outlet": "schema:publisher", "title": "schema:headline"}
_OF_SPEAKER = {
    "id": "quotekit:id",
    "type": "quotekit:type",
    "role": "quotekit:post",
    "organization": "quotekit:organization",
}


def from_web_annotations(page: Mapping[str, Any], *, texts: Texts | None = None) -> Document:
    """The document of an annotation page whose targets and bodies have a `quotekit:role`; others are passed over.

    Where something stands is read from its `TextPositionSelector`. `texts` has the article's text, by the document's
    id, where the page does not hold it. Raises `InputError` that says what was expected, what came and where.

    >>> from_web_annotations({"type": "AnnotationPage", "schema:about": {"schema:articleBody": "Rain."}}).text
    'Rain.'
    """
    node = Node(page)
    if node["type"].value != "AnnotationPage":
        raise node["type"].unexpected("a page of Web Annotations, with type AnnotationPage")
    about = node["schema:about"] if node["schema:about"] else Node({})
    places = {item["id"].string_or_none(): index for index, item in enumerate(node["items"])}
    line = {
        "doc": about["schema:identifier"].value or _id_of(about["id"]),
        "text": about["schema:articleBody"].value,
        **{field: about[name].value for field, name in _OF_DOCUMENT.items()},
        "attributions": [_attribution(item, places) for item in node["items"]],
    }
    return document_of(line, texts)


def _id_of(article: Node) -> str:
    name = article.string() if article else ""
    own = f"{NAMES}document:"
    return unquote_to_bytes(name.removeprefix(own)).decode("utf-8", "replace") if name.startswith(own) else name


def _attribution(item: Node, places: Mapping[str | None, int]) -> dict[str, Any]:
    held: dict[str | None, list[Node]] = {}
    for part in (*_several(item["target"]), *_several(item["body"])):
        held.setdefault(part[ROLE].string_or_none(), []).append(part)
    spans = {role: [_span(part) for part in held.get(role, ())] for role in (*PARTS, "content")}
    values: dict[str, Any] = {role: held[role][0]["value"].value for role in ("kind", "act") if role in held}
    return {
        **spans,
        **values,
        "via": [{"span": span} for span in spans["via"]],
        "negated": "negated" in held,
        "speakers": [_speaker(part) for part in held.get("speaker", ())],
        "parent": _parent(item["quotekit:parent"], places),
        "score": item["quotekit:score"].value,
    }


def _several(node: Node) -> tuple[Node, ...]:
    """JSON-LD writes a single thing without an array."""
    return tuple(node) if isinstance(node.value, (list, tuple)) else (node,) if node else ()


def _span(part: Node) -> list[object]:
    for selector in _several(part["selector"]):
        if selector["type"].value == "TextPositionSelector":
            return [selector["start"].value, selector["end"].value]
    raise part["selector"].unexpected("a TextPositionSelector")


def _speaker(part: Node) -> dict[str, Any]:
    return {"name": part["value"].value, **{field: part[name].value for field, name in _OF_SPEAKER.items()}}


def _parent(node: Node, places: Mapping[str | None, int]) -> int | None:
    if not node:
        return None
    name = (node if isinstance(node.value, str) else node["id"]).string()
    if name not in places:
        raise InputError(f"expected the id of an annotation of this page, got {name!r} @ {node.path}")
    return places[name]
