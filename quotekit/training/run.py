"""A training run: batches go in, checkpoints and averaged weights come out; resumable and seeded."""

from __future__ import annotations

import contextlib
import json
import logging
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Protocol

import attrs
import torch
from safetensors.torch import save_file
from torch import Tensor, nn

from quotekit.analysis.network import AttributionNetwork, Batch
from quotekit.training.examples import Gold
from quotekit.training.loss import Loss
from quotekit.training.recipe import Recipe

__all__ = ["Progress", "Run", "averaged"]

log = logging.getLogger(__name__)

TELL_EVERY = 30.0  # seconds; and at the end of each epoch
CHECKPOINT = "checkpoint.pt"


class Corpus(Protocol):
    """What an encoder is trained on."""

    def batches(self, recipe: Recipe, epoch: int) -> Iterator[tuple[Batch, Gold]]:
        """The batches of an epoch, counted from 0; always the same for the same recipe."""
        ...


@attrs.frozen(kw_only=True)
class Progress:
    """How far a run is: epochs and batches from 1, the mean loss since it was last told, and a guess of the rest."""

    epoch: int
    epochs: int
    batch: int
    batches: int
    loss: float
    seconds_left: float

    def __str__(self) -> str:
        left = f"{self.seconds_left / 60:.0f} min" if self.seconds_left >= 90 else f"{self.seconds_left:.0f} s"
        place = f"epoch {self.epoch} of {self.epochs}, batch {self.batch} of {self.batches}"
        return f"{place}: loss {self.loss:.3f}, about {left} left"


class Run:
    """One training run with everything that must be saved to go on with it later."""

    def __init__(
        self,
        recipe: Recipe,
        corpus: Corpus,
        network: AttributionNetwork,
        out: Path,
        tell: Callable[[Progress], None] = log.info,
    ) -> None:
        self.recipe, self.corpus, self.network, self.out, self.tell = recipe, corpus, network, out, tell
        for module in _frozen(network, recipe):
            module.requires_grad_(False)
        self.average = {name: value.detach().clone() for name, value in network.state_dict().items()}
        self.optimizer = torch.optim.AdamW(_groups(network, recipe), weight_decay=0.01, betas=(0.9, 0.98))
        self.rates = [float(group["lr"]) for group in self.optimizer.param_groups]
        self.loss = Loss(recipe)
        self.steps = self.epoch = 0

    def go(self) -> None:
        """Train all epochs that are left, with a checkpoint after each."""
        self.out.mkdir(parents=True, exist_ok=True)
        self.resume()
        clock = _Clock(self.epoch / self.recipe.epochs)
        with _computing(self.recipe.threads):
            for epoch in range(self.epoch, self.recipe.epochs):
                torch.manual_seed(self.recipe.seed * 1000 + epoch)  # what was interrupted goes on as it would have
                self.one_epoch(list(self.corpus.batches(self.recipe, epoch)), epoch, clock)
                self.epoch = epoch + 1
                self.save()

    def one_epoch(self, batches: list[tuple[Batch, Gold]], epoch: int, clock: _Clock) -> None:
        """One pass over the batches."""
        stage, before = self.recipe.stage(epoch)
        self.network.train()
        self.network.round_inputs(stage.rounding)
        for module in _frozen(self.network, self.recipe):
            module.eval()
        losses: list[float] = []
        for number, (batch, gold) in enumerate(batches, start=1):
            done = number / len(batches)
            losses.append(self.step(batch, gold, stage.share((before + done) / stage.epochs)))
            if number == len(batches) or clock.due():
                told = Progress(
                    epoch=epoch + 1, epochs=self.recipe.epochs, batch=number, batches=len(batches),
                    loss=sum(losses) / len(losses), seconds_left=clock.left((epoch + done) / self.recipe.epochs),
                )  # fmt: skip
                self.tell(told)
                losses = []

    def step(self, batch: Batch, gold: Gold, share: float) -> float:
        """Learn from one batch at a share of the full rates; returns the loss before it."""
        self.steps += 1
        for group, rate in zip(self.optimizer.param_groups, self.rates, strict=True):
            group["lr"] = rate * share
        loss = self.loss(self.network, batch, gold)
        self.optimizer.zero_grad(set_to_none=True)
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(self.network.parameters(), 1.0)
        self.optimizer.step()
        self.follow()
        return loss.item()

    @torch.no_grad()
    def follow(self) -> None:
        """Move the averaged weights a little toward the current ones."""
        keep = min(self.recipe.averaging, self.steps / (self.steps + 10))
        for name, value in self.network.state_dict().items():
            self.average[name].lerp_(value, 1 - keep)

    def save(self) -> None:
        """Write the checkpoint whole or not at all, and where a stage ends, its averaged weights."""
        state = {
            "network": self.network.state_dict(), "average": self.average, "optimizer": self.optimizer.state_dict(),
            "steps": self.steps, "epoch": self.epoch,
        }  # fmt: skip
        if self.epoch in self.recipe.ends:
            save_file(self.average, averaged(self.out, self.epoch))
        (self.out / "recipe.json").write_text(json.dumps(attrs.asdict(self.recipe), indent=1), encoding="utf-8")
        torch.save(state, self.out / "checkpoint.tmp")
        (self.out / "checkpoint.tmp").replace(self.out / CHECKPOINT)

    def resume(self) -> None:
        """Go on from the checkpoint, where there is one."""
        path = self.out / CHECKPOINT
        if not path.exists():
            return
        state = torch.load(path, weights_only=True)
        self.network.load_state_dict(state["network"], strict=False)
        self.optimizer.load_state_dict(state["optimizer"])
        self.average |= state["average"]
        self.steps, self.epoch = state["steps"], state["epoch"]
        log.info("resumed after epoch %d, step %d", self.epoch, self.steps)


def averaged(out: Path, epoch: int) -> Path:
    """Where a run with checkpoints in `out` leaves the averaged weights after so many epochs."""
    return out / f"encoder-{epoch}.safetensors"


@contextlib.contextmanager
def _computing(threads: int) -> Iterator[None]:
    """On so many threads, and by chance of its own; what the caller had is there again afterwards."""
    before = torch.get_num_threads()
    torch.set_num_threads(threads)
    torch.set_flush_denormal(True)
    try:
        with torch.random.fork_rng(devices=[]):
            yield
    finally:
        torch.set_num_threads(before)
        torch.set_flush_denormal(False)


class _Clock:
    """Tells when people should hear of a run again, and how long the rest of it takes."""

    def __init__(self, done: float) -> None:
        self.done, self.began = done, time.monotonic()
        self.told = self.began

    def due(self) -> bool:
        """Whether it is time to tell."""
        return time.monotonic() - self.told >= TELL_EVERY

    def left(self, done: float) -> float:
        """Seconds left where `done` (0..1) of the whole run is done; this is told now."""
        self.told = time.monotonic()
        return (self.told - self.began) / (done - self.done) * (1 - done)


def _groups(network: AttributionNetwork, recipe: Recipe) -> list[dict[str, object]]:
    """Parameters with their learning rates: lower layers learn more slowly, heads faster."""
    deepest = network.shape.layers
    groups: dict[float, list[Tensor]] = {}
    for name, parameter in network.named_parameters():
        if not parameter.requires_grad:
            continue
        if name.startswith("layers."):
            rate = recipe.rate * recipe.layer_decay ** (deepest - 1 - int(name.split(".")[1]))
        elif name.startswith(("words.", "places.", "input_norm.")):
            rate = recipe.rate * recipe.layer_decay**deepest
        else:
            rate = recipe.head_rate
        groups.setdefault(rate, []).append(parameter)
    return [{"params": parameters, "lr": rate} for rate, parameters in groups.items()]


def _frozen(network: AttributionNetwork, recipe: Recipe) -> list[nn.Module]:
    """What a recipe leaves as it is, from the embeddings up."""
    if not recipe.frozen_layers:
        return []
    embeddings = [network.words, network.places, network.features, network.input_norm]
    return [*embeddings, *network.layers[: recipe.frozen_layers]]
