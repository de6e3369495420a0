"""Whom a "who" or "which" goes on about: the name before it, several of them, or the phrase it hangs on."""

from __future__ import annotations

import re
from collections.abc import Sequence

from quotekit import lexicon
from quotekit.extraction.nouns import is_somebody
from quotekit.extraction.phrases import phrase_before
from quotekit.extraction.words import words_in
from quotekit.lexicon import Lexicon, table
from quotekit.resolution.names.cast import Cast, Sighting
from quotekit.resolution.names.people import Person
from quotekit.resolution.words import Word, Words, singular
from quotekit.spans import Span

__all__ = [
    "goes_with_people",
    "goes_with_things",
    "is_of_somebody",
    "named_before",
    "phrase_before_relative",
    "several_before",
]

NEAREST_NAMES = 6  # names looked at
LONGEST_ASIDE = 40  # words between the name and the pronoun
LONGEST_PLACE = 4  # words: "of South Sudan"
WINDOW = 200  # code points before the pronoun in which its phrase begins
_END = re.compile(r"[!?;:\n]|\.(?!\s*[),])")  # of a sentence; the stop of "(R-Tex.)," is none


def named_before(span: Span, cast: Cast) -> tuple[int, float] | None:
    """The one member of the cast that a relative pronoun at `span` stands for, and how sure that is.

    "Khan, who said", "Khan of Lahore, who said", "Khan (PPP), the minister, who said", "Khan, a minister who said";
    but in "friends of Khan who said" it is the friends. A "who" looks for a person, a "which" for a body, a "that"
    or "whose" for either.
    """
    words, place = cast.words, cast.words.range_of(span).start
    pronoun = words[place].key
    person, either = goes_with_people(pronoun, cast.lang), table("relatives", cast.lang).get(pronoun) == "either"
    if several_before(span, cast):
        return None
    near = cast.before(span.start, NEAREST_NAMES)
    for index in range(len(near) - 1, -1, -1):
        sighting = near[index]
        if place - words.range_of(sighting.name.span).stop > LONGEST_ASIDE or _END.search(_gap(sighting, words)):
            return None
        from_there = person and index > 0 and _is_place_of(sighting, near[index - 1], cast)
        fits = either or _is_person(sighting, cast) is person
        if fits and index and _tells_which(sighting, place, cast):
            continue
        if fits and not from_there and not is_of_somebody(sighting, cast):
            return _as_named(sighting, place, cast)
    return None


def _tells_which(sighting: Sighting, place: int, cast: Cast) -> bool:
    """Whether a name only tells which noun is meant: the "Khan" of "Lena Berg, a Khan campaign aide who"."""
    words, tables, numbers = cast.words, lexicon.load(cast.lang), cast.words.range_of(sighting.name.span)
    if numbers.stop >= place or not numbers.start or words[numbers.stop - 1].breaks:
        return False
    opened = tables.determiners.get(words[numbers.start - 1].key) == "indefinite"
    after = words[numbers.stop]
    joined = _is_joined(words[max(0, numbers.start - LONGEST_ASIDE) : place], tables)
    return opened and not joined and after.text.islower() and after.key not in tables.prepositions


def _is_joined(inside: Sequence[Word], tables: Lexicon) -> bool:
    """Whether an "and" stands behind the last comma: "Low, a Berg aide and an Okafor adviser who" may be about two."""
    last = next((at for at in range(len(inside) - 1, -1, -1) if inside[at].breaks), -1)
    return any(word.key in tables.conjunctions for word in inside[last + 1 :])


def goes_with_people(pronoun: str, lang: str) -> bool:
    """Whether a relative pronoun may stand for a person: not "which"."""
    return table("relatives", lang).get(pronoun) != "body"


def goes_with_things(pronoun: str, lang: str) -> bool:
    """Whether a relative pronoun may stand for a body or document: not "who"."""
    return table("relatives", lang).get(pronoun) in ("body", "either")


def _as_named(sighting: Sighting, place: int, cast: Cast) -> tuple[int, float] | None:
    """The member whose name is `sighting`, where what stands between it and the pronoun only goes with the name."""
    words, numbers = cast.words, cast.words.range_of(sighting.name.span)
    if _ends_a_name(numbers.start, cast) and not _is_person(sighting, cast):
        return None
    after = _past_place(sighting, place, cast)
    gap = words[after - 1].gap.strip() if after > numbers.stop else _gap(sighting, words)
    if after == place:
        return (sighting.member, 0.9) if gap or not _governed(numbers.start, cast) else None
    if gap[:1] in (",", "(") and _is_one_apposition(after, place, cast):
        return sighting.member, 0.8
    return None


def several_before(span: Span, cast: Cast) -> tuple[int, ...]:
    """The members that a relative pronoun at `span` stands for together: "Khan and Berg, who said"."""
    words, place = cast.words, cast.words.range_of(span).start
    joints = lexicon.load(cast.lang).conjunctions
    found: list[Sighting] = []
    joined, start = False, place
    for sighting in reversed(cast.before(span.start, NEAREST_NAMES)):
        numbers = words.range_of(sighting.name.span)
        between = words[numbers.stop : start]
        if not found:
            fits = not between and _gap(sighting, words) == ","
        else:
            fits = all(word.key in joints for word in between) and (joined or bool(between))
            joined = joined or bool(between)
        same = not found or isinstance(cast.members[sighting.member], Person) is _is_person(found[0], cast)
        if not (fits and same) or _END.search(_gap(sighting, words)):
            break
        found.append(sighting)
        start = _without_article(numbers.start, cast)
    return tuple(dict.fromkeys(sighting.member for sighting in reversed(found))) if joined and len(found) > 1 else ()


def phrase_before_relative(span: Span, cast: Cast, *, person: bool) -> Span | None:
    """The phrase that a relative pronoun at `span` hangs on: "a lawyer in Lahore who said", "the union, which said".

    None where it may hang on a name inside the phrase as well: "the wife of Khan, who said".
    """
    tokens = words_in(cast.words.text, max(0, span.start - WINDOW), span.start, cast.lang)
    end = len(tokens) - bool(tokens and tokens[-1].key == ",")
    start = phrase_before(tokens[:end], end, cast.lang)
    tables = lexicon.load(cast.lang)
    while start < end and not is_somebody(tokens[start:end], cast.lang):
        further = (at for at in range(start, end) if tokens[at].key in tables.prepositions)
        start = next(further, end) + 1 if person else end
    if start >= end or (start and tokens[start - 1].key in tables.passives):
        return None
    phrase = Span(tokens[start].start, tokens[end - 1].end)
    named = any(_is_person(sighting, cast) for sighting in cast.within(phrase))
    return None if named and end < len(tokens) else phrase


def _is_person(sighting: Sighting, cast: Cast) -> bool:
    return isinstance(cast.members[sighting.member], Person)


def _gap(sighting: Sighting, words: Words) -> str:
    """What stands between a name, with the stop of its "Jr.", and the next word."""
    last = words[words.range_of(sighting.name.span).stop - 1]
    end = last.span.end + len(last.gap)
    return words.text[sighting.name.span.end : end].strip() if end > sighting.name.span.end else ""


def _without_article(number: int, cast: Cast) -> int:
    before = number - 1
    return before if number and cast.words[before].key in lexicon.load(cast.lang).determiners else number


def _is_place_of(sighting: Sighting, before: Sighting, cast: Cast) -> bool:
    """Whether a name only tells where the one before it is from: "King | of New York"."""
    words = cast.words
    linked = words[words.range_of(before.name.span).stop : words.range_of(sighting.name.span).start]
    genitives = lexicon.load(cast.lang).genitives
    return bool(linked) and linked[0].key in genitives and len(linked) <= 2 and _is_person(before, cast)


def is_of_somebody(sighting: Sighting, cast: Cast) -> bool:
    """Whether a name only tells whose somebody else is: "the wife of | Khan, who" may be about either."""
    words, tables = cast.words, lexicon.load(cast.lang)
    number = _without_article(words.range_of(sighting.name.span).start, cast)
    if number < 2 or words[number - 1].key not in tables.body_links or not _is_person(sighting, cast):
        return False
    noun = words[number - 2].key
    known = (tables.roles, tables.collectives, tables.people)
    return any(form in nouns for form in (noun, singular(noun)) for nouns in known)


def _past_place(sighting: Sighting, place: int, cast: Cast) -> int:
    """The number after a name's party or place: "(R-Tex.)", "of South Sudan"."""
    words, tables = cast.words, lexicon.load(cast.lang)
    stop, gap = words.range_of(sighting.name.span).stop, _gap(sighting, words)
    if gap.startswith("("):
        closing = (at for at in range(stop, min(place, stop + LONGEST_PLACE)) if ")" in words[at].gap)
        return next(closing, stop - 1) + 1
    if stop < place and not gap and words[stop].key in (*tables.genitives, *tables.place_links):
        ends = (at for at in range(stop, min(place, stop + 1 + LONGEST_PLACE)) if words[at].breaks)
        return next(ends, stop - 1) + 1
    return stop


def _governed(number: int, cast: Cast) -> bool:
    """Whether a preposition stands before a name that begins at `number`, or before its article."""
    number = _without_article(number, cast)
    return number > 0 and cast.words[number - 1].key in lexicon.load(cast.lang).prepositions


def _ends_a_name(number: int, cast: Cast) -> bool:
    """Whether the name that begins at `number` is the end of a longer one: "Doctors for | Africa"."""
    words = cast.words
    return number > 1 and words[number - 1].key in lexicon.load(cast.lang).body_links and words[number - 2].capitalized


def _is_one_apposition(start: int, stop: int, cast: Cast) -> bool:
    """Whether the words `start:stop` are phrases set off by commas, or one with its article, and no clause."""
    words, tables = cast.words, lexicon.load(cast.lang)
    inside = words[start:stop]
    clause = (tables.subject_pronouns, tables.finite_verbs, tables.relatives)
    ends = any(_END.search(word.gap) and not word.abbreviated for word in inside)
    if ends or any(word.key in known for word in inside for known in clause):
        return False
    if inside[-1].gap.strip().endswith(","):
        return True
    return inside[0].key in tables.determiners and not any(word.breaks for word in inside)
