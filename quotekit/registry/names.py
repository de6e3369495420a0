"""How far two names agree: word by word across spellings, in another order, with words left out or added."""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from quotekit import lexicon
from quotekit.lexicon import table
from quotekit.registry.person import PersonName
from quotekit.registry.spelling import (
    ARTICLES,
    fold,
    is_acronym,
    name_key,
    same_but_e,
    same_sound,
    spelled_out,
    standard,
    words_of,
)
from quotekit.similarity import name_similarity

__all__ = [
    "ARTICLES",
    "Agreement",
    "PersonName",
    "agree",
    "fold",
    "is_acronym",
    "name_key",
    "same_sound",
    "same_word",
    "spelled_out",
    "words_of",
]

CLOSE = 0.85
WITHOUT_GENERATION = 0.85
WITH_INITIAL = 0.85
NOT_ALIKE = 0.47  # never an answer


@attrs.frozen
class Agreement:
    """How far two names agree, 0..1, and what made it less than 1."""

    score: float
    reason: str


def same_word(a: str, b: str) -> Agreement | None:
    """Whether two words of names may be one: equal, a spelling, a short form, an initial, or alike in sound."""
    variants = table("name_variants")
    if a == b:
        return Agreement(1.0, "")
    articles = table("name_particles")
    if variants.get(a, a) == variants.get(b, b) or (articles.get(a) and articles[a] == articles.get(b)):
        return Agreement(0.97, f"{a} is a spelling of {b}")
    if standard(a) == standard(b):
        return Agreement(0.9, f"{a} is a form of {b}")
    if len(a) == 1 or len(b) == 1:
        return Agreement(0.85, f"initial {min(a, b, key=len)}") if a[0] == b[0] else None
    if same_sound(a) == same_sound(b):
        return Agreement(0.8, f"{a} sounds like {b}")
    given = lexicon.load().given_names
    if same_but_e(a) and same_but_e(a) == same_but_e(b) and not (a in given and b in given):
        return Agreement(0.7, f"{a} is {b} but for an e or i")
    return None


def agree(mention: PersonName, name: PersonName) -> Agreement | None:
    """How far a mention of two words or more agrees with a name; `None` where it is another name.

    >>> agree(PersonName.parse("Khwajah Mohammad Asif"), PersonName.parse("Khawaja Muhammad Asif")).reason
    'khwajah is a spelling of khawaja, mohammad is a spelling of muhammad'
    """
    if mention.generation and mention.generation != name.generation:
        return None
    found = _aligned(mention.words, name.words) or _turned(mention.words, name.words) or _close(mention, name)
    if found and name.generation and not mention.generation:
        return Agreement(
            found.score * WITHOUT_GENERATION,
            ", ".join(filter(None, (found.reason, f"without its “{name.generation}”"))),
        )
    return found


def _turned(mention: Sequence[str], name: Sequence[str]) -> Agreement | None:
    if len(mention) != len(name):
        return None
    for turned in ((*mention[1:], mention[0]), (mention[-1], *mention[:-1])):
        if found := _aligned(turned, name):
            return Agreement(found.score * 0.9, ", ".join(filter(None, ("words in another order", found.reason))))
    return None


def _close(mention: PersonName, name: PersonName) -> Agreement | None:
    near = name_similarity(mention.words, name.words)
    return Agreement(near / 2, f"close spelling ({near:.2f})") if near >= CLOSE else None


def _aligned(mention: Sequence[str], name: Sequence[str]) -> Agreement | None:
    """The shorter of the two found in the longer, word by word and in order."""
    short, long = sorted((mention, name), key=len)
    if len(short) < 2:
        return None
    score, reasons = 1.0, list[str]()
    places: list[int] = []
    for number, word in enumerate(short):
        found = _next_place(word, long, places[-1] + 1 if places else 0, number if number + 1 < len(short) else None)
        if found is None:
            return None
        place, match = found
        score *= match.score
        reasons.append(match.reason)
        places.append(place)
    missing = [word for place, word in enumerate(long) if place not in places]
    share = _share_without(missing, places, len(long), mention is short) if missing else 1.0
    if missing and any(len(word) == 1 for word in short[1:]):  # who writes one middle initial leaves out no other
        share = min(share, WITH_INITIAL)
    if mention is short and any(len(word) > 1 for word in missing) and _stands_for(short, long, places):
        share = min(share, NOT_ALIKE)  # "J. French Hill" is no "John Hill": he goes by what is left out
    if missing:
        reasons.append(f"{'without' if mention is short else 'with'} {' '.join(missing)}")
    return Agreement(score * share, ", ".join(filter(None, reasons))) if share else None


def _stands_for(short: Sequence[str], long: Sequence[str], places: Sequence[int]) -> bool:
    """Whether a name of the shorter one stands for an initial of the longer one."""
    return any(len(long[place]) == 1 < len(word) for word, place in zip(short, places, strict=True))


def _next_place(word: str, words: Sequence[str], start: int, initial: int | None) -> tuple[int, Agreement] | None:
    """Where a word comes next; an initial stands for a name in the same place, `initial`, and never for the last."""
    as_initial = None
    for place in range(start, len(words)):
        if match := same_word(word, words[place]):
            if match.score == 1 or min(len(word), len(words[place])) > 1:
                return place, match
            if place == initial and place + 1 < len(words):
                as_initial = place, match
    return as_initial


def _share_without(missing: Sequence[str], places: Sequence[int], length: int, in_name: bool) -> float:
    """The share of the score that is left where words of the longer name are missing in the shorter one.

    `places` are those of its `length` words that are not missing; `in_name` says that the longer one is the
    registry's, of which a text may leave out more than it may add.
    """
    if places[0] == 0 and places[-1] == length - 1:
        return 0.95 if all(len(word) == 1 for word in missing) else 0.85
    if not in_name:
        return 0.0
    if all(len(word) == 1 for word in missing):
        return 0.95
    if places[-1] - places[0] == len(places) - 1 and (places[0] == 0 or places[-1] == length - 1):
        return 0.7
    return NOT_ALIKE
