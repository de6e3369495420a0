"""The loss of a linear-chain conditional random field."""

from __future__ import annotations

import torch
from torch import Tensor

__all__ = ["crf_loss"]


def crf_loss(scores: Tensor, tags: Tensor, present: Tensor, transitions: Tensor) -> Tensor:
    """Mean negative log-likelihood a token.

    `scores` (B, T, K), `tags` (B, T) gold, `present` (B, T) true for tokens (never after a false one),
    `transitions` (K, K) with the forbidden ones already added. Sequences may start and end inside a span.
    """
    steps = scores.shape[1]
    alpha = scores[:, 0]
    for t in range(1, steps):
        following = torch.logsumexp(alpha[:, :, None] + transitions, dim=1) + scores[:, t]
        alpha = torch.where(present[:, t, None], following, alpha)
    everything = torch.logsumexp(alpha, dim=1)
    gold = (scores.gather(2, tags[..., None])[..., 0] * present).sum(1)
    gold = gold + (transitions[tags[:, :-1], tags[:, 1:]] * present[:, 1:]).sum(1)
    return (everything - gold).sum() / present.sum()
