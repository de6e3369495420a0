"""Where noun phrases begin and end, told from the tables alone."""

from __future__ import annotations

import enum
import functools
from collections.abc import Sequence

import attrs

from quotekit import lexicon
from quotekit.extraction.nouns import is_body_noun, is_person_noun, participle_of
from quotekit.extraction.words import Word, is_abbreviation, is_manner
from quotekit.lexicon import Lexicon, table

__all__ = ["Reading", "phrase_before", "phrase_end"]

FARTHEST = 25  # words before a verb in which its subject begins
SHORTEST_DAY = 4  # letters: "Sun" and "Sat" after a name are part of it


class Reading(enum.Enum):
    """How soon a phrase ends at a word that no table knows.

    WIDE: it goes on ("the Shiroko dam"); PLAIN: it ends after a name ("Khan | unfit"); STRICT: it ends after a noun
    for somebody too ("the minister | unfit").
    """

    WIDE = enum.auto()
    PLAIN = enum.auto()
    STRICT = enum.auto()


def phrase_end(words: Sequence[Word], at: int, reading: Reading = Reading.PLAIN, lang: str = "en") -> int:
    """The index after the noun phrase that opens at `words[at]`, or `at` where none opens there."""
    tables = lexicon.load(lang)
    phrase = _Phrase(words, at, reading, tables)
    if at >= len(words) or not _opens(words[at], tables):
        return at
    if phrase.stands_alone():
        return at + 1
    end = next((i for i in range(at + 1, len(words)) if phrase.ends_before(i)), len(words))
    while end > at + 1 and (words[end - 1].key in tables.conjunctions or words[end - 1].key in tables.body_links):
        end -= 1
    return end


def phrase_before(words: Sequence[Word], end: int, lang: str = "en") -> int:
    """The index where the noun phrase that ends before `words[end]` begins, its "at the dam" with it; or `end`.

    A comma before `end` closes an apposition: "Khan, a judge, | was told".
    """
    tables = lexicon.load(lang)
    low = max(0, end - FARTHEST)
    if end and words[end - 1].key == ",":
        opening = next((i for i in range(end - 2, low, -1) if words[i].key == ","), low)
        start = phrase_before(words, opening, lang) if opening > low else opening
        return start if start < opening else end
    if end and words[end - 1].key in tables.relatives:
        return end - (words[end - 1].key in tables.pronouns)
    starts = (i for i in range(low, end) if _opens(words[i], tables) and _reach(words, i, end, lang) == end)
    return next(starts, end)


def _reach(words: Sequence[Word], at: int, limit: int, lang: str) -> int:
    """The index after the phrase at `at` and the ones that prepositions join to it, `limit` at most."""
    end = phrase_end(words[:limit], at, Reading.WIDE, lang)
    while end + 1 < limit and words[end].key in lexicon.load(lang).prepositions:
        further = phrase_end(words[:limit], end + 1, Reading.WIDE, lang)
        if further == end + 1:
            break
        end = further
    return end


@attrs.frozen
class _Phrase:
    """A noun phrase that opens at `words[at]`, its end still unknown."""

    words: Sequence[Word]
    at: int
    reading: Reading
    tables: Lexicon

    def stands_alone(self) -> bool:
        """Whether a pronoun is a whole phrase: "told her that", against "told her staff that"."""
        word, after = self.words[self.at], self.words[self.at + 1 : self.at + 2]
        if word.key not in self.tables.pronouns:
            return False
        leads = word.key in self.tables.determiners or word.key in self.tables.predeterminers
        return not leads or not after or after[0].is_mark or _is_small(after[0], self.tables)

    def ends_before(self, here: int) -> bool:
        """Whether the phrase, which goes on to `words[here - 1]`, has ended there."""
        tables, word, before = self.tables, self.words[here], self.words[here - 1]
        after = self.words[here + 1] if here + 1 < len(self.words) else None
        if word.is_mark:
            return not (word.text == "&" or (word.text == "." and is_abbreviation(before, tables.lang)))
        if before.is_mark or before.key in tables.conjunctions or before.key in tables.body_links:
            return word.key in tables.finite_verbs or word.key in tables.prepositions
        if word.key in tables.conjunctions:
            return after is None or not self._is_joined(after)
        if word.key in tables.body_links:
            titled = before.key in tables.roles and after is not None and after.is_capital
            return word.key not in tables.genitives and not titled
        if before.key in tables.determiners or before.key in tables.predeterminers:
            doubled = word.key in tables.determiners and before.key in tables.determiners
            return word.key in tables.finite_verbs or doubled
        return self._opens_another(here) or (self.reading is not Reading.WIDE and self._is_unknown(here))

    def _is_joined(self, word: Word) -> bool:
        """Whether another phrase, and not another verb, follows an "and" with a word."""
        if word.key in self.tables.determiners:
            return True
        known = word.is_capital or _is_noun(word, self.tables) or word.key not in self.tables.acts
        return known and _opens(word, self.tables) and word.key not in self.tables.pronouns

    def _opens_another(self, here: int) -> bool:
        """Whether a word is known to open something else: a clause, an adverb, a day, a number."""
        tables, word, before = self.tables, self.words[here], self.words[here - 1]
        if _is_small(word, tables) or _is_adverb(word, tables) or word.key in tables.predeterminers:
            return True
        if _is_day(word, tables):
            return not before.is_capital or len(word.key) >= SHORTEST_DAY
        counted = word.key in tables.times and not word.is_capital
        return counted and (before.is_capital or _is_noun(before, tables))

    def _is_unknown(self, here: int) -> bool:
        """Whether a word in small letters begins something new after a name, or after a noun for somebody."""
        tables, word, before = self.tables, self.words[here], self.words[here - 1]
        if before.is_possessive or word.is_capital or word.key in tables.name_particles or _is_noun(word, tables):
            return False
        participle = participle_of(word, tables)
        if _is_noun(before, tables) and (
            word.key in tables.judgments or (participle == "done" and word.key in tables.acts)
        ):
            return True
        if before.is_capital:
            return self.words[self.at].key not in tables.determiners and before.key not in table(
                "countries", tables.lang
            )
        if not is_person_noun(before, tables) or before.key in tables.adjectival_nouns or self._goes_on(here + 1):
            return False
        return self.reading is Reading.STRICT or participle == "doing"

    def _goes_on(self, here: int) -> bool:
        """Whether a noun for somebody follows within two words: "the minister | finance policy adviser"."""
        after = self.words[here : here + 2]
        if not after or after[0].is_mark or _is_small(after[0], self.tables):
            return False
        return any(_is_noun(word, self.tables) for word in after)


def _opens(word: Word, tables: Lexicon) -> bool:
    """Whether a noun phrase can open with a word."""
    if word.is_mark or word.key in tables.complementizers or word.key in tables.subordinators:
        return False
    if word.key in tables.relatives:
        return word.key in tables.pronouns and word.key not in tables.question_words
    if word.key in tables.determiners or word.key in tables.pronouns:
        return True
    verb = participle_of(word, tables) == "done" and word.key in tables.acts and not word.is_capital
    return not (verb or _is_small(word, tables) or word.key in tables.conjunctions or _is_day(word, tables))


def _is_small(word: Word, tables: Lexicon) -> bool:
    """Whether a word is no noun, name or adjective."""
    return word.key in _small_words(tables.lang)


@functools.cache
def _small_words(lang: str) -> frozenset[str]:
    tables = lexicon.load(lang)
    clauses = tables.complementizers | tables.relatives | tables.question_words
    return frozenset({*tables.pronouns, *tables.determiners}) | (
        tables.finite_verbs | tables.prepositions | tables.adverbs | clauses
    )


def _is_day(word: Word, tables: Lexicon) -> bool:
    return word.key in tables.calendar and word.is_capital


def _is_adverb(word: Word, tables: Lexicon) -> bool:
    noun = word.is_capital or word.key in tables.audiences or _is_noun(word, tables)
    return is_manner(word.key, tables) and not noun


def _is_noun(word: Word, tables: Lexicon) -> bool:
    return is_person_noun(word, tables) or is_body_noun(word, tables)
