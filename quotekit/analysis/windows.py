"""Tokens → overlapping windows that fit the encoder, and padded batches of them.

Windows run across sentence borders. Every token is *kept* in exactly one window, with context on both sides.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import attrs
import numpy as np
import torch

from quotekit.analysis.network import Batch
from quotekit.analysis.tokens import Tokens

__all__ = ["Window", "batches", "collate", "cut_windows"]

CLS, SEP = 101, 102
FRAME = 2  # [CLS] and [SEP]
FULL = 0.75


@attrs.frozen
class Window:
    """Tokens `first:last` are read, of which `keep_first:keep_last` are kept."""

    first: int
    last: int
    keep_first: int
    keep_last: int


def cut_windows(tokens: Tokens, *, size: int = 384, margin: int = 48) -> Iterator[Window]:
    """Windows of at most `size` pieces that share about `margin` pieces with each neighbour on either side.

    A token of more pieces than fit (there are none in language) is read by its first pieces.
    """
    bounds, count = tokens.firsts, len(tokens)
    room = size - FRAME
    keep_first = 0
    while keep_first < count:
        first = int(np.searchsorted(bounds, bounds[keep_first] - margin, side="left"))
        last = max(int(np.searchsorted(bounds, bounds[first] + room, side="right")) - 1, keep_first + 1)
        if last >= count:
            keep_last = count
        else:
            keep_last = max(int(np.searchsorted(bounds, bounds[last] - margin, side="right")) - 1, keep_first + 1)
        yield Window(first, last, keep_first, keep_last)
        keep_first = keep_last


def collate(cut: Sequence[tuple[Tokens, Window]], size: int = 384) -> Batch:
    """Pad windows to one batch; the framing pieces have no token."""
    lengths = [min(int(t.firsts[w.last] - t.firsts[w.first]), size - FRAME) for t, w in cut]
    b, p, n = len(cut), max(lengths) + FRAME, max(w.last - w.first for _, w in cut)
    pieces = np.zeros((b, p), dtype=np.int64)
    features = np.zeros((b, p, cut[0][0].features.shape[1]), dtype=np.int64)
    present = np.zeros((b, p), dtype=bool)
    firsts = np.zeros((b, n), dtype=np.int64)
    for row, ((tokens, window), length) in enumerate(zip(cut, lengths, strict=True)):
        bounds = tokens.firsts[window.first : window.last + 1]
        token_of_piece = np.repeat(np.arange(window.first, window.last), np.diff(bounds))[:length]
        pieces[row, 0], pieces[row, length + 1] = CLS, SEP
        pieces[row, 1 : length + 1] = tokens.pieces[bounds[0] : bounds[0] + length]
        features[row, 1 : length + 1] = tokens.features[token_of_piece]
        present[row, : length + FRAME] = True
        firsts[row, : window.last - window.first] = np.minimum(bounds[:-1] - bounds[0], length - 1) + 1
    return Batch(*(torch.from_numpy(a) for a in (pieces, features, present, firsts)))


def batches(
    cut: Sequence[tuple[int, Tokens, Window]], *, pieces: int = 6144
) -> Iterator[list[tuple[int, Tokens, Window]]]:
    """Group windows of like length, longest first, so that a padded batch holds at most `pieces` pieces.

    No window is padded to more than 1 / `FULL` of its length, except to a short one.
    """
    by_length = sorted(cut, key=lambda c: int(c[1].firsts[c[2].first] - c[1].firsts[c[2].last]))
    group: list[tuple[int, Tokens, Window]] = []
    longest = 0
    for item in by_length:
        length = int(item[1].firsts[item[2].last] - item[1].firsts[item[2].first]) + FRAME
        longest = longest or length
        if group and ((len(group) + 1) * longest > pieces or length < FULL * longest):
            yield group
            group, longest = [], length
        group.append(item)
    if group:
        yield group
