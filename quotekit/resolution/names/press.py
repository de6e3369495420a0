"""How a text writes the names of newspapers, stations and pollsters: "the Independent", "Post-Star News poll"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from quotekit import lexicon
from quotekit.lexicon import Lexicon
from quotekit.registry.names import ARTICLES
from quotekit.resolution.names.bodies import BodyName, body_name
from quotekit.resolution.words import Words
from quotekit.spans import Span

__all__ = ["before_document", "hyphenated", "is_after_the", "is_outlet"]

LONGEST_NOUN = 2  # words after a name: "tracking poll"
_HYPHEN = re.compile(r"(?<=\w)-(?=[A-Z])")


def is_outlet(name: BodyName, lang: str = "en") -> bool:
    """Whether a name is a newspaper's, a station's or an agency's."""
    outlets = lexicon.load(lang).outlets
    words = name.key.split()
    kinds = {outlets.get(" ".join(words[:length])) for length in range(1, len(words) + 1)}
    return "none" not in kinds and ("name" in kinds or outlets.get(words[-1]) in ("last", "noun"))


def hyphenated(run: range, span: Span, words: Words, tables: Lexicon) -> Iterator[BodyName]:
    """The names in a run such as "Washington Post-ABC News" before "poll", where one of them is an outlet's.

    `span` is where the run stands.
    """
    if not any("-" in word.text for word in words[run.start : run.stop]) or not before_document(run, words, tables):
        return
    borders = [found.start() for found in _HYPHEN.finditer(words.text, span.start, span.end)]
    starts, ends = [span.start, *(border + 1 for border in borders)], [*borders, span.end]
    names = [body_name(words.text, Span(start, end)) for start, end in zip(starts, ends, strict=True)]
    if borders and any(name and is_outlet(name, tables.lang) for name in names):
        yield from filter(None, names)


def before_document(run: range, words: Words, tables: Lexicon) -> bool:
    """Whether the noun of a document follows a run, one word at most between them."""
    around = words[run.stop - 1 : run.stop + LONGEST_NOUN]
    ends = [number for number, word in enumerate(around) if number and word.key in tables.documents]
    return bool(ends) and not any(word.breaks for word in around[: ends[0]])


def is_after_the(number: int, words: Words, tables: Lexicon) -> bool:
    """Whether "the" stands before a word with a capital and no noun after it: "the Beatles have"."""
    before = words[number - 1].key
    if before not in ARTICLES or tables.determiners[before] != "definite":
        return False
    word = words[number]
    if not word.capitalized or word.possessive:
        return False
    small = (tables.finite_verbs, tables.acts, tables.prepositions, tables.conjunctions, tables.adverbs)
    return number + 1 == len(words) or word.breaks or any(words[number + 1].key in known for known in small)
