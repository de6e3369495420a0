"""How the weights that ship are trained: the labelled data, two stages of epochs, and the blend of their ends."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator, Sequence
from pathlib import Path

import attrs
import tokenizers
import torch
from safetensors.torch import load_file, save_file
from torch import Tensor

from quotekit.analysis.network import AttributionNetwork, Batch, NetworkShape
from quotekit.training.augment import Augmenter
from quotekit.training.examples import Cut, Example, Gold, examples, gold_batches
from quotekit.training.initial import load_minilm, minilm_wordpiece
from quotekit.training.readers import Article, read_entities, read_polnear, read_remarks, read_written
from quotekit.training.recipe import Recipe, Stage
from quotekit.training.run import Run, averaged

__all__ = ["BLEND", "RELEASED", "train_encoder"]

BLENDED = "encoder.safetensors"
BLEND = (0.6, 0.4)  # with what shares the averaged weights at the end of each stage enter those that ship
RELEASED = Recipe(
    stages=(
        Stage(epochs=5, peak=1.0, sizes=(160, 256, 384), entity_every=5, written_times=0, rounding=False),
        Stage(epochs=5, peak=0.7, sizes=(256, 384, 512), entity_every=4, written_times=1, rounding=True),
    )
)


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
            if stage.entity_every and step % stage.entity_every == 0:
                yield next(entity_batches)


def train_encoder(data: Path, written: Path, out: Path, recipe: Recipe) -> Path:
    """Train on `data/train` and our own articles; returns the blended weights of the stages, under `out`.

    Call it again with the same `out` to go on after an interruption.
    """
    torch.manual_seed(recipe.seed)
    network = load_minilm(AttributionNetwork(NetworkShape()))
    Run(recipe, Corpus.read(data, written, minilm_wordpiece()), network, out).go()
    ends = [load_file(averaged(out, epoch)) for epoch in recipe.ends]
    save_file(_blended(ends, BLEND), out / BLENDED)
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
