"""A person's name as its parts: words, initials, honorifics before and the generation after."""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Iterator, Sequence

import attrs

from quotekit import lexicon
from quotekit.lexicon import table
from quotekit.registry.spelling import frame, same_sound, words_of

__all__ = ["PersonName"]

MAX_WORDS = 8  # no name has more; a longer one is compared by its first words
START = 3  # letters that tell most words from those that are two
PREFIXES = (6, 5, 4)  # letters of a prefix, the longest first
SHORTEST_REST = 4  # letters that must follow a prefix: "abdul-aziz", not "abdul-lah"

_INITIALS = re.compile(r"(?<!\w)(?:((?:\w\.){2,3})|[A-Z]{2,3}(?= ))(?=.*[a-z]{2})")
_FAMILY_FIRST = re.compile(r"([A-Z][A-Z'’-]{3,}) ((?:[A-Z]\w*[a-z]\w*\.?[ -]?)+)")
_ARTICLE = re.compile(r"(?<!\w)([A-Z][a-z])(?=[A-Z][a-z])")
_HYPHENS = frozenset("-\u2010\u2011")


@functools.cache
def _honorifics() -> frozenset[str]:
    """Titles before a name that are not also names, as "Malik" and "Dean" are."""
    words = lexicon.load()
    return frozenset(words.honorifics) - frozenset(words.given_names) - frozenset(table("family_first"))


@attrs.frozen
class PersonName:
    """A person's name in folded words, without honorifics before and degrees after it.

    `generation` is "jr", "sr", "ii" … or empty; `honorifics` are those that were taken off; `compound` is how
    many of the last words a hyphen joins.
    """

    words: tuple[str, ...]
    generation: str = ""
    honorifics: tuple[str, ...] = ()
    compound: int = 0

    @classmethod
    def parse(cls, text: str) -> PersonName:
        """Read a name as it is written; "Clinton, Hillary" is turned round, and so is "PUTIN Vladimir".

        >>> PersonName.parse("Gen. Colin Powell, Jr.")
        PersonName(words=('colin', 'powell'), generation='jr', honorifics=('gen',), compound=0)
        """
        return _parse(text)

    @property
    def key(self) -> str:
        """What equal names share: the words and the generation."""
        return " ".join((*self.words, self.generation) if self.generation else self.words)

    def surnames(self) -> Iterator[str]:
        """The forms in which the family name may stand alone, in words that sound the same."""
        words = tuple(same_sound(word) for word in self.words)
        if len(words) < 2:
            return
        families, known = table("family_first"), lexicon.load()
        if self.words[0] in families:
            yield words[0]
            if families[self.words[0]]:  # a Vietnamese is called by the last name
                yield words[-1]
            if self.words[0] not in known.given_names:  # "Zhao Minli", not "Kim Novak"
                return
        start = len(words) - max(self.compound, 1)
        yield " ".join(words[start:])
        while start > 1 and self.words[start - 1] in known.name_particles:
            start -= 1
            yield " ".join(words[start:])
        doubles = table("double_surnames")
        if start > 1 and self.words[0] in doubles and self.words[start - 1] not in doubles:
            yield words[start - 1]

    def blocks(self) -> Iterator[str]:
        """Keys of which a name and another spelling or another length of it share one."""
        frames = [frame(word) for word in self.words]
        for pair in itertools.combinations(frames, 2):
            yield " ".join(sorted(pair))
        if len(frames) > 1 and len(self.words[0]) > 1:
            yield " ".join(sorted((frame(self.words[0][0]), frames[-1])))


@functools.lru_cache(maxsize=1 << 12)  # one mention is read several times
def _parse(text: str) -> PersonName:
    family, comma, given = text.partition(",")
    suffixes, honorifics = table("name_suffixes"), _honorifics()
    tail = words_of(given) if comma else ()
    if comma and tail and not all(word in suffixes for word in tail):
        family, tail = f"{given} {family}", ()
    elif turned := _FAMILY_FIRST.fullmatch(family):
        family = f"{turned[2]} {turned[1]}"
    family = _ARTICLE.sub(_article_apart, _INITIALS.sub(_apart, family))
    words = [*words_of(family), *tail]
    generation = ""
    while len(words) > 1 and words[-1] in suffixes and (len(words) > 2 or suffixes[words[-1]]):
        generation = suffixes[words.pop()] or generation
    first = 0
    while first < len(words) - 1 and words[first] in honorifics:
        first += 1
    own = tuple(words[first : first + MAX_WORDS])
    if not _starts_of_joins().isdisjoint(word[:START] for word in own):
        own = tuple(_parted(own))[:MAX_WORDS]
    return PersonName(own, generation, tuple(words[:first]), _compound(family, own))


def _apart(initials: re.Match[str]) -> str:
    """Initials written together, apart: "J.K.", "HR"; without stops no short form of a post, country or name."""
    letters = initials[0].replace(".", "")
    known = any(letters.lower() in table(name) for name in ("post_synonyms", "countries", "name_variants"))
    return initials[0] if known and not initials[1] else " ".join(letters) + " "


def _article_apart(article: re.Match[str]) -> str:
    """An Arabic article before a capital inside a word, apart: "ElBaradei"; "McCain" stays."""
    return f"{article[0]} " if table("name_particles").get(article[0].lower()) else article[0]


@functools.cache
def _starts_of_joins() -> frozenset[str]:
    return frozenset(form[:START] for form in table("name_joins"))


def _parted(words: Sequence[str]) -> Iterator[str]:
    """The words with those taken apart that are two written as one ("Abdelaziz", "Fazlur"), and "Abd al-" joined."""
    joins, at = table("name_joins"), 0
    while at < len(words):
        word, pair = words[at], " ".join(words[at : at + 2])
        prefix = next((n for n in PREFIXES if len(word) - n >= SHORTEST_REST and f"{word[:n]}-" in joins), 0)
        if pair in joins and pair != word:
            yield joins[pair]
            at += 1
        elif word in joins:
            yield from joins[word].split()
        elif prefix:
            yield from (joins[f"{word[:prefix]}-"], word[prefix:])
        else:
            yield word
        at += 1


def _compound(family: str, words: Sequence[str]) -> int:
    """How many of the last words a hyphen joins to one surname; an article does not count."""
    hyphened = [part for part in family.split() if not _HYPHENS.isdisjoint(part.strip("-"))]
    joined = words_of(hyphened[-1]) if hyphened else ()
    fits = 1 < len(joined) < len(words) and tuple(words[-len(joined) :]) == joined
    return len(joined) if fits and joined[0] not in lexicon.load().name_particles else 0
