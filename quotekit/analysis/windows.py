"""Tokens → overlapping windows that fit the encoder, and padded batches of them.

Windows run across sentence borders and end between paragraphs where they can; where they end within one, they overlap.
Every token is *kept* in exactly one window.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import attrs
import numpy as np
import numpy.typing as npt
import torch

from quotekit.analysis.network import Batch
from quotekit.analysis.tokens import CASES, GAPS, Tokens

__all__ = ["Window", "batches", "collate", "cut_windows"]

CLS, SEP = 101, 102
FRAME = 2  # [CLS] and [SEP]
SIZE = 256  # pieces of a window, with its frame


@attrs.frozen
class Window:
    """Tokens `first:last` are read, of which `keep_first:keep_last` are kept."""

    first: int
    last: int
    keep_first: int
    keep_last: int


def cut_windows(tokens: Tokens, *, size: int = SIZE, margin: int = 32, slack: int = 0) -> Iterator[Window]:
    """Windows of at most `size` pieces, whole paragraphs where that can be.

    A window ends before a paragraph where one begins in its last `slack` pieces; elsewhere it shares about `margin`
    pieces with its neighbour on either side. A token of more pieces than fit (there are none in language) is read by
    its first pieces.
    """
    bounds, count, room = tokens.firsts, len(tokens), size - FRAME
    heads = _heads(tokens) if slack else np.zeros(0, dtype=np.int64)
    keep_first = shared = 0
    while keep_first < count:
        first = int(np.searchsorted(bounds, bounds[keep_first] - shared, side="left"))
        last = max(int(np.searchsorted(bounds, bounds[first] + room, side="right")) - 1, keep_first + 1)
        if last >= count:
            yield Window(first, count, keep_first, count)
            return
        head = int(max(heads[: np.searchsorted(heads, last, side="right")][-1:], default=0))
        if head > keep_first and bounds[last] - bounds[head] <= slack:
            last = keep_last = head
            shared = 0
        else:
            keep_last = max(int(np.searchsorted(bounds, bounds[last] - margin, side="right")) - 1, keep_first + 1)
            shared = margin
        yield Window(first, last, keep_first, keep_last)
        keep_first = keep_last


def _heads(tokens: Tokens) -> npt.NDArray[np.int64]:
    """The tokens that open a paragraph: after a blank line, or on a new line between two sentences."""
    case, gap = tokens.features[:, 0], tokens.features[:, 1]
    new_sentence = np.append(False, case[:-1] == CASES["mark"])[: len(case)] & (case != CASES["lower"])
    return np.flatnonzero((gap == GAPS["paragraph"]) | ((gap == GAPS["line"]) & new_sentence))


def collate(cut: Sequence[tuple[Tokens, Window]], size: int = SIZE) -> Batch:
    """Pad windows to one batch; the framing pieces have no token.

    A window is padded by its own length, not by the others': sums over other lengths differ in their last bits.
    """
    lengths = [min(int(t.firsts[w.last] - t.firsts[w.first]), size - FRAME) for t, w in cut]
    b, p, n = len(cut), min(_padded(max(lengths) + FRAME), size), max(w.last - w.first for _, w in cut)
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
    cut: Sequence[tuple[int, Tokens, Window]], *, pieces: int = 3072
) -> Iterator[list[tuple[int, Tokens, Window]]]:
    """Group windows that are padded to one length, longest first, so that a batch holds at most `pieces` pieces."""
    by_length = sorted(cut, key=lambda c: int(c[1].firsts[c[2].first] - c[1].firsts[c[2].last]))
    group: list[tuple[int, Tokens, Window]] = []
    padded = 0
    for item in by_length:
        length = _padded(int(item[1].firsts[item[2].last] - item[1].firsts[item[2].first]) + FRAME)
        if group and ((len(group) + 1) * length > pieces or length != padded):
            yield group
            group = []
        padded = length
        group.append(item)
    if group:
        yield group


def _padded(length: int) -> int:
    """The length to which a window of so many pieces is padded: at most an eighth longer, or up to 8 pieces."""
    step = max(8, 1 << (length - 1).bit_length() >> 4)
    return -(-length // step) * step
