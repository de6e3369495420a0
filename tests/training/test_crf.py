"""The loss of the conditional random field, held against summing over every sequence."""

import itertools

import pytest
import torch

from quotekit.training.crf import crf_loss


def by_hand(scores, tags, transitions):
    """Negative log-likelihood of one sequence, from the sum over all sequences."""
    count, kinds = scores.shape

    def total(sequence):
        steps = sum(transitions[a, b] for a, b in itertools.pairwise(sequence))
        return sum(scores[i, t] for i, t in enumerate(sequence)) + steps

    everything = torch.stack([total(s) for s in itertools.product(range(kinds), repeat=count)])
    return torch.logsumexp(everything, 0) - total(tags)


def test_the_loss_is_the_negative_log_likelihood():
    """The forward sum agrees with the sum over all sequences, for padded batches too."""
    torch.manual_seed(1)
    scores, transitions = torch.randn(2, 4, 3), torch.randn(3, 3)
    tags = torch.tensor([[0, 1, 2, 1], [2, 0, 0, 0]])
    present = torch.tensor([[True, True, True, True], [True, True, False, False]])
    expected = by_hand(scores[0], [0, 1, 2, 1], transitions) + by_hand(scores[1, :2], [2, 0], transitions)
    assert crf_loss(scores, tags, present, transitions).item() == pytest.approx(expected.item() / 6, rel=1e-5)
