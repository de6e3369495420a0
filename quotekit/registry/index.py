"""A registry's names as dictionaries, so that no lookup goes through everybody."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import attrs

from quotekit.registry.names import ARTICLES, PersonName, agree, is_acronym, name_key, same_sound, same_word
from quotekit.registry.phrases import Phrase, When
from quotekit.registry.posts import PostIndex, bodies_of, without_brackets
from quotekit.registry.records import Contents, Hit, Tenure
from quotekit.registry.titles import is_title
from quotekit.speakers import Speaker, SpeakerType

__all__ = ["Index"]

SAME, FOLDED, JOINED = 0.98, 0.95, 0.9  # the whole name: letter for letter, but for case and accents, but for spaces
SHORTENED = 0.75  # a name without its brackets
RESPELLED = 0.95  # of how far the two names agree
SURNAME, OTHER = 0.6, 0.3
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
        for speaker_id, speaker in self.speakers.items():
            for entry in _entries(speaker_id, speaker):
                self._add(entry)

    def _add(self, entry: Entry) -> None:
        keys = {entry.key, entry.key.replace(" ", "")}
        if entry.speaker_id in self.bodies:
            named = self._by_phrase.setdefault(_phrase_key(Phrase.read(entry.text)), [])
            if entry.speaker_id not in named:
                named.append(entry.speaker_id)
        elif entry.person and len(entry.person.words) > 1:
            keys.add(entry.person.key)
            self.name_words.update(entry.person.words)
            for word in set(map(same_sound, entry.person.words[:-1])):
                self._by_other.setdefault(word, []).append(entry)
            for block in set(entry.person.blocks()):
                self._by_block.setdefault(block, []).append(entry)
            for surname in set(entry.person.surnames()):
                self._by_surname.setdefault(surname, []).append(entry)
        elif entry.person and entry.person.honorifics:  # "Sheikh Hasina"
            self._by_surname.setdefault(same_sound(entry.person.words[0]), []).append(entry)
        for key in keys:
            self._by_key.setdefault(key, []).append(entry)

    def exact(self, mention: str) -> Iterator[Hit]:
        """Whom the whole mention names, at the most but for case, accents, marks and spaces."""
        key = name_key(mention)
        name = PersonName.parse(mention)
        keys = (key, "" if name.honorifics else name.key, key.replace(" ", ""))
        for entry in next(filter(None, map(self._by_key.get, keys)), ()):
            if is_acronym(entry.text) and not is_acronym(mention):
                continue
            if entry.what == BARE:
                score, how = SHORTENED, "is"
            elif _bare(mention) == _bare(entry.text):
                score, how = SAME, "is"
            elif key == entry.key or (entry.person and keys[1] == entry.person.key):
                score, how = FOLDED, "but for case and accents is"
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

    def part(self, name: PersonName) -> Iterator[Hit]:
        """Whose surname, or another of whose names, stands alone."""
        key = " ".join(map(same_sound, name.words))
        for entries, score, what in ((self._by_surname, SURNAME, "surname"), (self._by_other, OTHER, "one name")):
            for entry in entries.get(key, ()):
                share, reason = _spelling(name.words[-1], entry)
                yield Hit(entry.speaker_id, score * share, (f"{what} of “{entry.text}” alone{reason}",))

    def by_phrase(self, phrase: Phrase) -> Sequence[str]:
        """The bodies of whose name the phrase has the words, in any order, the countries not compared.

        A country alone finds the bodies that go by its name: "the British" is "Britain".
        """
        return self._by_phrase.get(_phrase_key(phrase), ()) if phrase.when is When.NOW else ()


def _spelling(word: str, entry: Entry) -> tuple[float, str]:
    matches = [match for own in (entry.person.words if entry.person else ()) if (match := same_word(word, own))]
    best = max(matches, key=lambda match: match.score)
    return best.score, f", {best.reason}" if best.reason else ""


def _phrase_key(phrase: Phrase) -> frozenset[str]:
    return phrase.words or phrase.places


def _bare(text: str) -> str:
    article, _, rest = text.partition(" ")
    return rest if article.lower() in ARTICLES else text


def _entries(speaker_id: str, speaker: Speaker) -> Iterator[Entry]:
    is_person = speaker.type is SpeakerType.PERSON
    texts = {speaker.name: "name", **{alias: "alias" for alias in speaker.aliases if alias != speaker.name}}
    if not is_person and (bare := without_brackets(speaker.name)):
        texts.setdefault(bare, BARE)
    for text, what in texts.items():
        name = PersonName.parse(text) if is_person else None
        if name and what == "alias" and any(map(is_title, name.words)):  # "Army chief Adm Mike Mullen"
            name = None
        if key := name_key(text):
            yield Entry(speaker_id, text, what, key, name)
