"""W3C Web Annotation: a page of annotations for each document, one an attribution, as JSON-LD.

The target of an annotation is the content; its bodies are everything said about it, each with a `quotekit:role`: where
the source, cue, target and via stand, and as words the kind, the act and the speakers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import IO, Any
from urllib.parse import quote

from quotekit.document import Attribution, Document
from quotekit.export.written import is_web_address, line_of, whole_characters
from quotekit.spans import Span
from quotekit.speakers import Speaker

__all__ = ["NAMES", "PARTS", "ROLE", "to_web_annotations", "write_web_annotations"]

PARTS = ("source", "cue", "target", "via")
NAMES = "urn:quotekit:"  # the prefix of names that no standard has
ROLE = "quotekit:role"
CONTEXT = ["http://www.w3.org/ns/anno.jsonld", {"quotekit": NAMES}]
AROUND = 32  # characters before and after a span that tell where it stands when the article has changed

Json = dict[str, Any]


def to_web_annotations(document: Document) -> Json:
    """A document as an annotation page that holds its text.

    Positions count code points, as the standard says. Half a character becomes "�".

    >>> to_web_annotations(Document(id="a", text="Rain fell."))["schema:about"]["id"]
    'urn:quotekit:document:a'
    """
    article = iri("document", document.id)
    page = iri("page", document.id)
    text = whole_characters(document.text)
    about = {
        "id": article,
        "type": "schema:Article",
        "schema:identifier": document.id,
        "schema:headline": document.title,
        "schema:datePublished": document.date,
        "schema:publisher": document.outlet,
        "schema:articleBody": text,
    }
    selected = _Selected(text, article)
    items = [_annotation(f"{page}:{index}", a, selected, page) for index, a in enumerate(document.attributions)]
    known = {name: value for name, value in about.items() if value is not None}
    return {"@context": CONTEXT, "id": page, "type": "AnnotationPage", "schema:about": known, "items": items}


def iri(kind: str, name: str) -> str:
    """The name of a thing as an IRI: a web address as it is, anything else in a URN of our own.

    >>> iri("document", "https://example.org/a"), iri("document", "news/17")
    ('https://example.org/a', 'urn:quotekit:document:news%2F17')
    """
    if kind == "document" and is_web_address(name):
        return name
    return f"{NAMES}{kind}:{quote(name.encode('utf-8', 'surrogatepass'), safe='')}"


def write_web_annotations(documents: Iterable[Document], file: IO[str]) -> None:
    """Write one line a document to a file open for text (UTF-8); a file of one line is a JSON-LD document."""
    for document in documents:
        file.write(line_of(to_web_annotations(document)))


def _annotation(name: str, attribution: Attribution, selected: _Selected, page: str) -> Json:
    parts = (attribution.source, attribution.cue, attribution.target, [via.span for via in attribution.via])
    bodies = [selected(span, role) for role, spans in zip(PARTS, parts, strict=True) for span in spans]
    parent = attribution.parent
    return {
        "id": name,
        "type": "Annotation",
        "motivation": "identifying",
        "body": [*bodies, *_words(attribution)],
        "target": [selected(span, "content") for span in attribution.content],
        "quotekit:score": attribution.score,
        **({} if parent is None else {"quotekit:parent": {"id": f"{page}:{parent}"}}),
    }


def _words(attribution: Attribution) -> Iterator[Json]:
    yield _word("kind", str(attribution.kind), "classifying")
    yield _word("act", str(attribution.act), "classifying")
    if attribution.negated:
        yield _word("negated", "negated", "classifying")
    yield from map(_speaker, attribution.speakers)


def _word(role: str, value: str, purpose: str) -> Json:
    return {"type": "TextualBody", "value": value, "format": "text/plain", "purpose": purpose, ROLE: role}


def _speaker(speaker: Speaker) -> Json:
    known = {"quotekit:id": speaker.id, "quotekit:post": speaker.role, "quotekit:organization": speaker.organization}
    return {
        **_word("speaker", speaker.name, "identifying"),
        "quotekit:type": str(speaker.type),
        **{name: value for name, value in known.items() if value is not None},
    }


class _Selected:
    """Says where a span stands, by its position and by its words, as a resource of the annotated article."""

    def __init__(self, text: str, article: str) -> None:
        self._text, self._article = text, article

    def __call__(self, span: Span, role: str) -> Json:
        position = {"type": "TextPositionSelector", "start": span.start, "end": span.end}
        words = {
            "type": "TextQuoteSelector",
            "exact": self._text[span.slice],
            "prefix": self._text[max(0, span.start - AROUND) : span.start],
            "suffix": self._text[span.end : span.end + AROUND],
        }
        selectors: Sequence[Json] = [position, words]
        return {"type": "SpecificResource", "source": self._article, "selector": selectors, ROLE: role}
