"""The turns of a transcript: who stands behind the "Q", "PRADO", "AD" or "MODERATOR" at the head of a line."""

from __future__ import annotations

from collections.abc import Sequence

from quotekit.document import Attribution, How
from quotekit.lexicon import table
from quotekit.registry.names import ARTICLES, fold, words_of
from quotekit.resolution.answers import Answer
from quotekit.resolution.form.scene import Answers, Scene
from quotekit.resolution.names.people import Person
from quotekit.resolution.words import singular
from quotekit.spans import Span
from quotekit.speakers import Speaker, SpeakerType

__all__ = ["told_by_turns"]

FAR_MORE = 2  # times as often named as the next: the one whom the interview is about
MOST_INITIALS = 4
_LEAD = 40  # code points before a label that must hold no letter of its line


def told_by_turns(scene: Scene, answers: Sequence[Answers]) -> list[Answers]:
    """The answers, with those of turns that only a transcript tells; one label is one speaker throughout.

    A "Q" is whoever asks, and stays without a name; an "A" is the one person that the words before the transcript
    name, or name far more often than anybody else. Initials are the one person who has them.
    """
    text = scene.document.text
    turns = [n for n, attribution in enumerate(scene.document.attributions) if _is_turn(attribution, text)]
    told = list(answers)
    if turns:
        reader = _Labels(scene, min(scene.document.attributions[n].source[0].start for n in turns))
        for number in turns:
            told[number] = reader.told(scene.document.attributions[number].source[0], told[number])
    return told


def _is_turn(attribution: Attribution, text: str) -> bool:
    """Whether an attribution is a line of a transcript: its source heads the line, a colon is its cue."""
    if attribution.cue_text != ":" or len(attribution.source) != 1:
        return False
    source, colon = attribution.source[0], attribution.cue[0]
    lead = text[max(0, source.start - _LEAD) : source.start].rpartition("\n")[2]
    return not any(character.isalnum() for character in lead) and not text[source.end : colon.start].strip()


class _Labels:
    """What the labels of one transcript, which begins at `start`, have been told to be."""

    def __init__(self, scene: Scene, start: int) -> None:
        self._scene, self._start = scene, start
        self._known: dict[str, Answers] = {}
        self._initials: dict[str, list[int]] = {}
        for number, member in enumerate(scene.cast.members):
            if isinstance(member, Person) and member.name.full:
                letters = "".join(key[0] for key in member.name.keys)
                self._initials.setdefault(letters, []).append(number)

    def told(self, label: Span, found: Answers) -> Answers:
        """The speakers of a turn; `found` are those that its label, read as a source like any other, has."""
        key = fold(self._scene.document[label])
        if key not in self._known:
            self._known[key] = self._told(self._scene.document[label], key, found)
        return self._known[key]

    def _told(self, shown: str, key: str, found: Answers) -> Answers:
        part = table("turn_labels", self._scene.cast.lang).get(key)
        if part:
            main = self._main_person() if part == "answers" else None
            return self._new(shown) if main is None else (self._scene.named(main, How.DESCRIPTION, 0.7),)
        outlet = self._scene.document.outlet
        if outlet and [word for word in words_of(outlet) if word not in ARTICLES] == key.split():
            return self._new(outlet, SpeakerType.ORGANIZATION)
        owners = self._initials.get(key, ()) if len(key) <= MOST_INITIALS else ()
        if len(owners) == 1 and self._is_only_a_label(found, key):
            return (self._scene.named(owners[0], How.ACRONYM, 0.8),)
        return self._new(shown) if self._is_noun(key) and self._is_only_a_label(found, key) else found

    def _new(self, name: str, type_: SpeakerType | None = None) -> Answers:
        """Somebody by the words of a label alone, or the outlet that asks."""
        several = fold(name) in self._scene.tables.audiences
        kind = type_ or (SpeakerType.GROUP if several else SpeakerType.UNNAMED)
        how = How.DESCRIPTION if type_ is None else How.FULL_NAME
        return (Answer(voice=self._scene.hear(Speaker(name=name, type=kind)), how=how, score=0.9),)

    def _main_person(self) -> int | None:
        """The one person whom the words before the transcript are about."""
        counts = {
            number: sum(name.span.start < self._start for name in member.mentions)
            for number, member in enumerate(self._scene.cast.members)
            if isinstance(member, Person) and member.name.full
        }
        first, second = (*sorted(counts, key=counts.__getitem__, reverse=True)[:2], None, None)[:2]
        if first is None or not counts[first]:
            return None
        return first if second is None or counts[first] >= FAR_MORE * max(counts[second], 0.5) else None

    def _is_only_a_label(self, found: Answers, key: str) -> bool:
        """Whether a label was read as a name that stands for nothing longer."""
        voices = [self._scene.voices[answer.voice] for answer in found]
        shown = (voice.name if isinstance(voice, Speaker) else voice.name.shown for voice in voices)
        return all(fold(name) == key for name in shown)

    def _is_noun(self, key: str) -> bool:
        """Whether a label is a noun for somebody, or for many: "interviewer", "audience"."""
        last, tables = key.rpartition(" ")[2], self._scene.tables
        nouns = (tables.roles, tables.collectives, tables.people, tables.audiences)
        return any(form in known for form in (last, singular(last)) for known in nouns)
