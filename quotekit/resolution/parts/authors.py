"""Who wrote a document, where the word for its authors stands beside it: "the authors of the report, Khan and Berg"."""

from __future__ import annotations

import itertools
from typing import NamedTuple

from quotekit import lexicon
from quotekit.lexicon import table
from quotekit.resolution.names.cast import Cast, Sighting
from quotekit.resolution.words import Word
from quotekit.spans import Span

__all__ = ["AuthorNoun", "author_noun", "authors_named", "authors_place"]

LONGEST_LINK = 3  # words: "who include the"
LONGEST_CHANGE = 2  # words: "the report's | lead | author"
MOST_AUTHORS = 8
_CLOSING = (",", ")", ";", ".", "—", "–", "-")
_SEVERAL = "several"


class AuthorNoun(NamedTuple):
    """A word for authors: whether for more than one, and the sorts of document whose makers it may mean alone."""

    several: bool
    sorts: tuple[str, ...]


def author_noun(key: str, lang: str) -> AuthorNoun | None:
    """What the table of authors says of a word; `None` for one that it does not have."""
    number, *sorts = table("authors", lang).get(key, "").split() or ("",)
    return AuthorNoun(number == _SEVERAL, tuple(sorts)) if number else None


def authors_place(number: int, opening: int, cast: Cast) -> int | None:
    """The number of the word for the authors of the document whose noun is at `number`; `None` where there is none.

    `opening` is the first word of the document's own phrase: "the authors of | the report", "the report's lead author".
    """
    words, tables, authors = cast.words, lexicon.load(cast.lang), table("authors", cast.lang)
    if words[number].key not in tables.documents:
        return None
    if opening > 1 and words[opening - 1].key in tables.genitives and words[opening - 2].key in authors:
        return opening - 2
    if words[number].possessive:
        near = range(number + 1, min(len(words), number + 2 + LONGEST_CHANGE))
        return next((at for at in near if words[at].key in authors and not _broken(words[number:at])), None)
    return None


def authors_named(number: int, opening: int, cast: Cast) -> tuple[Sighting, ...]:
    """The names that stand behind a phrase for the authors of a document.

    "The authors of the report, who include Oxfam and Amnesty, …", "the study's lead author, Anna Berg, …".
    """
    words, place = cast.words, authors_place(number, opening, cast)
    if place is None:
        return ()
    last = max(number, place)
    at, linked = _past_links(last + 1, cast)
    named = cast.first(words[at]) if at < len(words) else None
    if named is None or named.name.span.start != words[at].start or not (linked or words[last].breaks):
        return ()
    row = _row(named, cast)
    ending = words[words.range_of(row[-1].name.span).stop - 1]
    if ending.possessive or not ending.gap.strip().startswith(_CLOSING) or any(one.is_place for one in row):
        return ()
    noun = author_noun(words[place].key, cast.lang)
    return row if noun and noun.several else row[:1]


def _past_links(at: int, cast: Cast) -> tuple[int, bool]:
    """The number after "who include the", and whether a word there says that who follows is an author."""
    words, tables, links = cast.words, lexicon.load(cast.lang), table("author_links", cast.lang)
    linked, stop = False, min(len(cast.words), at + LONGEST_LINK)
    while at < stop:
        key = words[at].key
        if key not in links and key not in tables.relatives and tables.determiners.get(key) != "definite":
            break
        linked, at = linked or key in links, at + 1
    return at, linked


def _row(first: Sighting, cast: Cast) -> tuple[Sighting, ...]:
    """A name and those of its kind joined to it on its right: "Oxfam, Amnesty and the Gates Foundation"."""
    row = [first]
    behind = cast.within(Span(first.name.span.end, len(cast.words.text)))
    for sighting in itertools.islice(behind, MOST_AUTHORS - 1):
        if type(sighting.name) is not type(first.name) or not _joined(row[-1], sighting, cast):
            break
        row.append(sighting)
    return tuple(row)


def _joined(a: Sighting, b: Sighting, cast: Cast) -> bool:
    """Whether only a comma, an "and" and an article stand between two names."""
    tables, words = lexicon.load(cast.lang), cast.words
    between = words.inside(Span(a.name.span.end, b.name.span.start))
    gap = words[words.range_of(a.name.span).stop - 1].gap.strip()
    small = all(word.key in tables.conjunctions or word.key in tables.determiners for word in between)
    return small and gap in ("", ",", "&") and bool(between or gap) and not _broken(between)


def _broken(words: tuple[Word, ...]) -> bool:
    return any(word.breaks for word in words)
