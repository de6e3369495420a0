"""How rare words are, in bits: what a shared word is worth as evidence."""

from __future__ import annotations

import functools
import itertools
import math
from collections.abc import Iterator, Mapping, Sequence

from quotekit.lexicon import table
from quotekit.matching.normalize import normalize

__all__ = ["MOST_BITS", "rarities", "rarity", "surprises"]

MOST_BITS = 18.0  # of a word that the table does not have
IN_PHRASE = 1.0  # bits of a word that a stock phrase leads to

# How much of what follows a word is told by the word before it; the rest is how rare the word is by itself.
_FOLLOWS = 0.7


def rarity(key: str, lang: str = "en") -> float:
    """How rare the word of a key (of `normalize`) is, in bits: 4 of "the", 18 (the most) of a word not known.

    A word of n bits is one in 2 to the power of n words of news and talk. The counts are in
    `data/<lang>/frequencies.tsv`, made by `python -m quotekit.training.frequencies`.

    >>> rarity("the") < rarity("minister") < rarity("carpet") <= rarity("mastodon")
    True
    """
    return _bits(lang).get(key, MOST_BITS)


def rarities(keys: Sequence[str], lang: str = "en") -> tuple[float, ...]:
    """`rarity` of many keys."""
    return tuple(map(_bits(lang).get, keys, itertools.repeat(MOST_BITS)))


def surprises(keys: Sequence[str], lang: str = "en") -> tuple[float, ...]:
    """How surprising each word is behind the one before it, in bits, never more than its rarity.

    What often follows a word, and what belongs to a stock phrase, is worth little as evidence.

    >>> [round(bits) for bits in surprises(["once", "and", "for", "all"])]
    [12, 1, 1, 1]
    """
    following = tuple(itertools.pairwise(("", *keys)))
    pairs = _pair_bits(lang)
    found = [
        bits if pair not in pairs or pairs[pair] > bits else pairs[pair]
        for pair, bits in zip(following, rarities(keys, lang), strict=True)
    ]
    if not _phrases(lang).keys().isdisjoint(following):
        for first, last in _stock_phrases(keys, lang):
            found[first + 1 : last] = [IN_PHRASE] * (last - first - 1)
    return tuple(found)


@functools.cache
def _bits(lang: str) -> Mapping[str, float]:
    counts = {key: int(count) for key, count in table("frequencies", lang).items()}
    total = sum(counts.values())
    return {key: min(MOST_BITS, math.log2(total / count)) for key, count in counts.items()}


@functools.cache
def _pair_bits(lang: str) -> Mapping[tuple[str, str], float]:
    """Two words → the bits of the second behind the first, where they are used together often."""
    counts, alone = table("frequencies", lang), _bits(lang)
    found = {}
    for pair, count in table("word_pairs", lang).items():
        before, _, key = pair.partition(" ")
        share = _FOLLOWS * int(count) / int(counts[before]) + (1 - _FOLLOWS) * 2 ** -alone.get(key, MOST_BITS)
        found[before, key] = -math.log2(share)
    return found


@functools.cache
def _phrases(lang: str) -> Mapping[tuple[str, str], tuple[tuple[str, ...], ...]]:
    """First two keys → the stock phrases that open with them, the longest first."""
    found: dict[tuple[str, str], list[tuple[str, ...]]] = {}
    for phrase in table("stock_phrases", lang):
        keys = normalize(phrase, lang).keys
        found.setdefault((keys[0], keys[1]), []).append(keys)
    return {opening: tuple(sorted(phrases, key=len, reverse=True)) for opening, phrases in found.items()}


def _stock_phrases(keys: Sequence[str], lang: str) -> Iterator[tuple[int, int]]:
    """Where the stock phrases stand; of two that overlap the first."""
    phrases, free = _phrases(lang), 0
    for first, opening in enumerate(itertools.pairwise(keys)):
        if first >= free and opening in phrases:
            lengths = [len(phrase) for phrase in phrases[opening] if tuple(keys[first : first + len(phrase)]) == phrase]
            if lengths:
                free = first + lengths[0]
                yield first, free
