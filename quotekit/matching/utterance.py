"""One quotation made ready to be compared: its words and their weight, who said it, when, and who printed it."""

from __future__ import annotations

import datetime
import functools
import itertools
import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import attrs

from quotekit import lexicon
from quotekit.document import Attribution, Kind
from quotekit.errors import InputError
from quotekit.matching.normalize import Word, normalize
from quotekit.matching.rarity import rarities, surprises
from quotekit.matching.words import fold
from quotekit.quotations import find_quotations
from quotekit.speakers import PartialDate, Speaker, SpeakerType

__all__ = ["Utterance", "name_words"]

_NAME_WORD = re.compile(r"[^\W\d_][\w'’-]*")
_STOP = re.compile(r"[.!?…\n。！？]")
_PLAIN_STOP = re.compile(r"[!?…\n。！？]|\.\s?\.")  # that no abbreviation ends with
_QUOTED = re.compile(r"“[^”]*”|«[^»]*»|\"[^\"]*\"")
_SELF = "self"  # the second column of a pronoun that means whoever speaks
_ELLIPSIS = re.compile(r"…|\.\s?\.")


@attrs.frozen(kw_only=True)
class Utterance:
    """A quotation as `compare` sees it; make one with `Utterance.of`.

    `keys`, `bits` and `surprises` are of all `words`, in order: what each is compared by, how rare it is by itself,
    and how surprising behind the word before it. `names` are the folded words that name its speakers, one set for
    each, `ids` their ids in a registry, and `bodies` says that one of them is no person; `speakers` are those given
    as such. `kind` is `None` where nobody says whether these are the speaker's own words.
    """

    text: str
    lang: str
    words: tuple[Word, ...]
    keys: tuple[str, ...]
    bits: tuple[float, ...]
    surprises: tuple[float, ...]
    names: tuple[frozenset[str], ...] = ()
    ids: frozenset[str] = frozenset()
    bodies: bool = False
    speakers: tuple[Speaker, ...] = ()
    kind: Kind | None = None
    date: PartialDate | None = None
    outlet: str | None = None

    @classmethod
    def of(cls, quoted: str | Attribution | Mapping[str, Any] | Utterance, lang: str = "en") -> Utterance:
        """A text, an attribution, or a mapping with text and, where known, speaker, date, outlet and kind, made ready.

        The speaker is a `Speaker`, a name, or several of either. Raises `InputError` for anything else.

        >>> Utterance.of({"text": "We won’t go", "speaker": "Gen. Faiz Ali", "date": "2018-02"}).keys
        ('we', 'will', 'not', 'go')
        """
        if isinstance(quoted, Utterance):
            return quoted
        if isinstance(quoted, Attribution):
            quoted = {"text": quoted.text, "speaker": quoted.speakers, "kind": quoted.kind}
        elif isinstance(quoted, str):
            quoted = {"text": quoted}
        elif not isinstance(quoted, Mapping):
            raise InputError(
                "expected a quotation as str, Attribution, or mapping with text, speaker, date and outlet, "
                f"got {type(quoted).__name__}"
            )
        return cls._of_fields(quoted, lang)

    @classmethod
    def _of_fields(cls, fields: Mapping[str, Any], lang: str) -> Utterance:
        text, outlet = fields.get("text"), fields.get("outlet")
        if not isinstance(text, str):
            raise InputError(f"expected a quotation's text as str @ $.text, got {type(text).__name__}")
        if not (outlet is None or isinstance(outlet, str)):
            raise InputError(f"expected a quotation's outlet as str @ $.outlet, got {type(outlet).__name__}")
        speakers = tuple(_speakers(fields.get("speaker")))
        words = normalize(text, lang).words
        keys = tuple(word.key for word in words)
        names = (name_words(s.name if isinstance(s, Speaker) else s, lang) for s in speakers)
        return cls(
            text=text,
            lang=lang,
            words=words,
            keys=keys,
            bits=rarities(keys, lang),
            surprises=surprises(keys, lang),
            names=tuple(found for found in names if found),
            ids=frozenset(s.id for s in speakers if isinstance(s, Speaker) and s.id),
            bodies=any(isinstance(s, Speaker) and s.type is not SpeakerType.PERSON for s in speakers),
            speakers=tuple(s for s in speakers if isinstance(s, Speaker)),
            kind=_kind(fields.get("kind")),
            date=_date(fields.get("date")),
            outlet=outlet or None,
        )

    @property
    def reported(self) -> bool:
        """Whether it is known that somebody else's words tell, at least in part, what was said."""
        return self.kind in (Kind.INDIRECT, Kind.MIXED)

    @property
    def own_words(self) -> bool:
        """Whether these are the speaker's own words.

        Where nobody says so, the quotation marks around them show it, or that they say "I" or "we" outside of marks.
        """
        if self.kind is not None:
            return self.kind is Kind.DIRECT
        outside = normalize(_QUOTED.sub(" ", self.text), self.lang).keys
        pronouns = lexicon.load(self.lang).pronouns
        return not outside or any(pronouns.get(key) == _SELF for key in outside)

    def in_marks(self) -> frozenset[int]:
        """The places of the words that stand in quotation marks of their own."""
        starts = [word.start for word in self.words]
        ranges = (
            range(bisect_left(starts, quotation.span.start), bisect_left(starts, quotation.span.end))
            for quotation in find_quotations(self.text)
        )
        return frozenset(itertools.chain.from_iterable(ranges))

    def stops_before(self, place: int) -> bool:
        """Whether a sentence ends in front of a word (that of `place`, or the end of the text)."""
        if not self._between(place, _STOP):
            return False
        before = self.words[place - 1] if 0 < place < len(self.words) else None
        return before is None or self._between(place, _PLAIN_STOP) or not self._is_short(before)

    def _is_short(self, word: Word) -> bool:
        """Whether the full stop behind a word is an abbreviation's ("Mr.") or an initial's ("J.")."""
        surface = self.text[word.start : word.end]
        return (len(surface) == 1 and surface.isupper()) or f"{surface}." in lexicon.table("abbreviations", self.lang)

    def ellipsis_before(self, place: int) -> bool:
        """Whether an ellipsis stands in front of a word."""
        return self._between(place, _ELLIPSIS)

    def _between(self, place: int, pattern: re.Pattern[str]) -> bool:
        start = self.words[place - 1].end if place else 0
        end = self.words[place].start if place < len(self.words) else len(self.text)
        return pattern.search(self.text, start, end) is not None


def _speakers(given: object) -> Iterator[Speaker | str]:
    several = given if isinstance(given, Iterable) and not isinstance(given, (str, Mapping)) else (given,)
    for speaker in several:
        if isinstance(speaker, (Speaker, str)):
            yield speaker
        elif speaker is not None:
            raise InputError(f"expected a Speaker or a name @ $.speaker, got {type(speaker).__name__}")


def _date(given: object) -> PartialDate | None:
    if given is None or given == "":
        return None
    if isinstance(given, PartialDate):
        return given
    if isinstance(given, (str, datetime.date)):
        return _parsed(given)
    raise InputError(f"expected a date as YYYY, YYYY-MM or YYYY-MM-DD @ $.date, got {type(given).__name__}")


_parsed = functools.lru_cache(maxsize=1 << 12)(PartialDate.parse)


def _kind(given: object) -> Kind | None:
    if given is None or isinstance(given, Kind):
        return given
    if isinstance(given, str) and given in set(Kind):
        return Kind(given)
    raise InputError(f"expected direct, mixed or indirect @ $.kind, got {given!r}")


def name_words(source: str, lang: str = "en") -> frozenset[str]:
    """The words of a source that name somebody: those with a capital letter that are no title or small word."""
    return _name_words(source, lang)


@functools.lru_cache(maxsize=1 << 14)
def _name_words(source: str, lang: str) -> frozenset[str]:
    words = lexicon.load(lang)
    passed_over = (words.honorifics, words.determiners, words.pronouns, words.calendar, words.roles)
    found = (fold(word) for word in _NAME_WORD.findall(source.replace("’s", "").replace("'s", "")) if word[0].isupper())
    variants = lexicon.table("name_variants", lang)
    return frozenset(variants.get(word, word) for word in found if not any(word in table for table in passed_over))
