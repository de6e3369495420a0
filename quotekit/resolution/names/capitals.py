"""Which capitals of a text mean a name: not those that open a sentence or fill a headline."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence

from quotekit.lexicon import Lexicon, table
from quotekit.resolution.words import Word, Words

__all__ = ["headlines", "runs"]

TITLE_LINE = 0.7  # share of capitalized words that makes a line a headline
SHORTEST_TITLE = 4  # words
SHORTEST_SHOUT = 3  # words in capitals in a row; fewer may be acronyms
LONGEST_ACRONYM = 6
LONGEST_RUN = 15  # words; what is longer is no name
LONGEST_LINK = 3  # words between capitals: "of the", "de la"
_OPENING = re.compile(r"[.!?:;\n“\"‘`(—–•|]")


def runs(words: Words, tagged: Collection[int], titles: Collection[int], tables: Lexicon) -> Iterator[range]:
    """The numbers of the words of each run of capitalized words that may be a name.

    `tagged` are the numbers of words that a tagger took for part of a name, `titles` those of `headlines`.
    """
    names, sure = _names(words, tagged, titles, tables)
    end = 0
    for start in sorted(names):
        article = start in sure and words[start].key in tables.determiners and start + 1 in names
        if start < end or not (_may_open(words[start], tables) or article):
            continue
        end = start + 1
        while (following := _next(words, end, names, tables)) is not None:
            end = following
        if end - start <= LONGEST_RUN:
            yield range(start, end)


def _names(
    words: Words, tagged: Collection[int], titles: Collection[int], tables: Lexicon
) -> tuple[set[int], set[int]]:
    """The words whose capital means a name, and those of them where nothing else calls for a capital."""
    shouted = _shouted(words)
    loose = _opening(words).union(titles, shouted)
    capitals = {number for number, word in enumerate(words) if word.capitalized}
    sure = {number for number in capitals if not _describes(words[number], tables)} - loose
    proper = Counter([words[number].key for number in sure])
    common = Counter([word.key for word in words if not word.capitalized])
    names = set(sure)
    for number in loose:
        word = words[number]
        if _describes(word, tables) or _is_headline_modal(number, words, tables):
            continue
        plain = word.key in tables.openers or (word.key in tables.pronouns and not word.shouted)
        leads = number + 1 in sure and not common[word.key]
        anyway = number not in shouted and _is_name_anyway(word, tables)
        anyway = anyway and (number in tagged or not _is_headline_verb(number, words, tables))
        if anyway or proper[word.key] > common[word.key] or ((leads or number in tagged) and not plain):
            names.add(number)
    known = {words[number].key for number in names} - tables.roles.keys() - tables.openers
    return names | {number for number in loose if words[number].capitalized and words[number].key in known}, sure


def _describes(word: Word, tables: Lexicon) -> bool:
    """Whether a word with a hyphen describes somebody: "Nairobi-based", and not "Ban Ki-moon"."""
    if "-" not in word.text:
        return False
    head, _, tail = word.text.rpartition("-")
    if not tail.islower() or not head[0].isupper():
        return False
    return any(tail.endswith(row[1:]) if row.startswith("-") else tail == row for row in tables.compound_tails)


def _may_open(word: Word, tables: Lexicon) -> bool:
    if word.key in tables.pronouns and not word.shouted:
        return False
    return word.key not in tables.calendar and (word.key not in tables.determiners or word.abbreviated)


def _next(words: Words, end: int, names: Collection[int], tables: Lexicon) -> int | None:
    """The end of the run with one more capitalized word, particles and an "of" between passed over."""
    if joined := _past_and(words, end, names, tables):
        return joined
    at = end
    while at < len(words) and at - end < LONGEST_LINK and _joined(words[at - 1]):
        last, word = words[end - 1], words[at]
        if last.possessive:
            return None
        if at in names:
            return at + 1 if word.key not in tables.calendar or last.key in tables.given_names else None
        noun = last.key in tables.bodies or last.key in tables.roles or last.key in tables.collectives
        noun = noun and not _is_surname(words, end - 1, names, tables)
        linked = noun and at == end and word.key in tables.body_links
        article = at > end and tables.determiners.get(word.key) == "definite"
        if not (linked or article or _is_particle(word, tables)):
            return None
        at += 1
    return None


def _past_and(words: Words, end: int, names: Collection[int], tables: Lexicon) -> int | None:
    """The end of a run with what an "and" or "&" joins to its last word: "Law and Justice", "Marks & Spencer"."""
    if end < len(words) and end in names and words[end - 1].gap.strip() == "&":
        return end + 1
    if end + 1 >= len(words) or end + 1 not in names or words[end].key not in tables.conjunctions:
        return None
    a, b = words[end - 1], words[end + 1]
    if a.possessive or not (_joined(a) and _joined(words[end])):
        return None
    offices = a.key in tables.fields and b.key in tables.fields
    return end + 2 if offices or f"{a.key} {words[end].key} {b.key}" in table("countries") else None


def _is_surname(words: Words, at: int, names: Collection[int], tables: Lexicon) -> bool:
    """Whether a given name or initial before a noun makes it somebody's name: "Peter T. King of New York"."""
    before = words[at - 1] if at - 1 in names else None
    return before is not None and (before.key in tables.given_names or len(before.key) == 1)


def _is_particle(word: Word, tables: Lexicon) -> bool:
    """Whether a word in small letters goes on in a name: "bin", but not the "as" of "Darfur as China says"."""
    small = (tables.prepositions, tables.pronouns, tables.auxiliaries)
    return word.key in tables.name_particles and not any(word.key in known for known in small)


def _joined(word: Word) -> bool:
    return word.gap in (" ", "\xa0") or word.abbreviated


def _opening(words: Words) -> set[int]:
    """The words that open a sentence, a line or a quotation."""
    out = {0} if words else set()
    for number, word in enumerate(words, start=1):
        if word.gap != " " and number < len(words) and _OPENING.search(word.gap) and not word.abbreviated:
            out.add(number)
    return out


def headlines(words: Words) -> set[int]:
    """The numbers of the words that stand in lines which are written like a headline: their capitals say nothing."""
    out, start = set[int](), 0
    for number, word in enumerate(words, start=1):
        if number == len(words) or (word.gap != " " and "\n" in word.gap):
            if _is_title(words[start:number]):
                out.update(range(start, number))
            start = number
    return out


def _shouted(words: Words) -> set[int]:
    """The words of stretches in capitals throughout, which are no acronyms."""
    out: set[int] = set()
    stretch: list[int] = []
    for number, word in enumerate(words):
        if word.capitals:
            stretch.append(number)
        if stretch and (not word.capitals or number == len(words) - 1):
            if len(stretch) >= SHORTEST_SHOUT:
                out.update(stretch)
            stretch = []
    return out


def _is_title(line: Sequence[Word]) -> bool:
    capitals = sum(word.capitalized for word in line)
    return len(line) >= SHORTEST_TITLE and capitals >= TITLE_LINE * len(line)


def _is_headline_verb(number: int, words: Words, tables: Lexicon) -> bool:
    """Whether a capitalized word after another may be a verb that is some people's name as well: "Khan Said No"."""
    return words[number].key in tables.acts and _capital_before(number, words) is not None


def _is_headline_modal(number: int, words: Words, tables: Lexicon) -> bool:
    """Whether a word is the "Will" of "Climate Group Will Run Ads", and not that of "George Will Says"."""
    if words[number].key not in table("modals", tables.lang):
        return False
    before = _capital_before(number, words)
    return before is not None and before.key not in tables.given_names


def _capital_before(number: int, words: Words) -> Word | None:
    """The word right before one, where it has a capital and no mark stands between the two."""
    before = words[number - 1] if number else None
    return before if before and before.capitalized and not before.breaks else None


def _is_name_anyway(word: Word, tables: Lexicon) -> bool:
    """Whether a capitalized word is a name or title wherever it stands."""
    if not word.capitalized:
        return False
    key = word.key
    acronym = word.shouted and len(key) <= LONGEST_ACRONYM
    known = key in tables.given_names or key in tables.honorifics or key in tables.metonyms or key in table("countries")
    return acronym or known or (key in tables.roles and key not in tables.collectives)
