"""What is known about one language's words, read from the tables in `data/<lang>/*.tsv`.

A table is UTF-8 text, one entry a line, columns split by tabs; a line that starts with "#" is a comment.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from importlib import resources
from typing import TYPE_CHECKING, Any

import attrs

from quotekit.errors import InputError

if TYPE_CHECKING:
    from importlib.abc import Traversable

__all__ = ["Lexicon", "load", "table"]


@attrs.frozen(kw_only=True)
class Lexicon:
    """One language's tables. All keys are folded; each table says in its first lines what it holds.

    Cues: `acts`, word form → act; `negators`, and the `auxiliaries` that may stand between one and its verb
    ("-ly" is any word so ending); `complementizers`, which open a reported clause.
    Small words: `prepositions`; `conjunctions`; `relatives`; `determiners`, word → "definite", "indefinite" or
    "whose"; `pronouns`, word → "male", "female", "plural", "self" or "any"; `openers` of sentences; `adverbs`
    that may follow a name ("later"); `elisions` ("'tis"; "-s'" is any word so ending).
    Names: `given_names`, name → "male", "female" or "any"; `honorifics`, title → gender or "";
    `name_particles` ("bin"); `metonyms`, places that stand for a body; `bodies`, nouns in the names of bodies,
    and the `body_links` after them ("of"); `calendar`, capitalized words that name nobody.
    Posts: `roles`, noun → gender or ""; `broader_roles`, post → a noun for more than it; `post_changers` ("vice").
    The unnamed: `collectives`, noun → "several" or "one"; `documents` that somebody says something in, and
    the `makers` before who made them ("by").
    """

    lang: str
    acts: Mapping[str, str]
    negators: frozenset[str]
    auxiliaries: frozenset[str]
    complementizers: frozenset[str]
    prepositions: frozenset[str]
    conjunctions: frozenset[str]
    relatives: frozenset[str]
    determiners: Mapping[str, str]
    pronouns: Mapping[str, str]
    openers: frozenset[str]
    adverbs: frozenset[str]
    elisions: frozenset[str]
    given_names: Mapping[str, str]
    honorifics: Mapping[str, str]
    name_particles: frozenset[str]
    metonyms: frozenset[str]
    bodies: frozenset[str]
    body_links: frozenset[str]
    calendar: frozenset[str]
    roles: Mapping[str, str]
    broader_roles: Mapping[str, str]
    post_changers: frozenset[str]
    collectives: Mapping[str, str]
    documents: frozenset[str]
    makers: frozenset[str]


def _folder(lang: str) -> Traversable:
    return resources.files("quotekit") / "data" / lang


@functools.cache
def table(name: str, lang: str = "en") -> Mapping[str, str]:
    """The rows of one table, in order; a row without a second column stands for the empty string.

    >>> table("name_variants")["khwaja"]
    'khawaja'
    """
    lines = (_folder(lang) / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    rows = (line.partition("\t") for line in lines if line.strip() and not line.startswith("#"))
    return {key.strip(): value.strip() for key, _, value in rows}


@functools.cache
def load(lang: str = "en") -> Lexicon:
    """The tables of `lang`, read once. Raises `InputError` for a language that has none."""
    if not _folder(lang).is_dir():
        raise InputError(f"no language tables for lang={lang!r}; quotekit ships: en")
    tables: dict[str, Any] = {}
    for field in attrs.fields(Lexicon):
        if field.name != "lang":
            rows = table(field.name, lang)
            tables[field.name] = frozenset(rows) if str(field.type) == "frozenset[str]" else rows
    return Lexicon(lang=lang, **tables)
