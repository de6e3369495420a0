"""Made-up utterances as many outlets print them: any number of quotations, from real sentences.

A base utterance is one or two real sentences of which most words that carry meaning are swapped for others of the
same form (capitalized, number, "-ing", "-ed" …), drawn as often as the corpus has them. So two utterances from one
sentence keep its small words and now and then a phrase, as stump lines and set phrases do, and yet say different
things. An utterance is printed by one outlet or by several (a few by very many), each in a version of its own: word
for word in other typography, cut at either end, cut inside at an ellipsis or silently, or with words changed.
"""

from __future__ import annotations

import collections
import datetime
import itertools
import random
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import attrs

from quotekit import Attribution, Document, Kind, Span, Speaker, SpeakerType
from quotekit.training.newswire import read_newswire
from quotekit.training.tokens import read_gum, render

__all__ = ["Press", "read_sentences"]

WORDS = range(7, 45)  # of a sentence that can be somebody's words
SMALL = 250  # this many of the commonest words stay as they are
SWAPPED = 0.7  # of the others
WAITING = 5_000  # versions waiting to be printed: larger than any run of versions of one utterance
OUTLETS = 300
FIRST_DAY = datetime.date(2018, 1, 1)
DAYS = 700

_ENDINGS = ("ing", "ed", "ly", "ion", "s", "")
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z])")
_WORD = re.compile(r"[A-Za-z]+(?![A-Za-z]|['’])|\d+(?:[.,]\d+)*")


def read_sentences(data: Path) -> tuple[str, ...]:
    """The sentences of the newswire and GUM files in a folder that are of ordinary length, each once."""
    texts = itertools.chain(read_newswire(data / "worldwide_ner.jsonl.xz"), read_gum(data / "gum.conllu.xz"))
    paragraphs = (render(paragraph)[0] for text in texts for paragraph in text.paragraphs)
    sentences = (sentence for paragraph in paragraphs for sentence in _SENTENCE.split(paragraph))
    return tuple(dict.fromkeys(s for s in sentences if len(s.split()) in WORDS and s[-1] in ".!?" and "“" not in s))


@attrs.frozen
class Version:
    """An utterance as one outlet prints it."""

    utterance: int
    text: str
    speaker: Speaker
    date: datetime.date


class Press:
    """Prints documents with quotations; the same seed and sentences print the same."""

    def __init__(self, sentences: Sequence[str], seed: int = 1) -> None:
        """Read the words that may stand for one another from the `sentences`."""
        self._sentences = sentences
        self._random = random.Random(seed)
        counts = collections.Counter(word for sentence in sentences for word in _WORD.findall(sentence))
        self._small = {word for word, _ in counts.most_common(SMALL)}
        self._pools: dict[str, list[str]] = collections.defaultdict(list)
        for word in counts.elements():
            if word not in self._small:
                self._pools[_form(word)].append(word)

    def documents(self, quotations: int) -> Iterator[tuple[Document, tuple[int, ...]]]:
        """Documents that hold so many quotations together, each with the numbers of the utterances it prints."""
        number = 0
        versions = itertools.islice(self._shuffled(self._versions()), quotations)
        while printed := list(itertools.islice(versions, self._random.randint(4, 14))):
            yield self._document(f"d{number}", printed), tuple(version.utterance for version in printed)
            number += 1

    def _versions(self) -> Iterator[Version]:
        for number in itertools.count():
            text, speaker = self._utterance(), self._speaker()
            day = FIRST_DAY + datetime.timedelta(self._random.randrange(DAYS))
            for _ in range(self._copies()):
                late = datetime.timedelta(min(int(self._random.expovariate(1.5)), 10))
                yield Version(number, self._version(text), speaker, day + late)

    def _shuffled(self, versions: Iterator[Version]) -> Iterator[Version]:
        waiting = list(itertools.islice(versions, WAITING))
        for version in versions:
            at = self._random.randrange(WAITING)
            yield waiting[at]
            waiting[at] = version

    def _copies(self) -> int:
        if self._random.random() < 0.6:
            return 1
        return min(int(self._random.paretovariate(1.3)) + 1, 200)

    def _utterance(self) -> str:
        count = self._random.choice((1, 1, 1, 2))
        return " ".join(
            _WORD.sub(lambda match: self._swapped(match[0]), self._random.choice(self._sentences)) for _ in range(count)
        )

    def _swapped(self, word: str) -> str:
        if word in self._small or self._random.random() > SWAPPED:
            return word
        return self._random.choice(self._pools.get(_form(word), [word]))

    def _speaker(self) -> Speaker:
        if self._random.random() < 0.1:
            return Speaker(name="officials", type=SpeakerType.GROUP)
        name = " ".join(self._random.choices(self._pools["Aa"], k=2))
        return Speaker(name=name, type=SpeakerType.PERSON)

    def _version(self, text: str) -> str:
        words = text.split()
        change = self._random.choices(
            (self._restyled, self._cut, self._shortened, self._changed), weights=(35, 30, 15, 20)
        )[0]
        return change(words)

    def _restyled(self, words: Sequence[str]) -> str:
        text = " ".join(words)
        return self._random.choice((text, text.replace("'", "’"), text.rstrip(".") + ",", text[:1].lower() + text[1:]))

    def _cut(self, words: Sequence[str]) -> str:
        """A stretch of at least five words, from the beginning, the end or the middle."""
        length = self._random.randint(min(5, len(words)), len(words))
        start = self._random.choice((0, len(words) - length, self._random.randint(0, len(words) - length)))
        return " ".join(words[start : start + length])

    def _shortened(self, words: Sequence[str]) -> str:
        """One to six words left out inside, at an ellipsis or silently."""
        out = self._random.randint(1, min(6, len(words) // 3))
        start = self._random.randint(1, len(words) - out - 1)
        mark = self._random.choice(("…", "...", ""))
        return " ".join([*words[:start], *([mark] if mark else []), *words[start + out :]])

    def _changed(self, words: Sequence[str]) -> str:
        """One or two words changed, or "not" put in."""
        changed = list(words)
        if self._random.random() < 0.2:
            changed.insert(self._random.randint(1, len(words) - 1), "not")
        else:
            for _ in range(self._random.randint(1, 2)):
                at = self._random.randrange(len(words))
                changed[at] = _WORD.sub(
                    lambda match: self._random.choice(self._pools.get(_form(match[0]), [match[0]])), changed[at]
                )
        return " ".join(changed)

    def _document(self, name: str, versions: Sequence[Version]) -> Document:
        parts = [f"“{version.text}” {version.speaker.name} said." for version in versions]
        text = "\n\n".join(parts)
        starts = itertools.accumulate((len(part) + 2 for part in parts[:-1]), initial=0)
        said = tuple(_attribution(text, start, version) for start, version in zip(starts, versions, strict=True))
        last = max(version.date for version in versions)
        outlet = f"Outlet {self._random.randrange(OUTLETS)}"
        return Document(id=name, text=text, date=str(last), outlet=outlet, attributions=said)


def _attribution(text: str, start: int, version: Version) -> Attribution:
    end = start + len(version.text) + 2
    name = Span(end + 1, end + 1 + len(version.speaker.name))
    return Attribution.cut(
        text, content=[Span(start, end)], source=[name], kind=Kind.DIRECT, speakers=(version.speaker,), score=1.0
    )


def _form(word: str) -> str:
    """What a word looks like; words of one form stand for one another."""
    if word[0].isdigit():
        return "0"
    if word[0].isupper():
        return "AA" if word[1:2].isupper() else "Aa"
    return next(ending for ending in _ENDINGS if word.endswith(ending))
