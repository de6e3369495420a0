"""Text → sentences and words, as spans of the original text; the home of Stanza.

A `Splitter` holds either the bundled tokenizer or a `stanza.Pipeline` that the caller has. Nothing outside
`analysis` and `integrations` sees a Stanza object. Importing this module is cheap: Stanza and torch are imported
where they are first used.
"""

from __future__ import annotations

import bisect
import functools
import itertools
import logging
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs
import numpy as np

from quotekit.analysis.characters import Cuts, Ranges, cut_by_labels, sentence_ranges
from quotekit.analysis.paragraphs import paragraphs
from quotekit.analysis.tokens import readable
from quotekit.errors import InputError
from quotekit.spans import Span

if TYPE_CHECKING:
    from quotekit.analysis.tokenizer import Tokenizer

__all__ = ["Sentences", "Splitter", "bundled_pipeline"]

PIECE = 5_000  # code points of a paragraph that a caller's pipeline gets at once: Stanza's own takes quadratic time
VARIANT = "quotekit"  # what Stanza knows the bundled tokenizer by

_PIECE = re.compile(rf".{{1,{PIECE}}}(?:(?<=\s)|\Z)|.{{1,{PIECE}}}", re.DOTALL)


@attrs.frozen
class Sentences:
    """The sentences and the words of one text, both in order; no span begins or ends with white space.

    A word is a token as the English treebanks cut them: a punctuation mark is one, so is the "'s" of "Khan's".
    """

    sentences: tuple[Span, ...] = ()
    words: tuple[Span, ...] = ()


class Splitter:
    """Cuts texts into sentences and words; holds a loaded tokenizer and may be used from several threads.

    Make one with `Splitter.bundled` or `Splitter.of`.
    """

    def __init__(self, cut: Callable[[Sequence[str]], Sequence[Cuts]]) -> None:
        self._cut = cut

    @classmethod
    def bundled(cls, pack: Path) -> Splitter:
        """The tokenizer in the folder `pack`; no network is needed.

        Raises `ModelError` naming the file and the remedy where something is missing or damaged.
        """
        from quotekit.analysis.tokenizer import Tokenizer

        return cls.using(Tokenizer.load(pack))

    @classmethod
    def using(cls, tokenizer: Tokenizer) -> Splitter:
        """A tokenizer that is loaded already."""
        return cls(functools.partial(_cut_by_tokenizer, tokenizer))

    @classmethod
    def of(cls, pipeline: Any) -> Splitter:
        """A caller's own `stanza.Pipeline`, of which only `tokenize` (with `mwt`) is run.

        Raises `InputError` for anything else, and for a pipeline that wants text already cut into words.
        """
        processor = getattr(pipeline, "processors", {}).get("tokenize")
        if processor is None:
            raise InputError(f"expected a stanza.Pipeline with the processor tokenize, got {type(pipeline).__name__}")
        if processor.config.get("pretokenized"):
            raise InputError("expected a stanza.Pipeline that takes running text, got one with tokenize_pretokenized")
        return cls(functools.partial(_cut_by_pipeline, pipeline))

    @staticmethod
    def read(document: Any) -> Sentences:
        """The sentences and words of a caller's analyzed `stanza.Document`, in its own text.

        Raises `InputError` where it has no text, or its tokens do not say where in the text they stand.
        """
        if not isinstance(document.text, str):
            raise InputError(f"expected a stanza.Document with its text, got one whose text is {document.text!r}")
        try:
            cuts = _cuts_of_document(document)
        except TypeError:
            raise InputError("expected a stanza.Document whose tokens have start_char and end_char, got None") from None
        ends = cuts.words.ravel()
        if np.any(np.diff(ends, prepend=0) < 0) or np.any(ends > len(document.text)):
            raise InputError("expected a stanza.Document whose tokens stand in its text in order, got other offsets")
        return Sentences(_spans(cuts.sentences), _spans(cuts.words))

    def split(self, texts: Sequence[str]) -> list[Sentences]:
        """The sentences and words of each text, as spans that cut exactly that text, whatever it holds.

        A sentence never runs over the end of a paragraph (see `quotekit.analysis.paragraphs`). Many texts in one
        call take less time than a call each.
        """
        cuts = self._cut([readable(text) for text in texts])
        return [Sentences(_spans(cut.sentences), _spans(cut.words)) for cut in cuts]


def bundled_pipeline(pack: Path, processors: Sequence[str] = (), **options: Any) -> Any:
    """A `stanza.Pipeline` for English that needs no network: the bundled tokenizer, then `processors`.

    `options` go to `stanza.Pipeline`; by them the other processors get their models. Raises `ModelError` as
    `Splitter.bundled` does.
    """
    import stanza

    _register_variant()
    offline = {"allow_unknown_language": True, "download_method": None, "use_gpu": False}
    ours = {"dir": str(pack), "tokenize_pack": str(pack), f"tokenize_with_{VARIANT}": True}
    names = ",".join(["tokenize", *processors])
    with _quiet_stanza():
        return stanza.Pipeline("en", processors=names, **{**offline, **ours, **options})


@functools.cache
def _register_variant() -> None:
    """Make the bundled tokenizer known to Stanza as a variant of `tokenize`."""
    from stanza import Document
    from stanza.pipeline.processor import ProcessorVariant, register_processor_variant

    @register_processor_variant("tokenize", VARIANT)
    class BundledTokenizer(ProcessorVariant):  # type: ignore[misc]
        """Stanza documents made of what `Splitter.bundled` finds."""

        def __init__(self, config: dict[str, Any]) -> None:
            self._splitter = Splitter.bundled(Path(config["pack"]))

        def process(self, document: Any) -> Any:
            return self.bulk_process([document])[0]

        def bulk_process(self, docs: Sequence[Any]) -> list[Any]:
            texts = [doc if isinstance(doc, str) else doc.text for doc in docs]
            found = self._splitter.split(texts)
            return [Document(_stanza_rows(*pair), text=pair[0]) for pair in zip(texts, found, strict=True)]


def _stanza_rows(text: str, found: Sentences) -> list[list[dict[str, Any]]]:
    """One list of tokens a sentence, each in the form `stanza.Document` takes."""
    starts = [sentence.start for sentence in found.sentences]
    grouped = itertools.groupby(found.words, key=lambda word: bisect.bisect_right(starts, word.start))
    return [
        [
            {"id": (number,), "text": text[word.slice], "start_char": word.start, "end_char": word.end}
            for number, word in enumerate(words, start=1)
        ]
        for _, words in grouped
    ]


@contextmanager
def _quiet_stanza() -> Iterator[None]:
    """Only errors are logged inside; Stanza 1.10 would leave the level as it sets it."""
    logger = logging.getLogger("stanza")
    level = logger.level
    logger.setLevel(logging.ERROR)
    try:
        yield
    finally:
        logger.setLevel(level)


def _cut_by_tokenizer(tokenizer: Tokenizer, texts: Sequence[str]) -> list[Cuts]:
    parts = [_ranges(paragraphs(text)) for text in texts]
    return [cut_by_labels(*each) for each in zip(texts, tokenizer.label(texts, parts), parts, strict=True)]


def _cut_by_pipeline(pipeline: Any, texts: Sequence[str]) -> list[Cuts]:
    from stanza import Document

    pieces = [
        (number, match)
        for number, text in enumerate(texts)
        for paragraph in paragraphs(text)
        for match in _PIECE.finditer(text, paragraph.start, paragraph.end)
    ]
    documents = pipeline.bulk_process([Document([], text=match[0]) for _, match in pieces], processors="tokenize")
    cuts = [[Cuts(_ranges(()), _ranges(()))] for _ in texts]
    for (number, match), document in zip(pieces, documents, strict=True):
        cuts[number].append(_cuts_of_document(document).moved(match.start()))
    return [Cuts(np.concatenate([c.sentences for c in of]), np.concatenate([c.words for c in of])) for of in cuts]


def _cuts_of_document(document: Any) -> Cuts:
    """Raises `TypeError` where a token does not say where it stands."""
    tokens = [(number, t) for number, sentence in enumerate(document.sentences) for t in sentence.tokens]
    words = np.array([(t.start_char, t.end_char) for _, t in tokens], dtype=np.int64).reshape(-1, 2)
    return Cuts(sentence_ranges(words, np.array([number for number, _ in tokens], dtype=np.int64)), words)


def _ranges(spans: Iterable[Span]) -> Ranges:
    return np.array([(span.start, span.end) for span in spans], dtype=np.int64).reshape(-1, 2)


def _spans(ranges: Ranges) -> tuple[Span, ...]:
    return tuple(Span(start, end) for start, end in ranges.tolist())
