"""A registry proposed from attributed articles: who speaks in them, under which names and in which roles."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from quotekit.document import Document
from quotekit.registry.fields import filled
from quotekit.registry.grouping import alike, joined_bodies, joined_people, same_person
from quotekit.registry.names import PersonName, name_key
from quotekit.registry.native import FORMAT, VERSION
from quotekit.registry.phrases import Phrase
from quotekit.registry.registry import Registry
from quotekit.registry.rows import new_ids
from quotekit.registry.sightings import Seen, Tally, gathered
from quotekit.registry.titles import is_title
from quotekit.speakers import Speaker, SpeakerType

__all__ = ["suggest"]

SURE = 0.8  # a name that a registry answers with such a score need not be an alias


def suggest(documents: Iterable[Document], registry: Registry | None = None) -> dict[str, Any]:
    """The native registry of all named speakers in attributed articles, as a JSON object to review and merge.

    Of those in `registry` there are only the names and roles that it lacks. Names of several articles that agree
    are one speaker's; two that agree less, or that stand apart in one article, stay two, and each names the other.
    What was seen of everybody stands under `seen`, which loading passes over.

    >>> from quotekit.document import Attribution, Kind
    >>> from quotekit.spans import Span
    >>> text = "Ana Sol said the port is open."
    >>> speaker = Speaker(name="Ana Sol", type=SpeakerType.PERSON, role="mayor")
    >>> said = Attribution.cut(
    ...     text, content=[Span(13, 30)], source=[Span(0, 7)], kind=Kind.INDIRECT, speakers=(speaker,), score=1.0
    ... )
    >>> found = suggest([Document(id="a", text=text, date="2018-02-24", attributions=(said,))])["speakers"]
    >>> [(one["id"], one["roles"][0]["title"], one["seen"]["first"]) for one in found]
    [('ana-sol', 'mayor', '2018-02-24')]
    """
    registry = registry or Registry()
    known: dict[str, tuple[Speaker, Tally]] = {}
    new: list[Tally] = []
    left_out: list[dict[str, Any]] = []
    for tally in gathered(documents):
        entries = _entries(tally, registry)
        if len(entries) == 1:
            known.setdefault(entries[0].id or "", (entries[0], Tally(entries[0])))[1].absorb(tally)
        elif why := _unfit(tally, len(entries)):
            left_out.append({"name": tally.name, "why": why, "count": tally.seen.count})
        else:
            new.append(tally)
    additions = filter(None, (_additions(entry, tally, registry) for entry, tally in known.values()))
    return {
        "format": FORMAT,
        "version": VERSION,
        "speakers": [*additions, *_proposals([*joined_people(new), *joined_bodies(new)], registry)],
        "posts": [],
        **filled(seen=filled(left_out=sorted(left_out, key=lambda one: -one["count"]))),
    }


def _unfit(tally: Tally, namesakes: int) -> str:
    """Why somebody is not proposed, or nothing."""
    if namesakes:
        return f"{namesakes} in the registry have this name"
    if tally.type is SpeakerType.PERSON and not tally.id and len(PersonName.parse(tally.name).words) < 2:
        return "one word is no full name"
    return ""


def _entries(tally: Tally, registry: Registry) -> list[Speaker]:
    """The entries that a speaker of articles is, or may be."""
    if tally.id and (own := registry.get(tally.id)):
        return [own]
    is_person = tally.type is SpeakerType.PERSON
    found: list[Speaker] = []
    for candidate in registry.resolve(tally.name):
        entry = registry.get(candidate.speaker.id or "")
        if entry is None or (entry.type is SpeakerType.PERSON) is not is_person:
            continue
        described = not is_person and candidate.score >= SURE
        if described or any(_same_name(tally, name) for name in (entry.name, *entry.aliases)):
            found.append(entry)
    return found


def _same_name(tally: Tally, name: str) -> bool:
    if name_key(name) == name_key(tally.name):
        return True
    return tally.type is SpeakerType.PERSON and same_person(name, tally.name)


def _additions(entry: Speaker, tally: Tally, registry: Registry) -> dict[str, Any] | None:
    """The names and roles of somebody known that the registry lacks, if there are any."""
    aliases = [form for form in _aliases(tally, entry) if not _answers(registry, form, entry)]
    roles = [role for role in _roles(tally) if not _has_role(registry, entry, role)]
    if not aliases and not roles:
        return None
    told = filled(id=entry.id, name=entry.name, type=str(entry.type), aliases=aliases, roles=roles)
    return {**told, "seen": tally.seen.record(names=dict(tally.names.most_common()))}


def _proposals(tallies: Iterable[Tally], registry: Registry) -> Iterator[dict[str, Any]]:
    """Those who are new, the most quoted first."""
    named: dict[str, tuple[Tally, Speaker]] = {}
    tallies = sorted(tallies, key=lambda tally: -tally.seen.count)
    taken = {speaker.id for speaker in registry} | {tally.id for tally in tallies}
    for tally in tallies:
        name = max(tally.names, key=lambda name: (tally.names[name], len(name)))
        speaker_id = tally.id or next(new for new in new_ids(name) if new not in taken)
        taken.add(speaker_id)
        gender = next((gender for gender, _ in tally.genders.most_common(1)), None)
        named[speaker_id] = (tally, Speaker(id=speaker_id, name=name, type=tally.type, gender=gender))
    near = alike({one: speaker.name for one, (_, speaker) in named.items() if speaker.type is SpeakerType.PERSON})
    for speaker_id, (tally, speaker) in named.items():
        told = filled(
            id=speaker_id,
            name=speaker.name,
            type=str(speaker.type),
            gender=speaker.gender,
            aliases=_aliases(tally, speaker),
            roles=_roles(tally),
        )
        like = [*near.get(speaker_id, ()), *_hints(registry, speaker)]
        yield {**told, "seen": tally.seen.record(names=dict(tally.names.most_common()), like=like)}


def _hints(registry: Registry, speaker: Speaker) -> Iterator[str]:
    """The ids of entries with a name that is near."""
    for candidate in registry.resolve(speaker.name):
        if candidate.speaker.id and candidate.speaker.type is speaker.type:
            yield candidate.speaker.id


def _aliases(tally: Tally, speaker: Speaker) -> list[str]:
    """The other names that mentions give a speaker, the most frequent first; a surname alone is none."""
    keys = {name_key(name) for name in (speaker.name, *speaker.aliases)}
    found = []
    for form, _ in (tally.names + tally.forms).most_common():
        key = name_key(form)
        if key and key not in keys and form != form.lower() and _is_name(form, speaker):
            keys.add(key)
            found.append(form)
    return found


def _is_name(form: str, speaker: Speaker) -> bool:
    if speaker.type is not SpeakerType.PERSON:
        return bool(Phrase.read(form).words)  # countries are known by all their names
    name = PersonName.parse(form)
    if len(name.words) < 2 or name.honorifics or any(map(is_title, name.words)):
        return False
    return name.words != PersonName.parse(speaker.name).words[-len(name.words) :]  # "de Blasio"


def _answers(registry: Registry, form: str, entry: Speaker) -> bool:
    best = next(iter(registry.resolve(form)), None)
    return best is not None and best.speaker.id == entry.id and best.score >= SURE


def _roles(tally: Tally) -> list[dict[str, Any]]:
    """The roles that a speaker was seen in, one that only says less of another counted with that."""
    found: list[tuple[Phrase, str, str | None, Seen]] = []
    for phrase, (written, seen) in sorted(tally.roles.items(), key=lambda item: -len(item[0].words)):
        fuller = [one for one in found if phrase.words < one[0].words and phrase.when is one[0].when]
        if len(fuller) == 1 and phrase.places <= fuller[0][0].places:
            fuller[0][3].absorb(seen)
        elif phrase.words:
            title, organization = written.most_common(1)[0][0]
            found.append((phrase, title, organization, seen))
    found.sort(key=lambda one: -one[3].count)
    return [{**filled(title=title, organization=body), "seen": seen.record()} for _, title, body, seen in found]


def _has_role(registry: Registry, entry: Speaker, role: dict[str, Any]) -> bool:
    """Whether the registry has a role, whatever it calls it and whenever it was held."""
    title, body = role["title"], role.get("organization") or ""
    said = Phrase.read(f"{title} {body}")
    held = (Phrase.read(f"{known.title} {known.organization or ''}") for known in entry.roles)
    if any(said.words <= one.words for one in held):
        return True
    asked = [text for text in (f"{body} {title}", title) if text.strip()]
    return any(candidate.speaker.id == entry.id for text in asked for candidate in registry.resolve(text))
