"""Words as they are compared, each with its place in the original text, before numbers and asides are looked at."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from quotekit.lexicon import table

__all__ = ["MASK", "Word", "find_words", "fold"]

MASK = "*"  # the key of a word left out as offensive; "f*" where its first letter is printed

_SHORTEST_WITH_ENDING = 8  # letters: "-ise" is no ending of "rise"
_LONGEST_ENDING = 10
_LONGEST_CHUNK = 40  # characters; of longer ones none is seen twice
_ENDS = (",", ".")  # of a chunk, without which most are plain words
_MONEY = ("$", "€", "£", "¥", "₹")
_INVISIBLE = "\u00ad\u0300-\u036f\u200b-\u200d\u2060\ufeff"
_SPACELESS = "\u2e80-\ud7ff\uf900-\ufaff"  # the scripts of East Asia, read letter by letter
_LETTER = rf"[^\W\d_{_SPACELESS}]"
_LETTERS = rf"{_LETTER}+(?:[{_INVISIBLE}]+{_LETTER}*)*"
_SIGNS = rf"[^\W_{_SPACELESS}]*(?:[{_INVISIBLE}]+[^\W_{_SPACELESS}]*)*"
_IN_BRACKETS = rf"\[{_LETTER}{{1,12}}\]"
_PLAIN = r"[A-Za-z]+(?=[ ,])"  # what most words are; none of the kinds before "word" reads it otherwise
_KINDS = {
    "dotted": rf"(?<!\w)(?:{_LETTER}\.){{2,}}(?:{_LETTER}(?!\w))?",
    "masked": rf"(?<!\w){_LETTER}{{1,8}}(?:\*+|[*#@]{{2,}}){_LETTER}*|(?<!\w)[^\W\d_aioAIO]--+{_LETTER}*",
    "word": rf"(?:{_IN_BRACKETS}(?={_LETTER}))?['’`´]?{_LETTER}{_SIGNS}"
    rf"(?:['’‘`´]{_LETTER}{_SIGNS})*(?:{_IN_BRACKETS})?",
    "number": rf"(?:[{''.join(_MONEY)}] ?)?\d+(?:,\d{{2,3}}(?!\d))*(?:\.\d+)?(?:{_LETTERS})?",
    "other": r"[^\W_]|%",
}
_DROPPED = re.compile(rf"[{_INVISIBLE}'\[\]]+")
_APOSTROPHES = str.maketrans("’‘`´", "''''")
_HYPHENS = frozenset("-‐‑")

_Parts = tuple[tuple[str, int, int], ...]


class Word(NamedTuple):
    """A word as it is compared, and the range of code points of the original text that says it.

    `inserted` is true of a word that an editor put in brackets.
    """

    key: str
    start: int
    end: int
    inserted: bool = False


def fold(word: str) -> str:
    """A word without case, accents, apostrophes and brackets; as it is where nothing else is in it."""
    if word.isascii():
        return _DROPPED.sub("", word.lower()) or word
    return _DROPPED.sub("", unicodedata.normalize("NFKD", word.translate(_APOSTROPHES)).casefold()) or word


def find_words(text: str, lang: str) -> list[Word]:
    """The words of a text in order; a contraction is several, and digits keep what is written with them: "$5bn".

    >>> [word.key for word in find_words("They DON’T, U.S. co-operation", "en")]
    ['they', 'do', 'not', 'us.', 'cooperation']
    """
    found = _by_chunk(text, lang)
    return _with_joined(_raw_words(text, lang, text.isupper()), text, lang) if found is None else found


def _by_chunk(text: str, lang: str) -> list[Word] | None:
    """The words of a text, of which most chunks between spaces are known; `None` where chunks hang together."""
    if text.isupper():
        return None
    numbered, spellings = _numbered(lang), table("spellings", lang)
    found, start, before = list[Word](), 0, ""
    for part in text.split(" "):
        word = part[:-1] if part.endswith(_ENDS) and part not in numbered else part
        if len(part) > _LONGEST_CHUNK:
            return None
        if (chunk := _chunk(word if word.isalpha() and word.isascii() else part, lang)) is None:
            return None
        parts, opening, opens = chunk
        if parts:
            if before and f"{before} {opening}" in spellings:
                return None
            before = opens
            for key, first, last in parts:
                found.append(Word(key, start + first, start + last))
        start += len(part) + 1
    return found


class _Chunk(NamedTuple):
    """What stands between two spaces: its words, the key of the first before it is joined with the next, and that of
    the last where it may make one word with the next, or the empty string.
    """

    parts: _Parts
    opening: str
    opens: str


@functools.lru_cache(maxsize=1 << 16)
def _chunk(text: str, lang: str) -> _Chunk | None:
    """The words of a chunk; `None` where they may hang on the next one: "No. 5", "$ 5"."""
    if text.endswith((*_MONEY, *_numbered(lang))):
        return None
    raw = list(_raw_words(text, lang, shouted=False))
    words = _with_joined(raw, text, lang)
    opens = words[-1].key if words and words[-1].key in _openers(lang) else ""
    return _Chunk(tuple((word.key, word.start, word.end) for word in words), raw[0].key if raw else "", opens)


def _raw_words(text: str, lang: str, shouted: bool) -> Iterator[Word]:
    """The words of a text, none of them joined with the next."""
    for match in _pattern(lang).finditer(text):
        start = match.start()
        for key, first, last in _keyed(match.group(), match.lastgroup, lang, shouted):
            yield Word(key, start + first, start + last)


def _with_joined(words: Iterable[Word], text: str, lang: str) -> list[Word]:
    """The words of a text, those joined that make one."""
    openers, found = _openers(lang), list[Word]()
    opened = False  # whether the last word may make one word with the next
    for word in words:
        if opened and (joined := _joined(found[-1], word, text, lang)):
            word = joined
            found.pop()
        found.append(word)
        opened = word.key in openers
    return found


@functools.cache
def _openers(lang: str) -> frozenset[str]:
    """The words that may make one word with the next."""
    pairs = (row.partition(" ") for row in table("spellings", lang))
    return frozenset(table("prefixes", lang)) | frozenset(first for first, space, _ in pairs if space)


def _joined(before: Word, word: Word, text: str, lang: str) -> Word | None:
    """Two words as one, where they are: "co-operate", "per cent"."""
    key = table("spellings", lang).get(f"{before.key} {word.key}")
    if key is None and before.key in table("prefixes", lang) and text[before.end : word.start] in _HYPHENS:
        key = _spelled(before.key + word.key, lang)
    return Word(key, before.start, word.end) if key else None


@functools.cache
def _pattern(lang: str) -> re.Pattern[str]:
    """What a word is; before all others an abbreviation in front of a number: "No. 5"."""
    numbered = rf"(?<!\w)(?:{'|'.join(map(re.escape, _numbered(lang)))})(?=\s?\d)"
    kinds = {"plain": _PLAIN, "numbered": numbered, **_KINDS}
    return re.compile("|".join(f"(?P<{kind}>{pattern})" for kind, pattern in kinds.items()))


@functools.cache
def _numbered(lang: str) -> tuple[str, ...]:
    """The abbreviations that are such in front of a number only."""
    return tuple(form for form, kind in table("abbreviations", lang).items() if kind.startswith("number"))


@functools.lru_cache(maxsize=1 << 16)
def _keyed(found: str, kind: str | None, lang: str, shouted: bool) -> _Parts:
    """The words that a match of the pattern is, each with its range in it."""
    capitals = table("capitals", lang)
    whole = kind in ("plain", "word")
    if whole and (shouted or found not in capitals):
        return _parts(found, lang)
    key = fold(found)
    if kind == "dotted":
        letters = key.replace(".", "")
        key = _spelled(capitals.get(letters.upper(), letters), lang)
    elif whole:
        key = capitals[found]
    elif kind == "masked":
        key = key[0] + MASK
    elif kind == "numbered":
        key = table("spellings", lang).get(key[:-1], key)
    elif kind == "other":
        key = _spelled(key, lang)
    return ((key, 0, len(found)),)


def _parts(word: str, lang: str) -> _Parts:
    """The words that one written word is, each with its range in it."""
    plain, rows = word.translate(_APOSTROPHES).lower(), _contractions(lang)
    if len(plain) != len(word):
        return ((_spelled(fold(word), lang), 0, len(word)),)
    if plain in rows:
        return rows[plain]
    if (row := rows.get("-" + plain)) is not None:  # parted from its word by a space
        return tuple((key, 0, len(word)) for key, _, _ in row)
    if plain[0] == "'":
        return tuple((key, first + 1, last + 1) for key, first, last in _parts(word[1:], lang))
    for cut in range(max(1, len(plain) - 3), len(plain) - 1):
        if (row := rows.get("-" + plain[cut:])) is not None:
            stem = _parts(word[:cut], lang)
            if row:
                return (*stem, (row[0][0], cut, len(word)))
            return (*stem[:-1], (stem[-1][0], stem[-1][1], len(word)))
    return ((_spelled(fold(word), lang), 0, len(word)),)


@functools.cache
def _contractions(lang: str) -> Mapping[str, _Parts]:
    """Words run together → the words they stand for, each with its range; of an ending only the words matter."""
    rows: dict[str, _Parts] = {}
    for row, value in table("contractions", lang).items():
        parts, found, start = row.split("|"), list[tuple[str, int, int]](), 0
        if parts[0] == "-":
            rows[row.replace("|", "")] = ((value, 0, 0),) if value else ()
            continue
        for part, key in zip(parts, value.split(), strict=True):
            found.append((_spelled(fold(key), lang), start, start + len(part)))
            start += len(part)
        rows["".join(parts)] = tuple(found)
    return rows


def _spelled(key: str, lang: str) -> str:
    """The key that all spellings of a folded word share."""
    spellings = table("spellings", lang)
    if key in table("swear_words", lang):
        return key[0] + MASK
    if key in spellings:
        return spellings[key]
    if len(key) >= _SHORTEST_WITH_ENDING:
        for length in range(_LONGEST_ENDING, 2, -1):
            if (ending := spellings.get("-" + key[-length:])) is not None:
                return key[:-length] + ending[1:]
    return key
