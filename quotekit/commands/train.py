"""`quotekit train`: a model of one's own, from labelled articles."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from quotekit.commands.messages import Messages
from quotekit.commands.numbers import whole_number
from quotekit.render.labels import counted

if TYPE_CHECKING:
    from quotekit.training.corpora import Labelled
    from quotekit.training.tuning import Outcome, Plan

__all__ = ["add"]


def add(commands: Any) -> None:
    """Add the command."""
    parser = commands.add_parser("train", help="make a model of your own from labelled articles")
    parser.description = (
        "Train on labelled articles, and write a pack that Attributor(model=PACK) loads. What it learned is measured "
        "on articles that were held out. Run it again with the same arguments to go on after an interruption."
    )
    parser.add_argument(
        "corpora", nargs="+", type=Path, metavar="CORPUS",
        help="what `quotekit evaluate` takes as labels (JSONL, a folder of brat's …), or .txt with labels in the text",
    )  # fmt: skip
    parser.add_argument("-o", "--output", required=True, type=Path, metavar="PACK", help="a new folder for the pack")
    parser.add_argument(
        "--from", dest="start", default="bundled", metavar="WEIGHTS",
        help="start from those that ship (bundled, the default), from another pack (its folder), or anew (minilm)",
    )  # fmt: skip
    apart = parser.add_mutually_exclusive_group()
    apart.add_argument("--dev", type=Path, action="append", metavar="CORPUS", help="measure on these articles")
    apart.add_argument(
        "--hold-out", type=_share, default=0.2, metavar="S", help="measure on this share of the articles (default 0.2)"
    )
    parser.add_argument("--epochs", type=whole_number, metavar="N", help="how often to read the articles")
    parser.add_argument("--seed", type=int, default=20, metavar="N", help="what chance is drawn from (default 20)")
    parser.add_argument("--threads", type=whole_number, metavar="N", help="processor cores to use (default: all)")
    parser.set_defaults(run=_run)


def _share(value: str) -> float:
    try:
        share = float(value)
    except ValueError:
        share = 0.0
    if not 0 < share < 1:
        raise argparse.ArgumentTypeError(f"expected a share between 0 and 1, got {value!r}")
    return share


def _run(options: argparse.Namespace, messages: Messages) -> None:
    from quotekit.training.tuning import tune

    labelled, plan = _labelled(options), _plan(options)
    for what, documents in (("train on", labelled.train), ("measure on", labelled.held_out)):
        attributions = counted(sum(len(d.attributions) for d in documents), "attribution")
        without = sum(not d.attributions for d in documents)
        told = f", {without:,} of them without any: there is nothing to find in those" if without else ""
        messages.note(f"{what} {counted(len(documents), 'article')} with {attributions}{told}")
    outcome = tune(labelled, options.output, plan, lambda progress: messages.note(str(progress)))
    sys.stdout.write(_table(outcome))
    messages.note(f"the pack is in {options.output}; load it with Attributor(model={str(options.output)!r})")


def _labelled(options: argparse.Namespace) -> Labelled:
    from quotekit.training.corpora import Labelled, hold_out, read_corpora

    documents = read_corpora(options.corpora)
    if options.dev:
        return Labelled(train=documents, held_out=read_corpora(options.dev))
    return hold_out(documents, options.hold_out, options.seed)


def _plan(options: argparse.Namespace) -> Plan:
    from quotekit.training.tuning import SHIPPED, Plan

    start = {"bundled": SHIPPED, "minilm": None}.get(options.start, Path(options.start))
    return Plan.of(start, epochs=options.epochs, seed=options.seed, threads=options.threads)


def _table(outcome: Outcome) -> str:
    from quotekit.training.card import figures

    rows = [("held out, percent", "before", "after")]
    rows += [(name, f"{old:.1f}", f"{new:.1f}") for name, old, new in figures(outcome.before, outcome.after)]
    return "".join(f"{name:<24}{old:>8}{new:>8}\n" for name, old, new in rows)
