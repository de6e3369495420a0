"""The way in: `Attributor`, and `attribute` and `attribute_many`, which keep one for you."""

from __future__ import annotations

import datetime
import itertools
import multiprocessing
import os
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

import attrs

from quotekit import lexicon
from quotekit.document import Document, Issue
from quotekit.errors import InputError
from quotekit.extraction import add_inner, extract, inner_documents
from quotekit.quotations import scan
from quotekit.registry import Registry
from quotekit.resolution import resolve_speakers
from quotekit.speakers import PartialDate

if TYPE_CHECKING:
    import stanza

    from quotekit.analysis.analyzer import Analysis

__all__ = ["Attributor", "attribute", "attribute_many"]

BATCH_ITEMS = 32
BATCH_CHARACTERS = 200_000

Date: TypeAlias = str | datetime.date
Item: TypeAlias = Any  # a str, a stanza.Document or a mapping; anything else becomes an Issue


class Attributor:
    """Who said what: holds the loaded model, so that it is loaded once and used often, from any thread.

    Raises `ModelError` where the model pack is missing or damaged, `InputError` for a language without one.

    >>> attributor = Attributor()
    >>> attributor.attribute("“It is late,” said Anna Berg.").attributions[0].speaker.name
    'Anna Berg'
    """

    def __init__(
        self,
        registry: Registry | None = None,
        lang: str = "en",
        model: str | os.PathLike[str] | None = None,
        pipeline: stanza.Pipeline | None = None,
    ) -> None:
        """Load the pack of `lang`, or the one in the folder `model`.

        `registry` holds the speakers to resolve to; `pipeline`, a `stanza.Pipeline` of the caller's, splits
        sentences and words in place of the pack's own.
        """
        from quotekit.analysis.analyzer import Analyzer

        lexicon.load(lang)
        folder = Path(model) if model is not None else None
        self._registry, self._lang, self._model, self._pipeline = registry, lang, folder, pipeline
        self._analyzer = (
            Analyzer.load(lang, folder) if pipeline is None else Analyzer.with_pipeline(lang, folder, pipeline)
        )

    def attribute(
        self,
        text: str | stanza.Document,
        *,
        date: Date | None = None,
        outlet: str | None = None,
        title: str | None = None,
        doc_id: str = "",
    ) -> Document:
        """Read one article: see `quotekit.attribute`."""
        given = {"text": text, "date": date, "outlet": outlet, "title": title, "doc": doc_id}
        return self._read([_document(given)], [text])[0]

    def attribute_many(self, items: Iterable[Item], *, workers: int = 1, progress: bool = False) -> Iterator[Document]:
        """Read many articles, lazily and in order: see `quotekit.attribute_many`."""
        if workers < 1:
            raise InputError(f"workers must be at least 1, got {workers}")
        if workers > 1 and self._pipeline is not None:
            raise InputError("a stanza.Pipeline cannot be sent to other processes; use workers=1 with pipeline=…")
        batches = _batches(_with_progress(items) if progress else items)
        return self._elsewhere(batches, workers) if workers > 1 else _chain(map(self._batch, batches))

    def _elsewhere(self, batches: Iterator[list[Item]], workers: int) -> Iterator[Document]:
        given = (self._registry, self._lang, self._model)
        context = multiprocessing.get_context("spawn")
        with ProcessPoolExecutor(workers, context, initializer=_start_worker, initargs=given) as pool:
            ahead = [pool.submit(_work, batch) for batch in itertools.islice(batches, 2 * workers)]
            waiting = deque(ahead)
            while waiting:
                yield from waiting.popleft().result()
                waiting.extend(pool.submit(_work, batch) for batch in itertools.islice(batches, 1))

    def _batch(self, items: Sequence[Item]) -> list[Document]:
        """One document an item; one that cannot be read is reported, and the rest goes on."""
        out: list[Document] = []
        good: list[int] = []
        for item in items:
            try:
                out.append(_document(item))
                good.append(len(out) - 1)
            except InputError as error:
                out.append(Document(id=_id(item), text="", issues=(Issue(code="bad-item", message=str(error)),)))
        read = self._read([out[i] for i in good], [_text(items[i]) for i in good])
        for i, document in zip(good, read, strict=True):
            out[i] = document
        return out

    def _read(self, documents: Sequence[Document], texts: Sequence[Any]) -> list[Document]:
        """The stages, in order: text → quotations → analysis → extraction → resolution."""
        documents = [_with_quotations(document) for document in documents]
        read = [self._analyzer.sentences_of(text) for text in texts]
        analyses = self._analyzer.analyze(documents, read)
        found = [
            extract(document, analysis.scores, analysis.words, self._lang)
            for document, analysis in zip(documents, analyses, strict=True)
        ]
        return [
            resolve_speakers(document, analysis.sentences, self._registry, self._lang)
            for document, analysis in zip(self._read_inner(found, analyses), analyses, strict=True)
        ]

    def _read_inner(self, documents: Sequence[Document], analyses: Sequence[Analysis]) -> list[Document]:
        """The documents with what their contents report in turn; all contents are read in one pass."""
        pieces = [
            inner_documents(document, analysis.words, analysis.sentences, self._lang)
            for document, analysis in zip(documents, analyses, strict=True)
        ]
        scores = iter(self._analyzer.score([piece.document for inner in pieces for piece in inner]))
        return [
            add_inner(document, inner, [extract(p.document, next(scores), p.words, self._lang) for p in inner])
            for document, inner in zip(documents, pieces, strict=True)
        ]


def attribute(
    text: str | stanza.Document,
    *,
    date: Date | None = None,
    outlet: str | None = None,
    title: str | None = None,
    doc_id: str = "",
    registry: Registry | None = None,
    lang: str = "en",
) -> Document:
    """Read one article and say who said what in it, in which words.

    `text` is a `str`, or a `stanza.Document` that has its text. `date` is the article's (`YYYY`, `YYYY-MM`,
    `YYYY-MM-DD` or a `datetime.date`): with a `registry` it decides who held a post. All spans of the result
    are half-open ranges of code points of `text`, whatever is in it; all scores lie in 0..1.

    Raises `InputError` for anything else, `ModelError` where the model pack is missing or damaged.

    >>> doc = attribute("“It is late,” said Anna Berg.")
    >>> doc.attributions[0].text
    '“It is late,”'
    """
    return Attributor(registry, lang).attribute(text, date=date, outlet=outlet, title=title, doc_id=doc_id)


def attribute_many(
    items: Iterable[Item], *, registry: Registry | None = None, workers: int = 1, progress: bool = False
) -> Iterator[Document]:
    """Read many articles: lazily, in order, in batches inside, exactly one document an item.

    An item is a text, or a mapping with `text` and, where known, `doc` (or `id`), `date`, `outlet`, `title`.
    An item that cannot be read gives an empty document with its id and an `Issue("bad-item")`, and the rest
    goes on. `workers` is the number of processes; `progress` shows a bar on standard error, where that is a
    terminal.

    >>> [len(doc.attributions) for doc in attribute_many(["“It is late,” said Anna Berg.", ""])]
    [1, 0]
    """
    return Attributor(registry).attribute_many(items, workers=workers, progress=progress)


def _document(item: Item) -> Document:
    """The document an item asks for, with nothing read yet; raises `InputError` where it asks wrongly."""
    fields = item if isinstance(item, Mapping) else {"text": item}
    text = _text(item)
    if not isinstance(text, str):
        text = getattr(text, "text", None) if _is_stanza(text) else None
    if not isinstance(text, str):
        raise InputError(f"expected a str or a stanza.Document that has its text, got {_named(_text(item))}")
    for name in ("outlet", "title"):
        if not isinstance(fields.get(name), str | None):
            raise InputError(f"{name} must be a str or None, got {_named(fields[name])}")
    date = fields.get("date")
    return Document(
        id=_id(item), text=text, date=str(PartialDate.parse(date)) if date else None,
        outlet=fields.get("outlet"), title=fields.get("title"),
    )  # fmt: skip


def _with_quotations(document: Document) -> Document:
    quotations, issues = scan(document.text)
    return attrs.evolve(document, quotations=quotations, issues=issues)


def _text(item: Item) -> Any:
    return item.get("text") if isinstance(item, Mapping) else item


def _id(item: Item) -> str:
    fields = item if isinstance(item, Mapping) else {}
    given = fields.get("doc", fields.get("id"))
    return "" if given is None else str(given)


def _is_stanza(value: object) -> bool:
    return type(value).__module__.partition(".")[0] == "stanza"


def _named(value: object) -> str:
    shown = repr(value)
    return f"{type(value).__name__} {shown if len(shown) <= 60 else shown[:57] + '…'}"


def _batches(items: Iterable[Item]) -> Iterator[list[Item]]:
    """Items in groups that are read together: bounded in number and in length."""
    group: list[Item] = []
    length = 0
    for item in items:
        text = _text(item)
        size = len(text) if isinstance(text, str) else 0
        if group and (len(group) >= BATCH_ITEMS or length + size > BATCH_CHARACTERS):
            yield group
            group, length = [], 0
        group.append(item)
        length += size
    if group:
        yield group


def _with_progress(items: Iterable[Item]) -> Iterable[Item]:
    from tqdm import tqdm

    shown: Iterable[Item] = tqdm(items, unit=" articles", disable=None)  # disable=None: only on a terminal
    return shown


_chain = itertools.chain.from_iterable
_worker: Attributor | None = None


def _start_worker(registry: Registry | None, lang: str, model: Path | None) -> None:
    from quotekit.analysis.analyzer import use_one_thread

    global _worker
    use_one_thread()
    _worker = Attributor(registry, lang, model)


def _work(batch: list[Item]) -> list[Document]:
    if _worker is None:
        raise RuntimeError("the worker process was not started by attribute_many")
    return _worker._batch(batch)
