"""What is known about one language's words, read from the tables in `data/<lang>/*.tsv`.

A table is UTF-8 text, one entry a line, columns split by tabs; a line that starts with "#" is a comment.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from importlib import resources
from typing import Any

import attrs

from quotekit.errors import InputError

__all__ = ["Lexicon", "load"]


@attrs.frozen(kw_only=True)
class Lexicon:
    """One language's tables.

    `acts`: cue word form → act; `negators`: words that negate a cue; `auxiliaries`: words that may
    stand between the two ("-ly" is any word so ending); `complementizers`: words that open a reported clause;
    `prepositions`, `conjunctions` ("and"), `relatives` ("who"); `determiners`: word → "definite", "indefinite" or
    "whose"; `pronouns`: pronoun → gender ("male", "female", "plural", "self", "any");
    `honorifics`: titles that stand before a name, folded, without stop → gender ("male", "female" or "");
    `roles`: nouns for a post → gender; `collectives`: nouns for somebody unnamed → "several" or "one";
    `documents`: nouns for what somebody says something in, "report"; `makers`: "by", "from";
    `broader_roles`: post → a noun for more than it, "senator" → "lawmaker";
    `post_changers`: words that make another post of the one after them, "vice", "deputy";
    `bodies`: nouns that end or open an organization's name; `body_links`: "of", "for"; `metonyms`: places and buildings that stand for a body;
    `calendar`: capitalized words that name nobody, "Monday"; `openers`: words that open sentences, "meanwhile";
    `given_names`: given name, folded → gender ("any" where it tells none); `name_particles`: "bin", "van" …;
    `elisions`: words with an apostrophe at their edge, written with a straight one: "'tis", "ol'", "'n'"; "-s'" is
    any word so ending
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
    honorifics: Mapping[str, str]
    roles: Mapping[str, str]
    documents: frozenset[str]
    makers: frozenset[str]
    broader_roles: Mapping[str, str]
    post_changers: frozenset[str]
    collectives: Mapping[str, str]
    bodies: frozenset[str]
    body_links: frozenset[str]
    metonyms: frozenset[str]
    calendar: frozenset[str]
    openers: frozenset[str]
    given_names: Mapping[str, str]
    name_particles: frozenset[str]
    elisions: frozenset[str]


def _rows(lang: str, name: str) -> Iterator[tuple[str, str]]:
    table = resources.files("quotekit").joinpath("data", lang, f"{name}.tsv")
    for line in table.read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            key, _, value = line.partition("\t")
            yield key.strip(), value.strip()


@functools.cache
def load(lang: str = "en") -> Lexicon:
    """The tables of `lang`, read once. Raises `InputError` for a language that has none."""
    if not resources.files("quotekit").joinpath("data", lang).is_dir():
        raise InputError(f"no language tables for lang={lang!r}; quotekit ships: en")
    tables: dict[str, Any] = {}
    for field in attrs.fields(Lexicon):
        if field.name != "lang":
            rows = dict(_rows(lang, field.name))
            tables[field.name] = frozenset(rows) if field.type == "frozenset[str]" else rows
    return Lexicon(lang=lang, **tables)
