"""Paragraphs of labeled tokens, as the tokenizer learns them, and GUM as such paragraphs."""

from __future__ import annotations

import functools
import lzma
from collections.abc import Iterator, Mapping, Sequence
from importlib import resources
from pathlib import Path
from typing import NamedTuple

import attrs
import numpy as np

from quotekit.analysis.characters import INSIDE, SENTENCE_END, WORD_END, Labels

__all__ = [
    "CLOSING",
    "DOUBLE_MARKS",
    "OPENING",
    "Abbreviations",
    "Paragraph",
    "Text",
    "Token",
    "abbreviations",
    "is_opening",
    "read_gum",
    "render",
]

OPENING = {"“", "‘", "«", "``", "„", "‹", "(", "[", "{", "$", "£", "€", "₹", "₡", "#", "@"}
CLOSING = {"”", "’", "»", "''", "›", ")", "]", "}"}
DOUBLE_MARKS = {'"', "“", "”", "''", "``", "«", "»", "„"}

_TABLE = "data/en/abbreviations.tsv"


class Token(NamedTuple):
    """One token: its text, whether white space stands before it, whether a sentence ends with it, its entity tag."""

    text: str
    space: bool = True
    ends: bool = False
    entity: str = "O"


Paragraph = tuple[Token, ...]


class Text(NamedTuple):
    """One document of a corpus."""

    id: str
    paragraphs: tuple[Paragraph, ...]


@attrs.frozen(kw_only=True)
class Abbreviations:
    """Forms with their stop, by what stands beside them, and `short`: long form → short form."""

    title: tuple[str, ...]
    number: tuple[str, ...]
    name: tuple[str, ...]
    word: tuple[str, ...]
    short: Mapping[str, str]


@functools.cache
def abbreviations() -> Abbreviations:
    """What `data/en/abbreviations.tsv` knows, read once."""
    lines = resources.files("quotekit").joinpath(_TABLE).read_text(encoding="utf-8").splitlines()
    rows = [(*line.split("\t"), "")[:3] for line in lines if line and not line.startswith("#")]

    def beside(place: str) -> tuple[str, ...]:
        return tuple(form for form, where, _ in rows if where == place)

    return Abbreviations(
        title=beside("title"),
        number=beside("number"),
        name=beside("name"),
        word=beside("word"),
        short={long: form for form, _, long in rows if long},
    )


def render(paragraph: Sequence[Token]) -> tuple[str, Labels]:
    """The running text of a paragraph and the label of each of its characters.

    >>> render([Token("Go"), Token("!", space=False, ends=True)])
    ('Go!', array([0, 1, 2]))
    """
    text, labels = "", []
    for token in paragraph:
        gap = " " if token.space and text else ""
        text += gap + token.text
        labels += [INSIDE] * (len(gap) + len(token.text) - 1) + [SENTENCE_END if token.ends else WORD_END]
    return text, np.array(labels, dtype=np.int64)


def is_opening(tokens: Sequence[Token], number: int) -> bool:
    """Whether token `number`, a quotation mark, opens: by the spaces around it where its form does not say."""
    token = tokens[number]
    if token.text not in ('"', "'", "''"):
        return token.text in OPENING
    glued = number > 0 and not token.space and tokens[number - 1].text not in OPENING
    return not glued and number + 1 < len(tokens) and not tokens[number + 1].space


def read_gum(path: Path) -> Iterator[Text]:
    """The documents of GUM in a compressed CoNLL-U file; the parts of "don't" are two tokens."""
    with lzma.open(path, "rt", encoding="utf-8") as file:
        for document in file.read().split("# newdoc id = ")[1:]:
            name, _, body = document.partition("\n")
            blocks = (_read_paragraph(block) for block in body.split("# newpar\n"))
            yield Text(name, tuple(paragraph for paragraph in blocks if paragraph))


def _read_paragraph(block: str) -> Paragraph:
    sentences = ([line.split("\t") for line in part.splitlines() if line[:1].isdigit()] for part in block.split("\n\n"))
    return tuple(token for rows in sentences if rows for token in _read_sentence(rows))


def _read_sentence(rows: Sequence[Sequence[str]]) -> list[Token]:
    tokens: list[Token] = []
    space, last_part = True, 0
    for number, form, *_, misc in rows:
        first, _, last = number.partition("-")
        if "." in number or (not last and int(first) <= last_part):
            continue  # a word that is not in the text, or a part of the token before
        forms = [form]
        if last:
            last_part = int(last)
            parts = [row[1] for row in rows if row[0].isdigit() and int(first) <= int(row[0]) <= last_part]
            forms = parts if "".join(parts) == form else forms
        tokens += [Token(part, space and at == 0) for at, part in enumerate(forms)]
        space = "SpaceAfter=No" not in misc
    return [*tokens[:-1], tokens[-1]._replace(ends=True)]
