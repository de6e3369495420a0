"""What is wrong with a registry file, and what is only odd: `quotekit registry check`."""

from __future__ import annotations

import collections
import datetime
import os
from collections.abc import Iterator, Sequence

from quotekit.document import Issue
from quotekit.registry.formats import read_rows
from quotekit.registry.names import fold, name_key
from quotekit.registry.phrases import Phrase
from quotekit.registry.records import Contents, Tenure
from quotekit.registry.rows import Places, examined

__all__ = ["REMARKS", "check"]

REMARKS = frozenset({"unknown-field", "new-id", "unknown-end", "shared-name", "overlap"})
MOST_SHOWN = 3  # of those who share a name

Spell = tuple[datetime.date, datetime.date]


def check(path: str | os.PathLike[str]) -> tuple[Issue, ...]:
    """Everything to say of a registry file: what it is, where it stands, and what to do.

    An issue whose code is in `REMARKS` need not be a mistake. Raises `RegistryError` where the file cannot be
    read as a registry.
    """
    contents, places = examined(read_rows(path))
    return (*contents.issues, *_shared_names(contents, places), *_overlaps(contents, places))


def _shared_names(contents: Contents, places: Places) -> Iterator[Issue]:
    """Names that several go by; a name gives each of them a part of its score."""
    owners: dict[str, dict[str, str]] = collections.defaultdict(dict)
    for speaker in contents.speakers:
        for name in (speaker.name, *speaker.aliases):
            owners[name_key(name)].setdefault(speaker.id or "", name)
    for key, names in owners.items():
        if key and len(names) > 1:
            first, *others = names
            shown = ", ".join(f"{other!r} ({places.speakers[other]})" for other in others[:MOST_SHOWN])
            more = f" and {len(others) - MOST_SHOWN} more" if len(others) > MOST_SHOWN else ""
            message = (
                f"{places.speakers[first]}: “{names[first]}” is a name of {first!r} and of {shown}{more}, so alone it "
                "names nobody for sure; take it away where it is not theirs"
            )
            yield Issue(code="shared-name", message=message)


def _overlaps(contents: Contents, places: Places) -> Iterator[Issue]:
    """Posts that two certainly held at once; the day on which one follows the other counts for both."""
    labels = {post.id: post.label for post in contents.posts}
    held: dict[object, list[tuple[Spell, Tenure, str]]] = collections.defaultdict(list)
    for tenure, place in zip(contents.tenures, places.tenures, strict=True):
        if spell := _spell(tenure):
            held[_post(tenure)].append((spell, tenure, place))
    for tenures in held.values():
        found = list(_at_once(sorted(tenures, key=lambda one: one[0])))
        if found:
            first, second, place = found[0]
            what = labels.get(second.post_id or "", second.role.title)
            more = f", and {len(found) - 1} more such" if len(found) > 1 else ""
            message = (
                f"{place}: {second.speaker_id!r} holds “{what}” from {second.role.start}, when {first.speaker_id!r} "
                f"does until {first.role.end or 'now'}{more}; correct the dates, or leave it where the post has seats "
                "for several"
            )
            yield Issue(code="overlap", message=message)


def _spell(tenure: Tenure) -> Spell | None:
    """The first and the last day on which a role was certainly held; `None` where none is certain."""
    start, end = tenure.role.start, tenure.role.end
    spell = start and (start.last(), end.first() if end else datetime.date.max)
    return spell if spell and spell[0] < spell[1] else None


def _post(tenure: Tenure) -> object:
    body = tenure.organization_id or fold(tenure.role.organization or "")
    phrase = Phrase.read(tenure.role.title)
    return tenure.post_id or (phrase.words, phrase.places, phrase.when, body)


def _at_once(
    tenures: Sequence[tuple[Spell, Tenure, str]],
) -> Iterator[tuple[Tenure, Tenure, str]]:
    """Each tenure that begins while another's goes on, with that one before it; in order of their beginning."""
    longest: dict[str, tuple[Spell, Tenure]] = {}  # the latest to end, and the latest of anybody else
    for spell, tenure, place in tenures:
        others = [found for holder, found in longest.items() if holder != tenure.speaker_id]
        last = max(others, key=lambda found: found[0][1], default=None)
        if last and last[0][1] > spell[0]:
            yield last[1], tenure, place
        own = longest.get(tenure.speaker_id)
        if not own or own[0][1] < spell[1]:
            longest[tenure.speaker_id] = (spell, tenure)
        for holder in sorted(longest, key=lambda holder: longest[holder][0][1])[:-2]:
            del longest[holder]
