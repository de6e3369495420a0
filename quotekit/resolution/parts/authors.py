"""Who wrote a document, where the word for its authors stands beside it: "the authors of the report, Khan and Berg"."""

from __future__ import annotations

import itertools

from quotekit import lexicon
from quotekit.lexicon import table
from quotekit.resolution.names.cast import Cast, Sighting
from quotekit.resolution.words import Word
from quotekit.spans import Span

__all__ = ["authors_named", "written_by"]

LONGEST_LINK = 3  # words: "which include the"
LONGEST_CHANGE = 2  # words: "the report's | lead | author"
_CLOSING = (",", ")", ";", "—", "–", "-")


def written_by(span: Span, cast: Cast) -> int | None:
    """The number of the document's noun in a phrase for its authors: "the authors of the report", "its authors" not."""
    numbers = cast.words.range_of(span)
    return next((number for number in numbers if _authors(number, _opening(number, cast), cast) is not None), None)


def authors_named(number: int, opening: int, cast: Cast) -> tuple[Sighting, ...]:
    """The names that stand behind a phrase for the authors of a document, whose own phrase opens at a word.

    "The authors of the report, which include Oxfam and Amnesty, …", "the study's lead author, Anna Berg, …".
    """
    words, place = cast.words, _authors(number, opening, cast)
    if place is None:
        return ()
    last = max(number, place)
    linked, at = False, last + 1
    small = (table("author_links", cast.lang), lexicon.load(cast.lang).determiners)
    while at < min(len(words), last + 1 + LONGEST_LINK) and any(words[at].key in known for known in small):
        linked, at = linked or words[at].key in small[0], at + 1
    named = cast.first(words[at]) if at < len(words) else None
    if named is None or named.name.span.start != words[at].start or not (linked or words[last].breaks):
        return ()
    row = _row(named, cast)
    after = words[words.range_of(row[-1].name.span).stop - 1].gap.strip()
    return row if linked or after.startswith(_CLOSING) else ()


def _authors(number: int, opening: int, cast: Cast) -> int | None:
    """The number of the word for the authors of the document whose noun is at `number`."""
    words, tables, authors = cast.words, lexicon.load(cast.lang), table("authors", cast.lang)
    if words[number].key not in tables.documents:
        return None
    if opening > 1 and words[opening - 1].key in tables.genitives and words[opening - 2].key in authors:
        return opening - 2
    if words[number].possessive:
        near = range(number + 1, min(len(words), number + 2 + LONGEST_CHANGE))
        return next((at for at in near if words[at].key in authors and not _broken(words[number:at])), None)
    return None


def _broken(words: tuple[Word, ...]) -> bool:
    return any(word.breaks for word in words)


def _opening(number: int, cast: Cast) -> int:
    """The determiner of a noun, or the noun itself."""
    determiners = lexicon.load(cast.lang).determiners
    near = range(number - 1, max(-1, number - 2 - LONGEST_CHANGE), -1)
    return next((at for at in near if cast.words[at].key in determiners), number)


def _row(first: Sighting, cast: Cast) -> tuple[Sighting, ...]:
    """A name and those joined to it on its right: "Oxfam, Amnesty and the Gates Foundation"."""
    tables, row = lexicon.load(cast.lang), [first]
    rest = cast.within(Span(first.name.span.end, len(cast.words.text)))
    for sighting in itertools.islice(rest, len(cast.sightings)):
        numbers = cast.words.range_of(Span(row[-1].name.span.end, sighting.name.span.start))
        between = [cast.words[at] for at in numbers]
        gap = cast.words[cast.words.range_of(row[-1].name.span).stop - 1].gap.strip()
        joined = gap in ("", ",", "&") and (bool(between) or gap)
        small = all(word.key in tables.conjunctions or word.key in tables.determiners for word in between)
        if not (joined and small) or any(word.breaks for word in between):
            break
        row.append(sighting)
    return tuple(row)
