"""Labelled articles of one's own → a pack that `Attributor(model=…)` loads."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

import attrs
import torch
from safetensors.torch import load_file

from quotekit.analysis.analyzer import Analyzer
from quotekit.analysis.network import AttributionNetwork, NetworkShape
from quotekit.analysis.pack import (
    BUNDLED,
    check_pack,
    load_calibration,
    load_network,
    save_calibration,
    save_network,
    seal_pack,
)
from quotekit.analysis.scores import Calibration
from quotekit.api import Attributor
from quotekit.document import Document
from quotekit.errors import InputError
from quotekit.evaluation import Scores, evaluate
from quotekit.export import to_dict
from quotekit.training.calibration import fit, samples
from quotekit.training.card import card
from quotekit.training.corpora import Labelled, Lessons, article_of
from quotekit.training.initial import load_minilm
from quotekit.training.recipe import Recipe, Stage
from quotekit.training.run import Progress, Run, averaged

__all__ = ["FRESH", "SHIPPED", "TUNED", "Outcome", "Plan", "measure", "tune"]

SHIPPED = BUNDLED / "en"
KEPT = ("tokenizer.json", "tokenizer.safetensors", "resources.json", "wordpiece.json")  # a pack has them from another

TUNED = Recipe(
    stages=(Stage(epochs=8, peak=1.0, sizes=(256, 384), rounding=True),),
    pieces_a_batch=512, rate=8e-5, head_rate=2e-4,
)  # fmt: skip
FRESH = Recipe(
    stages=(
        Stage(epochs=12, peak=1.0, sizes=(160, 256, 384), rounding=False),
        Stage(epochs=4, peak=0.5, sizes=(256, 384), rounding=True),
    ),
    pieces_a_batch=1024,
)  # fmt: skip


@attrs.frozen(kw_only=True)
class Plan:
    """How to train: from the weights of the pack at `start`, or from MiniLM's where that is `None`; by what recipe."""

    start: Path | None = SHIPPED
    recipe: Recipe = TUNED

    @classmethod
    def of(cls, start: Path | None, *, epochs: int | None = None, seed: int = 20, threads: int | None = None) -> Plan:
        """The recipe that suits where it starts, changed by what is given; all of torch's threads by default.

        Raises `InputError` for fewer epochs than the recipe has stages.
        """
        recipe = TUNED if start else FRESH
        stages = recipe.stages if epochs is None else _stretched(recipe.stages, epochs)
        threads = torch.get_num_threads() if threads is None else threads
        return cls(start=start, recipe=attrs.evolve(recipe, stages=stages, seed=seed, threads=threads))

    @property
    def pack(self) -> Path:
        """The pack that lends all but the encoder, and that the result is compared with."""
        return self.start or SHIPPED

    @property
    def start_name(self) -> str:
        """What the start is called in the card and in `pack.json`."""
        return "minilm" if self.start is None else "bundled" if self.start == SHIPPED else self.start.name


def _stretched(stages: Sequence[Stage], epochs: int) -> tuple[Stage, ...]:
    """The stages with so many epochs in all, each with its share and one at least."""
    if epochs < len(stages):
        raise InputError(f"expected {len(stages)} epochs or more from these weights, got {epochs}")
    *first, last = stages
    usual = sum(stage.epochs for stage in stages)
    shares = [max(1, epochs * stage.epochs // usual) for stage in first]
    counts = [*shares, epochs - sum(shares)]
    return tuple(attrs.evolve(stage, epochs=count) for stage, count in zip([*first, last], counts, strict=True))


@attrs.frozen(kw_only=True)
class Outcome:
    """What training came to on the articles that were held out: the pack before it, and the new one."""

    before: Scores
    after: Scores


def tune(labelled: Labelled, pack: Path, plan: Plan, tell: Callable[[Progress], None]) -> Outcome:
    """Train, write the pack with its card into the folder `pack`, and measure it.

    Call it again with the same arguments to go on after an interruption. Raises `InputError` where `pack` holds
    something else, `ModelError` where the weights to start from are missing or damaged, and `OSError`.
    """
    check_pack(plan.pack)
    network = load_network(plan.start) if plan.start else _fresh(plan.recipe)
    work = _begin(pack, labelled, plan)
    before = measure(plan.pack, labelled.held_out)
    Run(plan.recipe, Lessons.of(labelled.train, plan.pack), network, work, tell).go()
    save_network(network.shape, load_file(averaged(work, plan.recipe.epochs)), pack)
    _complete(pack, plan, labelled.held_out)
    after = measure(pack, labelled.held_out)
    (pack / "README.md").write_text(card(labelled, plan.start_name, before, after), encoding="utf-8")
    shutil.rmtree(work)
    return Outcome(before=before, after=after)


def _complete(pack: Path, plan: Plan, held_out: Sequence[Document]) -> None:
    """Put what else belongs to a pack beside the encoder, its scores fitted on articles that it was not trained on."""
    about = {"lang": "en", "start": plan.start_name, "recipe": attrs.asdict(plan.recipe)}
    for name in KEPT:
        shutil.copyfile(plan.pack / name, pack / name)
    seal_pack(pack, about)
    found = list(samples(Analyzer(pack), map(article_of, held_out)))
    save_calibration(fit(found, load_calibration(plan.start) if plan.start else Calibration()), pack)
    seal_pack(pack, about)


def measure(model: Path, documents: Sequence[Document]) -> Scores:
    """How well what a pack finds in labelled documents agrees with their labels."""
    labelled = [attrs.evolve(document, id=str(number)) for number, document in enumerate(documents)]
    found = Attributor(model=model).attribute_many({"id": d.id, "text": d.text} for d in labelled)
    return evaluate(labelled, found)


def _fresh(recipe: Recipe) -> AttributionNetwork:
    torch.manual_seed(recipe.seed)
    return load_minilm(AttributionNetwork(NetworkShape()))


def _begin(pack: Path, labelled: Labelled, plan: Plan) -> Path:
    """The folder of the checkpoints, inside that of the pack: a new one, or one of this same training."""
    work, mine = pack / "training", _fingerprint(labelled, plan)
    told = work / "plan.txt"
    if told.exists():
        if told.read_text(encoding="utf-8") != mine:
            raise InputError(f"the training in {work} has another corpus or other options; remove {pack} to begin anew")
    elif pack.exists() and any(pack.iterdir()):
        raise InputError(f"expected a new folder for the pack, got {pack}, which holds something; name another")
    else:
        work.mkdir(parents=True)
        told.write_text(mine, encoding="utf-8")
    return work


def _fingerprint(labelled: Labelled, plan: Plan) -> str:
    """Tells this training from any other."""
    rows: list[Any] = [[to_dict(d) for d in documents] for documents in (labelled.train, labelled.held_out)]
    recipe = attrs.asdict(attrs.evolve(plan.recipe, threads=1))  # the machine's, and not the training's
    rows += [(plan.pack / "pack.json").read_text(encoding="utf-8"), plan.start_name, recipe]
    return sha256(json.dumps(rows).encode()).hexdigest()
