"""Documents → `Analysis`: the one place where models are loaded and run."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import attrs

from quotekit.analysis.encoder import Encoder
from quotekit.analysis.pack import BUNDLED, check_pack
from quotekit.analysis.scores import Scores
from quotekit.analysis.sentences import Sentences, Splitter
from quotekit.document import Document
from quotekit.spans import Span

__all__ = ["Analysis", "Analyzer", "use_one_thread"]


@attrs.frozen(kw_only=True, eq=False)
class Analysis:
    """What models say of one document: the encoder's scores, and sentences and words as spans of its text."""

    scores: Scores
    sentences: tuple[Span, ...]
    words: tuple[Span, ...]


class Analyzer:
    """The loaded models of one language. Safe to use from several threads."""

    def __init__(self, folder: Path, pipeline: Any = None) -> None:
        """Load the pack at `folder`; `pipeline`, a `stanza.Pipeline`, takes the place of the pack's own."""
        check_pack(folder)
        self._encoder = Encoder(folder)
        self._splitter = Splitter.of(pipeline) if pipeline is not None else Splitter.bundled(folder)

    @classmethod
    @functools.lru_cache(maxsize=4)
    def load(cls, lang: str = "en", model: Path | None = None) -> Analyzer:
        """The analyzer of a pack (the bundled one of `lang` where `model` is `None`), loaded once a process."""
        return cls(model or BUNDLED / lang)

    @classmethod
    def with_pipeline(cls, lang: str, model: Path | None, pipeline: Any) -> Analyzer:
        """The same with a caller's own `stanza.Pipeline` for sentences and words."""
        return cls(model or BUNDLED / lang, pipeline)

    @staticmethod
    def sentences_of(text: Any) -> Sentences | None:
        """The sentences and words that a `stanza.Document` brings along; `None` for a text, and where it has none."""
        return None if isinstance(text, str) or not text.sentences else Splitter.read(text)

    def analyze(self, documents: Sequence[Document], read: Sequence[Sentences | None] = ()) -> list[Analysis]:
        """One `Analysis` a document; `read` holds, for each document, sentences already known, or `None`."""
        known = list(read) or [None] * len(documents)
        split = iter(self._splitter.split([d.text for d, k in zip(documents, known, strict=True) if k is None]))
        sentences = [k if k is not None else next(split) for k in known]
        return [
            Analysis(scores=found, sentences=s.sentences, words=s.words)
            for found, s in zip(self.score(documents), sentences, strict=True)
        ]

    def score(self, documents: Sequence[Document]) -> list[Scores]:
        """The encoder's scores alone, one a document."""
        return self._encoder.score(documents)


def use_one_thread() -> None:
    """Compute on one thread from here on: what each of several worker processes should do."""
    import torch

    torch.set_num_threads(1)
