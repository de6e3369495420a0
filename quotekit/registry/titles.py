"""Where the name stands in a source phrase, and what comes before it: "Defence Minister | Khurram Dastgir Khan"."""

from __future__ import annotations

import functools
import re
from collections.abc import Container, Iterator, Sequence

import attrs

from quotekit import lexicon
from quotekit.lexicon import table
from quotekit.registry.names import is_acronym, words_of

__all__ = ["Reading", "before_link", "is_title", "parts_of", "readings"]

MOST_PARTS = 4
MOST_WORDS = 24  # in one part; a longer one is no name with a title
STRANGE, NAME = 0.6, 0.47  # the score of a name after a word that is no title, after one that is a name itself

_JOINTS = ("and", "or")
_PARTS = re.compile(r"[,;:()\[\]–—]")


@attrs.frozen
class Reading:
    """A phrase read as a title (which may be empty) and a name.

    `titled` says whether the title is one that stands before a surname; `score`, 0..1, how likely the name
    starts where it does.
    """

    title: str
    name: str
    titled: bool = True
    score: float = 1.0

    @property
    def reason(self) -> str:
        """Why the score is not 1, or nothing."""
        return "" if self.score == 1 else f"“{self.title.split()[-1]}” before the name is no known title"


def parts_of(mention: str) -> list[str]:
    """A phrase cut at commas, brackets and dashes.

    >>> parts_of("Geng Shuang, the ministry's spokesman")
    ['Geng Shuang', "the ministry's spokesman"]
    """
    return [part.strip() for part in _PARTS.split(mention) if part.strip()][:MOST_PARTS]


def before_link(part: str) -> str:
    """What stands before the first "of", "from" … of a phrase, where that is two words or more.

    >>> before_link("Peter Lund of the State Department"), before_link("House of Commons")
    ('Peter Lund', '')
    """
    words = part.split()
    links = (at for at, word in enumerate(words) if word.lower() in table("name_links") and word.lower() not in _JOINTS)
    at = next(links, 0)
    return " ".join(words[:at]) if at > 1 else ""


def readings(phrase: str, title_words: Container[str], name_words: Container[str]) -> Iterator[Reading]:
    """Every way to read a phrase as a title and a name, the longest name first.

    `title_words` and `name_words` are those that the registry knows besides the language's tables.

    >>> [(reading.title, reading.name) for reading in readings("President Donald Trump", set(), set())][1]
    ('President', 'Donald Trump')
    """
    words = phrase.split()
    if len(words) > MOST_WORDS:
        return
    yield Reading("", phrase)
    folded = [(words_of(word) or ("",))[-1] for word in words]
    for start in range(1, len(words)):
        if words[start][0].islower() and not phrase.islower() and not _starts_with_particle(words[start]):
            continue  # a name starts with a capital, unless nothing has one
        before = folded[start - 1]
        if before in table("name_links") or _of_another(folded[:start]):
            continue
        title, name = " ".join(words[:start]), " ".join(words[start:])
        if is_title(before):
            yield Reading(title, name)
        elif before in name_words or before in lexicon.load().given_names:
            yield Reading(title, name, False, NAME)
        else:
            word = words[start - 1]
            known = before in title_words or before in table("countries") or is_acronym(word) or not word[0].isupper()
            yield Reading(title, name, before in title_words, 1.0 if known else STRANGE)


def is_title(word: str) -> bool:
    """Whether a word may stand right before a name and is not a name itself."""
    return word in _person_titles()


def _starts_with_particle(word: str) -> bool:
    return not lexicon.load().name_particles.isdisjoint(words_of(word)[:1])


@functools.cache
def _person_titles() -> frozenset[str]:
    words = lexicon.load()
    return frozenset({*words.honorifics, *words.roles} - {*words.given_names, *table("family_first")})


@functools.cache
def _title_words() -> frozenset[str]:
    return _person_titles() | {word for title in lexicon.load().honorifics for word in title.split()}


def _of_another(title: Sequence[str]) -> bool:
    """Whether the title is somebody's who belongs to the named one: "a spokesman for President" (Trump)."""
    links = table("name_links")
    at = next((at for at in range(len(title) - 1, -1, -1) if title[at] in links), None)
    known = lexicon.load()
    if at is None or (around := " ".join(title[max(at - 1, 0) : at + 2])) in known.roles or around in known.honorifics:
        return False  # "chief of staff" is one title
    after = title[at + 1 :]
    return is_title(after[-1]) and (title[at] not in ("of", *_JOINTS) or all(w in _title_words() for w in after))
