"""Registries as CSV: a row is a speaker, a role of one, both, or a post."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence

import attrs

from quotekit.document import Issue
from quotekit.registry.fields import File
from quotekit.registry.native import TYPES
from quotekit.registry.rows import PostRow, Rows, SpeakerRow, TenureRow, new_ids
from quotekit.speakers import SpeakerType

__all__ = ["COLUMNS", "fits", "read"]

OF_A_SPEAKER = ("id", "name", "type", "gender", "aliases", "identifiers", "parent_id")
OF_A_ROLE = ("title", "post_id", "organization_id", "organization", "start", "end")
COLUMNS = (*OF_A_SPEAKER, *OF_A_ROLE)

_DELIMITERS = ",;\t"
_VALUE = re.compile(r"(?:\\[\\|:]|[^|])+")
_SCHEME = re.compile(r"((?:\\[\\|:]|[^:])+):(.+)", re.DOTALL)
_ESCAPED = re.compile(r"\\([\\|:])")


@attrs.frozen
class _Row:
    """The filled cells of a row, by column, and where it starts."""

    place: str
    cells: dict[str, str]

    def get(self, column: str) -> str | None:
        return self.cells.get(column)

    def values(self, column: str) -> tuple[str, ...]:
        """The values of a cell that holds several, which “|” parts."""
        return tuple(value.strip() for value in _VALUE.findall(self.cells.get(column, "")) if value.strip())


def fits(text: str) -> bool:
    """Whether a text starts with a header that has the column “name”.

    >>> fits("name;title;start"), fits("names of people")
    (True, False)
    """
    return bool(_delimiter(text))


def _delimiter(text: str) -> str | None:
    header = text.lstrip().partition("\n")[0]
    return next((mark for mark in _DELIMITERS if "name" in _columns(header.split(mark))), None)


def _columns(header: Iterable[str]) -> list[str]:
    return [cell.strip(' "\r').lower() for cell in header]


def read(file: File, text: str) -> Rows:
    """The rows of a CSV text. Raises `RegistryError` with the line where it cannot be read."""
    issues: list[Issue] = []
    rows = tuple(_with_ids(list(_rows(file, text, issues)), issues))
    speakers, left_out = _speakers(file, rows)
    rows = tuple(row for row in rows if row.place not in left_out)
    return Rows(
        speakers=speakers,
        posts=tuple(_post(row) for row in rows if _is_post(row)),
        tenures=tuple(_tenure(row) for row in rows if _has_role(row)),
        issues=tuple(issues),
    )


def _rows(file: File, text: str, issues: list[Issue]) -> Iterator[_Row]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text) or ",", strict=True)
    columns: list[str] = []
    line = 1
    try:
        for cells in reader:
            place, line = f"line {line}", reader.line_num + 1
            if not any(cell.strip() for cell in cells):
                continue
            if columns:
                if any(cell.strip() for cell in cells[len(columns) :]):
                    message = f"{place}: more cells than the header has columns are left out; quote cells with a comma"
                    issues.append(Issue(code="bad-line", message=message))
                filled = ((name, cell.strip()) for name, cell in zip(columns, cells, strict=False) if cell.strip())
                yield _Row(place, {name: cell for name, cell in filled if name in COLUMNS})
            else:
                columns = _header(file, place, cells)
    except csv.Error as error:
        file.fail(f"line {line}", f"CSV that can be read ({error})", "something else")


def _header(file: File, place: str, cells: Sequence[str]) -> list[str]:
    columns = _columns(cells)
    for number, name in enumerate(columns):
        if name in columns[:number] and name:
            file.fail(place, "each column once", name)
        if name not in COLUMNS:
            file.note_unread(f"column {number}", f"{place}, column {name!r}")
    return columns


def _with_ids(rows: Sequence[_Row], issues: list[Issue]) -> Iterator[_Row]:
    """The rows, those of a speaker without an id with the id of the speaker who has the name, or a new one."""
    given = {row.get("id"): None for row in rows if row.get("id")}
    by_name: dict[str, list[str]] = {}
    for row in rows:
        name, own = row.get("name"), row.get("id")
        if name and own and own not in by_name.setdefault(name, []):
            by_name[name].append(own)
    for row in rows:
        name = row.get("name")
        if not name or row.get("id"):
            yield row
            continue
        ids = by_name.setdefault(name, [])
        if len(ids) > 1:
            message = f"{row.place}: left out, {len(ids)} speakers are named {name!r}; give the row the id of one"
            issues.append(Issue(code="ambiguous-name", message=message))
            continue
        if not ids:
            ids.append(next(new for new in new_ids(name) if new not in given))
            given[ids[0]] = None
        yield attrs.evolve(row, cells={**row.cells, "id": ids[0]})


def _speakers(file: File, rows: Iterable[_Row]) -> tuple[tuple[SpeakerRow, ...], set[str]]:
    """The speakers, each of all rows with their id, and the places of rows that say something else of an id."""
    found: dict[str, SpeakerRow] = {}
    others: list[SpeakerRow] = []
    given_types: dict[str, str] = {}
    for row in rows:
        if not _has_speaker(row):
            continue
        speaker, own_type = _speaker(file, row), row.get("type")
        known = found.get(speaker.id or "")
        if not speaker.id or (known and not _agree(known, speaker, given_types.get(speaker.id), own_type)):
            others.append(speaker)
            continue
        if own_type:
            given_types.setdefault(speaker.id, own_type)
        found[speaker.id] = _joined(known, speaker, own_type) if known else speaker
    return (*found.values(), *others), {speaker.place for speaker in others}


def _speaker(file: File, row: _Row) -> SpeakerRow:
    kind = row.get("type") or str(SpeakerType.PERSON)
    if kind not in TYPES:
        file.fail(f"{row.place}, type", " or ".join(TYPES), kind)
    identifiers = []
    for value in row.values("identifiers"):
        match = _SCHEME.fullmatch(value) or file.fail(f"{row.place}, identifiers", "scheme:identifier", value)
        identifiers.append((_plain(match[1]).strip(), _plain(match[2]).strip()))
    return SpeakerRow(
        place=row.place,
        id=row.get("id"),
        name=row.get("name"),
        type=TYPES[kind],
        gender=row.get("gender"),
        identifiers=tuple(identifiers),
        aliases=tuple(map(_plain, row.values("aliases"))),
        parent_id=row.get("parent_id"),
    )


def _agree(known: SpeakerRow, other: SpeakerRow, known_type: str | None, other_type: str | None) -> bool:
    """Whether two rows do not contradict each other; an empty cell says nothing."""
    pairs = (
        (known.name, other.name),
        (known.gender, other.gender),
        (known.parent_id, other.parent_id),
        (known_type, other_type),
    )
    return all(one is None or two is None or one == two for one, two in pairs)


def _joined(known: SpeakerRow, other: SpeakerRow, other_type: str | None) -> SpeakerRow:
    return attrs.evolve(
        known,
        name=known.name or other.name,
        type=other.type if other_type else known.type,
        gender=known.gender or other.gender,
        parent_id=known.parent_id or other.parent_id,
        identifiers=tuple(dict.fromkeys((*known.identifiers, *other.identifiers))),
        aliases=tuple(dict.fromkeys((*known.aliases, *other.aliases))),
    )


def _is_post(row: _Row) -> bool:
    return bool(row.get("post_id")) and row.cells.keys().isdisjoint(("id", "name", "start", "end"))


def _has_role(row: _Row) -> bool:
    return not _is_post(row) and not row.cells.keys().isdisjoint(OF_A_ROLE)


def _has_speaker(row: _Row) -> bool:
    """Whether a row says more of a speaker than whose role it is."""
    return not _is_post(row) and (not _has_role(row) or not row.cells.keys().isdisjoint(OF_A_SPEAKER[1:]))


def _post(row: _Row) -> PostRow:
    return PostRow(
        place=row.place,
        id=row.get("post_id"),
        label=row.get("title"),
        other_labels=tuple(map(_plain, row.values("aliases"))),
        organization_id=row.get("organization_id"),
    )


def _tenure(row: _Row) -> TenureRow:
    return TenureRow(
        place=row.place,
        speaker_id=row.get("id"),
        title=row.get("title"),
        post_id=row.get("post_id"),
        organization_id=row.get("organization_id"),
        organization=row.get("organization"),
        start=row.get("start"),
        end=row.get("end"),
    )


def _plain(value: str) -> str:
    return _ESCAPED.sub(r"\1", value)
