"""Articles → windows with their gold tags and pointers, as the network is trained on them."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

import numpy as np
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

__all__ = ["Cut", "Example", "Gold", "examples", "gold_batches"]

NOWHERE = -1
UNKNOWN = -2


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


class Cut(NamedTuple):
    """How examples are cut: the numbers of pieces that windows may hold, and the pieces of a batch.

    `slack`: the pieces at the end of a window in which the beginning of a paragraph is looked for.
    """

    sizes: tuple[int, ...]
    pieces_a_batch: int
    slack: int = 0


class Example(NamedTuple):
    """A tokenized article and, for every token, its gold (see `Gold`; here pointers are article-wide)."""

    tokens: Tokens
    parts: Ints | None
    mentions: Ints | None
    cue_of: Ints
    source_of: Ints


def make_example(article: Article, wordpiece: tokenizers.Tokenizer) -> Example:
    """Tokenize an article and write its labels as tags and pointers."""
    tokens = tokenize(article.text, find_quotations(article.text), wordpiece)

    def cover(start: int, end: int) -> tuple[int, int]:
        first = int(np.searchsorted(tokens.ends, start, side="right"))
        return first, int(np.searchsorted(tokens.starts, end, side="left"))

    cue_of = np.full(len(tokens), UNKNOWN, dtype=np.int64)
    source_of = np.full(len(tokens), UNKNOWN, dtype=np.int64)
    parts = mentions = None
    if article.attributions is not None:
        ranges = []
        for row in article.attributions:
            ranges += [(*cover(*span), part) for part in PART_LABELS for span in getattr(row, part)]
            _point(row, cover, cue_of, source_of)
        parts = _numbers(spans_to_tags(ranges, len(tokens)), PART_LABELS)
    if article.mentions is not None:
        ranges = [(*cover(start, end), label) for start, end, label in article.mentions]
        mentions = _numbers(spans_to_tags(ranges, len(tokens)), MENTION_LABELS)
    return Example(tokens, parts, mentions, cue_of, source_of)


def _point(row: Labelled, cover: Callable[[int, int], tuple[int, int]], cue_of: Ints, source_of: Ints) -> None:
    if not row.cue:
        return
    first, last = cover(*row.cue[0])
    source_of[first:last] = cover(*row.source[0])[0] if row.source else NOWHERE
    for span in row.content:
        start, end = cover(*span)
        cue_of[start:end] = first


def _numbers(tags: Sequence[str], labels: Sequence[str]) -> Ints:
    number = {name: i for i, name in enumerate(tag_names(labels))}
    return np.array([number[tag] for tag in tags], dtype=np.int64)


def examples(articles: Iterable[Article], wordpiece: tokenizers.Tokenizer) -> Iterator[Example]:
    """One example an article."""
    return (make_example(article, wordpiece) for article in articles)


def gold_batches(drawn: Sequence[Example], rng: random.Random, how: Cut) -> Iterator[tuple[Batch, Gold]]:
    """Cut examples into windows at random places, shuffle them, and pad them into batches."""
    cut: list[tuple[int, Tokens, Window]] = []
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


def _gold(group: Sequence[tuple[int, Tokens, Window]], drawn: Sequence[Example]) -> Gold:
    width = max(window.last - window.first for _, _, window in group)
    shape = (len(group), width)
    present = np.zeros(shape, dtype=bool)
    parts, mentions = np.zeros(shape, dtype=np.int64), np.zeros(shape, dtype=np.int64)
    pointers = {name: np.full(shape, UNKNOWN, dtype=np.int64) for name in ("cue_of", "source_of")}
    for row, (number, _, w) in enumerate(group):
        example, n = drawn[number], w.last - w.first
        present[row, :n] = True
        if example.parts is not None:
            parts[row, :n] = example.parts[w.first : w.last]
        if example.mentions is not None:
            mentions[row, :n] = example.mentions[w.first : w.last]
        for name, table in pointers.items():
            there = getattr(example, name)[w.first : w.last]
            outside = (there >= 0) & ((there < w.first) | (there >= w.last))
            table[row, :n] = np.where(outside, UNKNOWN, np.where(there >= 0, there - w.first, there))
    labelled = drawn[group[0][0]]
    return Gold(
        torch.from_numpy(present),
        torch.from_numpy(parts) if labelled.parts is not None else None,
        torch.from_numpy(mentions) if labelled.mentions is not None else None,
        torch.from_numpy(pointers["cue_of"]) if labelled.parts is not None else None,
        torch.from_numpy(pointers["source_of"]) if labelled.parts is not None else None,
    )
