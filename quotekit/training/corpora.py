"""Labelled corpora of one's own → documents, and what the encoder learns from those."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import attrs

from quotekit.analysis.encoder import Encoder
from quotekit.analysis.network import Batch
from quotekit.analysis.pack import load_wordpiece
from quotekit.analysis.tokens import Ints
from quotekit.document import Document
from quotekit.errors import InputError
from quotekit.export import read_documents
from quotekit.extraction.nested import set_parents
from quotekit.quotations import find_quotations
from quotekit.spans import Span
from quotekit.training.contents import labelled
from quotekit.training.evaluation import attributions_of
from quotekit.training.examples import Cut, Example, Gold, examples, gold_batches
from quotekit.training.markup import MarkedArticle, MarkedAttribution, Ranges, read_markup
from quotekit.training.readers import Article, contents, outer
from quotekit.training.recipe import Recipe

__all__ = ["Labelled", "Lessons", "article_of", "hold_out", "read_corpora"]

READ_TOGETHER = 32


@attrs.frozen(kw_only=True)
class Labelled:
    """Articles to train on, and articles to measure on that no training sees; each with all its attributions."""

    train: tuple[Document, ...]
    held_out: tuple[Document, ...]

    def __attrs_post_init__(self) -> None:
        shared = {d.text for d in self.train} & {d.text for d in self.held_out}
        if shared:
            name = next(d.id for d in self.held_out if d.text in shared)
            raise InputError(f"expected other articles to measure on than to train on, got {name!r} in both")


def read_corpora(paths: Iterable[Path]) -> tuple[Document, ...]:
    """The labelled articles of some files, in order.

    A `.txt` has its labels inside the text (see `quotekit.training.markup`); all else is what `read_documents` reads:
    quotekit's JSON lines, a folder of brat's, and others. Raises `InputError` naming file and line, and `OSError`.
    """
    documents = tuple(_nested(document) for path in paths for document in _documents(path))
    if not any(document.attributions for document in documents):
        raise InputError(f"expected articles with labelled attributions, got {len(documents)} articles with none")
    return documents


def hold_out(documents: Sequence[Document], share: float, seed: int) -> Labelled:
    """Documents parted by chance: a share (0..1) of the texts, and one at least, is held out.

    Documents of the same text stay together. Raises `InputError` where there are fewer than two texts.

    >>> labelled = hold_out([Document(text=text) for text in "abcde"], 0.4, seed=1)
    >>> len(labelled.train), len(labelled.held_out)
    (3, 2)
    """
    texts = sorted({document.text for document in documents})
    if len(texts) < 2:
        raise InputError("expected two different articles or more, so that one can be held out, got one")
    count = min(max(1, round(share * len(texts))), len(texts) - 1)
    held = set(random.Random(seed).sample(texts, count))
    return Labelled(
        train=tuple(d for d in documents if d.text not in held),
        held_out=tuple(d for d in documents if d.text in held),
    )


def _documents(path: Path) -> Iterator[Document]:
    if path.suffix.lower() != ".txt":
        return read_documents(path)
    return (
        Document(id=article.id, text=article.text, attributions=attributions_of(article.text, article.attributions))
        for article in read_markup(path)
    )


def _nested(document: Document) -> Document:
    """The document, told what stands inside what where its file says nothing of that."""
    if any(a.parent is not None for a in document.attributions):
        return document
    return attrs.evolve(document, attributions=set_parents(document.attributions))


@attrs.frozen
class Lessons:
    """Labelled documents as the encoder is trained on them."""

    drawn: tuple[Example, ...]

    @classmethod
    def of(cls, documents: Sequence[Document], pack: Path) -> Lessons:
        """Examples of the documents; where none labels what its contents report, nothing is learned of that.

        Names are not labelled: what the pack says of them is what is to be kept.
        """
        wordpiece, marked = load_wordpiece(pack), [_marked(document) for document in documents]
        read = [outer(article) for article in marked]
        drawn = examples(read, wordpiece)
        if any(a.parent is not None for document in documents for a in document.attributions):
            drawn = (labelled(*pair, wordpiece) for pair in zip(drawn, map(contents, marked), strict=True))
        named = zip(drawn, _mentions(read, pack), strict=True)
        return cls(tuple(example._replace(mentions=mentions) for example, mentions in named))

    def batches(self, recipe: Recipe, epoch: int) -> Iterator[tuple[Batch, Gold]]:
        """All examples, in windows that are cut anew each epoch."""
        stage, _ = recipe.stage(epoch)
        rng = random.Random(recipe.seed * 1000 + epoch)
        return gold_batches(self.drawn, rng, Cut(sizes=stage.sizes, pieces_a_batch=recipe.pieces_a_batch))


def _mentions(articles: Sequence[Article], pack: Path) -> Iterator[Ints]:
    encoder = Encoder(pack)
    for at in range(0, len(articles), READ_TOGETHER):
        texts = [article.text for article in articles[at : at + READ_TOGETHER]]
        for scores in encoder.score([Document(text=text, quotations=find_quotations(text)) for text in texts]):
            yield scores.mentions.argmax(axis=1)


def article_of(document: Document) -> Article:
    """A labelled document as it is read first, without what its contents report."""
    return outer(_marked(document))


def _marked(document: Document) -> MarkedArticle:
    def ranges(spans: Sequence[Span]) -> Ranges:
        return tuple((span.start, span.end) for span in spans)

    rows = (
        MarkedAttribution(source=ranges(a.source), cue=ranges(a.cue), content=ranges(a.content), parent=a.parent)
        for a in document.attributions
    )
    return MarkedArticle(id=document.id, date="", outlet="", text=document.text, attributions=tuple(rows))
