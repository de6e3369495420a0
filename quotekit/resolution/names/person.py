"""A person's name as one mention writes it: without titles, with what it tells of gender and generation."""

from __future__ import annotations

import functools

import attrs

from quotekit import lexicon
from quotekit.lexicon import Lexicon, table
from quotekit.registry.names import PersonName, agree, same_sound
from quotekit.resolution.words import Word, Words, as_named
from quotekit.spans import Span

__all__ = ["LONGEST_TITLE", "Name", "is_title", "read_name", "same_person"]

LONGEST_TITLE = 4  # words: "secretary of state for defence"
SAME_PERSON = 0.6  # below, two full names of one article are two people


@attrs.frozen(kw_only=True)
class Name:
    """A person's name where it stands, without titles, generation and possessive ending.

    `keys` are its folded words; `title` is the word it was introduced with ("mr", "gen", "spokesman"), or
    empty; `gender` is "male", "female" or `None`, and `sure` where a title told it.
    """

    span: Span
    shown: str
    keys: tuple[str, ...]
    generation: str = ""
    title: str = ""
    gender: str | None = None
    sure: bool = False
    shouted: bool = False

    @property
    def full(self) -> bool:
        """Whether it has a given and a family name (a particle is neither)."""
        return len(self.weighty) > 1

    @property
    def weighty(self) -> tuple[str, ...]:
        """The keys that are not particles such as "bin" or "de"."""
        return _weighty(self.keys)

    @property
    def sounds(self) -> tuple[str, ...]:
        """The weighty keys as spellings that alike-sounding words share."""
        return _sounds(self.keys)


@functools.lru_cache(maxsize=1 << 14)
def _weighty(keys: tuple[str, ...]) -> tuple[str, ...]:
    known = lexicon.load()
    given = keys[:1] if len(keys) > 1 and keys[0] in known.given_names else ()  # "Ben Carson"
    return given + tuple(key for key in keys[len(given) :] if key not in known.name_particles) or keys[-1:]


@functools.lru_cache(maxsize=1 << 14)
def _sounds(keys: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(same_sound(key) for key in _weighty(keys))


def same_person(a: Name, b: Name) -> bool:
    """Whether two full names of one article may be one person's."""
    if a.generation != b.generation or (a.sure and b.sure and a.gender != b.gender):
        return False
    shared = set(a.sounds).intersection(b.sounds)
    initials = any(len(key) == 1 for key in (*a.keys, *b.keys))
    found = agree(_parsed(a), _parsed(b)) if len(shared) > 1 or (shared and initials) else None
    return found is not None and found.score >= SAME_PERSON


def _parsed(name: Name) -> PersonName:
    return PersonName(tuple(part for key in name.keys for part in key.split("-")), name.generation)


def is_title(words: tuple[Word, ...], end: int, tables: Lexicon) -> int:
    """How many of the words before `end` are one title, an honorific or a post; 0 where they are none."""
    last = words[end - 1].key
    if last not in _title_ends(tables.lang) and "-" not in last:
        return 0
    for length in range(min(LONGEST_TITLE, end), 0, -1):
        first, *others = (word.key for word in words[end - length : end])
        forms = (" ".join([key, *others]) for key in dict.fromkeys((first, _undated(first))))
        if any(form in tables.honorifics or form in tables.roles for form in forms):
            return length
    return 0


@functools.cache
def _title_ends(lang: str) -> frozenset[str]:
    """The last words of all titles."""
    tables = lexicon.load(lang)
    return frozenset(title.rpartition(" ")[2] for title in (*tables.honorifics, *tables.roles))


def _undated(key: str) -> str:
    """A word without a "then-" or "ex-" before it."""
    dated, _, post = key.partition("-")
    return post if post and table("post_words").get(dated) == "before" else key


def read_name(words: Words, span: Span, lang: str = "en") -> Name | None:
    """The person's name inside `span`, or `None` where nothing in it can be one."""
    tables = lexicon.load(lang)
    parts = _one_name(words.inside(span))
    start, title = _after_titles(parts, tables)
    parts = parts[start:]
    while len(parts) > 1 and _is_kind(parts[0], tables):
        parts = parts[1:]
    if title and parts and parts[0].key in tables.body_links:
        parts = _after_post(parts, tables)
    while parts and (parts[0].key in tables.determiners or not _may_open(parts[0], tables)):
        parts = parts[1:]
    while parts and not parts[-1].capitalized:
        parts = parts[:-1]
    parts, last, generation = _without_suffixes(parts)
    if last is None:
        return None
    dotted = words.text.startswith(".", last.span.end) and bool(generation or len(last.key) == 1)
    where = Span(parts[0].span.start, last.span.end + dotted)
    keys = tuple(word.key for word in parts)
    told = tables.honorifics.get(title) or tables.roles.get(title) or None
    return Name(
        span=where, shown=as_named(words.text[where.slice]), keys=keys, generation=generation, title=title,
        gender=told or _gender(keys, tables), sure=told is not None, shouted=all(word.shouted for word in parts),
    )  # fmt: skip


def _is_kind(word: Word, tables: Lexicon) -> bool:
    """Whether a word before a name says what its bearer is one of: "Republican", "Senators"."""
    if word.key in tables.given_names or word.possessive:
        return False
    return "several" in (tables.collectives.get(word.key), tables.collectives.get(f"{word.key}s"))


def _may_open(word: Word, tables: Lexicon) -> bool:
    return word.capitalized or word.key in tables.name_particles


def _one_name(parts: tuple[Word, ...]) -> tuple[Word, ...]:
    """The words of one name: after the last possessor, up to a comma or bracket that no "Jr" follows."""
    suffixes = table("name_suffixes")
    start = 0
    for number, word in enumerate(parts[:-1]):
        if word.possessive:
            start = number + 1
        elif word.breaks and parts[number + 1].key not in suffixes:
            return parts[start : number + 1]
    return parts[start:]


def _after_titles(parts: tuple[Word, ...], tables: Lexicon) -> tuple[int, str]:
    """Where the name begins after its titles, and the last of these."""
    for end in range(len(parts) - 1, 0, -1):
        length = is_title(parts, end, tables)
        own = length == 1 and parts[end - 1].key in tables.given_names and parts[end].key not in tables.given_names
        suffix = parts[end].key in table("name_suffixes")
        if length and not own and not suffix:
            return end, " ".join(word.key for word in parts[end - length : end])
    return 0, ""


def _after_post(parts: tuple[Word, ...], tables: Lexicon) -> tuple[Word, ...]:
    """The name at the end of "of Foreign Affairs Hina Khar": from the given name on, or the last two words."""
    given = (number for number, word in enumerate(parts) if word.key in tables.given_names and number + 1 < len(parts))
    return parts[next(given, max(0, len(parts) - 2)) :]


def _without_suffixes(parts: tuple[Word, ...]) -> tuple[tuple[Word, ...], Word | None, str]:
    """The name without degrees and generation, the last word that is shown of it, and the generation."""
    suffixes, generation = table("name_suffixes"), ""
    last = parts[-1] if parts else None
    while len(parts) > 1 and parts[-1].key in suffixes and (len(parts) > 2 or suffixes[parts[-1].key]):
        generation = suffixes[parts[-1].key] or generation
        last = parts[-1] if generation else parts[-2]
        parts = parts[:-1]
    return parts, last, generation


def _gender(keys: tuple[str, ...], tables: Lexicon) -> str | None:
    """What the given name tells, the first word that is no initial."""
    for key in keys[:2]:
        for form in (key, key.partition("-")[0]):
            if len(form) > 1 and (gender := tables.given_names.get(form)):
                return gender if gender != "any" else None
        if len(key) > 2:
            return None
    return None
