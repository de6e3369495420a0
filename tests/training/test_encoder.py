"""How the weights that ship are put together from the ends of the stages."""

import torch

from quotekit.training.encoder import _blended


def test_the_weights_of_the_stages_are_blended():
    """Each stage's end has its share; the ranges of the linear maps are the last one's."""
    first = {"a": torch.tensor([1.0]), "layers.0.rounding.qkv.low": torch.tensor(0.0)}
    last = {"a": torch.tensor([2.0]), "layers.0.rounding.qkv.low": torch.tensor(-3.0)}
    blended = _blended([first, last], (0.75, 0.25))
    assert {name: value.item() for name, value in blended.items()} == {"a": 1.25, "layers.0.rounding.qkv.low": -3.0}
