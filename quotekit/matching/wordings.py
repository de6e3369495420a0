"""What kind of word a word is, where two quotations differ in it."""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Mapping, Sequence

from quotekit import lexicon
from quotekit.document import DifferenceKind
from quotekit.lexicon import table
from quotekit.matching.numbers import is_number
from quotekit.matching.utterance import Utterance
from quotekit.matching.words import MASK

__all__ = ["are_one", "base_form", "has_verb", "is_opposite", "is_small", "kind_of_change", "sharp_kind"]

_SHORTEST_STEM = 3
_SHORTEST_WITH_OPPOSITE = 4
_DOING = "doing"  # of a participle
_HELPERS = frozenset({"be", "have", "do"})


def sharp_kind(whole: Utterance, place: int) -> DifferenceKind | None:
    """Whether a word of a quotation is a negation, a number or a name: what may never change unseen."""
    key, start = whole.keys[place], whole.words[place].start
    if key in table("negations", whole.lang):
        return DifferenceKind.NEGATION
    if is_number(key):
        written_out = whole.text[start].isalpha()
        return None if key == "1" and written_out else DifferenceKind.NUMBER
    return DifferenceKind.NAME if _is_name(whole, place) else None


def _is_name(whole: Utterance, place: int) -> bool:
    """A capital tells a name inside a sentence; at the beginning of one a given name or an acronym does."""
    word, key = whole.words[place], whole.keys[place]
    surface = whole.text[word.start : word.end].lstrip("[")
    if not surface[:1].isupper() or key.endswith(MASK) or key in _small_words(whole.lang):
        return False
    if key in lexicon.load(whole.lang).honorifics or key in table("modals", whole.lang):
        return False
    if place and not whole.stops_before(place):
        return True
    return key in lexicon.load(whole.lang).given_names or (len(surface) > 1 and surface.isupper())


def is_small(key: str, lang: str) -> bool:
    """Whether a word holds no content of its own."""
    return key in _small_words(lang) or key in table("modals", lang)


@functools.cache
def _small_words(lang: str) -> frozenset[str]:
    words = lexicon.load(lang)
    tables = (words.determiners, words.pronouns, words.prepositions, words.conjunctions, words.complementizers)
    more = (words.question_words, words.relatives, table("function_words", lang))
    return frozenset().union(*tables, *more)


def are_one(a: Sequence[str], b: Sequence[str], lang: str) -> bool:
    """Whether words are the same but for their spaces, for the spelling of a name, or for how they are censored."""
    if "".join(a) == "".join(b):
        return True
    if len(a) == len(b) == 1 and MASK in (a[0], b[0]):
        return a[0].endswith(MASK) and b[0].endswith(MASK)
    variants = table("name_variants", lang)
    return [variants.get(key, key) for key in a] == [variants.get(key, key) for key in b]


def is_opposite(a: Sequence[str], b: Sequence[str], lang: str) -> bool:
    """Whether one word is the other with a beginning that turns it round: "like" and "unlike"."""
    if not len(a) == len(b) == 1:
        return False
    short, long = sorted((a[0], b[0]), key=len)
    prefix = long.removesuffix(short)
    return len(short) >= _SHORTEST_WITH_OPPOSITE and prefix != long and prefix in table("negative_prefixes", lang)


def kind_of_change(a: Sequence[str], b: Sequence[str], lang: str) -> DifferenceKind:
    """What changes where these words stand for those, none of them a negation, number or name; either may be empty."""
    keys, modals = {*a, *b}, table("modals", lang)
    if all(key in modals for key in keys):
        return DifferenceKind.MODAL
    verbs_a, verbs_b = (Counter(_verb(key, lang) for key in side if key not in modals) for side in (a, b))
    for helper in _HELPERS:
        del verbs_a[helper], verbs_b[helper]
    if a and b and verbs_a == verbs_b:
        return DifferenceKind.TENSE
    if keys <= _small_words(lang) | set(modals):
        return DifferenceKind.FUNCTION
    return DifferenceKind.OTHER


def base_form(key: str, lang: str) -> str:
    """The verb that a word is a form of; the word itself where it is of none that the tables know."""
    return _verbs(lang).get(key, key)


def has_verb(keys: Sequence[str], lang: str) -> bool:
    """Whether words likely say something, not only name a thing: one of them looks like a verb where one can stand.

    What ends on "-ing" is one at the beginning and behind a preposition; what follows a determiner is none.
    """
    known = lexicon.load(lang)
    finite, modals = known.finite_verbs, table("modals", lang)
    if keys and keys[0] in known.infinitives:
        return True
    for before, key in zip(("", *keys), keys, strict=False):
        if key in finite or key in modals:
            return True
        ending = next((row for row in known.participles if row[0] == "-" and key.endswith(row[1:])), "")
        if known.participles.get(ending) == _DOING:
            if not before or before in known.prepositions:
                return True
        elif (ending or key in _verbs(lang)) and before not in known.determiners and before not in known.pronouns:
            return True
    return False


@functools.cache
def _verbs(lang: str) -> Mapping[str, str]:
    """Form → verb."""
    regular = {form: verb for verb, forms in table("verbs", lang).items() for form in forms.split()}
    return {**regular, **{form: verb for form, verb in table("tenses", lang).items() if verb}}


@functools.lru_cache(maxsize=1 << 14)
def _verb(key: str, lang: str) -> str:
    """What the forms of one verb share; of another word, the word or its beginning."""
    known = _verbs(lang).get(key)
    if known in _HELPERS or key in _HELPERS:
        return known or key
    stem = known or key
    for row, verb in table("tenses", lang).items():
        if not verb and not known and key.endswith(row[1:]) and len(key) >= len(row) - 1 + _SHORTEST_STEM:
            stem = key.removesuffix(row[1:])
    stem = stem.removesuffix("e")
    return stem[:-1] if stem[-2:-1] == stem[-1:] else stem
