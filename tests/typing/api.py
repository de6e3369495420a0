"""What a user writes against the public API. mypy and pyright read it, strictly; nobody runs it."""

# pyright: strict

from __future__ import annotations

import datetime
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import quotekit
from quotekit import Attribution, Attributor, Cluster, Document, Member, QuoteIndex, Registry, Span, Speaker


def reading(registry: Registry, path: Path) -> list[Document]:
    """One article and many, with and without a registry."""
    document: Document = quotekit.attribute("“No,” said Ana Sol.", date="2018-02", outlet="Dawn", registry=registry)
    attributor = Attributor(registry, lang="en", model=path)
    again: Document = attributor.attribute("No.", date=datetime.date(2018, 2, 24), title=None, doc_id="1")
    items: list[str | dict[str, str]] = ["No.", {"text": "No.", "doc": "2"}]
    many: Iterator[Document] = quotekit.attribute_many(items, workers=2, progress=True, lang="en")
    more: Iterator[Document] = attributor.attribute_many(document.text for document in many)
    return [document, again, *more]


def looking(document: Document) -> tuple[str | None, str]:
    """The records and their fields."""
    identity: tuple[str, str, str | None, str | None] = (document.id, document.text, document.date, document.outlet)
    attribution: Attribution = document.attributions[0]
    spans: tuple[Span, ...] = attribution.content + attribution.cue + attribution.source + attribution.target
    texts: list[str] = [document[span] for span in spans]
    speaker: Speaker | None = attribution.speaker
    name: str | None = speaker.name if speaker is not None else None
    how: quotekit.How | None = attribution.resolution.how if attribution.resolution else None
    direct: bool = attribution.kind is quotekit.Kind.DIRECT and attribution.act is quotekit.Act.DENIES
    parent: int | None = attribution.parent
    chain: list[Speaker | None] = [via.speaker for via in attribution.via]
    inner: tuple[quotekit.Quotation, ...] = document.quotations[0].children
    issues: list[tuple[str, str, Span | None]] = [(i.code, i.message, i.span) for i in document.issues]
    return name, repr((identity, texts, how, direct, parent, chain, inner, issues, attribution.claim))


def who(path: Path) -> float:
    """A registry, made, kept and asked."""
    registry: Registry = Registry.load(path)
    role = quotekit.Role(title="mayor", start="2018-02", end=datetime.date(2019, 1, 1))
    entry: Speaker = registry.add(Speaker(name="Ana Sol", type="person", roles=(role,)))
    registry.merge(Registry.load("more.json"))
    registry.save(path, format="native")
    found: tuple[quotekit.Candidate, ...] = registry.resolve("the mayor", date="2018-03", context=["Porto"])
    since: quotekit.PartialDate | None = entry.roles[0].start
    earliest: datetime.date | None = since.first() if since else None
    return max((candidate.score for candidate in found if earliest), default=0.0)


def matching(documents: list[Document], path: Path) -> list[Member]:
    """Two quotations, a few documents, and an index that grows."""
    result: quotekit.Match = quotekit.compare({"text": "No.", "date": "2018"}, documents[0].attributions[0])
    changed: list[Span] = [d.a for d in result.differences if d.a and d.kind is quotekit.DifferenceKind.NEGATION]
    clusters: tuple[Cluster, ...] = quotekit.match(documents, threshold=0.8)
    index = QuoteIndex()
    index.add(documents[0])
    index.save(path)
    loaded: QuoteIndex = QuoteIndex.load(path)
    members: tuple[Member, ...] = loaded.find("We looked at every bolt", limit=3)
    first: list[str | None] = [c.first_seen for c in loaded.clusters() if c.speaker_conflict or c.altered]
    return [*members, *(cluster.representative for cluster in clusters if changed or first)]


def writing(documents: list[Document], path: Path) -> Iterator[Document]:
    """Documents as data and as pages."""
    data: dict[str, Any] = quotekit.to_dict(documents[0])
    same: Document = quotekit.from_dict(data)
    quotekit.write_jsonl([same], path)
    page: str = quotekit.to_html(same)
    path.write_text(page, encoding="utf-8")
    return quotekit.read_jsonl(path)


def refusing(text: str) -> tuple[quotekit.Quotation, ...]:
    """The exceptions, by the library's base and by the built-in one."""
    try:
        return quotekit.find_quotations(text)
    except (quotekit.InputError, quotekit.ModelError, quotekit.RegistryError) as error:
        known: quotekit.QuotekitError = error
        raise ValueError(str(known), quotekit.__version__) from error
