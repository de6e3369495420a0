"""A training run: it learns, tells how far it is, and goes on where it was interrupted."""

import random

import attrs
import pytest
import torch
from safetensors.torch import load_file

from quotekit.analysis.network import AttributionNetwork, NetworkShape
from quotekit.analysis.pack import BUNDLED, load_wordpiece
from quotekit.training.examples import Cut, examples, gold_batches
from quotekit.training.readers import Article, Labelled
from quotekit.training.recipe import Recipe, Stage
from quotekit.training.run import Progress, Run, averaged

TEXT = "Berg said that it rains. Nobody left."
SMALL = NetworkShape(width=24, layers=2, attention_heads=2, inner_width=32, pointer_width=8)
STAGE = Stage(epochs=3, peak=1.0, sizes=(160,), rounding=True)
RECIPE = Recipe(stages=(STAGE,), pieces_a_batch=64, rate=1e-2, threads=1)


class Corpus:
    """The same article, sixteen times."""

    def __init__(self):
        label = Labelled(((0, 4),), ((5, 9),), ((10, 23),))
        article = Article(id="a", text=TEXT, attributions=(label,))
        self.drawn = list(examples([article] * 16, load_wordpiece(BUNDLED / "en")))

    def batches(self, recipe, epoch):
        """Batches of an epoch."""
        return gold_batches(self.drawn, random.Random(epoch), Cut(sizes=(160,), pieces_a_batch=recipe.pieces_a_batch))


class Interrupted(Exception):
    """Stands for the power that went."""


@pytest.fixture
def run():
    """Makes a run of a small network, the same each time."""

    def make(out, tell=lambda progress: None):
        torch.manual_seed(1)
        return Run(RECIPE, Corpus(), AttributionNetwork(SMALL), out, tell)

    return make


def test_the_loss_falls_and_is_told(run, tmp_path):
    """Each epoch is told with its mean loss, and at the end nothing is left."""
    told: list[Progress] = []
    run(tmp_path, told.append).go()
    assert [(p.epoch, p.epochs, p.batch == p.batches) for p in told] == [(1, 3, True), (2, 3, True), (3, 3, True)]
    assert told[2].loss < 0.8 * told[0].loss
    assert told[2].seconds_left == 0
    assert all(p.seconds_left > 0 for p in told[:2])


def test_an_interrupted_run_goes_on_as_it_would_have(run, tmp_path):
    """The weights are the same to the last bit, and no epoch is read again."""

    def stop(progress):
        if progress.epoch == 3:
            raise Interrupted

    run(tmp_path / "whole").go()
    with pytest.raises(Interrupted):
        run(tmp_path / "broken", stop).go()
    told = []
    run(tmp_path / "broken", told.append).go()
    whole, broken = (load_file(averaged(tmp_path / name, 3)) for name in ("whole", "broken"))
    assert [p.epoch for p in told] == [3]
    assert all(torch.equal(whole[name], broken[name]) for name in whole)


def test_ranges_of_the_linear_maps_are_learned(run, tmp_path):
    """Where a stage rounds, 8-bit kernels find a range at the end of it."""
    run(tmp_path).go()
    weights = load_file(averaged(tmp_path, 3))
    ranges = [name.removesuffix(".low") for name in weights if name.endswith(".low")]
    assert len(ranges) == 4 * SMALL.layers
    assert all(weights[f"{name}.low"] < weights[f"{name}.high"] for name in ranges)


def test_the_callers_settings_stay(run, tmp_path):
    """Threads and chance are as before."""
    prepared = run(tmp_path)
    threads, chance = torch.get_num_threads(), torch.get_rng_state()
    prepared.go()
    assert torch.get_num_threads() == threads
    assert torch.equal(torch.get_rng_state(), chance)


@pytest.mark.parametrize(("seconds", "shown"), [(12.4, "about 12 s left"), (600, "about 10 min left")])
def test_progress_is_told_in_words(seconds, shown):
    """Short rests in seconds, long ones in minutes."""
    told = Progress(epoch=2, epochs=8, batch=3, batches=12, loss=0.4567, seconds_left=seconds)
    assert str(told) == f"epoch 2 of 8, batch 3 of 12: loss 0.457, {shown}"


def test_frozen_layers_stay_as_they_are(tmp_path):
    """The embeddings and the lowest layers keep their weights, and the rest learns."""
    torch.manual_seed(1)
    network = AttributionNetwork(SMALL)
    before = {name: value.clone() for name, value in network.state_dict().items()}
    Run(attrs.evolve(RECIPE, frozen_layers=1), Corpus(), network, tmp_path).go()
    same = {name for name, value in network.state_dict().items() if torch.equal(value, before[name])}
    frozen = {
        name for name in before if name.startswith(("words.", "places.", "features.", "input_norm.", "layers.0."))
    }
    assert frozen <= same
    assert not same & {"layers.1.qkv.weight", "reports.parts.weight"}
