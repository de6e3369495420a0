"""The encoder at work: texts → `Scores`, many texts in one pass."""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from torch import nn

from quotekit.analysis.kernels import use_eight_bits
from quotekit.analysis.network import AttributionNetwork, Batch, ReportHeads
from quotekit.analysis.pack import load_calibration, load_network, load_wordpiece
from quotekit.analysis.scores import Floats, Heads, NestedHeads, Pointer, Scores
from quotekit.analysis.tokens import tokenize
from quotekit.analysis.windows import Window, batches, collate, cut_windows
from quotekit.document import Document

__all__ = ["Encoder"]

SLACK = 100  # pieces at the end of a window in which the beginning of a paragraph is looked for


class Encoder:
    """A loaded network and its word pieces; nothing in it changes after it is made."""

    def __init__(self, folder: Path) -> None:
        """Load the encoder of the pack at `folder`."""
        network = load_network(folder)
        self._heads = _heads(network, network.reports)
        self._nested = NestedHeads(_heads(network, network.nested), _matrix(network.nested.parts))
        self._network = use_eight_bits(network)
        self._wordpiece = load_wordpiece(folder)
        self._calibration = load_calibration(folder)

    def score(self, documents: Sequence[Document]) -> list[Scores]:
        """Scores for every token of each document's text."""
        texts = [tokenize(d.text, d.quotations, self._wordpiece) for d in documents]
        shape = self._network.shape
        widths = [shape.part_tags, shape.mention_tags, shape.width]
        tables = [[np.zeros((len(tokens), width), dtype=np.float32) for width in widths] for tokens in texts]
        cut = [(i, tokens, window) for i, tokens in enumerate(texts) for window in cut_windows(tokens, slack=SLACK)]
        with torch.inference_mode():
            for group in batches(cut):
                read = _read(self._network, collate([(tokens, window) for _, tokens, window in group]))
                for table, value in zip(range(len(widths)), read, strict=True):
                    for row, (i, _, window) in enumerate(group):
                        _keep(tables[i][table], value[row], window)
        return [
            Scores(
                tokens=tokens, parts=t[0], mentions=t[1], states=t[2], heads=self._heads, nested=self._nested,
                calibration=self._calibration,
            )
            for tokens, t in zip(texts, tables, strict=True)
        ]  # fmt: skip


def _read(network: AttributionNetwork, batch: Batch) -> list[Floats]:
    """What each token of some windows is, what it names, and its state."""
    states = network.encode(batch)
    values = network.reports.parts(states).log_softmax(-1), network.mentions(states).log_softmax(-1), states
    return [value.numpy() for value in values]


def _keep(table: Floats, value: Floats, window: Window) -> None:
    inside = slice(window.keep_first - window.first, window.keep_last - window.first)
    table[window.keep_first : window.keep_last] = value[inside]


def _heads(network: AttributionNetwork, own: ReportHeads) -> Heads:
    """What some of the network's heads know, without torch."""
    cue_query, cue_key, source_query, source_key = np.split(_matrix(own.pointers), 4, axis=1)
    scale = 1 / math.sqrt(network.shape.pointer_width)
    transitions, cue, source = (
        p.detach().numpy() for p in (network.transitions, network.cue_distance, network.source_distance)
    )
    return Heads(
        transitions=transitions, cue=Pointer(scale * cue_query @ cue_key.T, cue),
        source=Pointer(scale * source_query @ source_key.T, source), no_source=_matrix(own.no_source)[:, 0],
    )  # fmt: skip


def _matrix(linear: nn.Linear) -> Floats:
    """(inputs + 1, outputs): a linear map, its bias under its weights."""
    matrix: Floats = torch.cat([linear.weight.T, linear.bias[None]]).detach().numpy()
    return matrix
