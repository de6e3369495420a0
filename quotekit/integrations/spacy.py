"""Attributions in a spaCy `Doc`, as span groups."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from quotekit.document import Attribution, Document
from quotekit.export import to_dict
from quotekit.spans import Span

if TYPE_CHECKING:
    import spacy.language
    import spacy.tokens

__all__ = ["to_spacy"]

PARTS = ("source", "cue", "content", "target", "via")


def to_spacy(document: Document, nlp: spacy.language.Language | None = None) -> spacy.tokens.Doc:
    """A document as a spaCy `Doc` with the span groups `source`, `cue`, `content`, `target` and `via`.

    `nlp` is the pipeline that reads the text; without one, English words are told apart and nothing more. Spans grow to
    the words of spaCy. A span's `id_` is the place of its attribution in `doc.user_data["quotekit"]["attributions"]`,
    which holds the document as `to_dict` gives it; its `kb_id_` is the speaker's id in the registry. The `attrs` of a
    group have the `attribution`, `kind`, `act`, `negated`, `speaker` and `score` of each of its spans, in their order.
    Raises `ImportError` where spaCy is not installed.
    """
    try:
        import spacy
        from spacy.tokens import SpanGroup
    except ImportError as error:
        raise ImportError("a Doc needs spaCy, which is not installed: pip install spacy") from error
    doc = (nlp or spacy.blank("en"))(document.text)
    doc.user_data["quotekit"] = to_dict(document)
    for part in PARTS:
        held = [
            (index, a, span) for index, a, place in _held(document, part) if (span := _span(doc, part, index, a, place))
        ]
        about: dict[str, Any] = {name: [] for name in ("attribution", "kind", "act", "negated", "speaker", "score")}
        for index, attribution, _ in held:
            for name, value in _about(index, attribution).items():
                about[name].append(value)
        doc.spans[part] = SpanGroup(doc, name=part, attrs=about, spans=[span for _, _, span in held])
    return doc


def _held(document: Document, part: str) -> Iterator[tuple[int, Attribution, Span]]:
    for index, attribution in enumerate(document.attributions):
        spans = [via.span for via in attribution.via] if part == "via" else getattr(attribution, part)
        yield from ((index, attribution, span) for span in spans)


def _about(index: int, attribution: Attribution) -> dict[str, Any]:
    return {
        "attribution": index,
        "kind": str(attribution.kind),
        "act": str(attribution.act),
        "negated": attribution.negated,
        "speaker": attribution.speaker and attribution.speaker.name,
        "score": attribution.score,
    }


def _span(
    doc: spacy.tokens.Doc, part: str, index: int, attribution: Attribution, place: Span
) -> spacy.tokens.Span | None:
    """The words that a span touches; nothing where it touches none."""
    known = (attribution.speaker and attribution.speaker.id) or ""
    start, end = place.start, place.end
    span = doc.char_span(start, end, label=part, kb_id=known, span_id=str(index), alignment_mode="expand")
    return span if len(place) and span is not None and len(span) else None
