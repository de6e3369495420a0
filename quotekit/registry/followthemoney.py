"""FollowTheMoney (followthemoney.tech), as OpenSanctions and Aleph publish it: one JSON object an entity and line."""

from __future__ import annotations

import collections
from collections.abc import Iterable, Iterator, Mapping

from quotekit.document import Issue
from quotekit.lexicon import table
from quotekit.registry.entities import Entity, entities
from quotekit.registry.fields import File
from quotekit.registry.names import name_key
from quotekit.registry.phrases import countries_in
from quotekit.registry.rows import PostRow, Rows, SpeakerRow, TenureRow
from quotekit.speakers import SpeakerType

__all__ = ["GROUP", "IDENTIFIERS", "read"]

SPEAKERS = {
    "Person": SpeakerType.PERSON,
    "Organization": SpeakerType.ORGANIZATION,
    "PublicBody": SpeakerType.ORGANIZATION,
    "Company": SpeakerType.ORGANIZATION,
}
IDENTIFIERS = {"wikidataId": "wikidata", "leiCode": "lei", "registrationNumber": "registration"}
GROUP = "group"  # the classification of an organization that is only a group of people

_NAMES = ("name", "alias", "weakAlias", "previousName")
_COUNTRIES = ("country", "jurisdiction", "mainCountry")
_MAY_BE_OVER = ("ended", "unknown")  # the status of an occupancy that says no more than that it began


def read(file: File, text: str) -> Rows:
    """The rows of a file of entities; a line that is none is an issue. Raises `RegistryError` for wrong fields."""
    issues: list[Issue] = []
    found: dict[str, list[Entity]] = collections.defaultdict(list)
    for entity in entities(file, text, issues):
        found[entity.schema].append(entity)
    speakers = tuple(_speaker(entity) for schema in SPEAKERS for entity in found[schema])
    posts = tuple(map(_post, found["Position"]))
    labels = {post.id: (post.label or "", *post.other_labels) for post in posts}
    held = [tenure for entity in found["Occupancy"] for tenure in _tenures(entity, labels, issues)]
    named = tuple(_positions(found["Person"], held, labels))
    for schema, of_one in found.items():
        for entity in of_one:
            if schema in SPEAKERS or schema in ("Position", "Occupancy"):
                entity.close()
            else:
                file.note_unread(schema, f"{entity.place}, a {schema}")
    return Rows(speakers=speakers, posts=posts, tenures=(*held, *named), issues=tuple(issues))


def _speaker(entity: Entity) -> SpeakerRow:
    names, kind = _names(entity), SPEAKERS[entity.schema]
    if kind is SpeakerType.PERSON:
        in_full = (*entity.texts("firstName")[:1], *entity.texts("lastName")[:1])
        names = names or tuple(filter(None, (" ".join(in_full),)))
    else:
        names += _with_country(entity, names)
        kind = SpeakerType.GROUP if GROUP in entity.texts("classification") else kind
    return SpeakerRow(
        place=entity.place,
        id=entity.id,
        name=next(iter(names), None),
        type=kind,
        gender=entity.text("gender"),
        identifiers=tuple((scheme, value) for name, scheme in IDENTIFIERS.items() for value in entity.texts(name)),
        aliases=names[1:],
        parent_id=None if kind is SpeakerType.PERSON else entity.text("parent"),
    )


def _names(entity: Entity) -> tuple[str, ...]:
    """All names, first the one that the caption chooses among several."""
    names = entity.texts(*_NAMES)
    chosen = entity.caption if entity.caption in entity.texts("name") else None
    return tuple(dict.fromkeys(filter(None, (chosen, *names))))


def _with_country(entity: Entity, names: tuple[str, ...]) -> tuple[str, ...]:
    """The name with its country, where only a code tells that: "Minister of Defence (Pakistan)"."""
    codes = table("country_codes")
    countries = {codes[code] for code in map(str.lower, entity.texts(*_COUNTRIES)) if code in codes}
    if not names or len(countries) != 1 or any(map(countries_in, names)):
        return ()
    return (f"{names[0]} ({countries.pop()})",)


def _post(entity: Entity) -> PostRow:
    names = _names(entity)
    return PostRow(
        place=entity.place,
        id=entity.id,
        label=next(iter(names), None),
        other_labels=(*names[1:], *_with_country(entity, names)),
        organization_id=entity.text("organization"),
    )


def _tenures(entity: Entity, labels: Mapping[str | None, tuple[str, ...]], issues: list[Issue]) -> Iterator[TenureRow]:
    """The occupancy of each holder and post that it names."""
    start, end = entity.date("startDate"), entity.date("endDate")
    if entity.text("status") in _MAY_BE_OVER and start and not end:
        message = f"{entity.place}: left without its start {start}, for it may be over; give it an endDate"
        issues.append(Issue(code="unknown-end", message=message))
        start = None
    for holder in entity.texts("holder") or (None,):
        for post_id in entity.texts("post") or (None,):
            titles = (text for text in entity.texts("description") if text in labels.get(post_id, ()))
            title = next(titles, None)
            yield TenureRow(place=entity.place, speaker_id=holder, title=title, post_id=post_id, start=start, end=end)


def _positions(
    people: Iterable[Entity], held: Iterable[TenureRow], labels: Mapping[str | None, tuple[str, ...]]
) -> Iterator[TenureRow]:
    """The roles that people have only by name, without dates."""
    known: dict[str | None, set[str]] = collections.defaultdict(set)
    for row in held:
        known[row.speaker_id].update(map(name_key, labels.get(row.post_id, ())))
    for entity in people:
        for title in entity.texts("position"):
            if name_key(title) not in known[entity.id]:
                yield TenureRow(place=entity.place, speaker_id=entity.id, title=title)
