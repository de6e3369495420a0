"""What a student learns from: the mean of what several networks say, computed once."""

import random

import pytest
import torch

from quotekit.analysis.network import AttributionNetwork, NetworkShape
from quotekit.analysis.pack import BUNDLED, load_wordpiece
from quotekit.training.distill import SAVED_TOGETHER, Taught
from quotekit.training.examples import Cut, examples, gold_batches
from quotekit.training.loss import Loss
from quotekit.training.readers import Article, Labelled
from quotekit.training.recipe import Recipe, Stage

SMALL = NetworkShape(width=24, layers=1, attention_heads=2, inner_width=32, pointer_width=8)
RECIPE = Recipe(stages=(Stage(epochs=2, peak=1.0, sizes=(160,), rounding=False),), gold_weight=0.0, pointer_weight=0.0)


class Judge(AttributionNetwork):
    """A small network that counts how often it is asked."""

    asked = 0

    def forward(self, batch):
        """As any network."""
        self.asked += 1
        return super().forward(batch)


@pytest.fixture
def judges():
    """Two networks of other minds."""
    torch.manual_seed(4)
    return Judge(SMALL).eval(), Judge(SMALL).eval()


@pytest.fixture(scope="module")
def drawn():
    """More batches than are saved together."""
    label = Labelled(((0, 4),), ((5, 9),), ((10, 23),))
    article = Article(id="a", text="Berg said that it rains. Nobody left.", attributions=(label,))
    read = list(examples([article] * (SAVED_TOGETHER + 3), load_wordpiece(BUNDLED / "en")))
    return list(gold_batches(read, random.Random(1), Cut(sizes=(160,), pieces_a_batch=16)))


def test_the_mean_of_the_judges_is_taught(judges, drawn, tmp_path):
    """Log-probabilities are averaged and normalized again; the labels stay."""
    taught = Taught.by(judges, drawn[:1], tmp_path)
    ((batch, gold),) = taught.lessons
    with torch.inference_mode():
        said = [judge(batch).reports.parts.log_softmax(-1) for judge in judges]
    torch.testing.assert_close(gold.soft.float(), ((said[0] + said[1]) / 2).log_softmax(-1), atol=5e-3, rtol=1e-2)
    torch.testing.assert_close(gold.soft.float().exp().sum(-1), torch.ones(gold.parts.shape), atol=5e-3, rtol=0)
    assert torch.equal(gold.parts, drawn[0][1].parts)


def test_what_was_judged_is_not_judged_again(judges, drawn, tmp_path):
    """An interrupted judging goes on at the batches that were not yet saved."""
    Taught.by(judges, drawn[:SAVED_TOGETHER], tmp_path)
    whole = Taught.by(judges, drawn, tmp_path)
    assert len(whole.lessons) == len(drawn) > SAVED_TOGETHER
    assert [judge.asked for judge in judges] == [len(drawn)] * 2


def test_each_epoch_reads_all_in_another_order(judges, drawn, tmp_path):
    """The order is another in each epoch, and the same for the same epoch."""
    taught = Taught.by(judges, drawn, tmp_path)
    orders = [[id(gold) for _, gold in taught.batches(RECIPE, epoch)] for epoch in (0, 0, 1)]
    assert orders[0] == orders[1] != orders[2]
    assert sorted(orders[0]) == sorted(orders[2])


def test_nothing_is_to_be_learned_from_oneself(judges, drawn, tmp_path):
    """Against its own tags a network has no loss, against another's it has."""
    alone, other = (Taught.by([judge], drawn[:1], tmp_path / str(i)).lessons[0] for i, judge in enumerate(judges))
    loss = Loss(RECIPE)
    assert loss(judges[0], *alone).item() == pytest.approx(0, abs=1e-3)
    assert loss(judges[0], *other).item() > 0.01
