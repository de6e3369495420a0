"""To whom an attribution's cue does what it does: who is told, asked, accused, blamed, praised …

How a target is attached to its cue stands in targets.tsv: as its object ("told reporters"), as somebody among what may
be its object ("criticized the board", not "criticized the plan"), by a preposition ("said to him"), and in the passive
as its subject ("they were told").
"""

from __future__ import annotations

from collections.abc import Iterator

from quotekit.extraction.clauses import Clause, InSentence, clause_of
from quotekit.extraction.nouns import NO_PERSON, is_somebody, is_thing
from quotekit.extraction.parts import Parts
from quotekit.extraction.phrases import Reading, phrase_end
from quotekit.extraction.words import words_in
from quotekit.lexicon import table
from quotekit.spans import Span, hull

__all__ = ["find_target", "target_in"]

OBJECTS = frozenset({"object", "somebody", "charged"})
REACH = 160  # code points after a content in which the subject of an opening participle is looked for
APPOSITION = 12  # words


def find_target(text: str, parts: Parts, lang: str = "en") -> tuple[Span, ...]:
    """The span of whoever an attribution is addressed to or about, or no span.

    >>> find_target("He told the mayor of Oslo that it rained.", Parts(cue=(Span(3, 7),), content=(Span(26, 40),)))
    (Span(start=8, end=25),)
    """
    return target_in(text, clause_of(text, parts, lang)) if parts.cue else ()


def target_in(text: str, clause: Clause) -> tuple[Span, ...]:
    """The same for an attribution whose sentence is known."""
    candidates = _Finder(text, clause).candidates()
    found = next((span for span in candidates if not any(span.overlaps(s) for s in clause.parts.source)), None)
    return (found,) if found else ()


class _Finder(InSentence):
    """One attribution in its sentence."""

    def candidates(self) -> Iterator[Span]:
        """The spans that the forms of the cue point at, from left to right."""
        for start, end, attachments in self.clause.forms():
            if not OBJECTS.isdisjoint(attachments) and self._is_undergone(start):
                passive = self.clause.is_passive(start)
                yield from self._subject("object" in attachments) if passive else self._participle_subject()
                return
            for attachment in attachments:
                yield from self._object(attachment, end) if attachment in OBJECTS else self._after(attachment, end)

    def _object(self, attachment: str, form_end: int) -> Iterator[Span]:
        """The object of a cue, where it may be the target of one so attached."""
        clause = self.clause
        if form_end < clause.after and clause.key(clause.after - 1) in self.tables.prepositions:
            return
        at = clause.past_times(max(clause.after, form_end))
        if clause.in_source(at) or clause.key(at) in self.tables.subject_pronouns:
            return
        if attachment != "somebody" and self._is_it(at):
            yield clause.span(at, at + 1)
        end = self._phrase(at, Reading.PLAIN if attachment == "object" else Reading.STRICT)
        if attachment == "charged":
            end = self._before_charge(at, end)
        fits = {"object": self._may_hear, "somebody": clause.is_somebody, "charged": self._may_be_charged}[attachment]
        if end > at and fits(at, end):
            yield self._whole(at, end)

    def _is_it(self, at: int) -> bool:
        """Whether a pronoun may stand for a body: a thing is neither blamed nor praised, but "it" may be told to go."""
        clause, key = self.clause, self.clause.key(at)
        leads = self.tables.determiners.keys() | self.tables.relatives | self.tables.question_words
        goes_on = not clause.in_content(at) or clause.key(at + 1) in self.tables.prepositions
        return goes_on and self.tables.pronouns.get(key) in NO_PERSON and key not in leads

    def _phrase(self, at: int, reading: Reading) -> int:
        """The end of the phrase at `at`; one that begins before the content does not run on into it."""
        end = self.clause.phrase_end(at, reading)
        if self.clause.in_content(at):
            return end
        end = next((i for i in range(at + 1, end) if self.clause.in_content(i)), end)
        return end - (end > at + 1 and self.clause.key(end - 1) in self.tables.genitives)

    def _may_hear(self, at: int, end: int) -> bool:
        """Whether a phrase may stand for whom is told: somebody, or what a report or the sentence's end follows."""
        clause, tables, head = self.clause, self.tables, self.clause.words[end - 1]
        ended = end == len(clause.words) or clause.words[end].is_mark
        if clause.in_content(at):
            goes_on = clause.key(end) in tables.prepositions or clause.key(end) in tables.negators
            return clause.is_somebody(at, end) and (ended or goes_on)
        if clause.is_somebody(at, end) or head.key in tables.audiences:
            return True
        if is_thing(head, tables):
            return False
        led = clause.key(at) in tables.determiners or clause.key(at) in tables.predeterminers
        return (led or head.key.endswith("s") or head.is_capital) and (ended or clause.opens_content(end))

    def _may_be_charged(self, at: int, end: int) -> bool:
        """Whether a phrase may stand for the accused, whom the grammar of the cue makes somebody."""
        return not is_thing(self.clause.words[end - 1], self.tables)

    def _before_charge(self, at: int, end: int) -> int:
        """The end of the accused: before the "of" that opens the charge, not before one of their own."""
        clause, genitives = self.clause, self.tables.genitives
        links = [i for i in range(at + 1, end) if clause.key(i) in genitives]
        if not links or clause.key(end) in genitives:
            return end
        doing = next((i for i in links if clause.participle(i + 1) == "doing"), None)
        before, after = clause.words[links[0] - 1], clause.words[links[0] + 1]
        named = links[0] - at == 1 or (before.is_capital and not after.is_capital)
        return doing or (links[0] if named or len(links) == 1 else links[1])

    def _after(self, preposition: str, form_end: int) -> Iterator[Span]:
        """Somebody after a preposition: right after the cue or its form, or after one thing in between."""
        clause = self.clause
        after = clause.past_times(clause.after)
        places = [clause.after - 1, form_end, after]
        if preposition in self.tables.infinitives and clause.in_content(after):
            return
        if not clause.in_source(after):
            places.append(clause.phrase_end(after, Reading.STRICT))
        at = next((place + 1 for place in places if clause.key(place) == preposition), None)
        if at is None or (preposition in self.tables.infinitives and self._is_base(at)):
            return
        end = self._phrase(at, Reading.STRICT)
        if end > at and clause.is_somebody(at, end):
            yield self._whole(at, end)

    def _is_base(self, at: int) -> bool:
        """Whether a word is a verb in its base form."""
        return self.clause.key(at) in table("verbs", self.tables.lang)

    def _whole(self, at: int, end: int) -> Span:
        """The span of a phrase, with the place of a gathering, and with an apposition before the content."""
        clause = self.clause
        gathering = clause.key(end - 1) in self.tables.audiences and clause.key(end) in self.tables.place_links
        if gathering and not clause.in_content(end):
            placed = self._phrase(end + 1, Reading.PLAIN)
            end = placed if placed > end + 1 else end
        elif clause.key(end) == "," and not clause.in_content(end + 1):
            end = self._after_apposition(end)
        return clause.span(at, end)

    def _after_apposition(self, end: int) -> int:
        """The index after an apposition that the comma at `end` opens and the content follows, or `end`."""
        clause = self.clause
        closing = next((i for i in range(end + 1, end + APPOSITION) if clause.key(i) == ","), end)
        named = clause.phrase_end(end + 1) > end + 1 and not clause.participle(end + 1)
        reported = clause.opens_content(closing + 1) or clause.key(closing + 1) in self.tables.infinitives
        return closing + 1 if closing > end and named and reported else end

    def _is_undergone(self, at: int) -> bool:
        """Whether the verb at `at` is a participle whose target is its subject: "was told", "Told that …, he"."""
        clause = self.clause
        if clause.participle(at) == "doing" or self._is_base(at):
            return False
        if clause.is_passive(at):
            return True
        if at > clause.first or clause.participle(at) != "done":
            return False
        if clause.parts.source:
            return clause.key(at + 1) in self.tables.makers
        return clause.phrase_end(at + 1) == at + 1

    def _subject(self, anybody: bool) -> Iterator[Span]:
        """The subject of a passive; a thing may be told something, not blamed."""
        clause = self.clause
        end = clause.verb_start(clause.first)
        start = clause.phrase_before(end)
        if start == end:
            return
        hearing = anybody and not is_thing(clause.words[end - 1], self.tables)
        if hearing or clause.key(start) in self.tables.relatives or clause.is_somebody(start, end):
            yield clause.span(start, end)

    def _participle_subject(self) -> Iterator[Span]:
        """The subject of a participle: before it, or after the content where the participle opens the sentence."""
        clause = self.clause
        if all(word.is_mark for word in clause.words[: clause.first]):
            yield from self._after_content()
            return
        end = clause.first - (clause.key(clause.first - 1) == ",")
        start = clause.phrase_before(end)
        if start < end and clause.is_somebody(start, end):
            yield clause.span(start, end)

    def _after_content(self) -> Iterator[Span]:
        """Somebody after the comma that closes a content: "Told that it rained, | the mayor | left"."""
        behind = hull((*self.clause.parts.cue, *self.clause.parts.content)).end
        lang = self.tables.lang
        words = words_in(self.text, behind, min(len(self.text), behind + REACH), lang)
        end = phrase_end(words, 1, Reading.STRICT, lang)
        if end > 1 and words[0].key == "," and is_somebody(words[1:end], lang):
            yield Span(words[1].start, words[end - 1].end)
