"""Nouns and noun phrases that stand for somebody, told from the tables."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence

from quotekit import lexicon
from quotekit.extraction.words import Word, ends_in
from quotekit.lexicon import Lexicon

__all__ = [
    "NO_PERSON",
    "is_body_noun",
    "is_outlet",
    "is_person_noun",
    "is_somebody",
    "is_thing",
    "may_name_outlet",
    "participle_of",
]

LONGEST_OUTLET = 4  # words
NO_PERSON = frozenset({"any", "thing"})  # pronouns that need not stand for somebody
REMEMBERED = 1 << 14  # words of which is kept what they are: texts repeat theirs


def participle_of(word: Word, tables: Lexicon) -> str:
    """What a participle (or a past tense that looks like one) says of its subject: "done", "doing", or "" of others."""
    return _participle(word.key, tables.lang)


@functools.lru_cache(maxsize=REMEMBERED)
def _participle(key: str, lang: str) -> str:
    participles = lexicon.load(lang).participles
    return participles.get(key) or next((kind for form, kind in participles.items() if ends_in(key, form)), "")


def is_person_noun(word: Word, tables: Lexicon) -> bool:
    """Whether a noun is for a person or several: "minister", "critics", "fishermen"."""
    return _is_person(word.noun, tables.lang)


@functools.lru_cache(maxsize=REMEMBERED)
def _is_person(noun: str, lang: str) -> bool:
    if _is_thing(noun, lang):
        return False
    nouns, endings = _people(lang)
    return noun.endswith(endings) or not nouns.isdisjoint(_singulars(noun, lang))


def is_thing(word: Word, tables: Lexicon) -> bool:
    """Whether a noun is known to be for nobody: "plan", "reports"."""
    return _is_thing(word.noun, tables.lang)


@functools.lru_cache(maxsize=REMEMBERED)
def _is_thing(noun: str, lang: str) -> bool:
    tables = lexicon.load(lang)
    return any(singular in tables.things or singular in tables.documents for singular in _singulars(noun, lang))


@functools.cache
def _people(lang: str) -> tuple[frozenset[str], tuple[str, ...]]:
    """All nouns for persons, and the endings of such nouns."""
    tables = lexicon.load(lang)
    nouns = frozenset({*tables.roles, *tables.collectives}) | tables.people
    return nouns, tuple(row.removeprefix("-") for row in tables.people if row.startswith("-"))


def is_body_noun(word: Word, tables: Lexicon) -> bool:
    """Whether a noun is for a body, or a newspaper or station: "ministry", "boards", "daily"."""
    return _is_body(word.noun, tables.lang)


@functools.lru_cache(maxsize=REMEMBERED)
def _is_body(noun: str, lang: str) -> bool:
    tables = lexicon.load(lang)
    return tables.outlets.get(noun) == "noun" or not tables.bodies.isdisjoint(_singulars(noun, lang))


def is_somebody(words: Sequence[Word], lang: str = "en") -> bool:
    """Whether a noun phrase is for a person, a group or a body: "him", "the board", "Khan", but not "Khan's plan"."""
    tables = lexicon.load(lang)
    links = (i for i, word in enumerate(words) if i and (word.key in tables.prepositions or word.key == ","))
    core = [word for word in words[: next(links, len(words))] if not word.is_mark]
    if not core:
        return False
    head = core[-1]
    if len(core) == 1 and head.key in tables.pronouns:
        return tables.pronouns[head.key] not in NO_PERSON and head.key not in tables.predeterminers
    if is_outlet(words, lang):
        return True
    if is_thing(head, tables) or (head.is_possessive and len(core) > 1):
        return False
    named = head.is_capital and head.key not in tables.calendar
    return named or is_person_noun(head, tables) or is_body_noun(head, tables)


def is_outlet(words: Sequence[Word], lang: str = "en") -> bool:
    """Whether a noun phrase is for a newspaper, a station, an agency or the like: "the Daily Star", "state media"."""
    tables = lexicon.load(lang)
    if not may_name_outlet(words, lang):
        return False
    if tables.pronouns.get(words[0].key, "self") != "self":
        return False
    spans = [(a, b) for a in range(len(words)) for b in range(a + 1, min(a + LONGEST_OUTLET, len(words)) + 1)]
    kinds = {(a, b): tables.outlets.get(" ".join(word.noun for word in words[a:b]), "") for a, b in spans}
    return "none" not in kinds.values() and any(
        _makes_outlet(words, span, kind, tables) for span, kind in kinds.items()
    )


def may_name_outlet(words: Sequence[Word], lang: str = "en") -> bool:
    """Whether a noun phrase for an outlet may stand among some words: where not, none needs to be looked for."""
    return not _outlet_words(lang).isdisjoint(word.noun for word in words)


@functools.cache
def _outlet_words(lang: str) -> frozenset[str]:
    """The longest word of each outlet's name in outlets.tsv: no outlet is without one of them."""
    rows = lexicon.load(lang).outlets.items()
    return frozenset(max(row.split(), key=len) for row, kind in rows if kind != "none")


def _makes_outlet(words: Sequence[Word], span: tuple[int, int], kind: str, tables: Lexicon) -> bool:
    """Whether the words of a range, which outlets.tsv knows as `kind`, make the whole phrase one for an outlet."""
    start, end = span
    head = all(w.is_capital or w.is_mark or w.text.isdigit() or is_body_noun(w, tables) for w in words[end:])
    named = all(word.is_capital for word in words[start:end])
    if kind == "noun":
        return head
    if kind == "acronym":
        return head and words[start].text.startswith(words[start].noun.upper())
    if kind == "last":
        return named and end == len(words) and (start > 0 or end > start + 1)
    opens = start == 0 or words[start - 1].text.islower() or words[start - 1].key in tables.determiners
    return kind == "name" and head and named and opens


def _singulars(noun: str, lang: str) -> Iterator[str]:
    yield noun
    for plural, singular in lexicon.load(lang).plurals.items():
        if ends_in(noun, plural):
            yield noun.removesuffix(plural[1:]) + singular[1:]
