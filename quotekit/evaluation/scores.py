"""Pairs of labels and findings → precision, recall and F1."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal, TypeAlias

import attrs

from quotekit.document import Attribution, Document, Kind
from quotekit.errors import InputError
from quotekit.evaluation.pairing import OVERLAP, Judged, TextWords, pair

__all__ = ["Agreement", "By", "Measure", "OfKind", "Scores", "agreement", "evaluate"]

PAIRED = ("attribution", "strict", "overlap", "exact")
PARTS = ("source", "cue", "content")

UNSTATED = "(not stated)"

By: TypeAlias = Literal["outlet", "kind"]


@attrs.frozen
class Measure:
    """How many were right, of those found and of those labelled; precision, recall and F1 in percent.

    >>> Measure(right=3, found=4, labels=6).f1
    60.0
    """

    right: int
    found: int
    labels: int

    @property
    def precision(self) -> float:
        """The share of what was found that is right."""
        return _percent(self.right, self.found)

    @property
    def recall(self) -> float:
        """The share of the labels that were found."""
        return _percent(self.right, self.labels)

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        return _percent(2 * self.right, self.found + self.labels)


@attrs.frozen(kw_only=True)
class OfKind:
    """The labels of one kind: how many, and the shares in percent whose content was found, and found right."""

    labels: int
    overlap: float
    attribution: float


@attrs.frozen(kw_only=True)
class Agreement:
    """What pairs came to.

    `attribution`: contents overlap and sources agree. `strict`: sources overlap by half as well, and cues agree.
    `overlap`, `exact`: the contents alone. `sources_agree`, `cues_agree`: the shares, in percent, of the pairs whose
    contents overlap.
    """

    attribution: Measure
    strict: Measure
    overlap: Measure
    exact: Measure
    by_kind: Mapping[Kind, OfKind]
    sources_agree: float
    cues_agree: float


@attrs.frozen(kw_only=True)
class Scores(Agreement):
    """What a set of articles came to.

    `words`: the words inside any content. `source`, `cue`, `content`: single spans with exactly the same words.
    `nested` counts what was left out because the labels mark nothing inside another attribution. `only_gold` are
    labelled articles without findings, whose labels count as missed; `only_predicted` are not counted. `groups` are
    the same pairs apart by what `evaluate` was asked for: the labels' outlets, in alphabetical order, or the kinds.
    """

    documents: int
    words: Measure
    source: Measure
    cue: Measure
    content: Measure
    nested: int = 0
    only_gold: tuple[str, ...] = ()
    only_predicted: tuple[str, ...] = ()
    groups: Mapping[str, Agreement] = attrs.field(factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """The scores as JSON types, percent to one decimal."""
        return {
            "documents": self.documents,
            "labels": self.attribution.labels,
            "found": self.attribution.found,
            **{name: _shown(getattr(self, name)) for name in (*PAIRED, "words")},
            "spans": {part: _shown(getattr(self, part)) for part in PARTS},
            "by_kind": _kinds(self),
            **_rounded({"sources_agree": self.sources_agree, "cues_agree": self.cues_agree}),
            **({"groups": {name: _of_group(group) for name, group in self.groups.items()}} if self.groups else {}),
            "nested": self.nested,
            "only_gold": list(self.only_gold),
            "only_predicted": list(self.only_predicted),
        }


@attrs.frozen
class _Article:
    """A labelled article, and what of its findings counts."""

    labelled: Document
    words: TextWords
    found: Sequence[Attribution]

    def judged(self) -> tuple[Judged, ...]:
        """The labels and the findings, paired."""
        return pair(self.words, self.labelled.attributions, self.found)


def evaluate(
    gold: Iterable[Document], predicted: Iterable[Document], *, nested: bool | None = None, by: By | None = None
) -> Scores:
    """Score documents against labelled ones of the same id and text, all together and apart `by` outlet or kind.

    `nested` says whether attributions inside others count; `None`: only where the labels have some. The outlet is the
    labels', and the kind too; that of a finding for which there is no label is its own.
    Raises `InputError` where two documents of one side share an id, or a text is not the labelled one.

    >>> from quotekit.spans import Span
    >>> said = Attribution.cut("Rain fell, she said.", content=[Span(0, 10)], kind=Kind.INDIRECT, score=1.0)
    >>> document = Document(id="a", text="Rain fell, she said.", attributions=(said,))
    >>> evaluate([document], [document]).attribution.f1
    100.0
    """
    labelled, found = _by_id(gold, "labels"), _by_id(predicted, "predictions")
    if nested is None:
        nested = any(a.parent is not None for document in labelled.values() for a in document.attributions)
    articles: list[_Article] = []
    left_out = 0
    for key, document in labelled.items():
        everything = _checked(document, found[key]).attributions if key in found else ()
        words = TextWords(document.text)
        kept = everything if nested else _outermost(words, everything)
        left_out += len(everything) - len(kept)
        articles.append(_Article(document, words, kept))
    rows = [(article.labelled, judged) for article in articles for judged in article.judged()]
    return Scores(
        documents=len(articles),
        **attrs.asdict(agreement(judged for _, judged in rows), recurse=False),
        words=_held_in_both(articles, "words"),
        source=_held_in_both(articles, "source"),
        cue=_held_in_both(articles, "cue"),
        content=_held_in_both(articles, "content"),
        nested=left_out,
        only_gold=tuple(key for key in labelled if key not in found),
        only_predicted=tuple(key for key in found if key not in labelled),
        groups=_groups(rows, by) if by else {},
    )


def _groups(rows: Iterable[tuple[Document, Judged]], by: By) -> dict[str, Agreement]:
    groups: dict[str, list[Judged]] = {str(kind): [] for kind in Kind} if by == "kind" else {}
    for document, judged in rows:
        name = str(judged.kind) if by == "kind" else document.outlet or UNSTATED
        groups.setdefault(name, []).append(judged)
    names = groups if by == "kind" else sorted(groups)
    return {name: agreement(groups[name]) for name in names if groups[name]}


def agreement(judged: Iterable[Judged]) -> Agreement:
    """What all that was judged came to."""
    rows = list(judged)
    labels, found = (sum(getattr(row, side) is not None for row in rows) for side in ("gold", "found"))
    overlapping, right = [row for row in rows if row.overlap >= OVERLAP], [row for row in rows if row.right]
    return Agreement(
        attribution=Measure(len(right), found, labels),
        strict=Measure(sum(row.strict for row in right), found, labels),
        overlap=Measure(len(overlapping), found, labels),
        exact=Measure(sum(row.overlap == 1.0 for row in rows), found, labels),
        by_kind={kind: of for kind in Kind if (of := _of_kind(rows, kind)).labels},
        sources_agree=_percent(len(right), len(overlapping)),
        cues_agree=_percent(sum(row.cues_agree for row in overlapping), len(overlapping)),
    )


def _of_kind(rows: Sequence[Judged], kind: Kind) -> OfKind:
    held = [row for row in rows if row.kind is kind and row.gold is not None]
    overlap, right = sum(row.overlap >= OVERLAP for row in held), sum(row.right for row in held)
    return OfKind(labels=len(held), overlap=_percent(overlap, len(held)), attribution=_percent(right, len(held)))


def _held_in_both(articles: Iterable[_Article], part: str) -> Measure:
    """Words of contents, or single spans of a part, that labels and findings both have."""
    right = found = labels = 0
    for article in articles:
        gold, finds = (_held(article.words, side, part) for side in (article.labelled.attributions, article.found))
        right, found, labels = right + len(gold & finds), found + len(finds), labels + len(gold)
    return Measure(right, found, labels)


def _held(words: TextWords, attributions: Sequence[Attribution], part: str) -> set[int] | set[range]:
    if part == "words":
        return set(words.of(span for a in attributions for span in a.content))
    return {touched for a in attributions for span in getattr(a, part) if (touched := words.touched(span))}


def _by_id(documents: Iterable[Document], side: str) -> dict[str, Document]:
    held: dict[str, Document] = {}
    for document in documents:
        if document.id in held:
            raise InputError(f"expected one document for each id, got two with id {document.id!r} in the {side}")
        held[document.id] = document
    return held


def _checked(labelled: Document, found: Document) -> Document:
    if found.text != labelled.text:
        sizes = f"{len(labelled.text)} characters there, {len(found.text)} here"
        raise InputError(
            f"the text of document {labelled.id!r} is not the labelled one ({sizes}): predict on the labels' own texts"
        )
    return found


def _outermost(words: TextWords, attributions: Sequence[Attribution]) -> tuple[Attribution, ...]:
    """Those that do not lie, with fewer words, in the content of their parent."""
    contents = [words.of(a.content) for a in attributions]
    inside = (a.parent is not None and own < contents[a.parent] for a, own in zip(attributions, contents, strict=True))
    return tuple(a for a, nested in zip(attributions, inside, strict=True) if not nested)


def _percent(part: int, whole: int) -> float:
    return 100 * part / max(1, whole)


def _of_group(group: Agreement) -> dict[str, Any]:
    counts = {"labels": group.attribution.labels, "found": group.attribution.found}
    return {**counts, **{name: _shown(getattr(group, name)) for name in PAIRED}, "by_kind": _kinds(group)}


def _kinds(group: Agreement) -> dict[str, Any]:
    return {str(kind): _rounded(attrs.asdict(held)) for kind, held in group.by_kind.items()}


def _shown(measure: Measure) -> dict[str, float]:
    return _rounded({"precision": measure.precision, "recall": measure.recall, "f1": measure.f1})


def _rounded(figures: Mapping[str, Any]) -> dict[str, Any]:
    return {key: round(value, 1) if isinstance(value, float) else value for key, value in figures.items()}
