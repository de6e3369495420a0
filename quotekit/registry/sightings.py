"""Who speaks in articles, under which names and with which titles, counted article by article."""

from __future__ import annotations

import collections
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from quotekit import lexicon
from quotekit.document import Attribution, Document
from quotekit.lexicon import table
from quotekit.registry.fields import filled
from quotekit.registry.names import name_key, words_of
from quotekit.registry.phrases import Phrase
from quotekit.registry.titles import is_title, parts_of
from quotekit.speakers import PartialDate, Speaker, SpeakerType

__all__ = ["Seen", "Tally", "gathered"]

MOST_EXAMPLES = 3
LONGEST_EXAMPLE = 300  # code points
LONGEST_TITLE = 10  # words; more are a description

_SENTENCE_END = re.compile(r"[.!?…]+[\"'”’»)\]]*\s+|\n")
_POSSESSIVE = re.compile(r"['’]s?$")


class Seen:
    """How often something was seen, in which articles, from when to when, and how it looked there."""

    def __init__(self) -> None:
        """Start with nothing seen."""
        self.count = 0
        self.articles: set[int] = set()
        self._dates: tuple[PartialDate, PartialDate] | None = None
        self._examples: list[Mapping[str, str]] = []

    def add(self, article: int, document: Document, example: str) -> None:
        """Count it once more; an article gives one example at the most."""
        self.count += 1
        if document.date:
            date = PartialDate.parse(document.date)
            self._widen((date, date))
        if article not in self.articles and len(self._examples) < MOST_EXAMPLES:
            self._examples.append(filled(doc=document.id, text=example))
        self.articles.add(article)

    def absorb(self, other: Seen) -> None:
        """Count all that another has counted."""
        self.count += other.count
        self.articles |= other.articles
        self._examples = (self._examples + other._examples)[:MOST_EXAMPLES]
        if other._dates:
            self._widen(other._dates)

    def record(self, **more: object) -> dict[str, Any]:
        """What a file shows of it."""
        first, last = self._dates or (None, None)
        dates = filled(first=first and str(first), last=last and str(last))
        numbers = {"count": self.count, "documents": len(self.articles)}
        return {**dates, **numbers, **filled(**more), "examples": list(self._examples)}

    def _widen(self, dates: tuple[PartialDate, PartialDate]) -> None:
        first, last = self._dates or dates
        self._dates = (min(first, dates[0], key=PartialDate.first), max(last, dates[1], key=PartialDate.last))


class Tally:
    """One name of one speaker in all articles, with what came with it.

    `id` is the speaker's where the articles were attributed with a registry. `names` are the full names, `forms`
    all that mentions say; `roles` are titles with bodies as phrases, each with the ways it was written.
    """

    def __init__(self, speaker: Speaker) -> None:
        """Start with nobody seen."""
        self.id, self.name, self.type = speaker.id, speaker.name, speaker.type
        self.seen = Seen()
        self.genders: collections.Counter[str] = collections.Counter()
        self.names: collections.Counter[str] = collections.Counter()
        self.forms: collections.Counter[str] = collections.Counter()
        self.roles: dict[Phrase, tuple[collections.Counter[tuple[str, str | None]], Seen]] = {}

    def add_role(self, title: str, organization: str | None) -> Seen:
        """What was seen of a role until now."""
        phrase = Phrase.read(f"{title} {organization or ''}")
        written, seen = self.roles.setdefault(phrase, (collections.Counter(), Seen()))
        written[title, organization] += 1
        return seen

    def absorb(self, other: Tally) -> None:
        """Take in another name of the same speaker."""
        self.id = self.id or other.id
        self.seen.absorb(other.seen)
        self.genders.update(other.genders)
        self.names.update(other.names)
        self.forms.update(other.forms)
        for phrase, (written, seen) in other.roles.items():
            own_written, own_seen = self.roles.setdefault(phrase, (collections.Counter(), Seen()))
            own_written.update(written)
            own_seen.absorb(seen)


def gathered(documents: Iterable[Document]) -> list[Tally]:
    """A tally of every named speaker of the documents' attributions, in order of appearance."""
    tallies: dict[object, Tally] = {}
    for article, document in enumerate(documents):
        forms = _forms(document)
        for attribution in document.attributions:
            for speaker in attribution.speakers:
                if speaker.type not in (SpeakerType.PERSON, SpeakerType.ORGANIZATION) or not name_key(speaker.name):
                    continue
                key = _key(speaker)
                tally = tallies.setdefault(key, Tally(speaker))
                if article not in tally.seen.articles:
                    tally.forms.update(forms.get(key, {}))
                tally.seen.add(article, document, _sentence(document, attribution))
                tally.names[speaker.name] += 1
                tally.genders.update(filter(None, [speaker.gender]))
                for title, organization in _roles(attribution, speaker, forms.get(key, {})):
                    seen = tally.add_role(title, organization)
                    if article not in seen.articles:
                        seen.add(article, document, _sentence_with(document, attribution, title))
    return list(tallies.values())


def _key(speaker: Speaker) -> object:
    return speaker.id or (speaker.name, speaker.type)


def _forms(document: Document) -> Mapping[object, collections.Counter[str]]:
    """How the mentions of each speaker are written."""
    forms: dict[object, collections.Counter[str]] = collections.defaultdict(collections.Counter)
    for mention in document.mentions:
        if mention.speaker:
            forms[_key(mention.speaker)][_POSSESSIVE.sub("", " ".join(mention.text.split()))] += 1
    return forms


def _roles(attribution: Attribution, speaker: Speaker, forms: Mapping[str, int]) -> Iterator[tuple[str, str | None]]:
    """The titles and bodies with which an attribution shows its speaker; a registry's role says nothing new."""
    if speaker.role and not speaker.id:
        if _is_title(speaker.role.split()):
            yield speaker.role, speaker.organization
    elif len(attribution.speakers) == 1 and speaker.type is SpeakerType.PERSON:
        names = sorted((*forms, speaker.name), key=len, reverse=True)
        yield from ((title, None) for part in parts_of(attribution.source_text) if (title := _title(part, names)))


def _title(part: str, names: Iterable[str]) -> str:
    """The title in a part of a source: what stands before the name, or all where it has no name."""
    name = next((name for name in names if name in part), None)
    words = part[: part.rindex(name)].split() if name else part.split()
    while words and is_title(words[-1].lower().rstrip(".")) and (_has_role(words[:-1]) or not _has_role(words)):
        words.pop()  # "military chief Adm"
    while words and words[0].lower() in lexicon.load().determiners:
        del words[0]
    if not (_has_role(words) and _is_title(words)) or words[-1].lower() in table("name_links"):
        return ""
    return " ".join(words)


def _is_title(words: Sequence[str]) -> bool:
    """Whether words are no more than a title: "who has been mayor" is none."""
    return 0 < len(words) <= LONGEST_TITLE and words[0].lower() not in lexicon.load().relatives


def _has_role(words: Iterable[str]) -> bool:
    roles, synonyms = lexicon.load().roles, table("post_synonyms")
    return any(key in roles or synonyms.get(key) in roles for key in words_of(" ".join(words)))


def _sentence(document: Document, attribution: Attribution) -> str:
    spans = (*attribution.source, *attribution.cue) or attribution.content
    start = min(span.start for span in (*spans, *attribution.content))
    return _around(document.text, start, max((span.end for span in spans), default=start))


def _sentence_with(document: Document, attribution: Attribution, title: str) -> str:
    """The first sentence that has a title, or else that of the attribution."""
    at = document.text.find(title)
    return _around(document.text, at, at + len(title)) if at >= 0 else _sentence(document, attribution)


def _around(text: str, start: int, end: int) -> str:
    """The sentence, or the sentences, in which a stretch of text stands."""
    first = max(0, start - LONGEST_EXAMPLE)
    begin = max((match.end() for match in _SENTENCE_END.finditer(text, first, start)), default=first)
    stop = _SENTENCE_END.search(text, max(begin, end - 1), end + LONGEST_EXAMPLE)
    sentence = " ".join(text[begin : stop.end() if stop else end + LONGEST_EXAMPLE].split())
    return sentence if len(sentence) <= LONGEST_EXAMPLE else sentence[: LONGEST_EXAMPLE - 1].rstrip() + "…"
