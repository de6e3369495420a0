"""The way in: `Attributor`, and `attribute` and `attribute_many`, which keep one for you."""

from __future__ import annotations

import datetime
import os
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence, Sized
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

import attrs

from quotekit import lexicon
from quotekit.document import Document
from quotekit.errors import InputError
from quotekit.items import Item, batches, document_of, text_of, unread
from quotekit.quotations import scan
from quotekit.registry import Registry
from quotekit.spans import Span

if TYPE_CHECKING:
    import stanza

    from quotekit.analysis.sentences import Sentences
    from quotekit.workers import Read

__all__ = ["Attributor", "attribute", "attribute_many"]

Date: TypeAlias = str | datetime.date
Documents: TypeAlias = Generator[Document, None, None]


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
        return self._read([document_of(given)], [text])[0]

    def attribute_many(self, items: Iterable[Item], *, workers: int = 1, progress: bool = False) -> Iterator[Document]:
        """Read many articles, lazily and in order: see `quotekit.attribute_many`."""
        if workers == 1:
            return _read_many(items, lambda: self._batch, workers, progress)
        if self._pipeline is not None:
            raise InputError("a stanza.Pipeline cannot be sent to other processes; use workers=1 with pipeline=…")
        return _read_many(items, partial(_reader, self._registry, self._lang, self._model), workers, progress)

    def _batch(self, items: Sequence[Item]) -> list[Document]:
        """One document an item; one that cannot be read is reported, and the rest goes on."""
        out = [_asked_for(item) for item in items]
        good = [i for i, document in enumerate(out) if not document.issues]
        read = self._read_surely([out[i] for i in good], [items[i] for i in good])
        for i, document in zip(good, read, strict=True):
            out[i] = document
        return out

    def _read_surely(self, documents: Sequence[Document], items: Sequence[Item]) -> list[Document]:
        """The documents read; where reading fails, the one it fails on is found by halving, and reported."""
        try:
            return self._read(documents, [text_of(item) for item in items])
        except InputError as error:
            reason = "bad-item", str(error)
        except Exception as error:  # a fault of ours must not cost the other articles
            reason = (
                "internal-error",
                f"reading failed with {type(error).__name__}: {error}; please report this article",
            )
        if len(items) == 1:
            return [unread(items[0], *reason)]
        half = len(items) // 2
        return [
            *self._read_surely(documents[:half], items[:half]),
            *self._read_surely(documents[half:], items[half:]),
        ]

    def _read(self, documents: Sequence[Document], texts: Sequence[Any]) -> list[Document]:
        """The stages, in order: text → quotations → analysis → extraction → resolution."""
        from quotekit.resolution import resolve_speakers

        documents = [_with_quotations(document) for document in documents]
        found = self._extract(documents, [self._analyzer.sentences_of(text) for text in texts])
        return [resolve_speakers(document, sentences, self._registry, self._lang) for document, sentences in found]

    def _extract(
        self, documents: Sequence[Document], known: Sequence[Sentences | None]
    ) -> list[tuple[Document, tuple[Span, ...]]]:
        """The documents with what they report, and their sentences; a long one alone is read section by section."""
        from quotekit.extraction import cut_sections, extract

        if len(documents) == 1 and known[0] is None and len(spans := cut_sections(documents[0])) > 1:
            return [self._extract_by_sections(documents[0], spans)]
        return [
            (extract(document, of.scores, of.sentences, of.words, self._lang), of.sentences)
            for document, of in zip(documents, self._analyzer.analyze(documents, known), strict=True)
        ]

    def _extract_by_sections(self, document: Document, spans: Sequence[Span]) -> tuple[Document, tuple[Span, ...]]:
        """The same for one document, with the scores of one section at a time in memory."""
        from quotekit.extraction import join, section

        read: list[Document] = []
        sentences: list[Span] = []
        for span in spans:
            ((part, inside),) = self._extract([section(document, span)], [None])
            read.append(part)
            sentences += (Span(s.start + span.start, s.end + span.start) for s in inside)
        return join(document, spans, read), tuple(sentences)


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
    items: Iterable[Item],
    *,
    registry: Registry | None = None,
    workers: int = 1,
    progress: bool = False,
    lang: str = "en",
) -> Iterator[Document]:
    """Read many articles of one language: lazily, in order, in batches inside, exactly one document an item.

    An item is a text, or a mapping with `text` and, where known, `doc` (or `id`), `date`, `outlet`, `title`.
    An item that cannot be read gives a document with its id, nothing found and an `Issue` ("bad-item",
    "internal-error" or "worker-lost"), and the rest goes on.

    `workers` is the number of processes, each with the model in its memory; with more than one, a script must
    call this under `if __name__ == "__main__":`. They end with the iterator: when it is done, closed or
    interrupted. `progress` shows a bar on standard error, where that is a terminal.

    Raises `InputError` for fewer workers than one or where they cannot start, and for a language without a model.

    >>> [len(doc.attributions) for doc in attribute_many(["“It is late,” said Anna Berg.", ""])]
    [1, 0]
    """
    if workers > 1:  # this process needs no model of its own
        return _read_many(items, partial(_reader, registry, lang, None), workers, progress)
    return Attributor(registry, lang).attribute_many(items, workers=workers, progress=progress)


def _read_many(items: Iterable[Item], make: Callable[[], Read], workers: int, progress: bool) -> Documents:
    """The documents of items, from as many readers as there are workers."""
    if workers < 1:
        raise InputError(f"workers must be at least 1, got {workers}")
    if workers == 1:
        read = make()
        documents = (document for batch in batches(items) for document in read(batch))
    else:
        from quotekit.workers import read_elsewhere

        documents = read_elsewhere(batches(items), workers, make)
    return _shown(documents, items) if progress else documents


def _reader(registry: Registry | None, lang: str, model: Path | None) -> Read:
    """What a worker process reads by."""
    from quotekit.analysis.analyzer import use_one_thread

    use_one_thread()
    return Attributor(registry, lang, model)._batch


def _shown(documents: Documents, items: Iterable[Item]) -> Documents:
    """The documents, with a bar on standard error that counts them, where that is a terminal."""
    from tqdm import tqdm

    total = len(items) if isinstance(items, Sized) else None
    with closing(documents), tqdm(total=total, unit=" articles", disable=None) as bar:  # None: only on a terminal
        for document in documents:
            yield document
            bar.update()


def _asked_for(item: Item) -> Document:
    try:
        return document_of(item)
    except InputError as error:
        return unread(item, "bad-item", str(error))


def _with_quotations(document: Document) -> Document:
    quotations, issues = scan(document.text)
    return attrs.evolve(document, quotations=quotations, issues=issues)
