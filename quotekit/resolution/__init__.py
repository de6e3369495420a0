"""Names of one article → people and bodies; source → speakers, with the evidence."""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from quotekit.analysis.paragraphs import flowing
from quotekit.document import Attribution, Document, Mention, MentionType, Resolution
from quotekit.registry import Registry
from quotekit.resolution.answers import Answer, Voice
from quotekit.resolution.form.context import told_by_form
from quotekit.resolution.form.scene import Scene
from quotekit.resolution.lookup import Lookup
from quotekit.resolution.names.bodies import Body
from quotekit.resolution.names.cast import Cast, Sighting
from quotekit.resolution.names.person import Name
from quotekit.resolution.resolver import Resolver
from quotekit.resolution.traits.roles import Roles
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
    read = attrs.evolve(document, text=flowing(document.text))  # a name may go on in the next line
    cast = Cast.of(read, lang)
    roles = Roles(cast)
    lookup = Lookup(registry, document.date, cast, roles)
    resolver = Resolver(read, sentences, cast, roles, lookup)
    scene = Scene(document=read, setting=resolver.setting, cast=cast, voices=resolver.voices, tell=resolver.reporter)
    answers = told_by_form(scene, resolver.resolve())
    reporters = [[resolver.reporter(via.span) for via in attribution.via] for attribution in document.attributions]
    speakers = [_speaker(number, voice, roles, lookup, cast) for number, voice in enumerate(resolver.voices)]
    told = zip(document.attributions, answers, reporters, strict=True)
    attributions = tuple(_attributed(attribution, found, via, speakers) for attribution, found, via in told)
    return attrs.evolve(
        document, attributions=attributions, mentions=_mentioned(document, cast, speakers),
        speakers=tuple(dict.fromkeys(speaker for a in attributions for speaker in a.speakers)),
    )  # fmt: skip


def _speaker(number: int, voice: Voice, roles: Roles, lookup: Lookup, cast: Cast) -> Speaker:
    """A voice as the registry has it, or else as the article shows it."""
    if number in lookup.entries:
        return lookup.entries[number]
    if isinstance(voice, Speaker):
        return voice
    if isinstance(voice, Body):
        return Speaker(name=voice.name.shown, type=SpeakerType.ORGANIZATION)
    tie = roles.of(number)
    body = cast.members[tie.body] if tie and tie.body is not None else None
    return Speaker(
        name=voice.name.shown, type=SpeakerType.PERSON, role=tie.title if tie else None,
        organization=body.name.shown if body else None, gender=voice.gender,
    )  # fmt: skip


def _attributed(
    attribution: Attribution, answers: Sequence[Answer], reporters: Sequence[Answer | None], speakers: Sequence[Speaker]
) -> Attribution:
    via = tuple(
        attrs.evolve(via, speaker=speakers[answer.voice] if answer else None)
        for via, answer in zip(attribution.via, reporters, strict=True)
    )
    if not answers:
        return attrs.evolve(attribution, speakers=(), resolution=None, via=via)
    score = min(answer.score for answer in answers)
    return attrs.evolve(
        attribution, via=via, speakers=tuple(dict.fromkeys(speakers[answer.voice] for answer in answers)),
        resolution=Resolution(how=answers[0].how, score=score, evidence=answers[0].evidence),
    )  # fmt: skip


def _mentioned(document: Document, cast: Cast, speakers: Sequence[Speaker]) -> tuple[Mention, ...]:
    """The names the text gives, with who that is, and those the tagger alone saw."""
    tagged = {id(seen): mention for mention in document.mentions for seen in cast.within(mention.span)}
    found = [_mention(document, seen, tagged.get(id(seen)), speakers[seen.member]) for seen in cast.sightings]
    alone = [mention for mention in document.mentions if cast.first(mention.span) is None]
    return tuple(sorted(found + alone, key=lambda mention: (mention.span.start, mention.span.end)))


def _mention(document: Document, seen: Sighting, tagged: Mention | None, speaker: Speaker) -> Mention:
    kind = MentionType.PERSON if isinstance(seen.name, Name) else MentionType.ORGANIZATION
    if kind is MentionType.ORGANIZATION and tagged is not None and tagged.type is MentionType.PLACE:
        kind = MentionType.PLACE  # "Islamabad said": a place by name, a body by what it does
    span = seen.name.span
    return Mention(span=span, text=document[span], type=kind, speaker=speaker)
