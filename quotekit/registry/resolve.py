"""Whom a mention stands for: the candidates, their scores and reasons (docs/reference/registry.md has the table)."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator

import attrs

from quotekit import lexicon
from quotekit.lexicon import table
from quotekit.registry.evidence import by_gender, weighed
from quotekit.registry.holders import Context, by_body, by_post
from quotekit.registry.index import Index
from quotekit.registry.names import PersonName, fold, is_acronym, name_key, spelled_out, words_of
from quotekit.registry.phrases import Phrase
from quotekit.registry.posts import Body
from quotekit.registry.records import Candidate, Hit, Standing, standing
from quotekit.registry.titles import Reading, before_link, parts_of, readings
from quotekit.speakers import PartialDate, Role

__all__ = ["resolve"]

ANSWER = 0.5  # a candidate below is a hint
MOST_CANDIDATES = 10
LONGEST_MENTION = 300  # code points; what is longer names nobody
UNSUPPORTED = 0.7
_MARKS = "\"“”„«»‘’' ,;:"


def resolve(index: Index, mention: str, date: PartialDate | None, context: Context) -> tuple[Candidate, ...]:
    """The candidates for a mention, best first."""
    mention = " ".join(mention.split()).strip(_MARKS) if len(mention) <= LONGEST_MENTION else ""
    is_pronoun = fold(mention) in lexicon.load().pronouns
    if not mention or (is_pronoun and not is_acronym(mention)):  # "US" may be a name, where one is written so
        return ()
    is_label = name_key(mention) in index.posts.labels
    hits = [] if is_label else _supported(index, index.exact(mention), context)
    if not (_answered(hits) or is_pronoun or is_label):
        hits += _supported(index, _people(index, mention, date), context)
    if not (_answered(hits) or is_pronoun):
        hits += _described(index, mention, date, context)
    return tuple(_candidate(index, hit, date) for hit in itertools.islice(_ranked(index, hits), MOST_CANDIDATES))


def _answered(hits: Iterable[Hit]) -> bool:
    return any(hit.score >= ANSWER for hit in hits)


def _people(index: Index, mention: str, date: PartialDate | None) -> list[Hit]:
    """People named in a part of the mention, the rest taken as evidence; the first part that answers decides."""
    parts = parts_of(mention)
    hits: list[Hit] = []
    if mention.count(",") == 1 and len(parts) == 2:  # "Clinton, Hillary"
        hits += [hit for hit in index.respelled(PersonName.parse(mention)) if hit.score >= ANSWER]
        if hits:
            return hits
    for number, part in enumerate(parts):
        around = (*parts[:number], *parts[number + 1 :])
        for phrase in filter(None, (part, before_link(part))):
            found = _told_apart(
                (hit, weighed(index, hit, (reading.title, part[len(phrase) :].strip(), *around), date))
                for reading, hit in _read(index, phrase)
            )
            if _answered(found):
                return found
            hits += found
    return hits


def _told_apart(found: Iterable[tuple[Hit, Hit]]) -> list[Hit]:
    """The hits with titles weighed; of those whose names agree alike, the less supported with a lower score."""
    pairs = list(found)
    best: dict[float, float] = {}
    for named, hit in pairs:
        best[named.score] = max(best.get(named.score, 0.0), hit.score)
    return [
        hit.changed(hit.score * UNSUPPORTED, "what stands around the name fits another of it better")
        if best[named.score] > max(hit.score, named.score)
        else hit
        for named, hit in pairs
    ]


def _read(index: Index, phrase: str) -> Iterator[tuple[Reading, Hit]]:
    """Whom the ways to read a phrase name; where the whole of it is a name no title is looked for."""
    for reading in readings(phrase, index.posts.words, index.name_words):
        hits = list(_by_name(index, reading))
        yield from ((reading, hit) for hit in hits)
        if not reading.title and _answered(hits):
            return


def _by_name(index: Index, reading: Reading) -> Iterator[Hit]:
    name = PersonName.parse(reading.name)
    if len(name.words) == 1 and not reading.titled and reading.score < 1:
        return  # "Rolling Stone"
    found = [hit for hit in index.exact(reading.name) if hit.speaker_id not in index.bodies]
    if not name.honorifics:  # another reading has them in the title, where they are evidence
        for written in dict.fromkeys((name, PersonName.parse(spelled_out(reading.name)))):
            found += index.respelled(written)
            found += _by_part(index, reading, written)
    for hit in found:
        yield hit.changed(hit.score * reading.score, reading.reason) if reading.reason else hit


def _by_part(index: Index, reading: Reading, name: PersonName) -> Iterator[Hit]:
    if not reading.titled or any(word not in lexicon.load().name_particles for word in name.words[:-1]):
        return
    given = (words_of(reading.title) or ("",))[-1] in table("given_titles")
    for hit in index.part(name, given=given):
        small = reading.name.islower() and not reading.title  # "may", "brown"
        yield hit.changed(hit.score * UNSUPPORTED, "written small") if small else hit


def _described(index: Index, mention: str, date: PartialDate | None, context: Context) -> list[Hit]:
    """Bodies and holders of posts that the mention, or else its first part, describes."""
    for described in dict.fromkeys((mention, *parts_of(mention)[:1])):
        named = [hit for hit in index.exact(described) if hit.speaker_id in index.bodies]
        if _answered(named):
            return _supported(index, named, context)
        phrase = Phrase.read(described)
        phrase = phrase if index.posts.find(phrase) else phrase.by_seat()
        hits = [*by_body(index, phrase, context), *by_post(index, phrase, context, date)]
        hits = hits or list(index.body_respelled(described))
        if hits or index.posts.find(phrase):  # a post that nobody held is an answer too
            return [by_gender(index, hit, (mention,)) for hit in hits]
    return []


def _supported(index: Index, hits: Iterable[Hit], context: Context) -> list[Hit]:
    """The hits, where the text names country or body of some of them the others with a lower score."""
    hits = list(hits)
    tied = [_is_tied(index, hit.speaker_id, context) for hit in hits]
    if not any(tied):
        return hits
    return [
        hit.changed(hit.score, "the text names its country or body")
        if support
        else hit.changed(hit.score * UNSUPPORTED, "the text names the country or body of another")
        for hit, support in zip(hits, tied, strict=True)
    ]


def _is_tied(index: Index, speaker_id: str, context: Context) -> bool:
    if speaker_id in index.bodies:
        return context.supports(index.bodies[speaker_id].places, index.bodies[speaker_id])
    return any(
        context.supports(index.places(tenure), index.bodies.get(tenure.organization_id or "", Body()))
        for tenure in index.tenures[speaker_id]
    )


def _ranked(index: Index, hits: Iterable[Hit]) -> Iterator[Hit]:
    """The best hit of each speaker, best first; those with equal scores share theirs, and nobody after has more."""
    best: dict[str, Hit] = {}
    for hit in hits:
        if hit.score > best.get(hit.speaker_id, hit).score or hit.speaker_id not in best:
            best[hit.speaker_id] = hit
    in_order = sorted(best.values(), key=lambda hit: (-round(hit.score, 6), hit.speaker_id))
    most = 1.0
    for score, group in itertools.groupby(in_order, key=lambda hit: round(hit.score, 6)):
        equals = list(group)
        most = min(most, score / len(equals))
        why = (f"one of {len(equals)} that fit equally well",) if len(equals) > 1 else ()
        yield from (attrs.evolve(hit, score=most, reasons=(*hit.reasons, *why)) for hit in equals)


def _candidate(index: Index, hit: Hit, date: PartialDate | None) -> Candidate:
    speaker = index.speakers[hit.speaker_id]
    role = _role_on(speaker.roles, date, hit.role)
    parent = index.speakers.get(index.parents.get(hit.speaker_id, ""))
    if role:
        speaker = attrs.evolve(speaker, role=role.title, organization=role.organization)
    elif parent:
        speaker = attrs.evolve(speaker, organization=parent.name)
    return Candidate(speaker=speaker, role=hit.role or role, score=hit.score, reasons=hit.reasons)


def _role_on(roles: Iterable[Role], date: PartialDate | None, asked: Role | None) -> Role | None:
    """The role on the day: the one asked for where that was held, or else the last taken up."""
    if date is None:
        return None
    states = [(standing(role, date), role) for role in roles]
    for wanted in (Standing.HELD, Standing.PERHAPS, Standing.UNDATED):
        held = [role for state, role in states if state is wanted]
        if held:
            return asked if asked in held else max(held, key=lambda role: str(role.start or ""))
    return None
