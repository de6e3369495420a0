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

__all__ = [
    "ROUNDED",
    "AttributionNetwork",
    "Batch",
    "NetworkShape",
    "ReportHeads",
    "Reports",
    "Rounding",
    "TokenStates",
]

ROUNDED = ("qkv", "attended", "inner", "outer")  # the linear maps of a layer that 8-bit kernels may compute
RANGE_FOLLOWS = 0.05
SURELY_NOTHING = 10.0  # the score of no part at all in heads that have learned nothing


@attrs.frozen(kw_only=True)
class NetworkShape:
    """The sizes of the network, which are MiniLM's unless given; what the pack's `encoder.json` holds."""

    vocabulary: int = 30522
    width: int = 384
    layers: int = 6
    attention_heads: int = 12
    head_width: int = 32
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


class Reports(NamedTuple):
    """What one pair of eyes sees in each token: a part of a report, and where its cue and its source are.

    `parts` (B, T, part_tags) unnormalized scores of BIOES tags; `cue_query`, `cue_key`: content token → first token of
    its cue; `source_query`, `source_key`: cue token → first token of its source, each (B, T, pointer_width);
    `no_source` (B, T): score that a cue has no source.
    """

    parts: Tensor
    cue_query: Tensor
    cue_key: Tensor
    source_query: Tensor
    source_key: Tensor
    no_source: Tensor


class TokenStates(NamedTuple):
    """What the heads say of each token: of reports, of those that stand inside a content, and of names.

    `mentions` (B, T, mention_tags) unnormalized scores of BIOES tags.
    """

    reports: Reports
    nested: Reports
    mentions: Tensor


class Rounding(nn.Module):
    """The range of what goes into a linear map, kept so that 8-bit kernels can cut it into 256 levels.

    What goes in is rounded to those levels: in training, while `active`, so that the weights get used to it, with
    `low` and `high` following the batches; and later, so that scores are the same with and without such kernels.
    """

    low: Tensor
    high: Tensor
    active = False

    def __init__(self) -> None:
        super().__init__()
        self.register_buffer("low", torch.zeros(()))
        self.register_buffer("high", torch.zeros(()))

    def forward(self, x: Tensor) -> Tensor:
        """What goes in, rounded; as it is where no range was learned."""
        if self.training and self.active:
            self.follow(x)
        if (self.training and not self.active) or not self.known:
            return x
        rounded: Tensor = torch.fake_quantize_per_tensor_affine(x, *self.levels(), 0, 255)
        return rounded

    @property
    def known(self) -> bool:
        """Whether a range was learned."""
        return bool(self.high > self.low)

    @torch.no_grad()
    def follow(self, x: Tensor) -> None:
        """Move the range a little toward that of `x`."""
        low, high = x.aminmax()
        share = RANGE_FOLLOWS if self.known else 1.0
        self.low.lerp_(low, share)
        self.high.lerp_(high, share)

    def levels(self) -> tuple[float, int]:
        """The distance between two levels, and which level stands for 0."""
        low, high = min(float(self.low), 0.0), max(float(self.high), 0.0)
        scale = max(high - low, 1e-6) / 255
        return scale, round(-low / scale)


class _Widening(nn.Linear):
    """The first half of a layer's inner network: a linear map and GELU."""

    def forward(self, x: Tensor) -> Tensor:
        return functional.gelu(super().forward(x))


class _Returning(nn.Linear):
    """The second half of each half of a layer: a linear map whose result is added to what the half began with."""

    def __init__(self, inputs: int, outputs: int, dropout: float) -> None:
        super().__init__(inputs, outputs)
        self.dropout = dropout

    def forward(self, x: Tensor, onto: Tensor) -> Tensor:  # type: ignore[override]
        """`x` mapped, some of it dropped out in training, and added to `onto`."""
        return onto + functional.dropout(super().forward(x), self.dropout, self.training)


class _Layer(nn.Module):
    """One transformer layer, normalized after each half as in BERT."""

    def __init__(self, shape: NetworkShape) -> None:
        super().__init__()
        self.heads, self.head_width = shape.attention_heads, shape.head_width
        seen = shape.attention_heads * shape.head_width
        self.qkv = nn.Linear(shape.width, 3 * seen)
        self.attended = _Returning(seen, shape.width, shape.dropout)
        self.attention_norm = nn.LayerNorm(shape.width, eps=1e-12)
        self.inner = _Widening(shape.width, shape.inner_width)
        self.outer = _Returning(shape.inner_width, shape.width, shape.dropout)
        self.norm = nn.LayerNorm(shape.width, eps=1e-12)
        self.rounding = nn.ModuleDict({name: Rounding() for name in ROUNDED})

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        b, p, _ = x.shape
        rounded = self.rounding
        q, k, v = self.qkv(rounded["qkv"](x)).view(b, p, 3, self.heads, self.head_width).permute(2, 0, 3, 1, 4)
        seen = functional.scaled_dot_product_attention(q, k, v, attn_mask=mask)
        seen = rounded["attended"](seen.transpose(1, 2).flatten(2))
        x = self.attention_norm(self.attended(seen, x))
        inner = rounded["outer"](self.inner(rounded["inner"](x)))
        out: Tensor = self.norm(self.outer(inner, x))
        return out


class ReportHeads(nn.Module):
    """What is read off the states of tokens about reports."""

    def __init__(self, shape: NetworkShape) -> None:
        super().__init__()
        self.parts = nn.Linear(shape.width, shape.part_tags)
        self.pointers = nn.Linear(shape.width, 4 * shape.pointer_width)
        self.no_source = nn.Linear(shape.width, 1)

    def forward(self, states: Tensor) -> Reports:
        """States (B, T, width) → what they say."""
        cue_query, cue_key, source_query, source_key = self.pointers(states).chunk(4, dim=-1)
        no_source = self.no_source(states)[..., 0]
        return Reports(self.parts(states), cue_query, cue_key, source_query, source_key, no_source)

    @torch.no_grad()
    def see_nothing(self) -> None:
        """Take no token for a part of anything, until that is learned."""
        self.parts.weight.zero_()
        self.parts.bias.zero_()
        self.parts.bias[0] = SURELY_NOTHING


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
        self.reports, self.nested = ReportHeads(shape), ReportHeads(shape)
        self.nested.see_nothing()
        self.mentions = nn.Linear(shape.width, shape.mention_tags)
        self.transitions = nn.Parameter(torch.zeros(shape.part_tags, shape.part_tags))
        self.cue_distance = nn.Parameter(torch.zeros(shape.distance_buckets))
        self.source_distance = nn.Parameter(torch.zeros(shape.distance_buckets))
        for table in self.features:
            nn.init.zeros_(table.weight)  # type: ignore[arg-type]

    def round_inputs(self, active: bool) -> None:
        """Let training round what goes into the linear maps, or not."""
        for module in self.modules():
            if isinstance(module, Rounding):
                module.active = active

    def ranges(self) -> dict[str, Tensor]:
        """The learned ranges of what goes into the linear maps, by their names in the state: empty ones at first."""
        return {name: value for name, value in self.named_buffers() if ".rounding." in name}

    def encode(self, batch: Batch) -> Tensor:
        """The states (B, T, width) of the tokens' first pieces."""
        p = batch.pieces.shape[1]
        x = self.words(batch.pieces) + self.places.weight[:p]
        for column, table in enumerate(self.features):
            x += table(batch.features[..., column])
        x = functional.dropout(self.input_norm(x), self.shape.dropout, self.training)
        mask = batch.present[:, None, None, :]  # also where all stand there: without one, other kernels add
        for layer in self.layers:
            x = layer(x, mask)
        states: Tensor = x.gather(1, batch.firsts[..., None].expand(-1, -1, x.shape[-1]))
        return states

    def forward(self, batch: Batch) -> TokenStates:
        """What every head says of every token."""
        states = functional.dropout(self.encode(batch), self.shape.dropout, self.training)
        return TokenStates(self.reports(states), self.nested(states), self.mentions(states))
