"""Members of Congress and presidents as github.com/unitedstates/congress-legislators has them, in JSON; only read."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence

import attrs

from quotekit.errors import InputError
from quotekit.lexicon import table
from quotekit.registry.fields import Fields, File
from quotekit.registry.rows import PostRow, Rows, SpeakerRow, TenureRow
from quotekit.speakers import PartialDate, SpeakerType

__all__ = ["fits", "read"]

SWORN_IN = datetime.timedelta(days=14)  # a term may begin so long after the one before it ended
GENDERS = {"M": "male", "F": "female"}
CHAMBERS = {
    "us-senate": ("United States Senate", "U.S. Senate", "Senate"),
    "us-house": ("United States House of Representatives", "U.S. House of Representatives", "House of Representatives"),
}
TERMS = {  # the type of a term: the post's label, and where it is
    "sen": ("Senator", "us-senate"),
    "rep": ("Representative", "us-house"),
    "prez": ("President of the United States", None),
    "viceprez": ("Vice President of the United States", None),
}


def fits(value: object) -> bool:
    """Whether a JSON value is a list of legislators."""
    return isinstance(value, list) and bool(value) and isinstance(value[0], dict) and {"id", "terms"} <= value[0].keys()


def read(file: File, value: Sequence[object]) -> Rows:
    """The rows of a list of legislators. Raises `RegistryError` where a field is of the wrong kind."""
    speakers: list[SpeakerRow] = []
    tenures: list[TenureRow] = []
    posts: dict[str, PostRow] = {}
    for number, item in enumerate(value):
        fields = file.fields(item, f"$[{number}]")
        speakers.append(_legislator(fields))
        tenures += _joined([_term(term, speakers[-1].id, posts) for term in fields.objects("terms")])
        tenures += (_leadership(role, speakers[-1].id) for role in fields.objects("leadership_roles"))
        fields.close("legislators")
    return Rows(speakers=(*speakers, *_chambers()), posts=tuple(posts.values()), tenures=tuple(tenures))


def _chambers() -> Iterator[SpeakerRow]:
    for chamber, (name, *others) in CHAMBERS.items():
        yield SpeakerRow(place="$", id=chamber, name=name, type=SpeakerType.ORGANIZATION, aliases=tuple(others))


def _legislator(fields: Fields) -> SpeakerRow:
    ids, name, bio = (_part(fields, part) for part in ("id", "name", "bio"))
    in_short, gender = _name(name), bio.text("gender")
    others = (name.text("official_full"), _name(name, first="nickname"), _name(name, middle=True))
    formerly = (_name(other, beside=name) for other in fields.objects("other_names"))
    row = SpeakerRow(
        place=fields.place,
        id=ids.text("bioguide") or ids.text("govtrack"),
        name=in_short,
        type=SpeakerType.PERSON,
        gender=GENDERS.get(gender or "", gender),
        identifiers=tuple((scheme, value) for scheme in ids.names() for value in _values(ids, scheme)),
        aliases=tuple(dict.fromkeys(alias for alias in (*others, *formerly) if alias and alias != in_short)),
    )
    for part, what in ((ids, "id"), (name, "name"), (bio, "bio")):
        part.close(what)
    return row


def _part(fields: Fields, name: str) -> Fields:
    return fields.file.fields(fields.value(name) or {}, f"{fields.place}.{name}")


def _values(ids: Fields, scheme: str) -> Iterator[str]:
    """The one or the several identifiers of a scheme."""
    value = ids.value(scheme)
    for item in value if isinstance(value, list) else [value]:
        if isinstance(item, bool) or not isinstance(item, (str, int, type(None))):
            ids.file.fail(f"{ids.place}.{scheme}", "a string", item)
        if item is not None:
            yield str(item)


def _name(fields: Fields, first: str = "first", middle: bool = False, beside: Fields | None = None) -> str | None:
    """A name put together; the parts that it does not have are those of the name `beside` it."""

    def part(which: str) -> str | None:
        return fields.text(which) or (beside.text(which) if beside else None)

    given, family = part(first), part("last")
    names = (given, part("middle") if middle else None, family, part("suffix"))
    return " ".join(name for name in names if name) if given and family else None


def _term(fields: Fields, speaker_id: str | None, posts: dict[str, PostRow]) -> TenureRow:
    kind, state = fields.text("type"), fields.text("state")
    if kind not in TERMS:
        fields.file.fail(f"{fields.place}.type", " or ".join(TERMS), kind)
    (title, chamber), code = TERMS[kind], (state or "").upper()
    post_id = "-".join(filter(None, (chamber or f"us-{kind}", code.lower())))
    if post_id not in posts:
        area = table("us_states").get(code, code)
        labels = [f"{title} from {area}", f"{title} for {area}", f"U.S. {title} for {area}"] if area else [title]
        posts[post_id] = PostRow(
            place=fields.place,
            id=post_id,
            label=labels[0],
            other_labels=tuple(labels[1:]),
            organization_id=chamber,
        )
    return TenureRow(
        place=fields.place,
        speaker_id=speaker_id,
        post_id=post_id,
        start=fields.text("start"),
        end=fields.text("end"),
    )


def _leadership(fields: Fields, speaker_id: str | None) -> TenureRow:
    chamber = f"us-{fields.text('chamber')}"
    return TenureRow(
        place=fields.place,
        speaker_id=speaker_id,
        title=fields.text("title"),
        organization_id=chamber if chamber in CHAMBERS else None,
        start=fields.text("start"),
        end=fields.text("end"),
    )


def _joined(terms: Iterable[TenureRow]) -> list[TenureRow]:
    """The terms, those that follow on one another in one post as one."""
    joined: list[TenureRow] = []
    for term in terms:
        last = joined[-1] if joined else None
        if last and last.post_id == term.post_id and _follows(last, term):
            joined[-1] = attrs.evolve(last, end=term.end)
        else:
            joined.append(term)
    return joined


def _follows(last: TenureRow, term: TenureRow) -> bool:
    try:
        ended, began = PartialDate.parse(last.end or ""), PartialDate.parse(term.start or "")
        PartialDate.parse(term.end or "")
    except InputError:  # it is told when the row is checked
        return False
    return datetime.timedelta(0) <= began.first() - ended.last() <= SWORN_IN
