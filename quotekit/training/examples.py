"""Articles → windows with their gold tags and pointers, as the network is trained on them."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import tokenizers
import torch
from torch import Tensor

from quotekit.analysis.network import Batch
from quotekit.analysis.scores import MENTION_LABELS, PART_LABELS
from quotekit.analysis.tokens import Ints, Tokens, tokenize
from quotekit.analysis.windows import Window, batches, collate, cut_windows
from quotekit.quotations import find_quotations
from quotekit.spans import spans_to_tags, tag_names
from quotekit.training.readers import Article, Labelled

__all__ = ["Cut", "Example", "Gold", "Nested", "NestedGold", "examples", "gold_batches", "point"]

NOWHERE = -1
UNKNOWN = -2

Halves = npt.NDArray[np.float16]
Cutting = tuple[int, Tokens, Window]  # the number of an example, its tokens, and which of them a window holds


class NestedGold(NamedTuple):
    """What contents report in turn, for a batch of B windows of T tokens.

    `soft` (B, T, part_tags) log-probabilities of tags, not a number where a token stands in no content that is read
    again; `cue_of`, `source_of` (B, T) as in `Gold`.
    """

    soft: Tensor
    cue_of: Tensor
    source_of: Tensor


class Gold(NamedTuple):
    """Gold for a batch of B windows of T tokens; `None` where the corpus does not label that.

    `parts`, `mentions` (B, T) tag numbers; `cue_of` (B, T) for content tokens and `source_of` (B, T) for cue
    tokens the first token of what they point at in the window, `NOWHERE` for nothing, `UNKNOWN` for no label.
    `soft` (B, T, part_tags): log-probabilities of the tags as other networks see them.
    """

    present: Tensor
    parts: Tensor | None
    mentions: Tensor | None
    cue_of: Tensor | None
    source_of: Tensor | None
    soft: Tensor | None = None
    nested: NestedGold | None = None


class Cut(NamedTuple):
    """How examples are cut: the numbers of pieces that windows may hold, and the pieces of a batch.

    `slack`: the pieces at the end of a window in which the beginning of a paragraph is looked for.
    """

    sizes: tuple[int, ...]
    pieces_a_batch: int
    slack: int = 0


class Nested(NamedTuple):
    """What the contents of an article of N tokens report (see `NestedGold`; here pointers are article-wide)."""

    soft: Halves
    cue_of: Ints
    source_of: Ints


class Example(NamedTuple):
    """A tokenized article and, for every token, its gold (see `Gold`; here pointers are article-wide)."""

    tokens: Tokens
    parts: Ints | None
    mentions: Ints | None
    cue_of: Ints
    source_of: Ints
    nested: Nested | None = None


def make_example(article: Article, wordpiece: tokenizers.Tokenizer) -> Example:
    """Tokenize an article and write its labels as tags and pointers."""
    tokens = tokenize(article.text, find_quotations(article.text), wordpiece)
    cue_of = np.full(len(tokens), UNKNOWN, dtype=np.int64)
    source_of = np.full(len(tokens), UNKNOWN, dtype=np.int64)
    parts = mentions = None
    if article.attributions is not None:
        ranges = []
        for row in article.attributions:
            ranges += [(*_cover(tokens, *span), part) for part in PART_LABELS for span in getattr(row, part)]
            point(row, tokens, cue_of, source_of)
        parts = _numbers(spans_to_tags(ranges, len(tokens)), PART_LABELS)
    if article.mentions is not None:
        ranges = [(*_cover(tokens, start, end), label) for start, end, label in article.mentions]
        mentions = _numbers(spans_to_tags(ranges, len(tokens)), MENTION_LABELS)
    return Example(tokens, parts, mentions, cue_of, source_of)


def _cover(tokens: Tokens, start: int, end: int) -> tuple[int, int]:
    """The first token of a span, and the one after its last."""
    first = int(np.searchsorted(tokens.ends, start, side="right"))
    return first, int(np.searchsorted(tokens.starts, end, side="left"))


def point(row: Labelled, tokens: Tokens, cue_of: Ints, source_of: Ints) -> None:
    """Let the tokens of a labelled attribution point at its cue and its source."""
    if not row.cue:
        return
    first, last = _cover(tokens, *row.cue[0])
    source_of[first:last] = _cover(tokens, *row.source[0])[0] if row.source else NOWHERE
    for span in row.content:
        start, end = _cover(tokens, *span)
        cue_of[start:end] = first


def _numbers(tags: Sequence[str], labels: Sequence[str]) -> Ints:
    number = {name: i for i, name in enumerate(tag_names(labels))}
    return np.array([number[tag] for tag in tags], dtype=np.int64)


def examples(articles: Iterable[Article], wordpiece: tokenizers.Tokenizer) -> Iterator[Example]:
    """One example an article."""
    return (make_example(article, wordpiece) for article in articles)


def gold_batches(drawn: Sequence[Example], rng: random.Random, how: Cut) -> Iterator[tuple[Batch, Gold]]:
    """Cut examples into windows at random places, shuffle them, and pad them into batches."""
    cut: list[Cutting] = []
    for number, example in enumerate(drawn):
        size, margin = rng.choice(how.sizes), rng.randint(0, 24)
        windows = cut_windows(example.tokens, size=size, margin=margin, slack=how.slack)
        cut += [(number, example.tokens, window) for window in windows]
    rng.shuffle(cut)
    pool = 24 * max(1, how.pieces_a_batch // 256)
    grouped = [g for at in range(0, len(cut), pool) for g in batches(cut[at : at + pool], pieces=how.pieces_a_batch)]
    rng.shuffle(grouped)
    for group in grouped:
        yield collate([(tokens, window) for _, tokens, window in group], max(how.sizes)), _gold(group, drawn)


def _gold(group: Sequence[Cutting], drawn: Sequence[Example]) -> Gold:
    width = max(window.last - window.first for _, _, window in group)
    shape = (len(group), width)
    present = np.zeros(shape, dtype=bool)
    parts, mentions = np.zeros(shape, dtype=np.int64), np.zeros(shape, dtype=np.int64)
    cue_of, source_of = np.full(shape, UNKNOWN, dtype=np.int64), np.full(shape, UNKNOWN, dtype=np.int64)
    for row, (number, _, w) in enumerate(group):
        example, n = drawn[number], w.last - w.first
        present[row, :n] = True
        if example.parts is not None:
            parts[row, :n] = example.parts[w.first : w.last]
        if example.mentions is not None:
            mentions[row, :n] = example.mentions[w.first : w.last]
        cue_of[row, :n], source_of[row, :n] = _inside(w, example.cue_of), _inside(w, example.source_of)
    labelled = drawn[group[0][0]]
    return Gold(
        torch.from_numpy(present),
        torch.from_numpy(parts) if labelled.parts is not None else None,
        torch.from_numpy(mentions) if labelled.mentions is not None else None,
        torch.from_numpy(cue_of) if labelled.parts is not None else None,
        torch.from_numpy(source_of) if labelled.parts is not None else None,
        nested=_nested(group, drawn, width),
    )


def _nested(group: Sequence[Cutting], drawn: Sequence[Example], width: int) -> NestedGold | None:
    known = [(row, w, nested) for row, (number, _, w) in enumerate(group) if (nested := drawn[number].nested)]
    if not known:
        return None
    soft = np.full((len(group), width, known[0][2].soft.shape[1]), np.nan, dtype=np.float16)
    cue_of, source_of = (np.full(soft.shape[:2], UNKNOWN, dtype=np.int64) for _ in range(2))
    for row, w, nested in known:
        n = w.last - w.first
        soft[row, :n] = nested.soft[w.first : w.last]
        cue_of[row, :n], source_of[row, :n] = _inside(w, nested.cue_of), _inside(w, nested.source_of)
    return NestedGold(*map(torch.from_numpy, (soft, cue_of, source_of)))


def _inside(window: Window, pointers: Ints) -> Ints:
    """Pointers of a window's tokens, counted from its first; what lies outside it is unknown."""
    there = pointers[window.first : window.last]
    outside = (there >= 0) & ((there < window.first) | (there >= window.last))
    inside: Ints = np.where(outside, UNKNOWN, np.where(there >= 0, there - window.first, there))
    return inside
