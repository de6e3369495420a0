"""What an article tells of reports, polls, letters and the like: who made the one that "the report" means."""

from __future__ import annotations

import bisect
from collections import defaultdict
from collections.abc import Sequence

import attrs

from quotekit import lexicon
from quotekit.document import Attribution
from quotekit.resolution.answers import Answer
from quotekit.resolution.names.cast import Cast
from quotekit.resolution.parts.authors import author_noun, authors_named, authors_place
from quotekit.resolution.parts.makers import Maker, is_done, makers_of
from quotekit.resolution.parts.phrases import Part, part_of
from quotekit.resolution.pronouns.relatives import goes_with_things
from quotekit.resolution.setting import Setting
from quotekit.resolution.words import Word
from quotekit.spans import Span

__all__ = ["Writing", "Writings"]

LONGEST_BEFORE = 8  # words from the first of a noun phrase to its noun
LONGEST_AFTER = 25  # words
LONGEST_VERB = 4  # words from a name to its verb: "Khan has also recently written"
MOST_NOUNS = 8  # of one sentence that are looked at
MOST_AHEAD = 50  # writings of one sort that a headline's "Poll" is looked for among
LATELY = 3_000  # code points from a document back to "the researchers", who wrote it
_ENDS = frozenset('.!?;:\n"“”')


@attrs.frozen(kw_only=True)
class Writing:
    """One place where a document is spoken of.

    `makers` are those the text names for it, `answers` those whom a source told; with neither it is nobody's.
    """

    place: int
    words: frozenset[str]
    makers: tuple[Maker, ...] = ()
    answers: tuple[Answer, ...] = ()


class Writings:
    """The documents of one article by their sort; more is known of them as its sources are resolved."""

    def __init__(self, cast: Cast, setting: Setting) -> None:
        """Find where the text brings documents in."""
        self._cast, self._tables = cast, lexicon.load(cast.lang)
        small = (self._tables.prepositions, self._tables.relatives, self._tables.conjunctions, self._tables.pronouns)
        self._stops = (*small, self._tables.acts, self._tables.finite_verbs)
        self._setting = setting
        text = cast.words.text
        self._title_end = text.find("\n", len(text) - len(text.lstrip())) % (len(text) + 1)
        self._by_sort: dict[str, list[Writing]] = defaultdict(list)
        self._nouns: list[int] = []
        for number, word in enumerate(cast.words):
            if word.key in self._tables.documents and cast.first(word) is None:
                self._nouns.append(number)
                if found := self._introduced(number):
                    self._note(word, found)

    def meant(self, part: Part) -> Writing | None:
        """The document that "the report" means: of those of its sorts the last before it, or the only one.

        A headline's bare "Poll" is the first the article brings in.
        """
        words = self._cast.words.inside(part.core)
        known = [self._by_sort[sort] for sort in self._tables.documents[part.head.key].split()]
        places = [bisect.bisect_left(same, part.head.start, key=_place) for same in known]
        if self._tables.determiners.get(words[0].key) == "definite":
            said = {word.key for word in words[1:-1]} - self._tables.anaphors
            before = [same[at - 1] for same, at in zip(known, places, strict=True) if at]
            only = [same[0] for same in known if same] if sum(map(len, known)) == 1 else []
            last = max(before or only, key=_place, default=None)
            return last if last and said <= last.words else None
        if len(words) > 1 or part.span.start >= self._title_end:
            return None
        after = (writing for same, at in zip(known, places, strict=True) for writing in same[at : at + MOST_AHEAD])
        return min((writing for writing in after if writing.makers), key=_place, default=None)

    def authored(self, part: Part) -> Writing | None:
        """The document whose authors "the authors of the report" means, or "the researchers" shortly after a study."""
        noun, words = author_noun(part.head.key, self._cast.lang), self._cast.words
        if noun is None:
            return None
        for number in words.range_of(part.span):
            if authors_place(number, self._opening(number), self._cast) is not None:
                document = self._part(number)
                return self._at(document) or self.meant(document)
        inside = words.inside(part.core)
        bare = part.core == part.span and len(inside) == 2 and self._tables.determiners.get(inside[0].key) == "definite"
        near = (self._last(self._by_sort[sort], part.span.start) for sort in noun.sorts if bare)
        return max((writing for writing in near if writing), key=_place, default=None)

    def hung_on(self, span: Span) -> Part | None:
        """The document that a "which" or "that" at `span` goes on about: "the report, which"."""
        number = self._cast.words.range_of(span).start - 1
        if number < 0 or not goes_with_things(self._cast.words[number + 1].key, self._cast.lang):
            return None
        word = self._cast.words[number]
        known = word.key in self._tables.documents and self._cast.first(word) is None
        return self._part(number) if known and not _ENDS & set(word.gap) else None

    def hear(self, part: Part, answers: tuple[Answer, ...]) -> None:
        """Take note of who made a document that was a source."""
        words = frozenset(word.key for word in self._cast.words.inside(part.core))
        self._note(part.head, Writing(place=part.head.start, words=words, answers=answers))

    def said_in(self, attribution: Attribution, answers: tuple[Answer, ...]) -> None:
        """Take note of the documents that somebody said something in: "said in a statement that"."""
        words = self._cast.words
        starts = [span.start for span in (*attribution.source, *attribution.cue)]
        region = Span(self._setting.sentence_start(min(starts)), self._setting.sentence_end(max(starts)))
        first = bisect.bisect_left(self._nouns, words.range_of(region).start)
        for number in self._nouns[first : first + MOST_NOUNS]:
            head = words[number]
            if head.end > region.end or any(content.contains(head.span) for content in attribution.content):
                continue
            opening = self._opening(number)
            if not opening or words[opening - 1].key not in self._tables.document_links:
                continue
            known = self._introduced(number)
            if known and not any(self._is_somebody(maker) for maker in known.makers):
                self._note(head, attrs.evolve(known, makers=(), answers=answers))

    def _introduced(self, number: int) -> Writing | None:
        """The document that the noun at a word brings in; `None` where it is one named before, or no document."""
        words, opening = self._cast.words, self._opening(number)
        core = Span(words[opening].start, words[number].end)
        makers: tuple[Maker, ...] = authors_named(number, opening, self._cast)
        if not makers and self._is_head(number):
            makers = makers_of(core, words[number], self._end(number), self._cast) or self._subject(opening)
        kind = self._tables.determiners.get(words[opening].key)
        if not makers and kind != "indefinite":
            return None
        phrase = frozenset(word.key for word in words[opening : number + 1])
        return Writing(place=words[number].start, words=phrase, makers=makers)

    def _part(self, number: int) -> Part:
        """The phrase whose noun is at a word."""
        words = self._cast.words
        return part_of(Span(words[self._opening(number)].start, words[number].end), self._cast, words[number].end)

    def _at(self, part: Part) -> Writing | None:
        """What is known of just this place."""
        same = self._by_sort[self._tables.documents[part.head.key].split()[0]]
        at = bisect.bisect_left(same, part.head.start, key=_place)
        return same[at] if at < len(same) and same[at].place == part.head.start else None

    def _last(self, same: Sequence[Writing], place: int) -> Writing | None:
        """The last of some writings shortly before a place, where somebody is known to have made it."""
        at = bisect.bisect_left(same, place, key=_place)
        near = at and place - same[at - 1].place <= LATELY
        return same[at - 1] if near and (same[at - 1].makers or same[at - 1].answers) else None

    def _opening(self, number: int) -> int:
        """The first word of the phrase whose noun is at a word."""
        words, tables, at = self._cast.words, self._tables, number
        while at and number - at < LONGEST_BEFORE and not words[at - 1].breaks:
            before = words[at - 1]
            if self._cast.first(before) is None:
                if before.key in tables.determiners:
                    return at - 1
                if any(before.key in stop for stop in self._stops):
                    break
            at -= 1
        return at

    def _is_head(self, number: int) -> bool:
        """Whether no further noun seems to follow: not the "study" of "study group"."""
        words, tables = self._cast.words, self._tables
        if number + 1 == len(words) or words[number].breaks or words[number].possessive:
            return True
        after = words[number + 1]
        follows = (tables.adverbs, tables.makings, tables.calendar, tables.times, tables.determiners)
        return is_done(after, tables) or any(after.key in known for known in (*self._stops, *follows))

    def _end(self, number: int) -> int:
        """Where what is said of a document ends at the latest."""
        words = self._cast.words
        last = min(number + LONGEST_AFTER, len(words) - 1)
        ends = (at for at in range(number, last) if _ENDS & set(words[at].gap) and not words[at].abbreviated)
        return words[next(ends, last)].end

    def _subject(self, opening: int) -> tuple[Maker, ...]:
        """Who is said to have made the document whose phrase opens at a word: "Reuters has released a poll"."""
        words, tables = self._cast.words, self._tables
        at = opening - 1
        if at < 1 or words[at].key not in tables.makings:
            return ()
        small = (tables.auxiliaries, tables.finite_verbs, tables.adverbs)
        while at > max(1, opening - LONGEST_VERB) and any(words[at - 1].key in known for known in small):
            at -= 1
        sighting = self._cast.first(words[at - 1])
        return (sighting,) if sighting and not words[at - 1].breaks and not words[at - 1].possessive else ()

    def _is_somebody(self, maker: Maker) -> bool:
        """Whether a maker is said in so many words, and not with a "his"."""
        whose = isinstance(maker, Span) and self._cast.words.inside(maker)[0].key in self._tables.pronouns
        return not whose

    def _note(self, head: Word, writing: Writing) -> None:
        """Put in a writing at its place, instead of what was known of that place."""
        same = self._by_sort[self._tables.documents[head.key].split()[0]]
        at = bisect.bisect_left(same, writing.place, key=_place)
        stop = at + (at < len(same) and same[at].place == writing.place)
        same[at:stop] = [writing]


def _place(writing: Writing) -> int:
    return writing.place
