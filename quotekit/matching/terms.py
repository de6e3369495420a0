"""The telling words of a quotation in whatever form: names, numbers, and words of content by what they are about."""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Iterator, Mapping, Sequence

import attrs

from quotekit import lexicon
from quotekit.document import DifferenceKind
from quotekit.lexicon import table
from quotekit.matching.numbers import is_number
from quotekit.matching.rarity import rarity
from quotekit.matching.utterance import Utterance
from quotekit.matching.wordings import base_form, is_small, sharp_kind

__all__ = ["Term", "common_terms", "distinct", "stem", "terms"]

LONGEST_COUNTRY = 4  # words: "united states of america"
SHORTEST = 3  # letters of a word that has a stem
CLASS = "="  # before what all words of one meaning share

_JOINS = ("/", "-", "‐", "‑")
_BETWEEN = re.compile(r"[\s‐‑-]*(?:’s|'s)?\s*")


@attrs.frozen
class Term:
    """A telling word: what it is compared by, what else it may be compared by, its kind and place.

    `kind` is `NUMBER`, `NAME` or `None`; `also` may be what it is a synonym of, the country of a capital, or the
    acronym of the name that it is a part of. `first` and `last` are the range of its words in the quotation.
    """

    key: str
    also: str
    kind: DifferenceKind | None
    bits: float
    first: int
    last: int


def terms(said: Utterance) -> tuple[Term, ...]:
    """The terms of a quotation, in order.

    >>> [term.key for term in terms(Utterance.of("The Afghans’ two failures cost Washington $3bn"))]
    ['afghanistan', '2', 'fail', 'cost', 'washington', '$3000000000']
    """
    acronyms, found, place = _acronyms(said), list[Term](), 0
    while place < len(said.keys):
        term = _term(said, place, acronyms)
        if term is not None:
            found.append(term)
        place = term.last if term is not None else place + 1
    return tuple(found)


def common_terms(own: Sequence[Term], others: Sequence[Term]) -> tuple[Term, ...]:
    """The terms that others have too, in one form or another."""
    keys = {term.key for term in others} | {term.also for term in others if term.also}
    return tuple(term for term in own if term.key in keys or term.also in keys)


def distinct(found: Sequence[Term]) -> dict[str, Term]:
    """Terms by what they mean: those that say the same once."""
    return {term.also or term.key: term for term in found}


def _term(said: Utterance, place: int, acronyms: Mapping[int, str]) -> Term | None:
    """The term that opens with a word, if it is a telling one."""
    key, lang = said.keys[place], said.lang
    for length in range(min(LONGEST_COUNTRY, len(said.keys) - place), 0, -1):
        words = said.keys[place : place + length]
        country = _country(" ".join(words), lang)
        if country is not None and (length > 1 or not is_small(key, lang)):
            return Term(country, "", DifferenceKind.NAME, rarity(key, lang), place, place + length)
    kind = sharp_kind(said, place)
    if is_number(key):
        kind = None if kind and _names_something(said, place) else kind
        return Term(key, "", kind, said.bits[place], place, place + 1)
    if kind is DifferenceKind.NEGATION or is_small(key, lang) or (len(key) < SHORTEST and kind is None):
        return None
    if kind is DifferenceKind.NAME:
        name = table("name_variants", lang).get(key, key)
        also = table("seats", lang).get(name) or acronyms.get(place) or _meaning(stem(key, lang), lang)
        return Term(stem(name, lang), also, kind, said.bits[place], place, place + 1)
    found = stem(key, lang)
    return Term(found, _meaning(found, lang), None, said.bits[place], place, place + 1)


def _names_something(said: Utterance, place: int) -> bool:
    """Whether a number counts nothing, but is a part of a name or date: "9/11", "EB-5", "Fortune 500", "the 13th"."""
    word = said.words[place]
    if not said.keys[place][-1].isdigit():
        return True
    if said.text[word.end : word.end + 1] in _JOINS and said.text[word.end + 1 : word.end + 2].isalnum():
        return True
    if place == 0:
        return False
    before = said.words[place - 1]
    between = said.text[before.end : word.start]
    return (between in _JOINS and bool(between)) or (
        between == " " and sharp_kind(said, place - 1) is DifferenceKind.NAME
    )


def _country(words: str, lang: str) -> str | None:
    known = table("countries", lang)
    return known.get(words.rstrip(".")) or known.get(words.removesuffix("s"))


def _acronyms(said: Utterance) -> Mapping[int, str]:
    """The place of each word of a name of several words → the name's initials; a small word inside it has none."""
    found: dict[int, str] = {}
    for places in _runs(said):
        surfaces = (said.text[said.words[place].start : said.words[place].end] for place in places)
        initials = "".join(
            sign.lower() for s in surfaces for before, sign in itertools.pairwise("-" + s) if _opens(before, sign)
        )
        if len(initials) > 2:
            found.update(dict.fromkeys(places, initials))
    return found


def _opens(before: str, sign: str) -> bool:
    return sign.isupper() and not before.isalnum()


def _runs(said: Utterance) -> Iterator[list[int]]:
    """The places of words with a capital that stand side by side, prepositions between two of them passed over."""
    known = lexicon.load(said.lang)
    run, end = list[int](), 0
    for place, word in enumerate(said.words):
        surface = said.text[word.start : word.end]
        if run and not _BETWEEN.fullmatch(said.text, end, word.start):
            yield run
            run = []
        end = word.end
        if surface[:1].isupper() and not surface.isupper():
            run.append(place)
        elif said.keys[place] not in known.prepositions and said.keys[place] not in known.determiners:
            yield run
            run = []
    yield run


@functools.lru_cache(maxsize=1 << 16)
def stem(key: str, lang: str = "en") -> str:
    """What a word shares with those that are about the same thing: "negotiators" and "negotiations".

    >>> stem("failures") == stem("failed"), stem("policy") == stem("police")
    (True, False)
    """
    base = base_form(key, lang)
    while shorter := _without_ending(base, lang):
        base = shorter
    if len(base) > SHORTEST and base.endswith("e"):
        base = base[:-1]
    return base[:-1] if len(base) > SHORTEST and base[-2:-1] == base[-1:] else base


def _without_ending(word: str, lang: str) -> str:
    """A word without its last ending, or the empty string where it has none that may go."""
    for ending, row in table("word_endings", lang).items():
        if word.endswith(ending):
            least, _, instead = row.partition(" ")
            if not least:
                return ""
            if len(word) - len(ending) >= int(least):
                return word.removesuffix(ending) + instead
    return ""


def _meaning(found: str, lang: str) -> str:
    """What the synonyms of a stem share, or the empty string."""
    return _meanings(lang).get(found, "")


@functools.cache
def _meanings(lang: str) -> Mapping[str, str]:
    """Stem → what it shares with its synonyms."""
    return dict(_by_row("synonyms", lang))


def _by_row(name: str, lang: str) -> Iterator[tuple[str, str]]:
    for head, others in table(name, lang).items():
        for word in (*others.split(), head):
            yield stem(word, lang), CLASS + stem(head, lang)
