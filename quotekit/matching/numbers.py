"""Numbers in words or digits, with their unit of money, as one word each."""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from quotekit.lexicon import table
from quotekit.matching.words import Word

__all__ = ["is_number", "join_numbers"]

_LONGEST = 24  # digits; a longer row of them is no quantity
_MOST_WORDS = 16  # no amount has more
_TIMES, _BEFORE_TIMES = "×", "="
_WRITTEN = re.compile(r"([$€£¥₹]?) ?(\d[\d,]*(?:\.\d+)?)(\D*)")
_NUMBER = re.compile(r"[$€£¥₹]?\d[\d.]*(?:st|nd|rd|th)?")
_ORDINAL = re.compile(r"([1-9])(st|nd|rd|th)")
_TOUCHING = frozenset(("", " ", "-", "‐", "‑", "\u00a0"))


def is_number(key: str) -> bool:
    """Whether the key of a word is a number: "12", "$5000000", "21st"."""
    return _NUMBER.fullmatch(key) is not None


def join_numbers(words: Sequence[Word], text: str, lang: str) -> Iterator[Word]:
    """The words with each number as one: "five million dollars" is "$5000000".

    >>> from quotekit.matching.words import find_words
    >>> text = "$1.5 million, twenty-one, a hundred and five, the 21st"
    >>> [word.key for word in join_numbers(list(find_words(text, "en")), text, "en")]
    ['$1500000', '21', '105', 'the', '21st']
    """
    keys = [word.key for word in words]
    if "".join(keys).isalpha() and _number_words(lang).isdisjoint(keys):
        yield from words
        return
    numbers, free = table("numbers", lang), 0
    for first, word in enumerate(words):
        if first < free:
            continue
        if word.key in numbers or not word.key[0].isalpha():
            key, count = _amount(_touching(words, first, text), lang)
            free = first + count
            yield Word(key, word.start, words[free - 1].end)
        else:
            yield word


@functools.cache
def _number_words(lang: str) -> frozenset[str]:
    """The words of which one stands in every number in words."""
    return frozenset(key for key, row in table("numbers", lang).items() if row[:1] != _BEFORE_TIMES)


def _touching(words: Sequence[Word], first: int, text: str) -> list[str]:
    """The keys of the words from one on between which only a space or hyphen stands, as far as a number may reach."""
    keys = [words[first].key]
    for before, word in itertools.pairwise(words[first : first + _MOST_WORDS]):
        if text[before.end : word.start] not in _TOUCHING:
            break
        keys.append(word.key)
    return keys


def _amount(keys: Sequence[str], lang: str) -> tuple[str, int]:
    """The key of what opens with these words, and how many of them it takes: one where no number opens."""
    money, part, room = _opening(keys, lang)
    if part is None:
        return keys[0], 1
    total, ending, count = Decimal(0), "", 1
    while count < len(keys):
        value, times = _meaning(keys[count], lang)
        ordinal = _ORDINAL.fullmatch(keys[count])
        if times and part:
            total, part, room = (total + part * times, Decimal(0), times) if times > 100 else (total, part * times, 100)
        elif value and value < room:
            part, room = part + value, 10 if value >= 20 else 0
        elif ordinal and 0 < room <= 100:
            part, ending, room = part + int(ordinal[1]), ordinal[2], 0
        elif room < 100 or not _goes_on(keys[count:], room, lang):
            break
        count += 1
    if not money and count < len(keys) and (money := table("currencies", lang).get(keys[count], "")):
        count += 1
    return f"{money}{_plain(total + part)}{ending}", count


def _opening(keys: Sequence[str], lang: str) -> tuple[str, Decimal | None, int]:
    """The money, the value and the room behind it of the first word; `None` for the value of what is no number.

    The room is what a number word after it has to stay below to be a part of it.
    """
    written = _WRITTEN.fullmatch(keys[0])
    if written and len(written[2]) <= _LONGEST:
        _, times = _meaning(written[3], lang)
        if times or not written[3]:
            return written[1], Decimal(written[2].replace(",", "")) * (times or 1), 0
    value, _ = _meaning(keys[0], lang)
    if value is None and table("numbers", lang).get(keys[0], "")[:1] == _BEFORE_TIMES:
        follows = len(keys) > 1 and _meaning(keys[1], lang)[1]
        value = 1 if follows else None
    return "", None if value is None else Decimal(value), 10 if value and value >= 20 else 0


def _meaning(key: str, lang: str) -> tuple[int | None, int]:
    """The value of a number word, or what it multiplies by; `None` and 0 where it does not."""
    row = table("numbers", lang).get(key, "")
    if row[:1] == _TIMES:
        return None, int(row[1:])
    return (int(row), 0) if row.isdigit() else (None, 0)


def _goes_on(keys: Sequence[str], room: int, lang: str) -> bool:
    """Whether an "and" stands here, and the number goes on behind it."""
    if keys[0] not in table("conjunctions", lang):
        return False
    value = _meaning(keys[1], lang)[0] if len(keys) > 1 else None
    return value is not None and 0 < value < room


def _plain(value: Decimal) -> str:
    """A number without an exponent and without zeros behind the point."""
    digits = format(value, "f")
    return digits.rstrip("0").rstrip(".") if "." in digits else digits
