"""Descriptions of a body: "the company", "the appeals court", "the newspaper", "the country"."""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from quotekit import lexicon
from quotekit.lexicon import table
from quotekit.resolution.answers import Voice, is_body
from quotekit.resolution.names.bodies import Body, states
from quotekit.resolution.names.cast import Cast
from quotekit.resolution.names.people import Person
from quotekit.resolution.parts.sources import Part
from quotekit.resolution.pronouns.antecedents import Antecedents
from quotekit.resolution.words import Word
from quotekit.speakers import Speaker

__all__ = ["Kinds"]

FAR_MORE = 3  # times as often named as the next: the one that "the court" means
MOST_BODIES = 20  # bodies of one kind that are looked at, the first and the last
NEAREST_NAMES = 40  # names before a description among which a body of no known kind is looked for
CHOSEN = 0.6  # what `Antecedents.among` must give one of several of the kind at least
SURE = 0.75  # what `Antecedents.among` must give it at least
ANY = "?"

Found = tuple[int, float] | None  # a voice, and how sure that is


class Kinds:
    """The bodies of one article by the nouns that may stand for them."""

    def __init__(self, cast: Cast, voices: Sequence[Voice], antecedents: Antecedents, places: Collection[int]) -> None:
        """`voices` may grow as sources are resolved; `places` are the members of `cast` that the text has as places."""
        self._cast, self._voices, self._antecedents, self._places = cast, voices, antecedents, places
        self._of: dict[str, list[int]] = defaultdict(list)
        self._seen = 0

    def tell(self, part: Part, words: Sequence[Word]) -> Found:
        """The body that "the …" means: the one of its kind named far more than the others, or else lately."""
        self._index()
        noun, modifiers = _noun(words)
        fits = [n for n in self._kind(noun) if self._named_before(n, part) and modifiers <= _words(self._voices[n])]
        if not fits and modifiers:
            return None
        if found := self._most_named(fits):
            return found
        if ANY not in _shown_by(noun):
            return self._sure(self._antecedents.among(part.span, fits), CHOSEN) if fits else None
        found = self._antecedents.among(part.span, {*fits, *self._unknown(part)})
        return self._sure(found, CHOSEN if found and found[0] in fits else SURE)

    @staticmethod
    def _sure(found: Found, least: float) -> Found:
        return found if found and found[1] >= least else None

    def _index(self) -> None:
        """Take in the voices that are new since the last time."""
        for number in range(self._seen, len(self._voices)):
            voice = self._voices[number]
            if is_body(voice):
                for noun in _nouns(_words(voice), _last_words(voice)):
                    self._of[noun].append(number)
        self._seen = len(self._voices)

    def _kind(self, noun: str) -> list[int]:
        numbers = self._of.get(noun, [])
        return numbers if len(numbers) <= 2 * MOST_BODIES else numbers[:MOST_BODIES] + numbers[-MOST_BODIES:]

    def _named_before(self, number: int, part: Part) -> bool:
        voice = self._voices[number]
        return not isinstance(voice, Body) or voice.mentions[0].span.start < part.span.start

    def _most_named(self, fits: Collection[int]) -> Found:
        counts = sorted(((self._count(number), number) for number in fits), reverse=True)
        if counts and (len(counts) == 1 or counts[0][0] >= FAR_MORE * counts[1][0]):
            return counts[0][1], 0.7
        return None

    def _count(self, number: int) -> int:
        voice = self._voices[number]
        return len(voice.mentions) if isinstance(voice, Body) else 1

    def _unknown(self, part: Part) -> set[int]:
        """The bodies named lately whose names show no kind: "Acme … the company"."""
        near = {sighting.member for sighting in self._cast.before(part.span.start, NEAREST_NAMES)} - set(self._places)
        return {number for number in near if _shows_nothing(self._voices[number])}


def _noun(words: Sequence[Word]) -> tuple[str, frozenset[str]]:
    """The noun of a description, of two words where the table has it, and the words before it."""
    keys = [word.key for word in words[1:]]
    length = 2 if len(keys) > 1 and " ".join(keys[-2:]) in table("body_kinds") else 1
    return " ".join(keys[-length:]), frozenset(keys[:-length])


def _words(voice: Voice) -> frozenset[str]:
    if isinstance(voice, Body):
        return frozenset(word for name in (voice.name, *voice.mentions[:MOST_BODIES]) for word in name.key.split())
    return frozenset(voice.name.casefold().split()) if isinstance(voice, Speaker) else frozenset()


def _last_words(voice: Voice) -> frozenset[str]:
    if isinstance(voice, Body):
        return voice.nouns
    return frozenset(voice.name.casefold().split()[-1:]) if isinstance(voice, Speaker) else frozenset()


def _nouns(words: Collection[str], last: Collection[str]) -> frozenset[str]:
    """The nouns that may stand for a body with these words in its name."""
    kinds = _kinds()
    return frozenset(last).union(*(kinds[word] for word in words if word in kinds))


def _shows_nothing(voice: Voice) -> bool:
    """Whether a name tells no kind of body, nor a place or person; a lone word may be a body's all the same."""
    if isinstance(voice, Person):
        return len(voice.name.keys) == 1 and not any(name.title or name.full for name in voice.mentions[:MOST_BODIES])
    if not isinstance(voice, Body):
        return False
    bodies = lexicon.load().bodies
    known = (table("countries"), lexicon.load().metonyms, states())
    return not any(word in bodies for word in _words(voice)) and not any(voice.name.key in names for names in known)


def _shown_by(noun: str) -> Sequence[str]:
    return table("body_kinds").get(noun, "").split()


@functools.cache
def _kinds() -> Mapping[str, frozenset[str]]:
    """Word of a name → the nouns that stand for a body so named."""
    found: dict[str, set[str]] = defaultdict(set)
    for noun, words in table("body_kinds").items():
        for word in words.split():
            found[word].add(noun)
    return {word: frozenset(nouns) for word, nouns in found.items() if word != ANY}
