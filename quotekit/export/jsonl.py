"""The documented JSONL schema: one document a line, read back to an equal document.

Every field is described in `docs/reference/data-format.md`.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import IO, Any

from quotekit.document import (
    DEEPEST_QUOTATION,
    Act,
    Attribution,
    Document,
    How,
    Issue,
    Kind,
    Mention,
    MentionType,
    Quotation,
    Resolution,
    Via,
)
from quotekit.errors import InputError
from quotekit.export.checked import Node, parse
from quotekit.export.written import line_of, pair_of, pairs_of, speaker_to_dict
from quotekit.files import replacing
from quotekit.speakers import PartialDate, Speaker, SpeakerType

__all__ = ["SCHEMA_VERSION", "from_dict", "read_jsonl", "to_dict", "write_jsonl"]

SCHEMA_VERSION = 1

_SURROGATE_PAIR = re.compile("[\ud800-\udbff][\udc00-\udfff]")


def to_dict(document: Document) -> dict[str, Any]:
    """A document as JSON types, in the key order of the documented line; spans as `[start, end]`.

    Speakers are written as a document shows them (`Speaker.brief`), without the registry's aliases and dated roles.
    Raises `InputError` for a text that holds a surrogate pair as two code points, which JSON cannot keep apart.

    >>> list(to_dict(Document(id="a", text="Khan left.")))[:3]
    ['schema_version', 'doc', 'date']
    """
    if pair := _SURROGATE_PAIR.search(document.text):
        raise InputError(
            f"the text of document {document.id!r} has a surrogate pair as two code points at {pair.start()}, which "
            "JSON reads as one and so shifts every span; join them with "
            "text.encode('utf-16', 'surrogatepass').decode('utf-16', 'replace')"
        )
    return {
        "schema_version": SCHEMA_VERSION,
        "doc": document.id,
        "date": document.date,
        "outlet": document.outlet,
        "title": document.title,
        "text": document.text,
        "attributions": [_attribution_to_dict(attribution) for attribution in document.attributions],
        "quotations": [_quotation_to_dict(quotation) for quotation in document.quotations],
        "mentions": [
            {"span": pair_of(m.span), "type": str(m.type), "speaker": speaker_to_dict(m.speaker)}
            for m in document.mentions
        ],
        "speakers": [speaker_to_dict(speaker) for speaker in document.speakers],
        "issues": [{"code": i.code, "message": i.message, "span": pair_of(i.span)} for i in document.issues],
    }


def _attribution_to_dict(attribution: Attribution) -> dict[str, Any]:
    return {
        "content": pairs_of(attribution.content),
        "cue": pairs_of(attribution.cue),
        "source": pairs_of(attribution.source),
        "target": pairs_of(attribution.target),
        "kind": str(attribution.kind),
        "act": str(attribution.act),
        "negated": attribution.negated,
        "speaker": speaker_to_dict(attribution.speaker),
        "speakers": [speaker_to_dict(speaker) for speaker in attribution.speakers],
        "resolution": _resolution_to_dict(attribution.resolution),
        "via": [{"span": pair_of(via.span), "speaker": speaker_to_dict(via.speaker)} for via in attribution.via],
        "parent": attribution.parent,
        "score": attribution.score,
    }


def _resolution_to_dict(resolution: Resolution | None) -> dict[str, Any] | None:
    if resolution is None:
        return None
    return {"how": str(resolution.how), "score": resolution.score, "evidence": pair_of(resolution.evidence)}


def _quotation_to_dict(quotation: Quotation) -> dict[str, Any]:
    return {
        "start": quotation.start,
        "end": quotation.end,
        "closed": quotation.closed,
        "children": [_quotation_to_dict(child) for child in quotation.children],
    }


def from_dict(data: Mapping[str, Any]) -> Document:
    """The document that `to_dict` wrote, its texts cut anew; keys that are not known are passed over.

    Raises `InputError` that says what was expected, what came and where, as in
    `content[0] ends at 912 but the text has 900 characters @ $.attributions[3].content[0]`.

    >>> from_dict({"schema_version": 1, "doc": "a", "text": "Khan left."}).id
    'a'
    """
    return _document(Node(data))


def _document(node: Node) -> Document:
    version = node["schema_version"]
    if version and (type(version.value) is not int or version.value != SCHEMA_VERSION):
        raise version.unexpected(f"schema_version {SCHEMA_VERSION}, the only one this quotekit reads")
    text = node["text"].string()
    identity = node["doc"] or node["id"]
    return Document(
        id=identity.string() if identity else "",
        text=text,
        date=_date(node["date"]),
        outlet=node["outlet"].string_or_none(),
        title=node["title"].string_or_none(),
        quotations=tuple(_quotation(item, text) for item in node["quotations"]),
        mentions=tuple(_mention(item, text) for item in node["mentions"]),
        attributions=_attributions(node["attributions"], text),
        speakers=tuple(_speaker(item) for item in node["speakers"]),
        issues=tuple(_issue(item, text) for item in node["issues"]),
    )


def _date(node: Node) -> str | None:
    date = node.string_or_none()
    if date is not None:
        try:
            PartialDate.parse(date)
        except InputError as error:
            raise node.error(str(error)) from None
    return date


def _attributions(node: Node, text: str) -> tuple[Attribution, ...]:
    attributions = tuple(_attribution(item, text) for item in node)
    _check_parents(node, attributions)
    return attributions


def _check_parents(node: Node, attributions: tuple[Attribution, ...]) -> None:
    for item, attribution in zip(node, attributions, strict=True):
        if attribution.parent is not None and attribution.parent >= len(attributions):
            raise item["parent"].error(f"parent is {attribution.parent} but there are {len(attributions)} attributions")
    parents: dict[int | None, int | None] = {i: attribution.parent for i, attribution in enumerate(attributions)}
    rooted: set[int | None] = {None}
    for index, item in enumerate(node):
        above: set[int | None] = set()
        ancestor: int | None = index
        while ancestor not in rooted:
            if ancestor in above:
                raise item["parent"].error("parent leads round in a circle")
            above.add(ancestor)
            ancestor = parents[ancestor]
        rooted |= above


def _attribution(node: Node, text: str) -> Attribution:
    if not node["content"].value:
        raise node["content"].unexpected("one span or more")
    return Attribution.cut(
        text,
        content=node["content"].spans(text),
        cue=node["cue"].spans(text),
        source=node["source"].spans(text),
        target=node["target"].spans(text),
        kind=node["kind"].word(Kind),
        act=node["act"].word(Act) if node["act"] else Act.ASSERTS,
        negated=node["negated"].boolean() if node["negated"] else False,
        speakers=_speakers(node),
        resolution=_resolution(node["resolution"], text) if node["resolution"] else None,
        via=tuple(Via(item["span"].span(text), _speaker_or_none(item["speaker"])) for item in node["via"]),
        parent=node["parent"].integer() if node["parent"] else None,
        score=node["score"].score(),
    )


def _speakers(node: Node) -> tuple[Speaker, ...]:
    """All of `speakers`; `speaker` repeats the first of them and may stand alone."""
    first = _speaker_or_none(node["speaker"])
    speakers = tuple(_speaker(item) for item in node["speakers"]) if node["speakers"] else (first,) if first else ()
    if first and first not in speakers[:1]:
        raise node["speaker"].error("speaker is not the first of speakers; change both or leave one out")
    return speakers


def _speaker_or_none(node: Node) -> Speaker | None:
    return _speaker(node) if node else None


def _speaker(node: Node) -> Speaker:
    return Speaker(
        name=node["name"].string(),
        type=node["type"].word(SpeakerType),
        id=node["id"].string_or_none(),
        role=node["role"].string_or_none(),
        organization=node["organization"].string_or_none(),
        gender=node["gender"].string_or_none(),
        identifiers=tuple((item["scheme"].string(), item["identifier"].string()) for item in node["identifiers"]),
    )


def _resolution(node: Node, text: str) -> Resolution:
    evidence = node["evidence"].span(text) if node["evidence"] else None
    return Resolution(how=node["how"].word(How), score=node["score"].score(), evidence=evidence)


def _quotation(node: Node, text: str, depth: int = 1) -> Quotation:
    if depth > DEEPEST_QUOTATION:
        raise node.error(f"quotations nest deeper than {DEEPEST_QUOTATION} levels")
    span = node.own_span(text)
    children = tuple(_quotation(child, text, depth + 1) for child in node["children"])
    for child, item in zip(children, node["children"], strict=True):
        if not span.contains(child.span):
            raise item.error(f"child {child.start}:{child.end} is not inside its quotation {span.start}:{span.end}")
    return Quotation(
        start=span.start,
        end=span.end,
        closed=node["closed"].boolean(),
        children=children,
        text=text[span.slice],
    )


def _mention(node: Node, text: str) -> Mention:
    span = node["span"].span(text)
    speaker = _speaker_or_none(node["speaker"])
    return Mention(span=span, text=text[span.slice], type=node["type"].word(MentionType), speaker=speaker)


def _issue(node: Node, text: str) -> Issue:
    span = node["span"].span(text) if node["span"] else None
    return Issue(code=node["code"].string(), message=node["message"].string(), span=span)


def write_jsonl(documents: Iterable[Document], path_or_file: str | os.PathLike[str] | IO[str]) -> None:
    r"""Write one line a document, as they come.

    A path is written whole or not at all; a file must be open for text (UTF-8), and stays open.
    Everything is written readably but lone surrogates, which are escaped (`\ud800`).
    Raises `OSError`, and `InputError` as `to_dict` does.

    >>> import sys
    >>> write_jsonl([], sys.stdout)
    """
    if isinstance(path_or_file, (str, os.PathLike)):
        with replacing(path_or_file) as file:
            write_jsonl(documents, file)
        return
    for document in documents:
        path_or_file.write(line_of(to_dict(document)))


def read_jsonl(path_or_file: str | os.PathLike[str] | IO[str] | IO[bytes]) -> Iterator[Document]:
    """Read the lines of a file (or of a file open for text or bytes) one by one; blank lines are passed over.

    Raises `InputError` that names file and line, and `OSError` where the file cannot be read.

    >>> import io
    >>> [document.text for document in read_jsonl(io.StringIO('{"text": "Khan left."}'))]
    ['Khan left.']
    """
    if isinstance(path_or_file, (str, os.PathLike)):
        with open(path_or_file, "rb") as file:
            yield from read_jsonl(file)
        return
    name = getattr(path_or_file, "name", "<lines>")
    lines: Iterable[str | bytes] = path_or_file
    for number, line in enumerate(lines, start=1):
        if line.strip():
            try:
                yield _document(parse(line))
            except InputError as error:
                raise InputError(f"{name}, line {number}: {error}") from None
