"""How the encoder's training is laid out in stages."""

import pytest

from quotekit.errors import InputError
from quotekit.training.recipe import WARM_UP, Recipe, Stage

STAGE = Stage(epochs=2, peak=0.5, sizes=(256,), rounding=False)


def test_the_rate_rises_to_the_peak_and_falls():
    """It starts at nothing, peaks when the warm-up ends, and never falls below a hundredth of the peak."""
    assert STAGE.share(0.0) == 0.0
    assert STAGE.share(WARM_UP) == pytest.approx(0.5)
    assert STAGE.share(1.0) == pytest.approx(0.005)


def test_an_epoch_knows_its_stage():
    """Epochs are counted from 0 over all stages."""
    recipe = Recipe(stages=(STAGE, STAGE))
    assert [recipe.stage(epoch)[1] for epoch in range(recipe.epochs)] == [0, 1, 0, 1]
    assert recipe.ends == (2, 4)


def test_no_stage_holds_an_epoch_too_many():
    """The message says how many there are."""
    with pytest.raises(InputError, match="has 2 epochs, none of number 2"):
        Recipe(stages=(STAGE,)).stage(2)
