"""How the encoder's training is laid out in stages."""

import pytest
import torch

from quotekit.errors import InputError
from quotekit.training.encoder import WARM_UP, Recipe, Stage, _blended

STAGE = Stage(epochs=2, peak=0.5, sizes=(256,), entity_every=4, written_times=1, rounding=False)


def test_the_rate_rises_to_the_peak_and_falls():
    """It starts at nothing, peaks when the warm-up ends, and never falls below a hundredth of the peak."""
    assert STAGE.share(0.0) == 0.0
    assert STAGE.share(WARM_UP) == pytest.approx(0.5)
    assert STAGE.share(1.0) == pytest.approx(0.005)


def test_an_epoch_knows_its_stage():
    """Epochs are counted from 0 over all stages."""
    recipe = Recipe(stages=(STAGE, STAGE))
    assert [recipe.stage(epoch)[1] for epoch in range(recipe.epochs)] == [0, 1, 0, 1]


def test_no_stage_holds_an_epoch_too_many():
    """The message says how many there are."""
    with pytest.raises(InputError, match="has 2 epochs, none of number 2"):
        Recipe(stages=(STAGE,)).stage(2)


def test_the_weights_of_the_stages_are_blended():
    """Each stage's end has its share; the ranges of the linear maps are the last one's."""
    first = {"a": torch.tensor([1.0]), "layers.0.rounding.qkv.low": torch.tensor(0.0)}
    last = {"a": torch.tensor([2.0]), "layers.0.rounding.qkv.low": torch.tensor(-3.0)}
    blended = _blended([first, last], (0.75, 0.25))
    assert {name: value.item() for name, value in blended.items()} == {"a": 1.25, "layers.0.rounding.qkv.low": -3.0}
