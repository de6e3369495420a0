"""`quotekit evaluate`: how well attributions agree with labels."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import PurePath
from typing import IO, Any

import attrs

from quotekit.commands.messages import Messages
from quotekit.commands.output import Writer, add_output, format_of, write
from quotekit.document import Document
from quotekit.errors import InputError
from quotekit.evaluation import Agreement, Measure, Scores, evaluate
from quotekit.export import read_documents
from quotekit.export.written import whole_characters
from quotekit.render.labels import counted
from quotekit.render.lines import printable

__all__ = ["add"]

MOST_TOLD = 5  # ids of documents that are in one file only


def add(commands: Any) -> None:
    """Add the command."""
    parser = commands.add_parser("evaluate", help="score attributions against labels")
    parser.description = (
        "Score attributions of any system against labels, by exact and overlapping words and by kind. GOLD and PRED "
        "are JSON lines, Citron's JSON, Web Annotations, or a folder of brat or Citron files; PRED may be CSV too. "
        "What is in a file tells its format, but CSV is told by its suffix. Documents are matched by their ids."
    )
    parser.add_argument("gold", metavar="GOLD", help="the labels")
    parser.add_argument("predicted", metavar="PRED", help="what was found in the same texts")
    parser.add_argument(
        "--nested",
        choices=("auto", "count", "leave-out"),
        default="auto",
        help="attributions inside others: by default they count where GOLD has some",
    )
    parser.add_argument(
        "--by", choices=("outlet", "kind"), help="score the outlets of GOLD, or the kinds, apart as well"
    )
    add_output(parser, FORMATS, {".json": "json"})
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace, messages: Messages) -> None:
    format_of(options)  # a wrong one is told before anything is read
    if options.gold.lower().endswith(".csv"):
        raise InputError(f"expected labels with their texts, got {options.gold}, and CSV holds none; it may be PRED")
    gold = list(read_documents(options.gold))
    texts = {document.id: document.text for document in gold}
    predicted = [_renamed(document, texts) for document in read_documents(options.predicted, texts=texts)]
    if texts.keys().isdisjoint(document.id for document in predicted):
        raise InputError(
            f"expected documents with one id in both, got {_first(gold)} in {options.gold} "
            f"and {_first(predicted)} in {options.predicted}"
        )
    nested = {"count": True, "leave-out": False}.get(options.nested)
    scores = evaluate(gold, predicted, nested=nested, by=options.by)
    write([scores], options, messages)
    _tell(messages, options.gold, scores.only_gold, "their labels count as missed")
    _tell(messages, options.predicted, scores.only_predicted, "not counted")


def _renamed(document: Document, known: Mapping[str, str]) -> Document:
    """A document whose id is the path of a file goes by the name of the file, where that is the id of labels."""
    name = PurePath(document.id).stem
    return attrs.evolve(document, id=name) if document.id not in known and name in known else document


def _first(documents: Sequence[Document]) -> str:
    return repr(documents[0].id) if documents else "none"


def _tell(messages: Messages, path: str, ids: tuple[str, ...], what: str) -> None:
    if ids:
        shown = ", ".join(ids[:MOST_TOLD]) + (", …" if len(ids) > MOST_TOLD else "")
        messages.note(f"only in {path}: {counted(len(ids), 'document')} ({shown}), {what}")


def _write_json(results: Iterable[Scores], out: IO[str]) -> None:
    for scores in results:
        text = json.dumps(scores.to_dict(), ensure_ascii=False, indent=1)
        out.write(whole_characters(text) + "\n")


def _write_text(results: Iterable[Scores], out: IO[str]) -> None:
    for scores in results:
        out.writelines(f"{line}\n" for line in _lines(scores))


def _lines(scores: Scores) -> Iterator[str]:
    whole = scores.attribution
    left_out = f" ({scores.nested:,} inside others left out)" if scores.nested else ""
    yield f"{counted(scores.documents, 'document')}, {counted(whole.labels, 'label')}, {whole.found:,} found{left_out}"
    yield f"\n{'':22}{'precision':>10}{'recall':>10}{'F1':>10}"
    yield from (_row(name, measure) for name, measure in _measures(scores))
    yield f"\n{'recall by kind':22}{'labels':>10}{'overlap':>10}{'attribution':>14}"
    for kind, held in scores.by_kind.items():
        yield f"{kind:22}{held.labels:10,}{held.overlap:10.1f}{held.attribution:14.1f}"
    yield f"\nwhere contents overlap, sources agree in {scores.sources_agree:.1f} %, cues in {scores.cues_agree:.1f} %"
    if scores.groups:
        yield from _table_of(scores.groups)


def _table_of(groups: Mapping[str, Agreement]) -> Iterator[str]:
    """A row for each group: what was found of its attributions, and of their contents alone."""
    width = max(22, *(len(name) + 1 for name in groups))
    heads = ("labels", "found", "precision", "recall", "F1", "overlap F1", "exact F1")
    yield "\n" + " " * width + "".join(f"{head:>11}" for head in heads)
    for name, group in groups.items():
        whole = group.attribution
        figures = (whole.precision, whole.recall, whole.f1, group.overlap.f1, group.exact.f1)
        counts = f"{whole.labels:11,}{whole.found:11,}"
        yield f"{printable(name):{width}}{counts}" + "".join(f"{figure:11.1f}" for figure in figures)


def _measures(scores: Scores) -> Iterator[tuple[str, Measure]]:
    yield "attribution", scores.attribution
    yield "attribution, strict", scores.strict
    yield "content overlap", scores.overlap
    yield "content exact", scores.exact
    yield "content words", scores.words
    yield "span-exact source", scores.source
    yield "span-exact cue", scores.cue
    yield "span-exact content", scores.content


def _row(name: str, measure: Measure) -> str:
    return f"{name:22}{measure.precision:10.1f}{measure.recall:10.1f}{measure.f1:10.1f}"


FORMATS: dict[str, Writer] = {"text": _write_text, "json": _write_json}
