"""Short texts whose sources and contents are marked, as documents with their speakers told."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

import attrs
import pytest

from quotekit import Registry
from quotekit.document import Attribution, Document, Kind, Mention, MentionType
from quotekit.quotations import find_quotations
from quotekit.resolution import resolve_speakers
from quotekit.spans import Span

SENTENCE = re.compile(r"[^.\n]+(?:\.|\n|$)")


def document_of(marked: str, mentions: Sequence[Sequence[str]] = (), order: Sequence[int] | None = None) -> Document:
    """The document of a text that marks its sources as [source] and its contents as {content}.

    The first source has the first content, and so on, unless `order` gives the content of each.
    """
    plain: list[str] = []
    open_at: dict[str, list[int]] = {"[": [], "{": []}
    spans: dict[str, list[Span]] = {"[": [], "{": []}
    for character in marked:
        if character in "[{":
            open_at[character].append(len(plain))
        elif character in "]}":
            kind = "[" if character == "]" else "{"
            spans[kind].append(Span(open_at[kind].pop(), len(plain)))
        else:
            plain.append(character)
    text = "".join(plain)
    contents = sorted(spans["{"])
    attributions = tuple(
        _attribution(text, source, contents[order[number] if order else number])
        for number, source in enumerate(sorted(spans["["]))
    )
    tagged = tuple(
        Mention(span=Span(found.start(), found.end()), text=name, type=MentionType(kind))
        for name, kind in mentions
        for found in re.finditer(re.escape(name), text)
    )
    return Document(text=text, attributions=attributions, mentions=tagged, quotations=find_quotations(text))


def _attribution(text: str, source: Span, content: Span) -> Attribution:
    kind = Kind.DIRECT if text[content.slice].startswith("“") else Kind.INDIRECT
    cue = [Span(source.end, source.end + 1)] if len(source) else []
    sources = [source] if len(source) else []
    return Attribution.cut(text, content=[content], cue=cue, source=sources, kind=kind, score=1.0)


@pytest.fixture
def marked() -> Callable[..., Document]:
    """Makes the document of a marked text."""
    return document_of


@pytest.fixture
def told() -> Callable[..., Document]:
    """Makes the document of a marked text and tells its speakers."""

    def tell(text: str, *, date: str | None = None, registry: Registry | None = None, **marks: object) -> Document:
        document = attrs.evolve(document_of(text, **marks), date=date)
        sentences = [Span(match.start(), match.end()) for match in SENTENCE.finditer(document.text)]
        return resolve_speakers(document, sentences, registry)

    return tell
