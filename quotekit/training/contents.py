"""What the contents of articles report in turn, as the network's nested heads learn it.

Our own articles have it labelled; PolNeAR marks nothing inside a content. There a network that is trained already reads
each sentence of a content as a text of its own, and what it says of that is learned.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import attrs
import numpy as np
import tokenizers

from quotekit.analysis.analyzer import Analysis, Analyzer
from quotekit.analysis.scores import PART_LABELS, Scores
from quotekit.analysis.tokens import Ints
from quotekit.document import Attribution, Document, Kind
from quotekit.extraction import extract
from quotekit.extraction.nested import Inner, inner_documents, is_believed
from quotekit.quotations import find_quotations
from quotekit.spans import Span, tag_names
from quotekit.training.examples import UNKNOWN, Example, Nested, make_example, point
from quotekit.training.readers import Article, Labelled

__all__ = ["judged", "labelled"]

READ_TOGETHER = 16
TAGS = len(tag_names(PART_LABELS))
SURELY_NOT = -20.0  # the log-probability of a tag that is not the labelled one


def judged(articles: Sequence[Article], drawn: Sequence[Example], judge: Analyzer) -> Iterator[Example]:
    """The examples of articles, with what `judge` reads in their contents.

    Contents are those that are labelled; those of an article without labels are what the judge finds.
    """
    for at in range(0, len(articles), READ_TOGETHER):
        together = articles[at : at + READ_TOGETHER]
        analyses = judge.analyze([_document(article) for article in together])
        inner = [_inner(*pair) for pair in zip(together, analyses, strict=True)]
        scores = iter(judge.score([i.document for of in inner for i in of]))
        for example, of in zip(drawn[at : at + READ_TOGETHER], inner, strict=True):
            yield example._replace(nested=_read(example, [(i, next(scores)) for i in of]))


def labelled(example: Example, bodies: Iterable[tuple[int, Article]], wordpiece: tokenizers.Tokenizer) -> Example:
    """An example with what is labelled in its contents: each as an article of its own, and where it begins."""
    nested = _nothing(example)
    for start, body in bodies:
        read = make_example(body, wordpiece)
        if read.parts is not None and (at := _places(example, read.tokens.starts + start)) is not None:
            nested.soft[at] = SURELY_NOT
            nested.soft[at, read.parts] = 0.0
            for table, pointers in ((nested.cue_of, read.cue_of), (nested.source_of, read.source_of)):
                table[at] = np.where(pointers >= 0, at[pointers], pointers)
    return example._replace(nested=nested)


def _inner(article: Article, analysis: Analysis) -> tuple[Inner, ...]:
    document = _document(article)
    if article.attributions is None:
        document = extract(document, analysis.scores, analysis.sentences, analysis.words)
    outer = tuple(a for a in document.attributions if a.parent is None)
    return inner_documents(attrs.evolve(document, attributions=outer), analysis.words, analysis.sentences)


def _document(article: Article) -> Document:
    """An article as one of the library's documents, with its labelled contents."""
    text, rows = article.text, [row for row in article.attributions or () if row.content]
    found = (
        Attribution.cut(text, content=[Span(*s) for s in row.content], kind=Kind.INDIRECT, score=1.0) for row in rows
    )
    return Document(id=article.id, text=text, quotations=find_quotations(text), attributions=tuple(found))


def _read(example: Example, read: Sequence[tuple[Inner, Scores]]) -> Nested:
    nested = _nothing(example)
    for inner, scores in read:
        if (at := _places(example, scores.tokens.starts + inner.span.start)) is None:
            continue
        nested.soft[at] = scores.parts
        for found in extract(inner.document, scores, (), inner.words).attributions:
            if is_believed(found):
                point(_label(found, inner.span.start), example.tokens, nested.cue_of, nested.source_of)
    return nested


def _label(found: Attribution, by: int) -> Labelled:
    """What was found in a content as a label of the article, in which that begins `by` code points on."""
    parts = (found.source, found.cue, found.content)
    return Labelled(*(tuple((span.start + by, span.end + by) for span in part) for part in parts))


def _nothing(example: Example) -> Nested:
    count = len(example.tokens)
    soft = np.full((count, TAGS), np.nan, dtype=np.float16)
    return Nested(soft, *(np.full(count, UNKNOWN, dtype=np.int64) for _ in range(2)))


def _places(example: Example, starts: Ints) -> Ints | None:
    """Which of an example's tokens those are that begin at `starts`; `None` where the two are cut in other ways."""
    at = np.searchsorted(example.tokens.starts, starts)
    inside = len(at) > 0 and at[-1] < len(example.tokens)
    return at if inside and np.array_equal(example.tokens.starts[at], starts) else None
