"""Quotations with neither cue nor source that fill their paragraph, and who goes on speaking in them."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from quotekit.document import Act, Attribution, How, Kind
from quotekit.resolution.answers import is_person
from quotekit.resolution.form.scene import Answers, Scene, end_of, goes_on, passed_on
from quotekit.resolution.names.cast import Sighting
from quotekit.resolution.pronouns.antecedents import GENDERS
from quotekit.resolution.pronouns.relatives import is_of_somebody
from quotekit.resolution.words import Word
from quotekit.spans import Span

__all__ = ["Running", "is_bare"]

AROUND = 40  # code points on either side of a quotation that must hold nothing else, or a paragraph's end
FARTHEST = 400  # code points looked back on from a quotation
MOST_SENTENCES = 2  # of narration between two quotations
LONGEST_LEAD = 6  # words of a sentence in which its subject begins: "In a letter, Chief Executive Silva"
_MARKER = re.compile(r"\s*(?:[•·‣◦▪*–—-]|\(?\d{1,2}[.)]|\(?[a-z][.)])?[\s“”\"'‘«„]*")  # of an item of a list
_CLOSING = "”\"'’» \t\r\n"


def is_bare(attribution: Attribution, text: str) -> bool:
    """Whether a direct content with neither source nor cue fills its paragraph, or an item of a list."""
    if attribution.kind is not Kind.DIRECT or attribution.source or len(attribution.content) > 1:
        return False
    span = attribution.content[0]
    _, newline, left = text[max(0, span.start - AROUND) : span.start].rpartition("\n")
    right, _, _ = text[span.end : span.end + AROUND].partition("\n")
    opens = bool(newline) or span.start <= AROUND
    return opens and _MARKER.fullmatch(left) is not None and not _has_words(right + attribution.cue_text)


def _has_words(text: str) -> bool:
    return any(character.isalnum() for character in text)


def _is_question(attribution: Attribution) -> bool:
    """Whether somebody is asked, or may be: then whoever speaks next is not the same."""
    asks = attribution.act is Act.ASKS or not attribution.source
    return asks and attribution.text.rstrip(_CLOSING).endswith("?")


class Running:
    """Who is speaking as an article goes on: asked about its bare quotations in the order of the text."""

    def __init__(self, scene: Scene) -> None:
        """Nobody has spoken yet."""
        self._scene, self._text = scene, scene.document.text
        self._replies: set[int] = set()

    def speakers(self, number: int, near: Sequence[int], told: Sequence[Answers]) -> Answers:
        """The speakers of the `number`-th attribution, which is bare; `near` are those before it, `told` as yet."""
        attributions = self._scene.document.attributions
        start = attributions[number].content[0].start
        before = (n for n in reversed(near) if attributions[n].parent is None and end_of(attributions[n]) <= start)
        last = next(before, None)
        if last is None or start - end_of(attributions[last]) > FARTHEST:
            return self._introduced(start)
        between = Span(end_of(attributions[last]), start)
        whole = self._scene.setting.sentences_in(between, MOST_SENTENCES + 1)
        if not whole and (last in self._replies or _is_question(attributions[last])):
            reply = last not in self._replies and self._asked(attributions[last])
            self._replies.add(number)
            return reply or ()
        if not self._narrates(between):
            return goes_on(told[last], 0.7)
        if told[last] and last not in self._replies and self._is_about(between, whole, told[last]):
            return goes_on(told[last], 0.6)
        return self._introduced(start)

    def _narrates(self, between: Span) -> bool:
        """Whether there are words between two quotations, the marker of a list's next item left out."""
        before, _, left = self._text[between.slice].rpartition("\n")
        return _has_words(before) or _MARKER.fullmatch(left) is None

    def _asked(self, question: Attribution) -> Answers:
        asked = self._scene.tell(question.target[0]) if question.target else None
        single = asked is not None and is_person(self._scene.voices[asked.voice])
        return passed_on((asked,), How.IMPLICIT, 0.7) if asked and single else ()

    def _is_about(self, between: Span, whole: Sequence[Span], answers: Answers) -> bool:
        """Whether narration only goes on about whoever spoke last: it names nobody else, and opens with the speaker."""
        own = {answer.voice for answer in answers}
        if len(own) > 1 or not {sighting.member for sighting in self._people(between)} <= own:
            return False
        return len(whole) <= MOST_SENTENCES and all(self._opens_with(sentence, own) for sentence in whole)

    def _people(self, span: Span) -> list[Sighting]:
        return [sighting for sighting in self._scene.cast.within(span) if self._scene.is_person(sighting.member)]

    def _opens_with(self, sentence: Span, own: Collection[int]) -> bool:
        """Whether the subject of a sentence is one of some members: by name, or as the "he" or "she" that fits."""
        words = self._scene.cast.words.inside(sentence)[:LONGEST_LEAD]
        if not words:
            return True
        if self._gender(words[0]):
            return all(self._fits(member, words[0]) for member in own)
        people = self._people(Span(sentence.start, words[-1].end))
        return bool(people) and people[0].member in own and self._may_be_subject(people[0])

    def _gender(self, word: Word) -> str:
        kind = self._scene.tables.pronouns.get(word.key, "")
        return kind if kind in GENDERS and word.key in self._scene.tables.subject_pronouns else ""

    def _fits(self, voice: int, pronoun: Word) -> bool:
        known = getattr(self._scene.voices[voice], "gender", None)
        return known in (None, self._gender(pronoun))

    def _may_be_subject(self, sighting: Sighting) -> bool:
        """Whether a name at the start of a sentence is neither "Khan's" nor "supporters of Khan"."""
        words = self._scene.cast.words
        last = words[words.range_of(sighting.name.span).stop - 1]
        return not last.possessive and not is_of_somebody(sighting, self._scene.cast)

    def _introduced(self, start: int) -> Answers:
        """The one person who speaks in the last sentence of the paragraph before, where that ends in a colon."""
        low = max(0, start - FARTHEST)
        before = self._text[low:start].rpartition("\n")[0].rstrip()
        if not before.endswith(":"):
            return ()
        paragraph = Span(low + before.rfind("\n") + 1, low + len(before))
        last = self._scene.setting.sentence_start(paragraph.end - 1)
        sentence = Span(max(paragraph.start, last), paragraph.end)
        words = self._scene.cast.words.inside(sentence)
        acts, passives = self._scene.tables.acts, self._scene.tables.passives
        if not any(word.key in acts for word in words) or any(word.key in passives for word in words):
            return ()
        where = paragraph if self._gender(words[0]) else sentence
        members = {sighting.member for sighting in self._people(where)}
        if len(members) == 1 and self._opens_with(sentence, members):
            return (self._scene.named(members.pop(), How.IMPLICIT, 0.6),)
        return ()
