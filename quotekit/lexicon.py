"""What is known about one language's words, read from the tables in `data/<lang>/*.tsv`.

A table is UTF-8 text, one entry a line, columns split by tabs; a line that starts with "#" is a comment.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from importlib import resources

import attrs

from quotekit.errors import InputError

__all__ = ["Lexicon", "load"]


@attrs.frozen(kw_only=True)
class Lexicon:
    """One language's tables.

    `acts`: cue word form → act; `negators`: words that negate a cue; `complementizers`: words that open a
    reported clause; `pronouns`: pronoun → gender ("male", "female", "plural", "self", "any");
    `honorifics`: titles that stand before a name, folded, without stop → gender ("male", "female" or "");
    `roles`: nouns for a post; `collectives`: nouns for an unnamed group; `bodies`: nouns that end or open an
    organization's name; `given_names`: given name → gender; `name_particles`: "bin", "van" …
    """

    lang: str
    acts: Mapping[str, str]
    negators: frozenset[str]
    complementizers: frozenset[str]
    pronouns: Mapping[str, str]
    honorifics: Mapping[str, str]
    roles: frozenset[str]
    collectives: frozenset[str]
    bodies: frozenset[str]
    given_names: Mapping[str, str]
    name_particles: frozenset[str]


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
    tables = {field.name: dict(_rows(lang, field.name)) for field in attrs.fields(Lexicon) if field.name != "lang"}
    sets = {"negators", "complementizers", "roles", "collectives", "bodies", "name_particles"}
    return Lexicon(lang=lang, **{k: frozenset(v) if k in sets else v for k, v in tables.items()})  # type: ignore[arg-type]
