"""Lessons from a larger network: what it and the student say of every tag, computed once, is what the student learns.

Two networks of other shapes err in other places, so the mean of what both say is better than either; a student that
learns that mean (Hinton et al., 2015) keeps part of the gain at its own size. Texts without labels teach as well.
"""

from __future__ import annotations

import logging
import random
from collections.abc import Iterator, Sequence
from pathlib import Path

import attrs
import torch
from torch import Tensor

from quotekit.analysis.network import AttributionNetwork, Batch
from quotekit.training.examples import Gold
from quotekit.training.recipe import Recipe

__all__ = ["Taught"]

log = logging.getLogger(__name__)

SAVED_TOGETHER = 50  # batches

Lesson = tuple[Batch, Gold]


@attrs.frozen
class Taught:
    """Batches with soft tags; each epoch reads all of them in another order."""

    lessons: tuple[Lesson, ...]

    @classmethod
    def by(cls, judges: Sequence[AttributionNetwork], drawn: Sequence[Lesson], folder: Path) -> Taught:
        """What the judges say on average of the tags in each batch drawn.

        It is kept in `folder`, a file for every fifty batches: call again with the same to go on after an interruption.
        """
        folder.mkdir(parents=True, exist_ok=True)
        lessons: list[Lesson] = []
        for first in range(0, len(drawn), SAVED_TOGETHER):
            together = drawn[first : first + SAVED_TOGETHER]
            soft = _kept(judges, [batch for batch, _ in together], folder / f"{first // SAVED_TOGETHER:03}.pt")
            lessons += [(batch, gold._replace(soft=tags)) for (batch, gold), tags in zip(together, soft, strict=True)]
            log.info("%d of %d batches judged", len(lessons), len(drawn))
        return cls(tuple(lessons))

    def batches(self, recipe: Recipe, epoch: int) -> Iterator[Lesson]:
        """All of them, shuffled."""
        lessons = list(self.lessons)
        random.Random(recipe.seed * 1000 + epoch).shuffle(lessons)
        return iter(lessons)


def _kept(judges: Sequence[AttributionNetwork], batches: Sequence[Batch], path: Path) -> list[Tensor]:
    if not path.exists():
        unfinished = path.with_suffix(".tmp")
        torch.save([_judged(judges, batch) for batch in batches], unfinished)
        unfinished.replace(path)
    kept: list[Tensor] = torch.load(path, weights_only=True)
    return kept


@torch.inference_mode()
def _judged(judges: Sequence[AttributionNetwork], batch: Batch) -> Tensor:
    """(B, T, part_tags): the normalized mean of the judges' log-probabilities."""
    said = torch.stack([judge(batch).reports.parts.log_softmax(-1) for judge in judges])
    return said.mean(0).log_softmax(-1).half().clone()
