"""The encoder at work: texts → `Scores`, many texts in one pass."""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch

from quotekit.analysis.kernels import use_eight_bits
from quotekit.analysis.network import AttributionNetwork, TokenStates
from quotekit.analysis.pack import load_calibration, load_network, load_wordpiece
from quotekit.analysis.scores import Floats, Links, Scores
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
        self._links = _links(network)
        self._network = use_eight_bits(network)
        self._wordpiece = load_wordpiece(folder)
        self._calibration = load_calibration(folder)

    def score(self, documents: Sequence[Document]) -> list[Scores]:
        """Scores for every token of each document's text."""
        texts = [tokenize(d.text, d.quotations, self._wordpiece) for d in documents]
        shape = self._network.shape
        widths = [shape.part_tags, shape.mention_tags, *[shape.pointer_width] * 4, 1]
        tables = [[np.zeros((len(tokens), width), dtype=np.float32) for width in widths] for tokens in texts]
        cut = [(i, tokens, window) for i, tokens in enumerate(texts) for window in cut_windows(tokens, slack=SLACK)]
        with torch.inference_mode():
            for group in batches(cut):
                states = self._network(collate([(tokens, window) for _, tokens, window in group]))
                for table, value in zip(range(len(widths)), _as_scores(states, shape.pointer_width), strict=True):
                    for row, (i, _, window) in enumerate(group):
                        _keep(tables[i][table], value[row], window)
        return [
            Scores(
                tokens=tokens, parts=t[0], mentions=t[1], cue_query=t[2], cue_key=t[3],
                source_query=t[4], source_key=t[5], no_source=t[6][:, 0], links=self._links,
                calibration=self._calibration,
            )
            for tokens, t in zip(texts, tables, strict=True)
        ]  # fmt: skip


def _as_scores(states: TokenStates, pointer_width: int) -> list[Floats]:
    scale = 1 / math.sqrt(pointer_width)
    values = [
        states.parts.log_softmax(-1), states.mentions.log_softmax(-1), states.cue_query * scale, states.cue_key,
        states.source_query * scale, states.source_key, states.no_source[..., None],
    ]  # fmt: skip
    return [value.numpy() for value in values]


def _keep(table: Floats, value: Floats, window: Window) -> None:
    inside = slice(window.keep_first - window.first, window.keep_last - window.first)
    table[window.keep_first : window.keep_last] = value[inside]


def _links(network: AttributionNetwork) -> Links:
    arrays = (p.detach().numpy() for p in (network.transitions, network.cue_distance, network.source_distance))
    transitions, cue_distance, source_distance = arrays
    return Links(transitions=transitions, cue_distance=cue_distance, source_distance=source_distance)
