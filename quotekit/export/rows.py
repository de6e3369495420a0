"""One row an attribution: what tables hold of a document."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from quotekit.document import Attribution, Document
from quotekit.export.written import pairs_of

__all__ = ["COLUMNS", "SPANS", "rows_of"]

SPANS = ("source_spans", "cue_spans", "content_spans", "target_spans", "via_spans")

COLUMNS: dict[str, type] = {
    "doc": str,
    "date": str,
    "outlet": str,
    "title": str,
    "index": int,
    "parent": int,
    "kind": str,
    "act": str,
    "negated": bool,
    "speaker": str,
    "speaker_id": str,
    "speaker_type": str,
    "role": str,
    "organization": str,
    "speakers": str,
    "how": str,
    "speaker_score": float,
    "source": str,
    "cue": str,
    "content": str,
    "target": str,
    "via": str,
    "claim": str,
    "score": float,
    **dict.fromkeys(SPANS, list),
}


def rows_of(documents: Iterable[Document]) -> Iterator[dict[str, Any]]:
    """The rows of documents, in order, with the keys of `COLUMNS` and `None` for what is not known.

    Spans are `[[start, end], …]`, `index` is the attribution's place in its document, and `speakers` has all names of a
    joint source, parted by "; ".
    """
    for document in documents:
        about = {"doc": document.id, "date": document.date, "outlet": document.outlet, "title": document.title}
        for index, attribution in enumerate(document.attributions):
            row = {
                **about,
                "index": index,
                **_said(document, attribution),
                **_speaker(attribution),
                **_spans(attribution),
            }
            yield {column: row[column] for column in COLUMNS}


def _said(document: Document, attribution: Attribution) -> dict[str, Any]:
    return {
        "parent": attribution.parent,
        "kind": str(attribution.kind),
        "act": str(attribution.act),
        "negated": attribution.negated,
        "source": attribution.source_text,
        "cue": attribution.cue_text,
        "content": attribution.text,
        "target": " ".join(document[span] for span in attribution.target),
        "via": " ".join(document[via.span] for via in attribution.via),
        "claim": attribution.claim,
        "score": attribution.score,
    }


def _speaker(attribution: Attribution) -> dict[str, Any]:
    speaker, resolution = attribution.speaker, attribution.resolution
    return {
        "speaker": speaker and speaker.name,
        "speaker_id": speaker and speaker.id,
        "speaker_type": speaker and str(speaker.type),
        "role": speaker and speaker.role,
        "organization": speaker and speaker.organization,
        "speakers": "; ".join(each.name for each in attribution.speakers) or None,
        "how": resolution and str(resolution.how),
        "speaker_score": resolution and resolution.score,
    }


def _spans(attribution: Attribution) -> dict[str, Any]:
    parts = (attribution.source, attribution.cue, attribution.content, attribution.target)
    return dict(zip(SPANS, [pairs_of(part) for part in (*parts, [via.span for via in attribution.via])], strict=True))
