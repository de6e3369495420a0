"""The organizations and places of one article: their names chained, acronyms with what they stand for."""

from __future__ import annotations

import functools
import itertools
import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

import attrs

from quotekit import lexicon
from quotekit.lexicon import table
from quotekit.registry.names import ARTICLES, fold, words_of
from quotekit.resolution.words import as_named
from quotekit.spans import Span

__all__ = ["Body", "BodyName", "body_name", "chain_bodies", "countries", "states"]

LONGEST_ARTICLE = 8  # code points, with the space after it
_POSSESSIVE = re.compile(r"(?<=\w)['’`´]s?$")
_WORD = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W_]+")
_OPENED = re.compile(r"['’]?s?\s*\(\s*(?:the\s+)?[\"“']?", re.IGNORECASE)
_BRACKETED = re.compile(r"['’]?s?\s*\(\s*[\"“']?([A-Z][\w.&-]{1,9})[\"”']?\s*\)")


@attrs.frozen(kw_only=True)
class BodyName:
    """The name of an organization or place where it stands, without an article and possessive ending."""

    span: Span
    shown: str
    key: str

    @property
    def acronym(self) -> bool:
        """Whether it is written as the initials of something longer: "FO", "MoFA", "U.N."."""
        letters = self.shown.replace(".", "")
        capitals = sum(letter.isupper() for letter in letters)
        return 2 <= len(letters) <= 7 and letters.isalnum() and capitals >= max(2, len(letters) - 1)


@attrs.frozen(kw_only=True)
class Body:
    """An organization or place the article names: the fullest of the names, and all of them in order."""

    name: BodyName
    mentions: tuple[BodyName, ...]

    @property
    def nouns(self) -> frozenset[str]:
        """The words that may stand for it after "the": the last of its name, and the last before an "of"."""
        words, links = self.name.key.split(), lexicon.load().body_links
        return frozenset({words[-1], *(before for before, word in itertools.pairwise(words) if word in links)})


def body_name(text: str, span: Span) -> BodyName | None:
    """The name that `span` of `text` holds, or `None` where there are no words in it."""
    shown = _POSSESSIVE.sub("", text[span.slice].rstrip())
    article, _, rest = shown.partition(" ")
    start = span.start
    if article in ARTICLES and rest.strip():
        start, shown = span.start + len(shown) - len(rest.lstrip()), rest.lstrip()
    key = " ".join(word for word in words_of(shown) if word not in ARTICLES)
    if not key:
        return None
    span = Span(start, start + len(shown))
    return BodyName(span=span, shown=as_named(shown), key=table("countries").get(key, key))


def chain_bodies(names: Sequence[BodyName], text: str) -> tuple[Body, ...]:
    """Bring together the names that stand for one body; each name is in exactly one of them."""
    found: dict[str, list[BodyName]] = defaultdict(list)
    for name in sorted(names, key=lambda name: name.span.start):
        found[name.key].append(name)
    meant = {**_short_forms(found), **_meanings([same[0] for same in found.values()], text)}
    joined: dict[str, list[BodyName]] = defaultdict(list)
    for key, same in found.items():
        joined[meant.get(key, key)].extend(same)
    bodies = (tuple(sorted(same, key=lambda name: name.span.start)) for same in joined.values())
    ordered = sorted(bodies, key=lambda same: same[0].span.start)
    return tuple(Body(name=_with_article(_fullest(same), text), mentions=same) for same in ordered)


def _with_article(name: BodyName, text: str) -> BodyName:
    """The name of a newspaper that is one plain word with the article it is known by: "The Independent"."""
    if lexicon.load().outlets.get(name.key) != "last":
        return name
    before = text[max(0, name.span.start - LONGEST_ARTICLE) : name.span.start].casefold().split()
    return attrs.evolve(name, shown=f"The {name.shown}") if before[-1:] == ["the"] else name


def _fullest(names: Sequence[BodyName]) -> BodyName:
    """The longest name that is no acronym; of a country its own name, or else the most used."""
    used = Counter(name.shown for name in names)
    if names[0].key in countries():
        return max(names, key=lambda name: (name.shown.casefold() == name.key, used[name.shown], -name.span.start))
    return max(names, key=lambda name: (not name.acronym, not name.shown.isupper(), len(name.shown), -name.span.start))


@functools.cache
def countries() -> frozenset[str]:
    """The names of the countries, folded."""
    return frozenset(table("countries").values())


@functools.cache
def states() -> frozenset[str]:
    """The names of the states of the USA, folded."""
    return frozenset(name.casefold() for name in table("us_states").values())


def _meanings(names: Sequence[BodyName], text: str) -> dict[str, str]:
    """Acronym → the key of what it stands for: defined in brackets, or the initials of a name of the article."""
    meanings: dict[str, str] = {}
    for name in names:
        if not name.acronym:
            for initials in _initials(name.shown):
                meanings.setdefault(initials, name.key)
    for name in names:
        defined = _BRACKETED.match(text, name.span.end)
        if defined and not name.acronym:
            meanings[" ".join(words_of(defined.group(1)))] = name.key
    for short, name in itertools.pairwise(names):
        opened = _OPENED.match(text, short.span.end) if short.acronym and not name.acronym else None
        if opened and opened.end() == name.span.start:
            meanings[short.key] = name.key
    written = {name.key for name in names if name.acronym}
    return {short: key for short, key in meanings.items() if short in written}


def _short_forms(found: Mapping[str, Sequence[BodyName]]) -> dict[str, str]:
    """A lone noun → the one longer name before it that ends so: "the Times" after "The New York Times"."""
    longer: dict[str, set[str]] = defaultdict(set)
    for key in found:
        if " " in key:
            longer[key.rpartition(" ")[2]].add(key)
    nouns = lexicon.load().bodies
    short = {key: longer[key] for key in found if key in nouns and len(longer[key]) == 1}
    meant = {key: next(iter(keys)) for key, keys in short.items()}
    return {key: name for key, name in meant.items() if found[name][0].span.start < found[key][0].span.start}


def _initials(shown: str) -> tuple[str, ...]:
    """The initials of a name, with and without those of its small words."""
    words = _WORD.findall(shown)
    if len(words) > 2 and fold(words[0]).replace(".", "") in table("countries"):
        return (*_initials(" ".join(words[1:])), *_initials_of(words))
    return _initials_of(words)


def _initials_of(words: Sequence[str]) -> tuple[str, ...]:
    every = "".join(word[0].lower() for word in words)
    capitals = "".join(word[0].lower() for word in words if word[0].isupper())
    return tuple({every, capitals}) if len(capitals) > 1 else ()
