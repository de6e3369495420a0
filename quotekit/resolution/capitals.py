"""Which capitals of a text mean a name: not those that open a sentence or fill a headline."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence

from quotekit.lexicon import Lexicon
from quotekit.registry.tables import table
from quotekit.resolution.words import Word, Words

__all__ = ["runs"]

TITLE_LINE = 0.7  # share of capitalized words that makes a line a headline
SHORTEST_TITLE = 4  # words
LONGEST_ACRONYM = 6
_OPENING = re.compile(r"[.!?:;\n“\"‘`(—–•|]")
_JOINED = re.compile(r"[ \t\xa0]|\.[ \t\xa0]?")


def runs(words: Words, tagged: Collection[int], tables: Lexicon) -> Iterator[range]:
    """The numbers of the words of each run of capitalized words that may be a name.

    `tagged` are the numbers of words that a tagger took for part of a name.
    """
    loose = _loose(words)
    names = {number for number in range(len(words)) if words[number].capitalized} - loose
    proper = Counter(words[number].key for number in names)
    common = Counter(word.key for word in words if not word.capitalized)
    for number in loose:
        word = words[number]
        if number in tagged or _is_name_anyway(word, tables) or proper[word.key] > common[word.key]:
            names.add(number)
    start = 0
    while start < len(words):
        if start not in names or words[start].key in tables.calendar or words[start].key in tables.determiners:
            start += 1
            continue
        end = start + 1
        while (following := _next(words, start, end, names, tables)) is not None:
            end = following
        yield range(start, end)
        start = end


def _next(words: Words, start: int, end: int, names: Collection[int], tables: Lexicon) -> int | None:
    """The end of the run with one more capitalized word, particles and an "of" between passed over."""
    at = end
    while at < len(words) and at - end < 3 and _JOINED.fullmatch(words[at - 1].gap) and not words[at - 1].possessive:
        if at in names:
            return at + 1 if words[at].key not in tables.calendar else None
        linked = words[at].key == "of" and words[end - 1].key in tables.bodies and at == end
        within = words[at].key == "the" and at > end
        if not (linked or within or words[at].key in tables.name_particles):
            return None
        at += 1
    return None


def _loose(words: Words) -> set[int]:
    """The words whose capital says nothing: the first of a sentence, and all of a headline."""
    out: set[int] = set()
    line: list[int] = []
    for number, word in enumerate(words):
        before = words[number - 1] if number else None
        if before is None or (_OPENING.search(before.gap) and not before.abbreviated):
            out.add(number)
        line.append(number)
        if "\n" in word.gap or number == len(words) - 1:
            if _is_title(line, words):
                out.update(line)
            line = []
    return out


def _is_title(line: Sequence[int], words: Words) -> bool:
    capitals = sum(words[number].capitalized for number in line)
    return len(line) >= SHORTEST_TITLE and capitals >= TITLE_LINE * len(line)


def _is_name_anyway(word: Word, tables: Lexicon) -> bool:
    """Whether a capitalized word is a name or title wherever it stands."""
    if not word.capitalized:
        return False
    key = word.key
    acronym = word.shouted and len(key) <= LONGEST_ACRONYM and key not in tables.pronouns
    known = key in tables.given_names or key in tables.honorifics or key in tables.metonyms or key in table("countries")
    return acronym or known or (key in tables.roles and key not in tables.collectives)
