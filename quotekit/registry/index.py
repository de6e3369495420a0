"""A registry's names as dictionaries, so that no lookup goes through everybody."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence

import attrs

from quotekit import lexicon
from quotekit.lexicon import table
from quotekit.registry.links import linked
from quotekit.registry.names import (
    ARTICLES,
    PersonName,
    agree,
    is_acronym,
    name_key,
    same_sound,
    same_word,
    spelled_out,
)
from quotekit.registry.phrases import Phrase, When
from quotekit.registry.posts import Body, PostIndex, bodies_of, without_brackets
from quotekit.registry.records import Contents, Hit, Tenure
from quotekit.registry.titles import is_title
from quotekit.speakers import Speaker, SpeakerType

__all__ = ["Index"]

SAME, FOLDED, JOINED = 0.98, 0.95, 0.9  # the whole name: letter for letter, but for case and accents, but for spaces
SHORTENED = 0.75  # a name without its brackets
RESPELLED = 0.95  # of how far the two names agree
SURNAME, OTHER = 0.6, 0.3
GIVEN = 0.45  # a given name after a title that goes with it: "Sir Keir"
ONE_RESPELLED = 0.85  # what a name of one word must have in another spelling
PRONOUNCED = 4  # letters of an acronym that may be written as a word: "Nato"
BARE = "name without its brackets"


@attrs.frozen(eq=False)
class Entry:
    """One name of one speaker, its key, and its parts where it is a person's and has no title in it."""

    speaker_id: str
    text: str
    what: str
    key: str
    person: PersonName | None


class Index:
    """All lookups of one registry; built once from its contents and not changed after."""

    def __init__(self, contents: Contents) -> None:
        """Index every name, every body and every post."""
        contents = linked(contents)
        self.speakers: dict[str, Speaker] = {speaker.id: speaker for speaker in contents.speakers if speaker.id}
        self.parents = contents.parents
        self.tenures: dict[str, list[Tenure]] = {speaker_id: [] for speaker_id in self.speakers}
        for tenure in contents.tenures:
            self.tenures[tenure.speaker_id].append(tenure)
        self.bodies = bodies_of(self.speakers, contents.parents)
        self.posts = PostIndex(contents, self.bodies)
        self.name_words: set[str] = set()
        self._by_key: dict[str, list[Entry]] = {}
        self._by_block: dict[str, list[Entry]] = {}
        self._by_surname: dict[str, list[Entry]] = {}
        self._by_other: dict[str, list[Entry]] = {}
        self._by_phrase: dict[frozenset[str], list[str]] = {}
        self._by_sounds: dict[frozenset[str], list[Entry]] = {}
        for speaker_id, speaker in self.speakers.items():
            for entry in _entries(speaker_id, speaker):
                self._add(entry)

    def _add(self, entry: Entry) -> None:
        keys = {entry.key, entry.key.replace(" ", "")}
        if entry.speaker_id in self.bodies:
            keys.add(_without_form(entry.key))
            named = self._by_phrase.setdefault(_phrase_key(Phrase.read(entry.text)), [])
            if entry.speaker_id not in named:
                named.append(entry.speaker_id)
            self._by_sounds.setdefault(frozenset(_sounds(entry.text)), []).append(entry)
        elif entry.person:
            keys.update(self._add_person(entry, entry.person))
        for key in keys:
            self._by_key.setdefault(key, []).append(entry)

    def _add_person(self, entry: Entry, name: PersonName) -> Iterator[str]:
        """Index a person's name by its parts; gives the keys of the whole."""
        sounds = set(map(same_sound, name.words))
        if len(name.words) > 1:
            yield name.key
            self.name_words.update(name.words)
            for block in set(name.blocks()):
                self._by_block.setdefault(block, []).append(entry)
            surnames = set(name.surnames())
        else:  # "Suharto", "Sheikh Hasina"; a number belongs to a given name
            surnames = set() if name.generation else sounds
        for surname in surnames:
            self._by_surname.setdefault(surname, []).append(entry)
        for word in sounds - surnames:
            self._by_other.setdefault(word, []).append(entry)

    def places(self, tenure: Tenure) -> frozenset[str]:
        """The countries of a role: those in its title and its body's."""
        body = self.bodies.get(tenure.organization_id or "", Body())
        return body.places | Phrase.read(tenure.role.title).places

    def exact(self, mention: str) -> Iterator[Hit]:
        """Whom the whole mention names, at the most but for case, accents, marks, spaces and the form of a firm."""
        key = name_key(mention)
        name = PersonName.parse(mention)
        spelled = key if mention.isascii() else name_key(spelled_out(mention))
        keys = (key, "" if name.honorifics else name.key, spelled, key.replace(" ", ""))
        found: Sequence[Entry] = next(filter(None, map(self._by_key.get, keys)), ())
        if not found and (without := _without_form(key)) != key:
            found = [entry for entry in self._by_key.get(without, ()) if entry.speaker_id in self.bodies]
        for entry in found:
            if is_acronym(entry.text) and not (is_acronym(mention) or _as_a_word(mention)):
                continue
            if entry.what == BARE:
                score, how = SHORTENED, "is"
            elif _bare(mention) == _bare(entry.text):
                score, how = SAME, "is"
            elif entry.key in keys[:3] or (entry.person and keys[1] == entry.person.key):
                score, how = FOLDED, "but for case and accents is"
            elif _without_form(key) == _without_form(entry.key):
                score, how = FOLDED, "but for the form of the firm is"
            else:
                score, how = JOINED, "but for spaces is"
            yield Hit(entry.speaker_id, score, (f"“{mention}” {how} the {entry.what} “{entry.text}”",))

    def respelled(self, name: PersonName) -> Iterator[Hit]:
        """Whom a name of two words or more names in another spelling, order or length."""
        blocks = set(name.blocks())
        for entry in {entry for block in blocks for entry in self._by_block.get(block, ())}:
            found = entry.person and agree(name, entry.person)
            if found:
                reason = f"like the {entry.what} “{entry.text}”" + (f": {found.reason}" if found.reason else "")
                yield Hit(entry.speaker_id, RESPELLED * found.score, (reason,))

    def part(self, name: PersonName, *, given: bool) -> Iterator[Hit]:
        """Whose surname, or another of whose names, stands alone; `given` after a title that goes with a given name."""
        key = " ".join(map(same_sound, name.words))
        for entries, score, what in ((self._by_surname, SURNAME, "surname"), (self._by_other, OTHER, "one name")):
            for entry in entries.get(key, ()):
                if name.generation and entry.person and name.generation != entry.person.generation:
                    continue
                share, reason = _spelling(name.words[-1], entry)
                is_first = given and entry.person is not None and same_sound(entry.person.words[0]) == key
                points, part = (GIVEN, "given name") if is_first else (OTHER if given else score, what)
                yield Hit(entry.speaker_id, points * share, (f"{part} of “{entry.text}” alone{reason}",))

    def body_respelled(self, mention: str) -> Iterator[Hit]:
        """The bodies whose name has the words of the mention in another spelling, in any order."""
        key = _sounds(mention)
        for entry in self._by_sounds.get(frozenset(key), ()):
            own = _sounds(entry.text)
            matches = [same_word(word, own[sound]) for sound, word in key.items()]
            score = RESPELLED * math.prod(match.score if match else 0.0 for match in matches)
            if " " in name_key(mention) or score >= ONE_RESPELLED:
                reason = ", ".join(match.reason for match in matches if match and match.reason)
                yield Hit(entry.speaker_id, score, (f"like the {entry.what} “{entry.text}”: {reason}",))

    def by_phrase(self, phrase: Phrase) -> Sequence[str]:
        """The bodies of whose name the phrase has the words, in any order, the countries not compared.

        A country alone finds the bodies that go by its name: "the British" is "Britain".
        """
        return self._by_phrase.get(_phrase_key(phrase), ()) if phrase.when is When.NOW else ()


def _spelling(word: str, entry: Entry) -> tuple[float, str]:
    if entry.person and word in entry.person.words:
        return 1.0, ""
    matches = [match for own in (entry.person.words if entry.person else ()) if (match := same_word(word, own))]
    best = max(matches, key=lambda match: match.score)
    return best.score, f", {best.reason}" if best.reason else ""


def _phrase_key(phrase: Phrase) -> frozenset[str]:
    return phrase.words or phrase.places


def _bare(text: str) -> str:
    article, _, rest = text.partition(" ")
    return rest if article.lower() in ARTICLES else text


def _without_form(key: str) -> str:
    """A name's key without the form of a firm at its end: "boeing co" is "boeing"."""
    words = key.split()
    while len(words) > 1 and words[-1] in table("firm_forms"):
        words.pop()
    return " ".join(words)


def _as_a_word(mention: str) -> bool:
    """Whether a mention may be an acronym written as a word: "Nato"."""
    return len(mention) >= PRONOUNCED and mention.istitle()


def _sounds(text: str) -> Mapping[str, str]:
    """The weighty words of a body's name by their sound."""
    phrase, particles = Phrase.read(text), lexicon.load().name_particles
    return {same_sound(word): word for word in (*phrase.words, *phrase.places) if word not in particles}


def _entries(speaker_id: str, speaker: Speaker) -> Iterator[Entry]:
    is_person = speaker.type is SpeakerType.PERSON
    texts = {speaker.name: "name", **{alias: "alias" for alias in speaker.aliases if alias != speaker.name}}
    if not is_person and (bare := without_brackets(speaker.name)):
        texts.setdefault(bare, BARE)
    for text, what in texts.items():
        for written in dict.fromkeys((text, spelled_out(text) if is_person else text)):
            name = PersonName.parse(written) if is_person else None
            if name and what == "alias" and any(map(is_title, name.words)):  # "Army chief Adm Mike Mullen"
                name = None
            if key := name_key(written):
                yield Entry(speaker_id, text, what, key, name)
