"""Who speaks: `Speaker`, the dated `Role`s they hold, and dates that may be partial."""

from __future__ import annotations

import calendar
import datetime
import enum
import re
from collections.abc import Iterable

import attrs

from quotekit.errors import InputError

__all__ = ["PartialDate", "Role", "Speaker", "SpeakerType", "distinct"]

_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)


class SpeakerType(str, enum.Enum):
    """What a speaker is; the first two only for somebody who is named."""

    PERSON = "person"
    ORGANIZATION = "organization"
    GROUP = "group"
    UNNAMED = "unnamed"

    def __str__(self) -> str:
        return self.value


@attrs.frozen
class PartialDate:
    """A date of which the day, or the month and the day, may be unknown.

    >>> PartialDate.parse("2018-02").first(), PartialDate.parse("2018-02").last()
    (datetime.date(2018, 2, 1), datetime.date(2018, 2, 28))
    """

    year: int
    month: int | None = None
    day: int | None = None

    @classmethod
    def parse(cls, value: str | datetime.date) -> PartialDate:
        """Read `YYYY`, `YYYY-MM` or `YYYY-MM-DD` (what follows a "T" or a space is passed over).

        Raises `InputError` for anything else.
        """
        if isinstance(value, datetime.date):
            return cls(value.year, value.month, value.day)
        match = _DATE.fullmatch(re.split(r"[T ]", value, maxsplit=1)[0]) if isinstance(value, str) else None
        parts = [int(part) for part in match.groups() if part] if match else []
        try:
            datetime.date(*[*parts, 1, 1][:3])
        except (TypeError, ValueError):
            raise InputError(f"expected a date as YYYY, YYYY-MM or YYYY-MM-DD, got {value!r}") from None
        return cls(*parts)

    def first(self) -> datetime.date:
        """The earliest day this date may be."""
        return datetime.date(self.year, self.month or 1, self.day or 1)

    def last(self) -> datetime.date:
        """The latest day this date may be."""
        month = self.month or 12
        return datetime.date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])

    def __str__(self) -> str:
        return "-".join([f"{self.year:04d}", *(f"{part:02d}" for part in (self.month, self.day) if part)])


def _date(value: PartialDate | datetime.date | str | None) -> PartialDate | None:
    return value if value is None or isinstance(value, PartialDate) else PartialDate.parse(value)


def _type(value: SpeakerType | str) -> SpeakerType:
    try:
        return SpeakerType(value)
    except ValueError:
        raise InputError(f"expected a type of {', '.join(SpeakerType)}, got {value!r}") from None


@attrs.frozen(kw_only=True)
class Role:
    """A post somebody holds or held: its title, where, and from when until when.

    `organization` is the body's name, `None` where not known; an open `end` is still running. Dates may be given as
    text. Raises `InputError` for what is no date.

    >>> Role(title="mayor", start="2018-02").start
    PartialDate(year=2018, month=2, day=None)
    """

    title: str
    organization: str | None = None
    start: PartialDate | None = attrs.field(default=None, converter=_date)
    end: PartialDate | None = attrs.field(default=None, converter=_date)


@attrs.frozen(kw_only=True)
class Speaker:
    """A person or body behind a source.

    `id` is the registry's and nothing else: without an entry it is `None`.
    `role` and `organization` are as of the date that was asked for.
    `aliases` and `roles` are filled for registry entries and empty in documents. Raises `InputError` for what is no
    type.

    >>> Speaker(name="Muhammad Faisal", type="person").id is None
    True
    """

    name: str
    type: SpeakerType = attrs.field(converter=_type)
    id: str | None = None
    role: str | None = None
    organization: str | None = None
    gender: str | None = None
    identifiers: tuple[tuple[str, str], ...] = ()
    aliases: tuple[str, ...] = ()
    roles: tuple[Role, ...] = ()

    def brief(self) -> Speaker:
        """The speaker as a document shows it: without the registry's aliases and dated roles."""
        return attrs.evolve(self, aliases=(), roles=())


def distinct(speakers: Iterable[Speaker]) -> tuple[Speaker, ...]:
    """Each speaker once, as first given; one entry, or else one name of one type, is one, whatever the post.

    >>> named = [Speaker(name="Ana Sol", type="person", role=role) for role in ("mayor", "Mayor")]
    >>> [speaker.role for speaker in distinct(named)]
    ['mayor']
    """
    first: dict[object, Speaker] = {}
    for speaker in speakers:
        first.setdefault(speaker.id or (speaker.type, speaker.name.casefold()), speaker)
    return tuple(first.values())
