"""Texts read: the words they say, as arrays that are small and cheap to send from one process to another."""

from __future__ import annotations

import hashlib
from array import array
from collections.abc import Iterable, Sequence

import attrs

from quotekit.matching.normalize import normalize

__all__ = ["DIGEST", "Reading", "digest_of", "read"]

DIGEST = 16  # bytes; two texts do not share one by chance


@attrs.frozen
class Reading:
    """Some texts: their `words`, each once, and for all texts in a row the places of their words in `words`.

    `ends` has the end of each text in `places`, `digests` one after another what equal texts share.
    """

    words: tuple[str, ...]
    places: array[int]
    ends: array[int]
    digests: bytes


def read(texts: Iterable[str]) -> Reading:
    """Read texts as `compare` does: all words, those in brackets too."""
    known: dict[str, int] = {}
    places, ends, digests = array("I"), array("Q"), bytearray()
    for text in texts:
        keys = [word.key for word in normalize(text).words]
        places.extend([known.setdefault(key, len(known)) for key in keys])
        ends.append(len(places))
        digests += digest_of(keys)
    return Reading(tuple(known), places, ends, bytes(digests))


def digest_of(keys: Sequence[str]) -> bytes:
    """What texts with the same words share."""
    return hashlib.blake2b(" ".join(keys).encode("utf-8", "surrogatepass"), digest_size=DIGEST).digest()
