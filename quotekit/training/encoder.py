"""How the weights that ship are trained: two stages, blended; a teacher; what both teach; and what contents report.

Each part goes on where it was interrupted, and its results stay in a folder of its own.
"""

from __future__ import annotations

import itertools
import random
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path

import attrs
import tokenizers
import torch
from safetensors.torch import load_file, save_file
from torch import Tensor

from quotekit.analysis.analyzer import Analyzer
from quotekit.analysis.network import AttributionNetwork, Batch, NetworkShape
from quotekit.analysis.pack import BUNDLED
from quotekit.training.augment import Augmenter
from quotekit.training.contents import judged
from quotekit.training.distill import Taught
from quotekit.training.examples import Cut, Example, Gold, examples, gold_batches
from quotekit.training.initial import load_minilm, minilm_wordpiece
from quotekit.training.packing import pack_encoder
from quotekit.training.readers import Article, read_entities, read_polnear, read_remarks, read_written
from quotekit.training.recipe import Recipe, Stage
from quotekit.training.run import Run, averaged
from quotekit.training.teacher import Teacher, load_mpnet

__all__ = ["RELEASED", "Release", "train_encoder"]

BLENDED = "blended.safetensors"


@attrs.frozen(kw_only=True)
class Release:
    """How the weights that ship are made, as the pack keeps it.

    `blend`: the shares with which the averaged weights at the end of each of `first`'s stages enter what `distilled`
    starts from. `whole`: the same for those and for what `distilled` ends with, which `contents` goes
    on from, for the heads that read what contents report.
    """

    first: Recipe
    blend: tuple[float, ...]
    teacher: Recipe
    distilled: Recipe
    whole: tuple[float, float]
    contents: Recipe

    def on(self, threads: int) -> Release:
        """The same on so many threads."""
        recipes = ("first", "teacher", "distilled", "contents")
        return attrs.evolve(self, **{name: attrs.evolve(getattr(self, name), threads=threads) for name in recipes})


RELEASED = Release(
    first=Recipe(
        stages=(
            Stage(epochs=5, peak=1.0, sizes=(160, 256, 384), entity_every=5, written_times=0, rounding=False),
            Stage(epochs=5, peak=0.7, sizes=(256, 384, 512), entity_every=4, written_times=1, rounding=True),
        )
    ),
    blend=(0.6, 0.4),
    teacher=Recipe(
        stages=(Stage(epochs=2, peak=1.0, sizes=(256, 384), written_times=1, rounding=False),),
        pieces_a_batch=2048, rate=7e-5, head_rate=7e-4, layer_decay=0.9, seed=77,
    ),
    distilled=Recipe(
        stages=(Stage(epochs=2, peak=1.0, sizes=(192, 256, 256, 320), slack=100, written_times=1, rounding=True),),
        pieces_a_batch=2048, rate=1.5e-4, head_rate=4e-4, layer_decay=0.9, gold_weight=0.5, averaging=0.998, seed=505,
    ),
    whole=(0.15, 0.85),
    contents=Recipe(
        stages=(Stage(epochs=2, peak=1.0, sizes=(256,), rounding=True),),
        rate=1.5e-4, head_rate=6e-4, layer_decay=1.0, gold_weight=0.5, averaging=0.998, seed=7, frozen_layers=3,
    ),
)  # fmt: skip


@attrs.frozen
class Corpus:
    """What the encoder is trained on: labelled articles (our own apart), newswire, and what furniture is made of.

    `entities` are the examples of `newswire`.
    """

    articles: tuple[Article, ...]
    written: tuple[Article, ...]
    newswire: tuple[Article, ...]
    entities: tuple[Example, ...]
    augment: Augmenter
    wordpiece: tokenizers.Tokenizer

    @classmethod
    def read(cls, data: Path, written: Path, wordpiece: tokenizers.Tokenizer) -> Corpus:
        """Read `data/train`, and our own articles in the folder `written`."""
        named = tuple(read_entities(data / "train" / "worldwide_ner.jsonl.xz"))
        people = {a.text[s:e] for a in named for s, e, label in a.mentions or () if label == "person"}
        remarks = tuple(read_remarks(data / "train" / "gum.conllu.xz"))
        augment = Augmenter(sorted(p for p in people if p.count(" ") == 1 and "\n" not in p), remarks)
        articles = tuple(read_polnear(data / "train" / "polnear.jsonl.xz"))
        entities = tuple(examples(named, wordpiece))
        return cls(articles, tuple(read_written(written)), named, entities, augment, wordpiece)

    def batches(self, recipe: Recipe, epoch: int) -> Iterator[tuple[Batch, Gold]]:
        """One epoch: every article in a new variant, with entity batches in between."""
        stage, _ = recipe.stage(epoch)
        rng = random.Random(recipe.seed * 1000 + epoch)
        entity_batches = itertools.cycle(gold_batches(self.entities, rng, _cut(recipe, stage)))
        for step, batch in enumerate(self.labelled(recipe, stage, rng)):
            yield batch
            if stage.entity_every and step % stage.entity_every == 0:
                yield next(entity_batches)

    def once(self, recipe: Recipe, judge: Analyzer) -> list[tuple[Batch, Gold]]:
        """Every article in one variant, and all of the newswire, with what `judge` reads in their contents."""
        stage, _ = recipe.stage(0)
        rng = random.Random(recipe.seed)
        articles = self.variants(stage, rng)
        read = list(judged(articles, list(examples(articles, self.wordpiece)), judge))
        named = list(judged(self.newswire, self.entities, judge))
        drawn = [*gold_batches(read, rng, _cut(recipe, stage)), *gold_batches(named, rng, _cut(recipe, stage))]
        rng.shuffle(drawn)
        return drawn

    def labelled(self, recipe: Recipe, stage: Stage, rng: random.Random) -> Iterator[tuple[Batch, Gold]]:
        """Every labelled article in a new variant."""
        drawn = list(examples(self.variants(stage, rng), self.wordpiece))
        return gold_batches(drawn, rng, _cut(recipe, stage))

    def variants(self, stage: Stage, rng: random.Random) -> list[Article]:
        """The labelled articles, each varied anew."""
        return [self.augment(article, rng) for article in (*self.articles, *self.written * stage.written_times)]


def _cut(recipe: Recipe, stage: Stage) -> Cut:
    return Cut(sizes=stage.sizes, pieces_a_batch=recipe.pieces_a_batch, slack=stage.slack)


def train_encoder(data: Path, written: Path, out: Path, release: Release) -> Path:
    """Train on `data/train` and our own articles; returns the weights to ship, under `out`.

    Call it again with the same `out` to go on after an interruption.
    """
    corpus = Corpus.read(data, written, minilm_wordpiece())
    start = _first(corpus, out / "first", release)
    network = _of(start)
    torch.manual_seed(release.teacher.seed)
    teacher = load_mpnet(Teacher())
    taught_by = _trained(Run(release.teacher, corpus, teacher, out / "teacher"))
    teacher.load_state_dict(load_file(taught_by), strict=False)
    lessons = corpus.once(release.distilled, _analyzer(start, out / "judge"))
    taught = Taught.by((teacher.eval(), _of(start).eval()), lessons, out / "lessons")
    end = _trained(Run(release.distilled, taught, network, out / "distilled"))
    whole = _of(_blend([start, end], release.whole, out / "whole.safetensors"))
    return _trained(Run(release.contents, taught, whole, out / "contents"))


def _first(corpus: Corpus, out: Path, release: Release) -> Path:
    torch.manual_seed(release.first.seed)
    _trained(Run(release.first, corpus, load_minilm(AttributionNetwork(NetworkShape())), out))
    return _blend([averaged(out, epoch) for epoch in release.first.ends], release.blend, out / BLENDED)


def _trained(run: Run) -> Path:
    """The averaged weights at the end of a run."""
    run.go()
    return averaged(run.out, run.recipe.epochs)


def _of(weights: Path) -> AttributionNetwork:
    network = AttributionNetwork(NetworkShape())
    network.load_state_dict(load_file(weights))
    return network


def _analyzer(weights: Path, folder: Path) -> Analyzer:
    """The library's own reading by some weights, in a pack that is otherwise the one that ships."""
    shutil.copytree(BUNDLED / "en", folder, dirs_exist_ok=True)
    pack_encoder(weights, folder, {"lang": "en"})
    return Analyzer(folder)


def _blend(weights: Sequence[Path], shares: Sequence[float], out: Path) -> Path:
    save_file(_blended([load_file(path) for path in weights], shares), out)
    return out


def _blended(weights: Sequence[dict[str, Tensor]], shares: Sequence[float]) -> dict[str, Tensor]:
    """The weighted mean of several states; the ranges, which only a last stage knows, are the last one's."""
    *_, last = weights
    return {
        name: value
        if ".rounding." in name
        else torch.stack([share * w[name] for share, w in zip(shares, weights, strict=True)]).sum(0)
        for name, value in last.items()
    }
