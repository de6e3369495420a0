"""How an encoder is trained: rates, epochs and windows, as written into the checkpoint and the pack."""

from __future__ import annotations

import itertools

import attrs

from quotekit.errors import InputError

__all__ = ["WARM_UP", "Recipe", "Stage"]

WARM_UP = 0.08


@attrs.frozen(kw_only=True)
class Stage:
    """A stretch of epochs in which the learning rate rises to its peak, a share of the full rate, and falls again.

    `sizes` are the pieces that windows hold, the last `slack` of which they give up to end between paragraphs; with
    `rounding` what goes into the linear maps is cut into 256 levels.
    For the weights that ship, every `entity_every`-th batch is followed by one of entities, and our own articles are
    read `written_times` an epoch.
    """

    epochs: int
    peak: float
    sizes: tuple[int, ...]
    rounding: bool
    slack: int = 0
    entity_every: int | None = None
    written_times: int = 0

    def share(self, done: float) -> float:
        """Share of the full learning rate after `done` (0..1) of the stage; it ends at a hundredth of the peak."""
        falls = max(0.01, (1 - done) / (1 - WARM_UP))
        return self.peak * (done / WARM_UP if done < WARM_UP else falls)


@attrs.frozen(kw_only=True)
class Recipe:
    """How the encoder is trained: its stages, and what holds for all of them.

    `rate` is that of the highest layer, each lower one has `layer_decay` times the rate of the one above it;
    `head_rate` is that of the heads. `averaging` is how strongly the averaged weights are held at each step.
    The loss of labelled parts counts `gold_weight` times, `tag_weight` of it without regard to the tags' order, and
    `pointer_weight` that of pointers; `soft_weight` is that of tags as other networks see them. What contents report in
    turn counts `nested_weight` times, and `nested_pointer_weight` of it is that of its pointers. With `frozen_layers`
    the embeddings and so many layers above them stay as they are.
    """

    stages: tuple[Stage, ...]
    pieces_a_batch: int = 3072
    rate: float = 3e-4
    head_rate: float = 1e-3
    layer_decay: float = 0.85
    gold_weight: float = 1.0
    tag_weight: float = 0.3
    pointer_weight: float = 0.5
    soft_weight: float = 2.0
    nested_weight: float = 1.0
    nested_pointer_weight: float = 0.3
    averaging: float = 0.995
    frozen_layers: int = 0
    seed: int = 20
    threads: int = 2

    @property
    def epochs(self) -> int:
        """How many epochs all stages have."""
        return sum(stage.epochs for stage in self.stages)

    @property
    def ends(self) -> tuple[int, ...]:
        """After how many epochs each stage ends."""
        return tuple(itertools.accumulate(stage.epochs for stage in self.stages))

    def stage(self, epoch: int) -> tuple[Stage, int]:
        """The stage of an epoch, counted from 0, and how many epochs of that stage come before it."""
        for stage in self.stages:
            if epoch < stage.epochs:
                return stage, epoch
            epoch -= stage.epochs
        raise InputError(f"the recipe has {self.epochs} epochs, none of number {self.epochs + epoch}")
