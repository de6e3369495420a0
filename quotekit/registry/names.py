"""Names as words to compare: folded, cut into parts, brought together across spellings, and compared."""

from __future__ import annotations

import functools
import itertools
import re
import unicodedata
from collections.abc import Iterator, Sequence

import attrs

from quotekit import lexicon
from quotekit.lexicon import table
from quotekit.similarity import name_similarity

__all__ = ["ARTICLES", "Agreement", "PersonName", "agree", "fold", "is_acronym", "name_key", "same_sound", "words_of"]

ARTICLES = frozenset({"the", "a", "an"})
MAX_WORDS = 8  # no name has more; a longer one is compared by its first words
ALIKE_LETTERS = 4  # shorter words that sound alike are other words: Li and Lee, Hu and Wu
CLOSE = 0.85

_APART = re.compile(r"[\s!-&(-/:-@\[-_{-~«»·\u2000-\u2017\u201a-\u206f\u3000-\u303f]+")
_APOSTROPHES = re.compile(r"['’‘`´ʻʼ′]")
_POSSESSIVE = re.compile(r"['’`´]s?(?!\w)")
_DOTTED = re.compile(r"(?<!\w)(?:\w\.){2,}")
_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h"})
_VOWELS = re.compile("[aeiou]")


def fold(text: str) -> str:
    """A text without case, Latin accents, apostrophes and the "'s" of a possessor.

    >>> fold("O’Neill’s Ildefonso Castañeda")
    'oneill ildefonso castaneda'
    """
    text = _APOSTROPHES.sub("", _POSSESSIVE.sub("", text))
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(c for c in decomposed.casefold() if not "\u0300" <= c <= "\u036f").translate(_LETTERS)


def words_of(text: str) -> tuple[str, ...]:
    """The folded words of a text; "U.S." is one word, "Ki-moon" two.

    >>> words_of("U.S. envoy Ban Ki-moon")
    ('us', 'envoy', 'ban', 'ki', 'moon')
    """
    joined = _DOTTED.sub(lambda m: m.group().replace(".", "") + " ", text) if "." in text else text
    return tuple(word for word in _APART.split(fold(joined)) if word)


def name_key(text: str) -> str:
    """What two writings of one name share: its folded words, without an article before them.

    >>> name_key("The U.S. Supreme Court")
    'us supreme court'
    """
    words = words_of(text)
    return " ".join(words[1:] if len(words) > 1 and words[0] in ARTICLES else words)


def is_acronym(name: str) -> bool:
    """Whether a name is written in two to five capitals: "FO", "U.S.", "the IMF's".

    >>> is_acronym("the U.S."), is_acronym("Dawn")
    (True, False)
    """
    article, _, rest = name.partition(" ")
    letters = _POSSESSIVE.sub("", rest if article.lower() in ARTICLES else name).replace(".", "")
    return 2 <= len(letters) <= 5 and letters.isalpha() and letters.isupper()


@functools.lru_cache(maxsize=1 << 16)
def standard(word: str) -> str:
    """The word that stands for all spellings and short forms of a name's word: "bill" is "william"."""
    word = table("name_variants").get(word, word)
    return table("nicknames").get(word, word)


@functools.lru_cache(maxsize=1 << 16)
def same_sound(word: str) -> str:
    """A spelling that words which sound alike share.

    >>> same_sound("zakariya") == same_sound("zakaria")
    True
    """
    word = standard(word)
    if len(word) < ALIKE_LETTERS or not word.isascii():
        return word
    for letters, sound in table("name_sounds").items():
        word = word.replace(letters, sound)
    word = "".join(letter for letter, _ in itertools.groupby(word))
    return word[:-1] if word.endswith("ah") else word


@functools.lru_cache(maxsize=1 << 16)
def frame(word: str) -> str:
    """The consonants of a word, and whether it starts with a vowel: what near spellings share."""
    sound = same_sound(word)
    consonants = _VOWELS.sub("", sound)
    return "a" + consonants if sound[0] in "aeiou" else consonants


@functools.cache
def _honorifics() -> frozenset[str]:
    """Titles before a name that are not also names, as "Malik" and "Dean" are."""
    words = lexicon.load()
    return frozenset(words.honorifics) - frozenset(words.given_names) - frozenset(table("family_first"))


@attrs.frozen
class PersonName:
    """A person's name in folded words, without honorifics before and degrees after it.

    `generation` is "jr", "sr", "ii" … or empty; `honorifics` are those that were taken off.
    """

    words: tuple[str, ...]
    generation: str = ""
    honorifics: tuple[str, ...] = ()

    @classmethod
    def parse(cls, text: str) -> PersonName:
        """Read a name as it is written; "Clinton, Hillary" is turned round.

        >>> PersonName.parse("Gen. Colin Powell, Jr.")
        PersonName(words=('colin', 'powell'), generation='jr', honorifics=('gen',))
        """
        family, comma, given = text.partition(",")
        suffixes, honorifics = table("name_suffixes"), _honorifics()
        tail = words_of(given)
        if comma and tail and not all(word in suffixes for word in tail):
            family, tail = f"{given} {family}", ()
        words = list(words_of(family) + tail)
        generation = ""
        while len(words) > 1 and words[-1] in suffixes and (len(words) > 2 or suffixes[words[-1]]):
            generation = suffixes[words.pop()] or generation
        first = 0
        while first < len(words) - 1 and words[first] in honorifics:
            first += 1
        return cls(tuple(words[first : first + MAX_WORDS]), generation, tuple(words[:first]))

    @property
    def key(self) -> str:
        """What equal names share: the words and the generation."""
        return " ".join((*self.words, self.generation) if self.generation else self.words)

    def surnames(self) -> Iterator[str]:
        """The forms in which the family name may stand alone, in words that sound the same."""
        words = tuple(same_sound(word) for word in self.words)
        if len(words) < 2:
            return
        if self.words[0] in table("family_first"):
            yield words[0]
            if self.words[0] not in lexicon.load().given_names:  # "Zhao Minli", not "Kim Novak"
                return
        yield words[-1]
        particles = lexicon.load().name_particles
        start = len(words) - 1
        while start > 1 and self.words[start - 1] in particles:
            start -= 1
            yield " ".join(words[start:])

    def blocks(self) -> Iterator[str]:
        """Keys of which a name and another spelling or another length of it share one."""
        frames = [frame(word) for word in self.words]
        for pair in itertools.combinations(frames, 2):
            yield " ".join(sorted(pair))
        if len(frames) > 1 and len(self.words[0]) > 1:
            yield " ".join(sorted((frame(self.words[0][0]), frames[-1])))


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
    if variants.get(a, a) == variants.get(b, b):
        return Agreement(0.97, f"{a} is a spelling of {b}")
    if standard(a) == standard(b):
        return Agreement(0.9, f"{a} is a form of {b}")
    if len(a) == 1 or len(b) == 1:
        return Agreement(0.85, f"initial {min(a, b, key=len)}") if a[0] == b[0] else None
    if same_sound(a) == same_sound(b):
        return Agreement(0.8, f"{a} sounds like {b}")
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
        return Agreement(found.score * 0.9, ", ".join(filter(None, (found.reason, f"without its “{name.generation}”"))))
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
    for number, word in enumerate(short, 1):
        found = _next_place(word, long, places[-1] + 1 if places else 0, initials=number < len(short))
        if found is None:
            return None
        place, match = found
        score *= match.score
        reasons.append(match.reason)
        places.append(place)
    missing = [word for place, word in enumerate(long) if place not in places]
    share = _share_without(missing, places, len(long), mention is short) if missing else 1.0
    if missing:
        reasons.append(f"{'without' if mention is short else 'with'} {' '.join(missing)}")
    return Agreement(score * share, ", ".join(filter(None, reasons))) if share else None


def _next_place(word: str, words: Sequence[str], start: int, initials: bool) -> tuple[int, Agreement] | None:
    """Where a word comes next; an initial stands for any word but the last of either name."""
    for place in range(start, len(words)):
        match = same_word(word, words[place])
        is_initial = match and match.score < 1 and min(len(word), len(words[place])) == 1
        if match and (not is_initial or (initials and place + 1 < len(words))):
            return place, match
    return None


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
    if places[-1] - places[0] == len(places) - 1:
        return 0.7
    return 0.47
