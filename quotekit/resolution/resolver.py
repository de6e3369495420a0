"""Sources → voices: every part of every source of one article, in the order of the text."""

from __future__ import annotations

import bisect
from collections.abc import Sequence

import attrs

from quotekit import lexicon
from quotekit.document import Attribution, Document, How
from quotekit.resolution.answers import Answer, Voice
from quotekit.resolution.bodies import Body, BodyName
from quotekit.resolution.cast import Cast, Sighting
from quotekit.resolution.lookup import Lookup
from quotekit.resolution.people import Person
from quotekit.resolution.pronouns import Antecedents, Heard
from quotekit.resolution.roles import Roles
from quotekit.resolution.sources import Part, PartKind, parts_of
from quotekit.spans import Span
from quotekit.speakers import Speaker, SpeakerType

__all__ = ["Resolver"]

GENDERS = ("male", "female")


class Resolver:
    """Resolves the sources of one document; `voices` are the cast and those it came to hear of."""

    def __init__(self, document: Document, sentences: Sequence[Span], cast: Cast, lookup: Lookup) -> None:
        """Nothing is resolved yet."""
        self.voices: list[Voice] = list(cast.members)
        self.roles = Roles(cast)
        self._document, self._cast, self._lookup = document, cast, lookup
        self._tables = lexicon.load(cast.lang)
        quoted = [quotation.span for quotation in document.quotations]
        self._antecedents = Antecedents(cast, self.voices, sentences, quoted)
        self._numbers: dict[str, int] = {}
        self._last: tuple[Answer, ...] = ()

    def resolve(self) -> tuple[tuple[Answer, ...], ...]:
        """The answers for each attribution, in the document's order; none where nobody can be told."""
        attributions = self._document.attributions
        sources = sorted({a.source for a in attributions if a.source})
        found = {source: self._source(source) for source in sources}
        answers = [found.get(a.source, ()) for a in attributions]
        return tuple(
            own or self._of_quotation_around(a, attributions, answers) for own, a in zip(answers, attributions, strict=True)
        )

    def _source(self, source: tuple[Span, ...]) -> tuple[Answer, ...]:
        answers: list[Answer] = []
        for part in parts_of(source, self._cast):
            answers += self._part(part)
        for answer in answers:
            pronoun = self._tables.pronouns.get(self._cast.words.text[source[0].slice].casefold())
            gender = pronoun if pronoun in GENDERS else None
            self._antecedents.hear(Heard(span=source[0], member=answer.voice, gender=gender))
        self._last = tuple(answers) or self._last
        return tuple(answers)

    def _part(self, part: Part) -> Sequence[Answer]:
        if part.kind is PartKind.PRONOUN:
            return self._pronoun(part)
        if part.sighting is not None:
            return [self._name(part, part.sighting)]
        if part.kind is PartKind.BODY:
            return [self._body(part)]
        return [self._description(part)]

    def _name(self, part: Part, sighting: Sighting) -> Answer:
        voice, name = self.voices[sighting.member], sighting.name
        if isinstance(voice, Body):
            how = How.ACRONYM if isinstance(name, BodyName) and name.acronym else How.FULL_NAME
            return Answer(voice=sighting.member, how=how, score=0.9, evidence=voice.name.span)
        assert isinstance(voice, Person) and not isinstance(name, BodyName)
        if name.full:
            how, score = How.FULL_NAME, 0.95
        elif name.title:
            how, score = How.TITLE_NAME, 0.9
        else:
            given = voice.name.full and name.sounds[0] == voice.name.sounds[0]
            how, score = (How.GIVEN_NAME, 0.8) if given else (How.SURNAME, 0.9 if voice.name.full else 0.7)
        return Answer(voice=sighting.member, how=how, score=score, evidence=voice.name.span)

    def _body(self, part: Part) -> Answer:
        words = list(self._cast.words.inside(part.core))
        if words[0].key in self._tables.determiners and len(words) > 1:
            words = words[1:]
        span = Span(words[0].span.start, words[-1].span.end)
        speaker = Speaker(name=_text(self._document, span), type=SpeakerType.ORGANIZATION)
        return Answer(voice=self._voice(speaker), how=How.ALIAS, score=0.7, evidence=span)

    def _pronoun(self, part: Part) -> Sequence[Answer]:
        kind = self._tables.pronouns[part.head.key]
        if kind in GENDERS:
            found = self._antecedents.person(part.span, kind)
        elif part.head.key in self._tables.relatives:
            found = self._antecedents.before(part.span)
        elif kind == "plural":
            return self._plural(part)
        elif kind == "any":
            found = self._antecedents.body(part.span)
        else:
            return ()
        if found is None:
            return ()
        voice = self.voices[found[0]]
        evidence = None if isinstance(voice, Speaker) else voice.name.span
        return [Answer(voice=found[0], how=How.PRONOUN, score=found[1], evidence=evidence)]

    def _plural(self, part: Part) -> Sequence[Answer]:
        """Those of the last source, where they were several or a group."""
        last = self._last
        several = len(last) > 1 or (len(last) == 1 and self._is_group(last[0]))
        return [attrs.evolve(a, how=How.PRONOUN, score=0.6) for a in last] if several else ()

    def _is_group(self, answer: Answer) -> bool:
        voice = self.voices[answer.voice]
        return isinstance(voice, Speaker) and voice.type is SpeakerType.GROUP

    def _description(self, part: Part) -> Answer:
        words = list(self._cast.words.inside(part.core))
        determiner = self._tables.determiners.get(words[0].key)
        role = part.head.key in self._tables.roles and determiner in (None, "definite")
        phrase = _text(self._document, part.span).strip(" ,;:—–-")
        if role and (held := self.roles.holder(part.span, words)):
            tie, score = held
            voice = self.voices[tie.member]
            assert isinstance(voice, Person)
            return Answer(voice=tie.member, how=How.ROLE, score=score, evidence=voice.name.span)
        if role and (known := self._lookup.entry(phrase, person=True)):
            return Answer(voice=self._voice(known[0]), how=How.ROLE, score=known[1])
        if part.head.key in self._tables.bodies and determiner == "definite":
            if (member := self._antecedents.last_body(part.head.key, part.span.start)) is not None:
                body = self.voices[member]
                assert isinstance(body, Body)
                return Answer(voice=member, how=How.DESCRIPTION, score=0.7, evidence=body.name.span)
            if known := self._lookup.entry(phrase, person=False):
                return Answer(voice=self._voice(known[0]), how=How.ALIAS, score=known[1])
        return self._unnamed(part, phrase)

    def _unnamed(self, part: Part, phrase: str) -> Answer:
        key = part.head.key
        number = self._tables.collectives.get(key)
        several = number == "several" or (number is None and key.endswith("s") and not key.endswith("ss"))
        speaker = Speaker(name=phrase, type=SpeakerType.GROUP if several else SpeakerType.UNNAMED)
        how = How.COLLECTIVE if several else How.DESCRIPTION
        return Answer(voice=self._voice(speaker), how=how, score=0.9)

    def _voice(self, speaker: Speaker) -> int:
        """The number of a voice that is not of the cast; the same words are the same voice."""
        key = speaker.id or speaker.name.casefold()
        if key not in self._numbers:
            self._numbers[key] = len(self.voices)
            self.voices.append(speaker)
        return self._numbers[key]

    def _of_quotation_around(
        self, attribution: Attribution, attributions: Sequence[Attribution], answers: Sequence[tuple[Answer, ...]]
    ) -> tuple[Answer, ...]:
        """An "I" or "we" inside a quotation is whoever says that quotation."""
        if not attribution.source:
            return ()
        source = attribution.source[0]
        if self._tables.pronouns.get(self._document[source].casefold()) != "self":
            return ()
        for number, other in enumerate(attributions):
            if other is not attribution and any(content.contains(source) for content in other.content):
                return tuple(attrs.evolve(a, how=How.PRONOUN, score=round(a.score * 0.9, 2)) for a in answers[number])
        return ()


def _text(document: Document, span: Span) -> str:
    return " ".join(document[span].split())
