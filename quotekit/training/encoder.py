"""Train the attribution encoder: MiniLM's body, tags by a CRF, pointers by attention; resumable and seeded."""

from __future__ import annotations

import itertools
import json
import logging
import math
import random
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import attrs
import tokenizers
import torch
from safetensors.torch import load_file, save_file
from torch import Tensor
from torch.nn import functional

from quotekit.analysis.distance import FARTHEST, bucket_table
from quotekit.analysis.network import AttributionNetwork, Batch, NetworkShape, TokenStates
from quotekit.analysis.scores import PART_LABELS
from quotekit.errors import InputError
from quotekit.extraction.decode import NEVER, allowed
from quotekit.training.augment import Augmenter
from quotekit.training.crf import crf_loss
from quotekit.training.examples import NOWHERE, UNKNOWN, Cut, Example, Gold, examples, gold_batches
from quotekit.training.initial import load_minilm, minilm_wordpiece
from quotekit.training.readers import Article, read_entities, read_polnear, read_remarks, read_written

__all__ = ["Recipe", "Stage", "train_encoder"]

log = logging.getLogger(__name__)


@attrs.frozen(kw_only=True)
class Stage:
    """A stretch of epochs in which the learning rate rises to its peak, a share of the full rate, and falls again.

    `sizes` are the pieces that windows hold; every `entity_every`-th batch is followed by one of entities; our own
    articles are read `written_times` an epoch; with `rounding` what goes into the linear maps is cut into 256 levels.
    """

    epochs: int
    peak: float
    sizes: tuple[int, ...]
    entity_every: int
    written_times: int
    rounding: bool

    def share(self, done: float) -> float:
        """Share of the full learning rate after `done` (0..1) of the stage; it ends at a hundredth of the peak."""
        falls = max(0.01, (1 - done) / (1 - WARM_UP))
        return self.peak * (done / WARM_UP if done < WARM_UP else falls)


WARM_UP = 0.08
BLENDED = "encoder.safetensors"
STAGES = (
    Stage(epochs=5, peak=1.0, sizes=(160, 256, 384), entity_every=5, written_times=0, rounding=False),
    Stage(epochs=5, peak=0.7, sizes=(256, 384, 512), entity_every=4, written_times=1, rounding=True),
)


@attrs.frozen(kw_only=True)
class Recipe:
    """How the encoder is trained; written into the checkpoint and the model card.

    `blend`: with what shares the averaged weights at the end of each stage enter the weights that ship.
    """

    stages: tuple[Stage, ...] = STAGES
    pieces_a_batch: int = 3072
    rate: float = 3e-4
    head_rate: float = 1e-3
    layer_decay: float = 0.85
    tag_weight: float = 0.3
    pointer_weight: float = 0.5
    averaging: float = 0.995
    blend: tuple[float, ...] = (0.6, 0.4)
    seed: int = 20
    threads: int = 2

    @property
    def epochs(self) -> int:
        """How many epochs all stages have."""
        return sum(stage.epochs for stage in self.stages)

    def stage(self, epoch: int) -> tuple[Stage, int]:
        """The stage of an epoch, counted from 0, and how many epochs of that stage come before it."""
        for stage in self.stages:
            if epoch < stage.epochs:
                return stage, epoch
            epoch -= stage.epochs
        raise InputError(f"the recipe has {self.epochs} epochs, none of number {self.epochs + epoch}")


class Loss:
    """The training loss of one batch: tags, pointers and mentions, each where the corpus labels them."""

    def __init__(self, recipe: Recipe) -> None:
        self.recipe = recipe
        self.part_rules = torch.from_numpy(allowed(PART_LABELS))
        self.buckets = torch.from_numpy(bucket_table())

    def __call__(self, network: AttributionNetwork, batch: Batch, gold: Gold) -> Tensor:
        """Sum of the weighted parts that `gold` labels."""
        states: TokenStates = network(batch)
        total = torch.zeros(())
        if gold.parts is not None and gold.cue_of is not None and gold.source_of is not None:
            total = total + crf_loss(states.parts, gold.parts, gold.present, network.transitions + self.part_rules)
            total = total + self.recipe.tag_weight * _tag_loss(states.parts, gold.parts, gold.present)
            near = self.distances(gold.parts.shape[1])
            cues = _pointer_scores(states.cue_query, states.cue_key, network.cue_distance[near], gold.present)
            sources = _pointer_scores(
                states.source_query, states.source_key, network.source_distance[near], gold.present
            )
            sources = torch.cat([sources, states.no_source[..., None]], dim=-1)
            none = sources.shape[-1] - 1
            pointed = torch.where(gold.source_of == NOWHERE, none, gold.source_of)
            total = total + self.recipe.pointer_weight * _pointer_loss(cues, gold.cue_of)
            total = total + self.recipe.pointer_weight * _pointer_loss(sources, pointed)
        if gold.mentions is not None:
            total = total + _tag_loss(states.mentions, gold.mentions, gold.present)
        return total

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


def _groups(network: AttributionNetwork, recipe: Recipe) -> list[dict[str, object]]:
    """Parameters with their learning rates: lower layers learn more slowly, heads faster."""
    deepest = network.shape.layers
    groups: dict[float, list[Tensor]] = {}
    for name, parameter in network.named_parameters():
        if name.startswith("layers."):
            rate = recipe.rate * recipe.layer_decay ** (deepest - 1 - int(name.split(".")[1]))
        elif name.startswith(("words.", "places.", "input_norm.")):
            rate = recipe.rate * recipe.layer_decay**deepest
        else:
            rate = recipe.head_rate
        groups.setdefault(rate, []).append(parameter)
    return [{"params": parameters, "lr": rate} for rate, parameters in groups.items()]


@attrs.frozen
class Corpus:
    """What the encoder is trained on: labelled articles (our own apart), entities, and what furniture is made of."""

    articles: tuple[Article, ...]
    written: tuple[Article, ...]
    entities: tuple[Example, ...]
    augment: Augmenter
    wordpiece: tokenizers.Tokenizer

    @classmethod
    def read(cls, data: Path, written: Path, wordpiece: tokenizers.Tokenizer) -> Corpus:
        """Read `data/train`, and our own articles in the folder `written`."""
        named = list(read_entities(data / "train" / "worldwide_ner.jsonl.xz"))
        people = {a.text[s:e] for a in named for s, e, label in a.mentions or () if label == "person"}
        remarks = tuple(read_remarks(data / "train" / "gum.conllu.xz"))
        augment = Augmenter(sorted(p for p in people if p.count(" ") == 1 and "\n" not in p), remarks)
        articles = tuple(read_polnear(data / "train" / "polnear.jsonl.xz"))
        return cls(articles, tuple(read_written(written)), tuple(examples(named, wordpiece)), augment, wordpiece)

    def batches(self, recipe: Recipe, epoch: int) -> Iterator[tuple[Batch, Gold]]:
        """One epoch: every article in a new variant, with entity batches in between."""
        stage, _ = recipe.stage(epoch)
        rng = random.Random(recipe.seed * 1000 + epoch)
        articles = (*self.articles, *self.written * stage.written_times)
        drawn = list(examples((self.augment(a, rng) for a in articles), self.wordpiece))
        cut = Cut(sizes=stage.sizes, pieces_a_batch=recipe.pieces_a_batch)
        entity_batches = itertools.cycle(gold_batches(self.entities, rng, cut))
        for step, batch in enumerate(gold_batches(drawn, rng, cut)):
            yield batch
            if step % stage.entity_every == 0:
                yield next(entity_batches)


class Run:
    """One training run with everything that must be saved to go on with it later."""

    def __init__(self, recipe: Recipe, corpus: Corpus, out: Path) -> None:
        torch.manual_seed(recipe.seed)
        torch.set_num_threads(recipe.threads)
        torch.set_flush_denormal(True)
        self.recipe, self.corpus, self.out = recipe, corpus, out
        self.network = load_minilm(AttributionNetwork(NetworkShape()))
        self.average = {name: value.detach().clone() for name, value in self.network.state_dict().items()}
        self.optimizer = torch.optim.AdamW(_groups(self.network, recipe), weight_decay=0.01, betas=(0.9, 0.98))
        self.rates = [float(group["lr"]) for group in self.optimizer.param_groups]
        self.loss = Loss(recipe)
        self.steps = self.epoch = 0

    def go(self) -> None:
        """Train all epochs that are left, with a checkpoint after each."""
        self.resume()
        for epoch in range(self.epoch, self.recipe.epochs):
            self.one_epoch(list(self.corpus.batches(self.recipe, epoch)), epoch)
            self.epoch = epoch + 1
            self.save()

    def one_epoch(self, batches: list[tuple[Batch, Gold]], epoch: int) -> None:
        """One pass over the batches."""
        stage, before = self.recipe.stage(epoch)
        self.network.train()
        self.network.round_inputs(stage.rounding)
        began, running = time.monotonic(), 0.0
        for number, (batch, gold) in enumerate(batches, start=1):
            self.steps += 1
            share = stage.share((before + number / len(batches)) / stage.epochs)
            for group, rate in zip(self.optimizer.param_groups, self.rates, strict=True):
                group["lr"] = rate * share
            loss = self.loss(self.network, batch, gold)
            self.optimizer.zero_grad(set_to_none=True)
            loss.backward()  # type: ignore[no-untyped-call]
            torch.nn.utils.clip_grad_norm_(self.network.parameters(), 1.0)
            self.optimizer.step()
            self.follow()
            running += loss.item()
            if number % 25 == 0:
                pace = (time.monotonic() - began) / number
                log.info(
                    "epoch %d batch %d/%d loss %.4f %.2f s a batch", epoch, number, len(batches), running / 25, pace
                )
                running = 0.0

    @torch.no_grad()
    def follow(self) -> None:
        """Move the averaged weights a little toward the current ones."""
        keep = min(self.recipe.averaging, self.steps / (self.steps + 10))
        for name, value in self.network.state_dict().items():
            self.average[name].lerp_(value, 1 - keep)

    def save(self) -> None:
        """Write the checkpoint, and the averaged weights as `encoder-<epoch>.safetensors`, each atomically."""
        state = {
            "network": self.network.state_dict(), "average": self.average, "optimizer": self.optimizer.state_dict(),
            "steps": self.steps, "epoch": self.epoch,
        }  # fmt: skip
        torch.save(state, self.out / "checkpoint.tmp")
        (self.out / "checkpoint.tmp").replace(self.out / "checkpoint.pt")
        save_file(self.average, self.out / f"encoder-{self.epoch}.safetensors")
        (self.out / "recipe.json").write_text(json.dumps(attrs.asdict(self.recipe), indent=1))

    def resume(self) -> None:
        """Go on from the checkpoint, where there is one."""
        path = self.out / "checkpoint.pt"
        if not path.exists():
            return
        state = torch.load(path, weights_only=True)
        self.network.load_state_dict(state["network"], strict=False)
        self.optimizer.load_state_dict(state["optimizer"])
        self.average |= state["average"]
        self.steps, self.epoch = state["steps"], state["epoch"]
        log.info("resumed after epoch %d, step %d", self.epoch, self.steps)


def train_encoder(data: Path, written: Path, out: Path, recipe: Recipe) -> Path:
    """Train on `data/train` and our own articles; returns the blended weights of the stages, under `out`.

    Call it again with the same `out` to go on after an interruption.
    """
    out.mkdir(parents=True, exist_ok=True)
    Run(recipe, Corpus.read(data, written, minilm_wordpiece()), out).go()
    ends = itertools.accumulate(stage.epochs for stage in recipe.stages)
    save_file(_blended([load_file(out / f"encoder-{end}.safetensors") for end in ends], recipe.blend), out / BLENDED)
    return out / BLENDED


def _blended(weights: Sequence[dict[str, Tensor]], shares: Sequence[float]) -> dict[str, Tensor]:
    """The weighted mean of several states; the ranges, which only a last stage knows, are the last one's."""
    *_, last = weights
    return {
        name: value
        if ".rounding." in name
        else torch.stack([share * w[name] for share, w in zip(shares, weights, strict=True)]).sum(0)
        for name, value in last.items()
    }
