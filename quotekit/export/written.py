"""What documents and clusters are made of, as JSON types, and the line that holds one of them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

from quotekit.spans import Span
from quotekit.speakers import Speaker

__all__ = ["is_web_address", "line_of", "pair_of", "pairs_of", "speaker_to_dict", "whole_characters"]

_WEB = re.compile(r"https?://[^\s<>\"{}|\\^`\ud800-\udfff]+")
_SURROGATE = re.compile("[\ud800-\udfff]")


def pair_of(span: Span | None) -> list[int] | None:
    """A span as `[start, end]`.

    >>> pair_of(Span(0, 4))
    [0, 4]
    """
    return [span.start, span.end] if span else None


def pairs_of(spans: Iterable[Span]) -> list[list[int]]:
    """Spans as `[[start, end], …]`."""
    return [[span.start, span.end] for span in spans]


def speaker_to_dict(speaker: Speaker | None) -> dict[str, Any] | None:
    """A speaker as a document shows it, without the registry's aliases and dated roles."""
    if speaker is None:
        return None
    known: dict[str, Any] = {} if speaker.gender is None else {"gender": speaker.gender}
    if speaker.identifiers:
        known["identifiers"] = [{"scheme": scheme, "identifier": value} for scheme, value in speaker.identifiers]
    return {
        "id": speaker.id,
        "name": speaker.name,
        "type": str(speaker.type),
        "role": speaker.role,
        "organization": speaker.organization,
        **known,
    }


def is_web_address(name: str) -> bool:
    """Whether a document's id is an address on the web, written as one must be."""
    return _WEB.fullmatch(name) is not None


def line_of(row: Mapping[str, Any]) -> str:
    r"""A JSON object on a line of its own; readable but for lone surrogates, which are escaped (`\ud800`).

    >>> line_of({"text": "“Hi” \ud800"})
    '{"text": "“Hi” \\ud800"}\n'
    """
    line = json.dumps(row, ensure_ascii=False)
    return _SURROGATE.sub(lambda match: f"\\u{ord(match[0]):04x}", line) + "\n"


def whole_characters(text: str) -> str:
    """A text with "�" for each half of a character (a surrogate), which UTF-8 cannot hold; every span stays right."""
    return _SURROGATE.sub("\ufffd", text)
