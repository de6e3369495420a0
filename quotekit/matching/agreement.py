"""Whether the outlets that print an utterance agree on who spoke."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable

from quotekit import lexicon
from quotekit.matching.words import fold
from quotekit.similarity import name_similarity
from quotekit.speakers import Speaker, SpeakerType

__all__ = ["agree", "apart", "compatible", "disagree"]

CLOSE = 0.85  # names that are spelled at least so alike are one name

_WORD = re.compile(r"[^\W_]+(?:[.'’-][^\W_]+)*")
_NAMED = (SpeakerType.PERSON, SpeakerType.ORGANIZATION)


def disagree(given: Iterable[tuple[Speaker, ...]]) -> bool:
    """Whether outlets that give these speakers cannot all be right.

    All are held against the fullest name of a person, or else of a body; whoever is not named agrees with everybody.
    """
    named = {tuple(s for s in speakers if s.type in _NAMED) for speakers in given} - {()}
    everybody = sorted({speaker for speakers in named for speaker in speakers}, key=_fullness)
    if not everybody:
        return False
    fullest = everybody[0]
    return not all(any(agree(fullest, speaker) for speaker in speakers) for speakers in named)


def agree(a: Speaker, b: Speaker) -> bool:
    """Whether two may be one speaker, or a person and the body that the person speaks for.

    A person of whom no body is known agrees with every body.

    >>> ministry = Speaker(name="Ministry of Ports", type=SpeakerType.ORGANIZATION)
    >>> okafor = Speaker(name="Ines Okafor", type=SpeakerType.PERSON, organization="the Ministry of Ports")
    >>> agree(ministry, okafor), agree(okafor, Speaker(name="John Okafor", type=SpeakerType.PERSON))
    (True, False)
    """
    return compatible(a, b) is not False


def compatible(a: Speaker, b: Speaker) -> bool | None:
    """Whether two are one speaker, or a person and the body that the person speaks for; `None` where nobody knows."""
    if a.type not in _NAMED or b.type not in _NAMED:
        return None
    if a.id and b.id and a.id == b.id:
        return True
    if a.type is b.type is SpeakerType.PERSON:
        return not (a.id and b.id) and _same_name(a.name, b.name)
    if a.type is b.type:
        return (_same_name(a.name, b.name) and not (a.id and b.id)) or _is_part(a, b) or _is_part(b, a)
    person, body = (a, b) if a.type is SpeakerType.PERSON else (b, a)
    known = [part for part in (person.organization, person.role) if part]
    return any(_same_name(part, body.name) or _governs(body, part) for part in known) if known else None


def apart(a: Speaker, b: Speaker) -> bool:
    """Whether two of one document, where it is known who is who, are two speakers: so they are but for a reason.

    A reason is one name, a post or body that is known of a person, or a word that two descriptions share.

    >>> officials, party = (Speaker(name=name, type=SpeakerType.GROUP) for name in ("other officials", "the party"))
    >>> apart(officials, party), apart(party, Speaker(name="his party", type=SpeakerType.GROUP))
    (True, False)
    """
    if fold(a.name) == fold(b.name) or compatible(a, b):
        return False
    return SpeakerType.PERSON in (a.type, b.type) or not set(_words(a.name)) & set(_words(b.name))


def _is_part(body: Speaker, whole: Speaker) -> bool:
    """Whether a body is one of the government that the other one is."""
    return _governs(whole, body.organization or body.name)


def _governs(body: Speaker, other: str) -> bool:
    """Whether a body is the government of a country, and a post or another body is of that country."""
    words = _words(body.name)
    country = {word for word in words if word not in lexicon.table("governments")}
    return bool(country) and len(country) < len(words) and country <= set(_words(other))


def _same_name(a: str, b: str) -> bool:
    """Whether one name has all the words of the other, is its acronym, or is spelled much like it."""
    first, second = _words(a), _words(b)
    if not first or not second or set(first) <= set(second) or set(second) <= set(first):
        return True
    return _initials(first) == second or _initials(second) == first or name_similarity(first, second) >= CLOSE


def _initials(words: tuple[str, ...]) -> tuple[str, ...]:
    return ("".join(word[0] for word in words),)


@functools.lru_cache(maxsize=1 << 12)
def _words(name: str) -> tuple[str, ...]:
    """The words of a name, in the spelling that its variants share, without titles and small words."""
    known, variants = lexicon.load(), lexicon.table("name_variants")
    passed_over = (known.honorifics, known.determiners, known.prepositions, known.conjunctions)
    words = (fold(word.replace(".", "")) for word in _WORD.findall(name.replace("’s", "").replace("'s", "")))
    return tuple(variants.get(word, word) for word in words if not any(word in table for table in passed_over))


def _fullness(speaker: Speaker) -> tuple[bool, int, bool, str]:
    """Puts persons first, then longer names, then whoever's body is known."""
    words = len(_words(speaker.name))
    return speaker.type is not SpeakerType.PERSON, -words, speaker.organization is None, speaker.name
