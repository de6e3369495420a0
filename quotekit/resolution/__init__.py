"""Names of one article → people and bodies; source → speakers, with the evidence."""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from quotekit.document import Attribution, Document, Mention, Resolution
from quotekit.registry import Registry
from quotekit.resolution.answers import Answer, Voice
from quotekit.resolution.bodies import Body
from quotekit.resolution.cast import Cast
from quotekit.resolution.lookup import Lookup
from quotekit.resolution.people import Person
from quotekit.resolution.resolver import Resolver
from quotekit.resolution.roles import Roles
from quotekit.spans import Span
from quotekit.speakers import Speaker, SpeakerType

__all__ = ["resolve_speakers"]


def resolve_speakers(
    document: Document, sentences: Sequence[Span], registry: Registry | None = None, lang: str = "en"
) -> Document:
    """The document with the speakers of its attributions and mentions, and how each was told.

    `document` has its attributions, mentions and quotations found; `sentences` are its sentences in order.
    A speaker is named only on evidence: a pronoun or a role that fits two people alike stays without one.

    >>> from quotekit.document import Kind, MentionType
    >>> text = "Geng Shuang, the spokesman, was asked. Geng said no."
    >>> name = Mention(span=Span(0, 11), text="Geng Shuang", type=MentionType.PERSON)
    >>> said = Attribution.cut(text, content=[Span(49, 51)], cue=[Span(44, 48)], source=[Span(39, 43)],
    ...                        kind=Kind.INDIRECT, score=1.0)
    >>> found = resolve_speakers(Document(text=text, mentions=(name,), attributions=(said,)), [Span(0, 52)])
    >>> found.attributions[0].speaker.name, found.attributions[0].speaker.role
    ('Geng Shuang', 'spokesman')
    """
    cast = Cast.of(document, lang)
    named = [member.name.shown for member in cast.members if isinstance(member, Body)]
    lookup = Lookup(registry, document.date, named)
    resolver = Resolver(document, sentences, cast, lookup)
    answers = resolver.resolve()
    speakers = [_speaker(number, voice, resolver.roles, lookup, cast) for number, voice in enumerate(resolver.voices)]
    attributions = [
        _attributed(attribution, found, speakers)
        for attribution, found in zip(document.attributions, answers, strict=True)
    ]
    return attrs.evolve(
        document, attributions=tuple(attributions), mentions=_mentioned(document, cast, speakers),
        speakers=tuple(dict.fromkeys(speaker for a in attributions for speaker in a.speakers)),
    )  # fmt: skip


def _speaker(number: int, voice: Voice, roles: Roles, lookup: Lookup, cast: Cast) -> Speaker:
    """The voice as the article shows it, or the registry's entry where it has one."""
    if isinstance(voice, Speaker):
        entry = lookup.entry(voice.name, person=False) if voice.id is None and voice.type is SpeakerType.ORGANIZATION else None
        return entry[0] if entry else voice
    if isinstance(voice, Body):
        entry = lookup.entry(voice.name.shown, person=False)
        return entry[0] if entry else Speaker(name=voice.name.shown, type=SpeakerType.ORGANIZATION)
    tie = roles.of(number)
    introduced = f"{tie.title} {voice.name.shown}" if tie else voice.name.shown
    entry = lookup.entry(introduced, person=True) or lookup.entry(voice.name.shown, person=True)
    if entry:
        return entry[0]
    body = cast.members[tie.body] if tie and tie.body is not None else None
    return Speaker(
        name=voice.name.shown, type=SpeakerType.PERSON, role=tie.title if tie else None,
        organization=body.name.shown if body else None, gender=voice.gender,
    )  # fmt: skip


def _attributed(attribution: Attribution, answers: Sequence[Answer], speakers: Sequence[Speaker]) -> Attribution:
    if not answers:
        return attrs.evolve(attribution, speakers=(), resolution=None)
    least = min(answers, key=lambda answer: answer.score)
    return attrs.evolve(
        attribution, speakers=tuple(dict.fromkeys(speakers[answer.voice] for answer in answers)),
        resolution=Resolution(how=answers[0].how, score=least.score, evidence=answers[0].evidence),
    )  # fmt: skip


def _mentioned(document: Document, cast: Cast, speakers: Sequence[Speaker]) -> tuple[Mention, ...]:
    who = {sighting.span: speakers[sighting.member] for sighting in cast.sightings}
    return tuple(attrs.evolve(mention, speaker=who.get(mention.span)) for mention in document.mentions)
