"""BBC Citron's JSON: a text and its quotes, each with sources, cue and contents as `{"start", "end", "text"}`.

This is the form of the data that Citron is trained on. What Citron prints holds no text and counts tokens instead of
characters, and where it resolved a source, the referent stands in `sources` and the article's words in `coreferences`.
That is read too, and told by its `{"source": {"application": "citron-extractor"}}`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import IO, Any

import attrs

from quotekit.document import Attribution, Document
from quotekit.export.checked import Node
from quotekit.export.citron_places import Places
from quotekit.export.labels import Texts, document_of, text_of
from quotekit.export.written import line_of, pair_of, whole_characters
from quotekit.spans import Span, hull

__all__ = ["from_citron", "to_citron", "write_citron"]

EXTRACTOR = "citron-extractor"


def to_citron(document: Document) -> dict[str, Any]:
    """A document in Citron's form.

    Citron has one cue a quote and none without: of several cue spans it gets the stretch that holds them all, and an
    attribution without a cue is left out. Its `coreferences` are the words that show who the source is. Half a
    character becomes "�".

    >>> sorted(to_citron(Document(id="a", text="Rain fell.")))
    ['doc', 'quotes', 'source', 'text']
    """
    document = attrs.evolve(document, text=whole_characters(document.text))
    quotes = (_quote(document, index, a) for index, a in enumerate(document.attributions) if a.cue)
    source = {"application": "quotekit"}
    return {"doc": document.id, "text": document.text, "quotes": list(quotes), "source": source}


def _quote(document: Document, index: int, attribution: Attribution) -> dict[str, Any]:
    evidence = attribution.resolution.evidence if attribution.resolution else None
    parts = {"sources": attribution.source, "coreferences": (evidence,) if evidence else ()}
    return {
        "id": str(index),
        **{name: [_placed(document, span) for span in spans] for name, spans in parts.items()},
        "cue": _placed(document, hull(attribution.cue)),
        "contents": [_placed(document, span) for span in attribution.content],
        "confidence": f"{attribution.score:.4f}",
    }


def _placed(document: Document, span: Span) -> dict[str, Any]:
    return {"start": span.start, "end": span.end, "text": document[span]}


def write_citron(documents: Iterable[Document], file: IO[str]) -> None:
    """Write one line a document to a file open for text (UTF-8); a file of one line is one of Citron's own."""
    for document in documents:
        file.write(line_of(to_citron(document)))


def from_citron(data: Mapping[str, Any], *, doc: str = "", texts: Texts | None = None) -> Document:
    """The document of Citron's JSON; `doc` is its id where it states none, `texts` has its text where it holds none.

    Raises `InputError` that says what was expected, what came and where, and where a span's text is not in the article.

    >>> said = {"start": 5, "end": 9, "text": "said"}, {"start": 10, "end": 18, "text": "it rains"}
    >>> quote = {"sources": [], "cue": said[0], "contents": [said[1]]}
    >>> from_citron({"text": "Moss said it rains", "quotes": [quote]}).attributions[0].text
    'it rains'
    """
    node = Node(data)
    doc = node["doc"].string() if node["doc"] else doc
    text = text_of(doc, node["text"].string_or_none(), texts)
    printed = bool(node["source"]) and node["source"]["application"].value == EXTRACTOR
    places = Places(text, (span for quote in node["quotes"] for span in _spans(quote)), may_count_tokens=printed)
    attributions = [_attribution(quote, places, printed) for quote in node["quotes"]]
    return document_of({"doc": doc, "text": text, "attributions": attributions})


def _spans(quote: Node) -> Iterable[Node]:
    return (quote["cue"], *quote["sources"], *quote["contents"], *quote["coreferences"])


def _attribution(quote: Node, places: Places, printed: bool) -> dict[str, Any]:
    if not quote["contents"].value:
        raise quote["contents"].unexpected("one span or more")
    said_by = "coreferences" if printed and quote["coreferences"].value else "sources"
    return {
        "content": [pair_of(places[span]) for span in quote["contents"]],
        "cue": [pair_of(places[quote["cue"]])],
        "source": [pair_of(places[span]) for span in quote[said_by]],
        "score": _confidence(quote["confidence"]),
    }


def _confidence(node: Node) -> float | None:
    """Citron writes the number as a string."""
    if not node:
        return None
    try:
        return Node(float(node.string()) if isinstance(node.value, str) else node.value, node.path).score()
    except ValueError:
        raise node.unexpected("a number from 0 to 1") from None
