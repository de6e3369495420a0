"""GUM's coreference as running text and places."""

from __future__ import annotations

import lzma
from pathlib import Path

import pytest

from quotekit.spans import Span
from quotekit.training.coreference import Chained, read_chains

ROWS = [
    ("1", "Anna", "Entity=(1-person-new-cf1-0-1,2-coref"),
    ("2", "Berg", "Entity=1)"),
    ("3-4", "didn't", "_"),
    ("3", "did", "_"),
    ("4", "n't", "_"),
    ("5", "see", "_"),
    ("6", "her", "Entity=(2-person-new-cf2-0-2-coref(1-person-giv-cf1-0-1-coref)"),
    ("7", "son", "Entity=2)|SpaceAfter=No"),
    ("8", ".", "_"),
]


@pytest.fixture
def document(tmp_path: Path) -> Chained:
    """A document of two paragraphs."""
    lines = ["\t".join([number, form, *["_"] * 7, misc]) for number, form, misc in ROWS]
    second = "\t".join(["1", "She", *["_"] * 7, "Entity=(1-person-giv-cf1-0-1-coref)"])
    body = "\n".join(["# newdoc id = one", "# newpar", *lines, "", "# newpar", "# newpar_block = p", second, "", ""])
    path = tmp_path / "gum.conllu.xz"
    path.write_bytes(lzma.compress(body.encode()))
    (read,) = read_chains(path)
    return read


def test_text_is_set_with_its_spaces_and_paragraphs(document: Chained) -> None:
    """One token of two words stands once."""
    assert document.text.rstrip() == "Anna Berg didn't see her son.\n\nShe"


def test_chains_hold_the_heads_of_their_mentions(document: Chained) -> None:
    """The head is told by the words of the mention that are given for it."""
    heads = {chain: [document.text[span.slice] for span in spans] for chain, spans in document.chains.items()}
    assert heads == {"1": ["Anna Berg", "her", "She"], "2": ["son"]}


def test_chain_at_a_name(document: Chained) -> None:
    """A part of a head, or more than it, is the same mention; elsewhere there is none."""
    assert document.chain_at(Span(5, 9)) == "1"
    assert document.chain_at(Span(10, 16)) is None
