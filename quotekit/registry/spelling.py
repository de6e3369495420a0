"""The words of names and phrases: folded, and brought together across spellings."""

from __future__ import annotations

import functools
import itertools
import re
import unicodedata

from quotekit.lexicon import table

__all__ = [
    "ARTICLES",
    "fold",
    "frame",
    "is_acronym",
    "name_key",
    "same_but_e",
    "same_sound",
    "spelled_out",
    "standard",
    "words_of",
]

ARTICLES = frozenset({"the", "a", "an"})
ALIKE_LETTERS = 4  # shorter words that sound alike are other words: Li and Lee, Hu and Wu
LONG = 5  # letters of a word in which e and i may change places

_APART = re.compile(r"[\s!-&(-/:-@\[-_{-~«»·\u2000-\u2017\u201a-\u206f\u3000-\u303f]+")
_APOSTROPHES = re.compile(r"['’‘`´ʻʼ′]")
_POSSESSIVE = re.compile(r"['’`´]s?(?!\w)")
_DOTTED = re.compile(r"(?<!\w)(?:\w\.){2,}")
_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h"})
_VOWELS = re.compile("[aeiou]")


def fold(text: str) -> str:
    """A text without case, Latin accents, apostrophes and the "'s" of a possessor.

    >>> fold("O’Neill’s Ildefonso Castañeda")
    'oneill ildefonso castaneda'
    """
    text = _APOSTROPHES.sub("", _POSSESSIVE.sub("", text))
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(c for c in decomposed.casefold() if not "\u0300" <= c <= "\u036f").translate(_LETTERS)


def spelled_out(text: str) -> str:
    """A text with the letters that have a spelling of their own in plain letters written so.

    >>> spelled_out("Wolfgang Schäuble")
    'Wolfgang Schaeuble'
    """
    if text.isascii():
        return text
    composed = unicodedata.normalize("NFC", text)
    return "".join(table("name_letters").get(letter, letter) for letter in composed)


def words_of(text: str) -> tuple[str, ...]:
    """The folded words of a text; "U.S." is one word, "Ki-moon" two.

    >>> words_of("U.S. envoy Ban Ki-moon")
    ('us', 'envoy', 'ban', 'ki', 'moon')
    """
    if text.isascii() and text.replace(" ", "").isalpha():  # most names: nothing to fold
        return tuple(text.lower().split())
    joined = _DOTTED.sub(lambda m: m.group().replace(".", "") + " ", text) if "." in text else text
    return tuple(word for word in _APART.split(fold(joined)) if word)


def name_key(text: str) -> str:
    """What two writings of one name share: its folded words, without an article before them.

    >>> name_key("The U.S. Supreme Court")
    'us supreme court'
    """
    words = words_of(text)
    return " ".join(words[1:] if len(words) > 1 and words[0] in ARTICLES else words)


def is_acronym(name: str) -> bool:
    """Whether a name is written in two to five capitals: "FO", "U.S.", "the IMF's".

    >>> is_acronym("the U.S."), is_acronym("Dawn")
    (True, False)
    """
    article, _, rest = name.partition(" ")
    letters = _POSSESSIVE.sub("", rest if article.lower() in ARTICLES else name).replace(".", "")
    return 2 <= len(letters) <= 5 and letters.isalpha() and letters.isupper()


@functools.lru_cache(maxsize=1 << 16)
def standard(word: str) -> str:
    """The word that stands for all spellings and short forms of a name's word: "bill" is "william"."""
    word = table("name_variants").get(word, word)
    return table("nicknames").get(word, word)


@functools.lru_cache(maxsize=1 << 16)
def same_sound(word: str) -> str:
    """A spelling that words which sound alike share.

    >>> same_sound("zakariya") == same_sound("zakaria")
    True
    """
    word = standard(word)
    if len(word) < ALIKE_LETTERS or not word.isascii():
        return word
    for letters, sound in table("name_sounds").items():
        word = word.replace(letters, sound)
    word = "".join(letter for letter, _ in itertools.groupby(word))
    return f"{word[:-2]}a" if word.endswith(("ah", "eh")) else word


@functools.lru_cache(maxsize=1 << 16)
def same_but_e(word: str) -> str:
    """What long words share where one has e and the other i inside: "laden" and "ladin"; nothing for short ones."""
    sound = same_sound(word)
    return sound[:-1].replace("e", "i") + sound[-1] if len(word) >= LONG else ""


@functools.lru_cache(maxsize=1 << 16)
def frame(word: str) -> str:
    """The consonants of a word, and whether it starts with a vowel: what near spellings share."""
    sound = same_sound(word)
    consonants = _VOWELS.sub("", sound)
    return "a" + consonants if sound[0] in "aeiou" else consonants
