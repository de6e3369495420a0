"""Whom a "who" or "which" goes on about: the name right before it, or the one an apposition hangs on."""

from __future__ import annotations

from quotekit import lexicon
from quotekit.resolution.cast import Cast
from quotekit.resolution.people import Person
from quotekit.spans import Span

__all__ = ["named_before"]

NEAREST_NAMES = 6  # names looked at
LONGEST_ASIDE = 40  # words between the name and the pronoun
_ENDS = frozenset(".!?;\n")


def named_before(span: Span, cast: Cast, *, person: bool) -> tuple[int, float] | None:
    """The member of the cast that a relative pronoun at `span` stands for, and how sure that is.

    "Khan, who said", "Khan, the minister, who said", "Khan, a minister who said"; but in "friends of Khan who
    said" it is the friends. A "who" looks for a person, a "which" for a body.
    """
    words, place = cast.words, cast.words.range_of(span).start
    for sighting in reversed(cast.before(span.start, NEAREST_NAMES)):
        numbers = words.range_of(sighting.name.span)
        if place - numbers.stop > LONGEST_ASIDE or _ENDS & set(words[numbers.stop - 1].gap):
            return None
        if isinstance(cast.members[sighting.member], Person) is person:
            gap = words[numbers.stop - 1].gap.strip()
            if numbers.stop == place:
                return (sighting.member, 0.9) if gap or not _governed(numbers.start, cast) else None
            if gap[:1] in (",", "(") and _is_one_apposition(numbers.stop, place, cast):
                return sighting.member, 0.8
    return None


def _governed(number: int, cast: Cast) -> bool:
    return number > 0 and cast.words[number - 1].key in lexicon.load(cast.lang).prepositions


def _is_one_apposition(start: int, stop: int, cast: Cast) -> bool:
    """Whether the words `start:stop` are one phrase set off by commas, or by one and its article."""
    words = cast.words
    if any(_ENDS & set(words[number].gap) and not words[number].abbreviated for number in range(start, stop)):
        return False
    if words[stop - 1].gap.strip() == ",":
        return True
    opened = words[start].key in lexicon.load(cast.lang).determiners
    return opened and not any(words[number].breaks for number in range(start, stop))
