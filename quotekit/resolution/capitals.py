"""Which capitals of a text mean a name: not those that open a sentence or fill a headline."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence

from quotekit.lexicon import Lexicon, table
from quotekit.resolution.words import Word, Words

__all__ = ["runs"]

TITLE_LINE = 0.7  # share of capitalized words that makes a line a headline
SHORTEST_TITLE = 4  # words
SHORTEST_SHOUT = 3  # words in capitals in a row; fewer may be acronyms
LONGEST_ACRONYM = 6
LONGEST_RUN = 15  # words; what is longer is no name
LONGEST_LINK = 3  # words between capitals: "of the", "de la"
_OPENING = re.compile(r"[.!?:;\n“\"‘`(—–•|]")


def runs(words: Words, tagged: Collection[int], tables: Lexicon) -> Iterator[range]:
    """The numbers of the words of each run of capitalized words that may be a name.

    `tagged` are the numbers of words that a tagger took for part of a name.
    """
    names, sure = _names(words, tagged, tables)
    start = 0
    while start < len(words):
        article = start in sure and words[start].key in tables.determiners and start + 1 in names
        if start not in names or not (_may_open(words[start], tables) or article):
            start += 1
            continue
        end = start + 1
        while (following := _next(words, end, names, tables)) is not None:
            end = following
        if end - start <= LONGEST_RUN:
            yield range(start, end)
        start = end


def _names(words: Words, tagged: Collection[int], tables: Lexicon) -> tuple[set[int], set[int]]:
    """The words whose capital means a name, and those of them where nothing else calls for a capital."""
    shouted = _shouted(words)
    loose = _loose(words) | shouted
    sure = {number for number in range(len(words)) if words[number].capitalized} - loose
    proper = Counter(words[number].key for number in sure)
    common = Counter(word.key for word in words if not word.capitalized)
    names = set(sure)
    for number in loose:
        word = words[number]
        plain = word.key in tables.openers or (word.key in tables.pronouns and not word.shouted)
        leads = number + 1 in sure and not common[word.key]
        anyway = number not in shouted and _is_name_anyway(word, tables)
        if anyway or proper[word.key] > common[word.key] or ((leads or number in tagged) and not plain):
            names.add(number)
    known = {words[number].key for number in names} - set(tables.roles) - tables.openers
    return names | {number for number in loose if words[number].capitalized and words[number].key in known}, sure


def _may_open(word: Word, tables: Lexicon) -> bool:
    if word.key in tables.pronouns and not word.shouted:
        return False
    return word.key not in tables.calendar and (word.key not in tables.determiners or word.abbreviated)


def _next(words: Words, end: int, names: Collection[int], tables: Lexicon) -> int | None:
    """The end of the run with one more capitalized word, particles and an "of" between passed over."""
    at = end
    while at < len(words) and at - end < LONGEST_LINK and _joined(words[at - 1]):
        last, word = words[end - 1], words[at]
        if last.possessive:
            return None
        if at in names:
            return at + 1 if word.key not in tables.calendar or last.key in tables.given_names else None
        noun = last.key in tables.bodies or last.key in tables.roles or last.key in tables.collectives
        linked = noun and at == end and word.key in tables.body_links
        article = at > end and tables.determiners.get(word.key) == "definite"
        if not (linked or article or word.key in tables.name_particles):
            return None
        at += 1
    return None


def _joined(word: Word) -> bool:
    return word.gap in (" ", "\xa0") or word.abbreviated


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


def _shouted(words: Words) -> set[int]:
    """The words of stretches in capitals throughout, which are no acronyms."""
    out: set[int] = set()
    stretch: list[int] = []
    for number, word in enumerate(words):
        if word.text.isupper():
            stretch.append(number)
        if not word.text.isupper() or number == len(words) - 1 or word.breaks:
            if len(stretch) >= SHORTEST_SHOUT:
                out.update(stretch)
            stretch = []
    return out


def _is_title(line: Sequence[int], words: Words) -> bool:
    capitals = sum(words[number].capitalized for number in line)
    return len(line) >= SHORTEST_TITLE and capitals >= TITLE_LINE * len(line)


def _is_name_anyway(word: Word, tables: Lexicon) -> bool:
    """Whether a capitalized word is a name or title wherever it stands."""
    if not word.capitalized:
        return False
    key = word.key
    acronym = word.shouted and len(key) <= LONGEST_ACRONYM
    known = key in tables.given_names or key in tables.honorifics or key in tables.metonyms or key in table("countries")
    return acronym or known or (key in tables.roles and key not in tables.collectives)
