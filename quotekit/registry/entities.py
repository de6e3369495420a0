"""FollowTheMoney entities as they stand in a file: JSON lines, those inside one another taken out."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import attrs

from quotekit.document import Issue
from quotekit.registry.fields import Fields, File

__all__ = ["Entity", "entities", "fits"]

DEEPEST = 8  # levels of entities inside entities: a person, an occupancy, a position, a body, and room above


def fits(value: object) -> bool:
    """Whether a JSON value is an entity.

    >>> fits({"id": "a", "schema": "Person", "properties": {"name": ["Ana Sol"]}})
    True
    """
    return (
        isinstance(value, dict) and isinstance(value.get("schema"), str) and isinstance(value.get("properties"), dict)
    )


@attrs.frozen(kw_only=True)
class Entity:
    """One entity: its place in the file, its schema and id, and its properties to read from."""

    place: str
    schema: str
    id: str | None
    caption: str | None
    properties: Fields

    def texts(self, *names: str) -> tuple[str, ...]:
        """All different values of some properties; a plain string counts as a list of one."""
        found: list[str] = []
        for name in names:
            value = self.properties.value(name)
            for item in value if isinstance(value, list) else [] if value is None else [value]:
                if isinstance(item, bool) or not isinstance(item, (str, int)):
                    self.properties.file.fail(f"{self.properties.place}.{name}", "a list of strings", item)
                found.append(str(item).strip())
        return tuple(dict.fromkeys(text for text in found if text))

    def text(self, name: str) -> str | None:
        """The first value of a property."""
        return next(iter(self.texts(name)), None)

    def date(self, name: str) -> str | None:
        """The value of a property that says most of a date."""
        return max(self.texts(name), key=len, default=None)

    def close(self) -> None:
        """Note the properties that nobody asked for."""
        self.properties.close(self.schema)


def entities(file: File, text: str, issues: list[Issue]) -> Iterator[Entity]:
    """All entities of a file, those inside others too; a line that is none becomes an issue."""
    inside: set[str] = set()
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            value = json.loads(line)
            problem = "" if fits(value) else "it is no object with “schema” and “properties”"
        except (ValueError, RecursionError) as error:
            problem = str(error)
        if problem:
            issues.append(
                Issue(code="bad-line", message=f"line {number}: left out, {problem}; mend or delete the line")
            )
            continue
        for place, entity in _taken_apart(value, f"line {number}"):
            if place.startswith(f"line {number}."):  # a post stands inside everybody who held it
                if entity["id"] in inside:
                    continue
                inside.add(entity["id"])
            yield _entity(file.fields(entity, place))


def _entity(fields: Fields) -> Entity:
    properties = fields.file.fields(fields.value("properties"), f"{fields.place}.properties")
    entity = Entity(
        place=fields.place,
        schema=fields.text("schema") or "",
        id=fields.text("id"),
        caption=fields.text("caption"),
        properties=properties,
    )
    fields.close("entity")
    return entity


def _taken_apart(value: dict[str, Any], place: str, depth: int = 0) -> Iterator[tuple[str, dict[str, Any]]]:
    """An entity with the ids of those that stood inside it, after those; each with its place."""
    properties = dict(value["properties"])
    for name, items in properties.items():
        if depth == DEEPEST or not isinstance(items, list) or not any(map(_fits_inside, items)):
            continue
        for number, item in enumerate(items):
            if _fits_inside(item):
                if item["schema"] == "Occupancy" and "holder" not in item["properties"]:
                    item["properties"]["holder"] = [value.get("id")]
                yield from _taken_apart(item, f"{place}.properties.{name}[{number}]", depth + 1)
        properties[name] = [item.get("id") if _fits_inside(item) else item for item in items]
    yield place, {**value, "properties": properties}


def _fits_inside(value: object) -> bool:
    return isinstance(value, dict) and fits(value) and isinstance(value.get("id"), str)
