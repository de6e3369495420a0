"""Sources → voices: every part of every source of one article, in the order of the text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import attrs

from quotekit import lexicon
from quotekit.document import Attribution, Document, How
from quotekit.resolution.answers import Answer, Voice, is_body, is_named
from quotekit.resolution.descriptions.described import Descriptions, plain_text
from quotekit.resolution.descriptions.writings import Writings
from quotekit.resolution.lookup import Lookup
from quotekit.resolution.names.bodies import BodyName
from quotekit.resolution.names.cast import Cast, Member
from quotekit.resolution.names.people import Person, is_family_name
from quotekit.resolution.names.person import Name
from quotekit.resolution.parts.authors import author_noun
from quotekit.resolution.parts.makers import Maker
from quotekit.resolution.parts.sources import Part, PartKind, parts_of
from quotekit.resolution.pronouns.antecedents import GENDERS, Antecedents, Heard
from quotekit.resolution.pronouns.relatives import named_before
from quotekit.resolution.setting import Setting
from quotekit.resolution.traits.roles import Roles
from quotekit.spans import Span
from quotekit.speakers import Speaker, SpeakerType

__all__ = ["Resolver"]

THING = "thing"  # of the table: a pronoun for a body or a document
REACH_OF_DOCUMENT = 2  # sentences from it to an "it": the next one


class Resolver:
    """Resolves the sources of one document.

    `voices` are the cast and those it came to hear of; `antecedents` is what its pronouns look back on,
    `setting` where its places stand.
    """

    def __init__(
        self,
        document: Document,
        sentences: Sequence[Span],
        cast: Cast,
        roles: Roles,
        lookup: Lookup,
        memory: type[Antecedents] = Antecedents,
    ) -> None:
        """Nothing is resolved yet."""
        self.voices: list[Voice] = list(cast.members)
        self._document, self._cast, self._lookup = document, cast, lookup
        self._tables = lexicon.load(cast.lang)
        self.setting = Setting(document, sentences)
        self.antecedents = memory(cast, self.voices, self.setting)
        self._descriptions = Descriptions(document, cast, self.voices, roles, lookup, self.antecedents)
        self._writings = Writings(cast, self.setting)
        self._by_source: dict[tuple[Span, ...], list[Attribution]] = defaultdict(list)
        for attribution in document.attributions:
            self._by_source[attribution.source].append(attribution)
        self._numbers: dict[str, int] = {}
        self._last: tuple[Answer, ...] = ()
        self._written: Span | None = None  # the last source, where it was a document

    def resolve(self) -> list[tuple[Answer, ...]]:
        """The answers for each attribution, in the document's order; none where nobody can be told."""
        attributions = self._document.attributions
        sources = sorted({a.source for a in attributions if a.source}, key=_places)
        found = {source: self._source(source) for source in sources}
        return [found.get(attribution.source, ()) for attribution in attributions]

    def reporter(self, span: Span) -> Answer | None:
        """Who passed an attribution on: whom the phrase at `span` names or describes."""
        return next((answer for part in parts_of([span], self._cast) for answer in self._part(part)), None)

    def _source(self, source: tuple[Span, ...]) -> tuple[Answer, ...]:
        parts = parts_of(source, self._cast)
        answers = tuple(answer for part in parts for answer in self._part(part))
        for attribution in self._by_source[source]:
            self._writings.said_in(attribution, self._named(answers))
        for answer in answers if not self._tells_of_document(parts) else ():
            self.antecedents.hear(Heard(span=source[0], member=answer.voice))
        self._last = answers or self._last
        if parts:
            written = parts[0].kind is PartKind.DOCUMENT or self._goes_on(parts[0])
            self._written = source[0] if answers and written else None
        return answers

    def _part(self, part: Part) -> Sequence[Answer]:
        if part.kind is PartKind.PRONOUN:
            return self._pronoun(part)
        if part.kind is PartKind.BODY:
            return [self._body(part)]
        if part.kind is PartKind.DOCUMENT and (makers := self._makers(part)):
            return makers
        if part.kind is PartKind.DESCRIPTION and (authors := self._authors(part)):
            return authors
        if part.sighting is None:
            told = self._descriptions.tell(part)
            return [self._answer(who, told.how, told.score) for who in told.who]
        how, score = _how(part.sighting.name, self._cast.members[part.sighting.member])
        return [self._answer(part.sighting.member, how, score)]

    def _makers(self, part: Part) -> tuple[Answer, ...]:
        """Who made a document: whom its own phrase names, or the one that brought it in."""
        makers, known = part.makers, tuple[Answer, ...]()
        if not makers and (writing := self._writings.meant(part)):
            makers, known = writing.makers, writing.answers
        answers = self._by(makers, known, part)
        self._writings.hear(part, answers)
        return answers

    def _authors(self, part: Part) -> tuple[Answer, ...]:
        """Whoever wrote the document that a phrase for its authors means, where they are as many as it says."""
        writing, noun = self._writings.authored(part), author_noun(part.head.key, self._cast.lang)
        if writing is None or noun is None:
            return ()
        answers = self._by(writing.makers, writing.answers, part)
        bodies = [is_body(self.voices[answer.voice]) for answer in answers]
        fits = len(answers) > 1 or all(bodies) if noun.several else bodies == [False]
        return answers if fits else ()

    def _by(self, makers: Sequence[Maker], known: Sequence[Answer], part: Part) -> tuple[Answer, ...]:
        """The answers that are known and those of the makers, as one tells a document by them."""
        answers = (*known, *(answer for maker in makers for answer in self._maker(maker, part)))
        return tuple(attrs.evolve(a, how=How.DESCRIPTION, score=min(a.score, 0.75)) for a in answers)

    def _maker(self, maker: Maker, part: Part) -> tuple[Answer, ...]:
        """Who one of the makers is, where that is somebody named; a "his" tells it only right before the document."""
        if not isinstance(maker, Span):
            return (self._answer(maker.member, How.DESCRIPTION, 0.75),)
        parts = parts_of([maker], self._cast)
        told = [p for p in parts if p.kind is not PartKind.PRONOUN or maker in part.makers]
        return self._named([answer for p in told for answer in self._part(p)])

    def _named(self, answers: Sequence[Answer]) -> tuple[Answer, ...]:
        """Those of the answers that are people or bodies by name."""
        return tuple(answer for answer in answers if is_named(self.voices[answer.voice]))

    def _body(self, part: Part) -> Answer:
        called = self._lookup.body_called(plain_text(self._cast, part.core))
        return self._answer(called, How.ALIAS, 0.7, part.core)

    def _pronoun(self, part: Part) -> Sequence[Answer]:
        kind = self._tables.pronouns[part.head.key]
        if kind in GENDERS:
            found = self.antecedents.person(part.span, kind)
        elif part.head.key in self._tables.relatives:
            found = named_before(part.span, self._cast)
            if not found and (document := self._writings.hung_on(part.span)):
                return [attrs.evolve(answer, how=How.PRONOUN) for answer in self._makers(document)]
        elif kind == "plural":
            return self._plural(part)
        elif kind == THING:
            if self._goes_on(part):
                return [attrs.evolve(a, how=How.PRONOUN, score=0.6) for a in self._last]
            found = self.antecedents.body(part.span)
        else:
            return ()
        return [self._answer(found[0], How.PRONOUN, found[1])] if found else ()

    def _tells_of_document(self, parts: Sequence[Part]) -> bool:
        """Whether a source is the "which" of "her remarks, which": whose they are is told, but nobody speaks there."""
        relative = bool(parts) and parts[0].head.key in self._tables.relatives
        return relative and parts[0].kind is PartKind.PRONOUN and self._writings.hung_on(parts[0].span) is not None

    def _goes_on(self, part: Part) -> bool:
        """Whether a part is an "it" right after a document spoke: "the report said. It also warned"."""
        if self._written is None or part.kind is not PartKind.PRONOUN:
            return False
        near = self.setting.away(self._written.start, part.span.start) < REACH_OF_DOCUMENT
        return near and self._tables.pronouns[part.head.key] == THING

    def _plural(self, part: Part) -> Sequence[Answer]:
        """Those of the last source, where they were several or a group."""
        last = self._last
        several = len(last) > 1 or (len(last) == 1 and self._is_group(last[0]))
        return [attrs.evolve(a, how=How.PRONOUN, score=0.6) for a in last] if several else ()

    def _is_group(self, answer: Answer) -> bool:
        voice = self.voices[answer.voice]
        return isinstance(voice, Speaker) and voice.type is SpeakerType.GROUP

    def _answer(self, who: int | Speaker, how: How, score: float, evidence: Span | None = None) -> Answer:
        """An answer for a member of the cast, or for somebody else; the same words, or id, are the same voice."""
        if isinstance(who, Speaker):
            key = who.id or who.name.casefold()
            if key not in self._numbers:
                self._numbers[key] = len(self.voices)
                self.voices.append(who)
            return Answer(voice=self._numbers[key], how=how, score=score, evidence=evidence)
        voice = self.voices[who]
        named = None if isinstance(voice, Speaker) else voice.name.span
        return Answer(voice=who, how=how, score=score, evidence=named)


def _places(source: Sequence[Span]) -> list[tuple[int, int]]:
    return [(span.start, span.end) for span in source]


def _how(name: Name | BodyName, member: Member) -> tuple[How, float]:
    """What kind of mention a name is, and how sure it is that it is this member's."""
    if isinstance(name, BodyName):
        return (How.ACRONYM, 0.9) if name.acronym else (How.FULL_NAME, 0.9)
    if name.full:
        return How.FULL_NAME, 0.95
    if name.title:
        return How.TITLE_NAME, 0.9
    if not isinstance(member, Person) or not member.name.full:
        return How.SURNAME, 0.7
    return (How.SURNAME, 0.9) if is_family_name(name.sounds[0], member.name) else (How.GIVEN_NAME, 0.8)
