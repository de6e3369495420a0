"""The sentence in which an attribution's cue stands, and what of it are the attribution's other parts."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from operator import attrgetter

import attrs

from quotekit import lexicon
from quotekit.extraction.nouns import is_outlet, is_somebody, participle_of
from quotekit.extraction.parts import Parts
from quotekit.extraction.phrases import Reading, phrase_before, phrase_end
from quotekit.extraction.words import Word, first_words, is_abbreviation, is_manner, iterate_words
from quotekit.lexicon import Lexicon
from quotekit.spans import Span, hull

__all__ = ["Clause", "InSentence", "clause_of"]

WINDOW = 300  # code points on both sides of a cue: what is farther away says nothing of it
LONGEST_FORM = 5  # words of a form in targets.tsv

_STOPS = frozenset(".!?…")
_OPENING = frozenset("“\"‘'«„")
_MAY_END = re.compile(r"[.!?…](?=\s*(?:[^\W_a-z]|[“\"‘'«„]))|\n\s*\n")
_START, _END = attrgetter("start"), attrgetter("end")


@attrs.frozen
class Clause:
    """The words of a sentence; the cue of its attribution is `words[first:after]`.

    Words are named by their index; a phrase by those of its first word and of the one after its last.
    """

    words: tuple[Word, ...]
    first: int
    after: int
    parts: Parts
    tables: Lexicon

    def key(self, at: int) -> str:
        """A word, folded, or nothing where the sentence has ended."""
        return self.words[at].key if 0 <= at < len(self.words) else ""

    def keys(self, start: int, end: int) -> str:
        """Some words, folded, as the tables spell a phrase."""
        return " ".join(word.key for word in self.words[start:end])

    def span(self, start: int, end: int) -> Span:
        """The span of some words, of which there must be one at least."""
        return Span(self.words[start].start, self.words[end - 1].end)

    def in_content(self, at: int) -> bool:
        """Whether a word belongs to the content."""
        return self._is_in(at, self.parts.content)

    def in_source(self, at: int) -> bool:
        """Whether a word belongs to the source."""
        return self._is_in(at, self.parts.source)

    def _is_in(self, at: int, spans: Sequence[Span]) -> bool:
        if at >= len(self.words):
            return False
        start, end = self.words[at].start, self.words[at].end
        return any(span.start < end and start < span.end for span in spans)

    def is_free(self, start: int, end: int) -> bool:
        """Whether some words belong neither to the source nor to the content."""
        return not any(self.in_source(at) or self.in_content(at) for at in range(start, end))

    def opens_content(self, at: int) -> bool:
        """Whether the content is seen to begin with a word, or a clause that reports."""
        key = self.key(at)
        return self.in_content(at) or key in self.tables.complementizers or key in self.tables.question_words

    def phrase_end(self, at: int, reading: Reading = Reading.PLAIN) -> int:
        """The end of the noun phrase at `at`, or `at` where none opens there."""
        return phrase_end(self.words, at, reading, self.tables.lang)

    def phrase_before(self, end: int) -> int:
        """Where the noun phrase that goes up to `end` begins, or `end` where there is none."""
        return phrase_before(self.words, end, self.tables.lang)

    def is_somebody(self, start: int, end: int) -> bool:
        """Whether a noun phrase is for a person, a group or a body."""
        return is_somebody(self.words[start:end], self.tables.lang)

    def is_outlet(self, start: int, end: int) -> bool:
        """Whether a noun phrase is for a newspaper, a station, an agency or the like."""
        return is_outlet(self.words[start:end], self.tables.lang)

    def is_adverb(self, at: int) -> bool:
        """Whether a word only tells how or when."""
        if self.key(at) in self.tables.adverbs:
            return True
        return is_manner(self.key(at), self.tables) and not self.words[at].is_capital

    def past_times(self, at: int) -> int:
        """The index after adverbs and days: "told | again on Monday | reporters"."""
        while at < len(self.words):
            dated = self.key(at) in self.tables.prepositions and self.key(at + 1) in self.tables.calendar
            if not (dated or self.is_adverb(at) or self.key(at) in self.tables.calendar):
                break
            at += 1 + dated
        return at

    def before_times(self, end: int) -> int:
        """The index before adverbs and days: "the paper | last week | quoted"."""
        while end and (self.key(end - 1) in self.tables.calendar or self.is_adverb(end - 1)):
            end -= 2 if self.key(end - 2) in self.tables.prepositions else 1
        return end - 2 if self.key(end - 2) in self.tables.times else end

    def forms(self) -> Iterator[tuple[int, int, tuple[str, ...]]]:
        """The forms of targets.tsv in the cue: where each begins and ends, and how its target is attached.

        One may end with the word after the cue ("called | on").
        """
        start, openers = self.first, first_words("targets", self.tables.lang)
        while start < self.after:
            if self.key(start) not in openers:
                start += 1
                continue
            longest = min(start + LONGEST_FORM, self.after + 1, len(self.words))
            end = next((i for i in range(longest, start, -1) if self.keys(start, i) in self.tables.targets), None)
            if end:
                yield start, end, tuple(self.tables.targets[self.keys(start, end)].split())
            start = end or start + 1

    def participle(self, at: int) -> str:
        """What a participle says of its subject, "done" to it or "doing"; "" of any other word."""
        return participle_of(self.words[at], self.tables) if at < len(self.words) else ""

    def verb_start(self, at: int) -> int:
        """The index where the verb group that goes up to `at` begins: "| has also been | told"."""
        while at and (self.key(at - 1) in self.tables.finite_verbs or self._may_interrupt(at - 1)):
            at -= 1
        return at

    def subject(self, verb: int) -> range:
        """The words before the verb group of `verb` that are its subject, a day between the two left out."""
        end = self.before_times(self.verb_start(verb))
        return range(self.phrase_before(end), end)

    def says_as(self, at: int) -> bool:
        """Whether "as saying", or the like, stands at `at`."""
        return self.key(at) in self.tables.predicates and self.participle(at + 1) == "doing"

    def is_passive(self, at: int) -> bool:
        """Whether a form of "be" leads up to the participle at `at`."""
        at -= 1
        while at >= 0 and self._may_interrupt(at):
            at -= 1
        return self.key(at) in self.tables.passives

    def _may_interrupt(self, at: int) -> bool:
        """Whether a word may stand inside a verb group, between its auxiliaries and the verb."""
        key = self.key(at)
        if self.is_adverb(at) or key in self.tables.negators:
            return True
        return key in self.tables.auxiliaries and key not in self.tables.passives


@attrs.frozen
class InSentence:
    """One attribution in its sentence, for whoever looks for something there."""

    text: str
    clause: Clause

    @property
    def tables(self) -> Lexicon:
        """The tables of the sentence's language."""
        return self.clause.tables


def clause_of(text: str, parts: Parts, lang: str = "en") -> Clause:
    """The sentence around the cue of an attribution that has one, cut at `WINDOW` code points from it."""
    words, first, after = _sentence(text, hull(parts.cue), lang)
    return Clause(words, first, after, parts, lexicon.load(lang))


def _sentence(text: str, cue: Span, lang: str) -> tuple[tuple[Word, ...], int, int]:
    """The words of the sentence around a cue, and the indices of the first of the cue and the first after it."""
    words = _words_to_end(text, _sentence_start(text, cue, lang), cue, lang)
    return tuple(words), bisect_right(words, cue.start, key=_END), bisect_left(words, cue.end, key=_START)


def _sentence_start(text: str, cue: Span, lang: str) -> int:
    """Where the sentence of a cue begins: behind the last mark before it that ends another, or `WINDOW` away."""
    farthest = max(0, cue.start - WINDOW)
    marks = [mark.start() for mark in _MAY_END.finditer(text, farthest, cue.end) if mark.start() < cue.start]
    return next((end for mark in reversed(marks) if (end := _end_at(text, farthest, mark, lang))), farthest)


def _end_at(text: str, farthest: int, mark: int, lang: str) -> int | None:
    """Where the mark at `mark` ends if a sentence ends with it; that takes one word before it and one after."""
    at = mark
    while (at := text.rfind(" ", farthest, at)) >= 0 and not text[at + 1].isalnum():
        pass
    before: Word | None = None
    here: Word | None = None
    for word in iterate_words(text, at + 1 if at >= 0 else farthest, mark + WINDOW, lang):
        if here:
            return here.end if _is_end(here, before or here, word, lang) else None
        if word.start < mark:
            before = word
        elif word.start == mark:
            here = word
        else:
            break
    return None


def _words_to_end(text: str, begin: int, cue: Span, lang: str) -> list[Word]:
    """The words from `begin` to the end of the sentence after a cue."""
    words: list[Word] = []
    for word in iterate_words(text, begin, min(len(text), cue.end + WINDOW), lang):
        if words and words[-1].start >= cue.end and _is_end(words[-1], words[-2:][0], word, lang):
            break
        words.append(word)
    return words


def _is_end(mark: Word, before: Word, after: Word | None, lang: str) -> bool:
    """Whether a sentence ends with a mark between two words."""
    if mark.text[0] == "\n":
        return True
    if mark.text not in _STOPS or (mark.text == "." and is_abbreviation(before, lang)):
        return False
    return after is not None and (after.is_capital or after.text in _OPENING)
