"""The roles that an article ties to its names: titles, appositions, and the party and state in brackets."""

from __future__ import annotations

import re
from collections.abc import Sequence

import attrs

from quotekit import lexicon
from quotekit.lexicon import table
from quotekit.registry.phrases import Phrase
from quotekit.resolution.names.bodies import Body
from quotekit.resolution.names.cast import Cast, Sighting
from quotekit.resolution.names.people import Person
from quotekit.resolution.names.person import LONGEST_TITLE, Name, is_title
from quotekit.resolution.words import Word, singular
from quotekit.spans import Span

__all__ = ["Tie", "aside", "heads", "standard", "ties"]

LONGEST_BEFORE = 8  # words of a role phrase before a name: "Pakistan Foreign Office spokesperson Dr"
LONGEST_AFTER = 40
LONGEST_ASIDE = 6  # "(D-S.C.)"
_CLOSING = ',.;:)—–-”"\n'
_BRACKETED = re.compile(r"['’]?s?\s*\(([A-Z][^()\n]{0,30})\)")


@attrs.frozen(kw_only=True)
class Tie:
    """A role that an apposition ties to a person of the cast.

    `span` is the whole phrase, `title` the role in its own words without the body, `body` the number of that
    body in the cast, `owners` are the other people it names ("Khan's brother"); `heads` are the nouns that may
    stand for it alone, in standard form.
    """

    member: int
    span: Span
    title: str
    heads: tuple[str, ...]
    phrase: Phrase
    body: int | None = None
    owners: tuple[int, ...] = ()


def ties(sighting: Sighting, cast: Cast) -> tuple[Tie, ...]:
    """The roles tied to one name where it stands: the one before it, and the one after it."""
    return tuple(tie for tie in (_before(sighting, cast), _after(sighting, cast)) if tie)


def aside(sighting: Sighting, cast: Cast) -> str:
    """What stands beside a name without a noun: "D-S.C." of "Jim Clyburn (D-S.C.)", the party of "Republican Trump".

    Empty where nothing does.
    """
    if found := _BRACKETED.match(cast.words.text, sighting.name.span.end):
        return found.group(1)
    numbers = cast.words.range_of(sighting.name.span)
    before = cast.words[max(0, numbers.start - 1) : numbers.start]
    after = cast.words[numbers.stop : numbers.stop + 2]
    if before and not before[0].breaks and _is_party(before[0]):
        return before[0].text
    set_after = len(after) == 2 and cast.words[numbers.stop - 1].gap.strip() == "," and after[1].breaks
    return after[1].text if set_after and _is_party(after[1]) else ""


def _is_party(word: Word) -> bool:
    return word.key in table("parties") and len(word.key) > 1


def standard(key: str) -> str:
    """A word of a post as its standard form: "spokeswoman" is "spokesperson"."""
    return table("post_synonyms").get(key, key)


def _is_role(key: str, cast: Cast) -> bool:
    roles = lexicon.load(cast.lang).roles
    return key in roles or standard(key) in roles


def _before(sighting: Sighting, cast: Cast) -> Tie | None:
    """The role right before a name, forms of address passed over: "FO spokesperson Dr Faisal"."""
    numbers = cast.words.range_of(sighting.name.span)
    words = cast.words[max(0, numbers.start - LONGEST_BEFORE) : numbers.start]
    end, phrase = len(words), None
    while end and not words[end - 1].breaks and (length := is_title(tuple(words), end, lexicon.load(cast.lang))):
        if length > 1 or _is_role(words[end - 1].key, cast):
            phrase = words[_leftwards(words, end - length, cast) : end]
        end -= length
        if phrase and words[end : end + length][0].key not in lexicon.load(cast.lang).honorifics:
            break
    if phrase:
        return _tie(sighting, phrase, cast)
    if end and words[end - 1].gap.strip() == ",":
        return _set_before(sighting, numbers.start, cast)
    return None


def _leftwards(words: Sequence[Word], start: int, cast: Cast) -> int:
    """Where the phrase that goes on at `start` begins: capitalized words, roles and such as "former" belong to it."""
    tables = lexicon.load(cast.lang)
    stops = (tables.determiners, tables.prepositions, tables.conjunctions, tables.acts, tables.openers)
    while start and not words[start - 1].breaks:
        word = words[start - 1]
        named = cast.first(word)
        if named:
            fits = word.possessive or not isinstance(named.name, Name)
        else:
            dated = table("post_words").get(word.key, "skip") != "skip"
            fits = word.capitalized or word.key in tables.roles or dated
            fits = fits and not any(word.key in stop for stop in stops)
        if not fits:
            break
        start -= 1
    return start


def _set_before(sighting: Sighting, number: int, cast: Cast) -> Tie | None:
    """A description that commas part from the name: "The minister of the economy, Mr. Rubio, …"."""
    tables = lexicon.load(cast.lang)
    last = cast.words[cast.words.range_of(sighting.name.span).stop - 1]
    if last.gap.strip()[:1] not in _CLOSING:
        return None  # "The minister, Rubio says, is wrong"
    start = number - 1
    while start > max(0, number - LONGEST_BEFORE * 2) and not cast.words[start - 1].breaks:
        start -= 1
    words = cast.words[start:number]
    determiner = tables.determiners.get(words[0].key)
    if determiner in ("definite", "indefinite") and _is_role(_core(words, cast)[-1].key, cast):
        return _tie(sighting, words, cast)
    return None


def _after(sighting: Sighting, cast: Cast) -> Tie | None:
    """The role set after a name: "Geng Shuang, the ministry's spokesman," "Jim Clyburn (D-S.C.), the whip"."""
    at = _past_asides(cast.words.range_of(sighting.name.span).stop - 1, cast.words)
    if at + 1 >= len(cast.words) or not cast.words[at].gap.lstrip("). ").startswith(","):
        return None
    stop = at + 1
    while stop < min(len(cast.words) - 1, at + LONGEST_AFTER) and not cast.words[stop].breaks:
        stop += 1
    words = cast.words[at + 1 : stop + 1]
    core = _core(words, cast)
    joints = lexicon.load(cast.lang).conjunctions
    closed = len(core) < len(words) or core[-1].gap.strip()[:1] in _CLOSING
    if closed and _is_role(core[-1].key, cast) and not any(word.key in joints for word in core):
        return _tie(sighting, words, cast)
    return None


def _past_asides(at: int, words: Sequence[Word]) -> int:
    """The last word before the comma of an apposition: past a party in brackets or an age between commas."""
    if words[at].gap.lstrip(" .").startswith("("):
        inside = at + 1
        while inside < min(len(words) - 1, at + LONGEST_ASIDE) and ")" not in words[inside].gap:
            inside += 1
        at = inside
    if at + 1 < len(words) and words[at].gap.strip() == "," and words[at + 1].text.isdigit():
        at += 1
    return at


def _core(words: Sequence[Word], cast: Cast) -> Sequence[Word]:
    """The words up to the first preposition or relative pronoun, one of them at least."""
    tables = lexicon.load(cast.lang)
    for number, word in enumerate(words):
        ends = word.key in tables.prepositions or word.key in tables.relatives
        if number and ends and cast.first(word) is None:
            return words[:number]
    return words


def _tie(sighting: Sighting, words: Sequence[Word], cast: Cast) -> Tie:
    tables = lexicon.load(cast.lang)
    if words[0].key in tables.determiners and len(words) > 1:
        words = words[1:]
    relative = (n for n, word in enumerate(words) if n and word.key in tables.relatives and not word.shouted)
    words = words[: next(relative, len(words))]
    span = Span(words[0].start, words[-1].end)
    bodies = [s for s in cast.within(span) if isinstance(cast.members[s.member], Body)]
    people = (s.member for s in cast.within(span) if isinstance(cast.members[s.member], Person))
    return Tie(
        member=sighting.member, span=span, title=_title(words, bodies, cast),
        heads=heads(_core(words, cast), cast.lang), phrase=Phrase.read(cast.words.text[span.slice]),
        body=bodies[0].member if bodies else None,
        owners=tuple(dict.fromkeys(member for member in people if member != sighting.member)),
    )  # fmt: skip


def _title(words: Sequence[Word], bodies: Sequence[Sighting], cast: Cast) -> str:
    """The role in its own words: without the bodies named in it, and what would be left hanging before them."""
    tables = lexicon.load(cast.lang)
    named = [sighting.name.span for sighting in bodies]
    kept = [word for word in words if not any(span.contains(word.span) for span in named)]
    joint = next((n for n, word in enumerate(kept) if word.key in tables.conjunctions), len(kept))
    kept = kept[:joint]
    while len(kept) > 1 and (kept[-1].key in tables.prepositions or kept[-1].key in tables.determiners):
        kept.pop()
    return " ".join(word.text for word in kept)


def heads(core: Sequence[Word], lang: str) -> tuple[str, ...]:
    """The nouns that may stand for a role alone: its last words that are one role, and a broader one.

    A foreign minister is a minister; a vice president is not a president, nor an attorney general a general.
    """
    tables = lexicon.load(lang)
    one = singular(core[-1].key)
    head = standard(one if core[-1].key not in tables.roles and one in tables.roles else core[-1].key)
    for length in range(min(LONGEST_TITLE, len(core)), 1, -1):
        words = [word.key for word in core[-length:]]
        if " ".join(words) in tables.roles:
            if any(word in tables.post_changers or word in tables.roles for word in words[:-1]):
                head = " ".join(map(standard, words))
            break
    else:
        if len(core) > 1 and core[-2].key in tables.post_changers:
            head = f"{core[-2].key} {head}"
    broader = tables.broader_roles.get(head, "")
    return (head, *broader.split(", ")) if broader else (head,)
