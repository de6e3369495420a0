"""8-bit kernels for the encoder's linear maps, where the processor has them; two to three times faster there.

oneDNN multiplies 8-bit integers with the VNNI instructions of processors since about 2019. What goes into a map is cut
into 256 levels whose range was learned in training, so a text's scores do not depend on what else is in its batch.
Whether the kernels are there and count right is tried out once; where not, the maps stay in 32-bit floats and take in
the same levels. Each map then gives the same sums but for the last bits; now and then those tip an input to the next
level, and what follows drifts a little: the model card says how far.
"""

from __future__ import annotations

import functools
from typing import cast

import numpy as np
import torch
from torch import Tensor, nn

from quotekit.analysis.network import ROUNDED, AttributionNetwork, Rounding

__all__ = ["eight_bit_rows", "use_eight_bits"]


def eight_bit_rows(weight: Tensor) -> tuple[Tensor, Tensor]:
    """A matrix as int8 rows, rounded symmetrically, and the scale of each row."""
    scales = weight.abs().amax(dim=1).clamp(min=1e-12) / 127
    return torch.round(weight / scales[:, None]).to(torch.int8), scales


class EightBitLinear(nn.Module):
    """A linear map in 8 bits: takes 32-bit floats or levels, gives floats, or levels for the map that follows."""

    def __init__(self, linear: nn.Linear, into: Rounding, *, gelu: bool = False, following: Rounding | None = None):
        super().__init__()
        rows, self._scales = eight_bit_rows(linear.weight.detach())
        self._packed = torch.ops.onednn.qlinear_prepack(rows, None)
        self._zeros = torch.zeros(len(rows), dtype=torch.int32)
        self._bias = linear.bias.detach()
        self._scale, self._zero = into.levels()
        self._half_up = torch.tensor(self._zero + 0.5)
        self._act = "gelu" if gelu else "none"
        self._out = (*following.levels(), torch.uint8) if following else (1.0, 0, torch.float32)

    def forward(self, x: Tensor, onto: Tensor | None = None) -> Tensor:
        """`x` (…, inputs) → (…, outputs), added to `onto`, which becomes the sum."""
        levels = x if x.dtype == torch.uint8 else self._levels(x)
        kernel = torch.ops.onednn.qlinear_pointwise
        weighted = levels, self._scale, self._zero, self._packed, self._scales, self._zeros
        if onto is None:
            out: Tensor = kernel(
                *weighted, self._bias, *self._out, self._act, [], "none" if self._act == "gelu" else ""
            )
        else:
            out = kernel.binary(*weighted, onto, self._bias, *self._out, 1.0, 0, "sum", 1.0, "none", [], "")
        return out

    def _levels(self, x: Tensor) -> Tensor:
        levels = torch.add(self._half_up, x, alpha=1 / self._scale).clamp_(0, 255)
        return torch.from_numpy(levels.numpy().astype(np.uint8))  # numpy's cast takes a third of torch's time


@functools.cache
def supported() -> bool:
    """Whether this processor and this torch multiply 8-bit integers fast and right.

    Without VNNI, sums of two products overflow 16 bits: the largest numbers tell.
    """
    linear, range_ = nn.Linear(64, 16), Rounding()
    range_.high.fill_(255.0)
    with torch.inference_mode():
        linear.weight.fill_(1.0)
        linear.bias.zero_()
        try:
            if not torch.cpu._is_vnni_supported():
                return False
            out = EightBitLinear(linear, range_)(torch.full((8, 64), 255.0), torch.zeros(8, 16))
        except (AttributeError, RuntimeError, TypeError):
            return False
        return bool(torch.allclose(out, torch.full((8, 16), 255.0 * 64), rtol=1e-3))


def use_eight_bits(network: AttributionNetwork) -> AttributionNetwork:
    """Put 8-bit maps into the layers of a network that is ready to score, where they are supported; returns it.

    A network trained without ranges (all of them empty) stays as it is.
    """
    if not supported() or not any(bool(value) for value in network.ranges().values()):
        return network
    for layer in network.layers:
        ranges = {name: cast(Rounding, layer.get_submodule(f"rounding.{name}")) for name in ROUNDED}
        for name, into in ranges.items():
            linear = cast(nn.Linear, layer.get_submodule(name))
            widens = name == "inner"
            following = ranges["outer"] if widens else None
            layer.register_module(name, EightBitLinear(linear, into, gelu=widens, following=following))
        layer.register_module("rounding", nn.ModuleDict({name: nn.Identity() for name in ROUNDED}))
    return network
