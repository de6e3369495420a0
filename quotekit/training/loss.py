"""What the encoder is trained to lessen: the loss of tags, pointers and mentions."""

from __future__ import annotations

import math

import torch
from torch import Tensor
from torch.nn import functional

from quotekit.analysis.distance import FARTHEST, bucket_table
from quotekit.analysis.network import AttributionNetwork, Batch, Reports, TokenStates
from quotekit.analysis.scores import PART_LABELS
from quotekit.extraction.decode import NEVER, allowed
from quotekit.training.crf import crf_loss
from quotekit.training.examples import NOWHERE, UNKNOWN, Gold
from quotekit.training.recipe import Recipe

__all__ = ["Loss"]


class Loss:
    """The training loss of one batch: tags, pointers and mentions, each where they are labelled or judged."""

    def __init__(self, recipe: Recipe) -> None:
        self.recipe = recipe
        self.part_rules = torch.from_numpy(allowed(PART_LABELS))
        self.buckets = torch.from_numpy(bucket_table())

    def __call__(self, network: AttributionNetwork, batch: Batch, gold: Gold) -> Tensor:
        """Sum of the weighted parts that `gold` labels."""
        states: TokenStates = network(batch)
        total, recipe, parts = torch.zeros(()), self.recipe, states.reports.parts
        if gold.parts is not None and gold.cue_of is not None and gold.source_of is not None:
            ordered = crf_loss(parts, gold.parts, gold.present, network.transitions + self.part_rules)
            alone = _tag_loss(parts, gold.parts, gold.present)
            total = total + recipe.gold_weight * (ordered + recipe.tag_weight * alone)
            pointed = self.pointers(network, states.reports, gold.present, (gold.cue_of, gold.source_of))
            total = total + recipe.pointer_weight * pointed
        if gold.mentions is not None:
            total = total + _tag_loss(states.mentions, gold.mentions, gold.present)
        if gold.soft is not None:
            total = total + recipe.soft_weight * _soft_loss(parts, gold.soft, gold.present)
        if gold.nested is not None and bool((inside := ~gold.nested.soft[..., 0].isnan()).any()):
            judged = _soft_loss(states.nested.parts, gold.nested.soft, inside)
            pointed = self.pointers(network, states.nested, gold.present, gold.nested[1:])
            total = total + recipe.nested_weight * (judged + recipe.nested_pointer_weight * pointed)
        return total

    def pointers(
        self, network: AttributionNetwork, reports: Reports, present: Tensor, targets: tuple[Tensor, Tensor]
    ) -> Tensor:
        """The loss of what points at cues and at sources; `targets` are (B, T) `cue_of` and `source_of`."""
        cue_of, source_of = targets
        near = self.distances(cue_of.shape[1])
        cues = _pointer_scores(reports.cue_query, reports.cue_key, network.cue_distance[near], present)
        sources = _pointer_scores(reports.source_query, reports.source_key, network.source_distance[near], present)
        sources = torch.cat([sources, reports.no_source[..., None]], dim=-1)
        pointed = torch.where(source_of == NOWHERE, sources.shape[-1] - 1, source_of)
        return _pointer_loss(cues, cue_of) + _pointer_loss(sources, pointed)

    def distances(self, tokens: int) -> Tensor:
        """(T, T): the bucket of the distance from each token to each."""
        at = torch.arange(tokens)
        return self.buckets[(at[None, :] - at[:, None]).clamp(-FARTHEST, FARTHEST) + FARTHEST]


def _pointer_scores(query: Tensor, key: Tensor, distance: Tensor, present: Tensor) -> Tensor:
    scores = query @ key.transpose(1, 2) / math.sqrt(query.shape[-1]) + distance
    return scores.masked_fill(~present[:, None, :], NEVER)


def _pointer_loss(scores: Tensor, target: Tensor) -> Tensor:
    known = target != UNKNOWN
    return functional.cross_entropy(scores[known], target[known]) if bool(known.any()) else torch.zeros(())


def _tag_loss(scores: Tensor, tags: Tensor, present: Tensor) -> Tensor:
    return functional.cross_entropy(scores[present], tags[present])


def _soft_loss(scores: Tensor, soft: Tensor, present: Tensor) -> Tensor:
    """How far the tags' probabilities are from the soft ones: the mean Kullback–Leibler divergence a token."""
    ours, theirs = scores[present].log_softmax(-1), soft[present].float()
    return functional.kl_div(ours, theirs, log_target=True, reduction="sum") / len(ours)
