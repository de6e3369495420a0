"""The attribution encoder: a 6-layer BERT body (MiniLM's shape) and its heads, in plain torch.

Word pieces come in, scores for whole tokens come out: the state of a token's first piece stands for it.
Beside the uncased pieces the encoder is told each token's case, the white space before it and where it
stands in the scanner's quotations, as small embeddings added to the input.
"""

from __future__ import annotations

from typing import NamedTuple

import attrs
import torch
from torch import Tensor, nn
from torch.nn import functional

from quotekit.analysis.scores import MENTION_LABELS, PART_LABELS

__all__ = ["AttributionNetwork", "Batch", "NetworkShape", "TokenStates"]


@attrs.frozen(kw_only=True)
class NetworkShape:
    """The sizes of the network; what the pack's `encoder.json` holds."""

    vocabulary: int = 30522
    width: int = 384
    layers: int = 6
    attention_heads: int = 12
    inner_width: int = 1536
    positions: int = 512
    feature_sizes: tuple[int, ...] = (6, 4, 6)
    part_tags: int = 1 + 4 * len(PART_LABELS)
    mention_tags: int = 1 + 4 * len(MENTION_LABELS)
    pointer_width: int = 128
    distance_buckets: int = 64
    dropout: float = 0.1


class Batch(NamedTuple):
    """Windows of pieces, padded: B windows of P pieces and T tokens.

    `pieces` (B, P) piece ids; `features` (B, P, F) small ids, a column for each of `feature_sizes`;
    `present` (B, P) true where a piece stands; `firsts` (B, T) index of each token's first piece.
    """

    pieces: Tensor
    features: Tensor
    present: Tensor
    firsts: Tensor


class TokenStates(NamedTuple):
    """What the heads say of each token.

    `parts` (B, T, part_tags) and `mentions` (B, T, mention_tags) unnormalized scores of BIOES tags;
    `cue_query`, `cue_key`: content token → first token of its cue; `source_query`, `source_key`: cue token →
    first token of its source, each (B, T, pointer_width); `no_source` (B, T): score that a cue has no source.
    """

    parts: Tensor
    mentions: Tensor
    cue_query: Tensor
    cue_key: Tensor
    source_query: Tensor
    source_key: Tensor
    no_source: Tensor


class _Layer(nn.Module):
    """One transformer layer, normalized after each half as in BERT."""

    def __init__(self, shape: NetworkShape) -> None:
        super().__init__()
        self.heads, self.dropout = shape.attention_heads, shape.dropout
        self.qkv = nn.Linear(shape.width, 3 * shape.width)
        self.attended = nn.Linear(shape.width, shape.width)
        self.attention_norm = nn.LayerNorm(shape.width, eps=1e-12)
        self.inner = nn.Linear(shape.width, shape.inner_width)
        self.outer = nn.Linear(shape.inner_width, shape.width)
        self.norm = nn.LayerNorm(shape.width, eps=1e-12)

    def forward(self, x: Tensor, mask: Tensor | None) -> Tensor:
        b, p, w = x.shape
        drop = self.dropout if self.training else 0.0
        q, k, v = self.qkv(x).view(b, p, 3, self.heads, w // self.heads).permute(2, 0, 3, 1, 4)
        seen = functional.scaled_dot_product_attention(q, k, v, attn_mask=mask)
        seen = self.attended(seen.transpose(1, 2).reshape(b, p, w))
        x = self.attention_norm(x + functional.dropout(seen, drop, self.training))
        inner = self.outer(functional.gelu(self.inner(x)))
        out: Tensor = self.norm(x + functional.dropout(inner, drop, self.training))
        return out


class AttributionNetwork(nn.Module):
    """Encoder and heads; one pass serves them all."""

    def __init__(self, shape: NetworkShape) -> None:
        super().__init__()
        self.shape = shape
        self.words = nn.Embedding(shape.vocabulary, shape.width)
        self.places = nn.Embedding(shape.positions, shape.width)
        self.features = nn.ModuleList(nn.Embedding(size, shape.width) for size in shape.feature_sizes)
        self.input_norm = nn.LayerNorm(shape.width, eps=1e-12)
        self.layers = nn.ModuleList(_Layer(shape) for _ in range(shape.layers))
        self.parts = nn.Linear(shape.width, shape.part_tags)
        self.mentions = nn.Linear(shape.width, shape.mention_tags)
        self.pointers = nn.Linear(shape.width, 4 * shape.pointer_width)
        self.no_source = nn.Linear(shape.width, 1)
        self.transitions = nn.Parameter(torch.zeros(shape.part_tags, shape.part_tags))
        self.cue_distance = nn.Parameter(torch.zeros(shape.distance_buckets))
        self.source_distance = nn.Parameter(torch.zeros(shape.distance_buckets))
        for table in self.features:
            nn.init.zeros_(table.weight)  # type: ignore[arg-type]

    def encode(self, batch: Batch) -> Tensor:
        """The states (B, T, width) of the tokens' first pieces."""
        p = batch.pieces.shape[1]
        x = self.words(batch.pieces) + self.places.weight[:p]
        for column, table in enumerate(self.features):
            x = x + table(batch.features[..., column])
        x = functional.dropout(self.input_norm(x), self.shape.dropout, self.training)
        mask = None if bool(batch.present.all()) else batch.present[:, None, None, :]
        for layer in self.layers:
            x = layer(x, mask)
        states: Tensor = x.gather(1, batch.firsts[..., None].expand(-1, -1, x.shape[-1]))
        return states

    def forward(self, batch: Batch) -> TokenStates:
        """What every head says of every token."""
        states = functional.dropout(self.encode(batch), self.shape.dropout, self.training)
        cue_query, cue_key, source_query, source_key = self.pointers(states).chunk(4, dim=-1)
        return TokenStates(
            self.parts(states), self.mentions(states), cue_query, cue_key, source_query, source_key,
            self.no_source(states)[..., 0],
        )  # fmt: skip
