"""`Registry`: who may be speaking, under which names, in which roles and when."""

from __future__ import annotations

import datetime
import os
from collections.abc import Iterable, Iterator

import attrs

from quotekit.document import Issue
from quotekit.errors import InputError, RegistryError
from quotekit.registry.formats import read_rows, save
from quotekit.registry.holders import Context
from quotekit.registry.index import Index
from quotekit.registry.merging import merged
from quotekit.registry.names import name_key
from quotekit.registry.records import Candidate, Contents, Post, Tenure
from quotekit.registry.resolve import resolve
from quotekit.registry.rows import checked, new_ids
from quotekit.speakers import PartialDate, Speaker, SpeakerType

__all__ = ["Registry"]


class Registry:
    """Known speakers, with all their names and dated roles; tells whom a mention stands for.

    Iterating gives the speakers in order, `len()` their number. Resolving is safe from several threads.

    >>> from quotekit.speakers import Role
    >>> registry = Registry()
    >>> role = Role(title="Foreign Office spokesperson", start=PartialDate.parse("2017-10"))
    >>> entry = registry.add(Speaker(name="Muhammad Faisal", type=SpeakerType.PERSON, roles=(role,)))
    >>> [(best.speaker.id, best.score) for best in registry.resolve("the Foreign Office spokesman", date="2018-02-24")]
    [('muhammad-faisal', 0.9)]
    >>> registry.resolve("the Foreign Office spokesman", date="2011-09-27")
    ()
    """

    def __init__(self) -> None:
        """Start empty."""
        self._speakers: dict[str, Speaker] = {}
        self._posts: dict[str, Post] = {}
        self._tenures: dict[str, tuple[Tenure, ...]] = {}
        self._parents: dict[str, str] = {}
        self._issues: tuple[Issue, ...] = ()
        self._index: Index | None = None

    @classmethod
    def load(cls, path: str | os.PathLike[str]) -> Registry:
        """Read a registry file: native JSON, Popolo, FollowTheMoney, CSV, congress-legislators; its content tells.

        Raises `RegistryError` with file and line or JSON path where the file cannot be read as a registry.
        A row that cannot stand alone in a sound file is left out and listed in `issues`.
        """
        registry = cls()
        registry._put(checked(read_rows(path)))
        return registry

    def save(self, path: str | os.PathLike[str], format: str | None = None) -> None:
        """Write the registry as "native", "popolo", "followthemoney" or "csv"; without `format`, as the suffix says.

        ".popolo.json" is Popolo, ".ftm.json" and ".jsonl" are FollowTheMoney, ".csv" is CSV, any other ".json" native,
        which alone keeps everything (docs/reference/registry.md). Raises `InputError` for another format or suffix,
        `RegistryError` where the file cannot be written.
        """
        save(self._contents(), path, format)

    def add(self, speaker: Speaker, *, parent_id: str | None = None) -> Speaker:
        """Add a speaker with names and roles and return the entry, which has an id made from the name if it had none.

        `parent_id` is the id of the body that a body is part of. Raises `RegistryError` where the id is taken
        or the parent unknown, `InputError` for a speaker without a name or who is unnamed.
        """
        if not isinstance(speaker, Speaker):
            raise InputError(f"expected a Speaker to add, got {type(speaker).__name__}")
        if speaker.type is SpeakerType.UNNAMED or not name_key(speaker.name):
            raise InputError(f"a registry holds named speakers only, got {speaker.name!r} of type {speaker.type}")
        if speaker.id in self._speakers:
            raise RegistryError(f"id {speaker.id!r} is taken by {self._speakers[speaker.id].name}; give another")
        if parent_id is not None and parent_id not in self._speakers:
            raise RegistryError(f"no speaker has the id {parent_id!r} to be a parent; add that body first")
        speaker_id = speaker.id or next(new for new in new_ids(speaker.name) if new not in self._speakers)
        entry = attrs.evolve(speaker, id=speaker_id, role=None, organization=None)
        self._speakers[speaker_id] = entry
        self._tenures[speaker_id] = tuple(Tenure(speaker_id=speaker_id, role=role) for role in speaker.roles)
        if parent_id is not None:
            self._parents[speaker_id] = parent_id
        self._index = None
        return entry

    def merge(self, other: Registry) -> None:
        """Take in another registry; entries with one id become one, and this registry's name and gender stay.

        Raises `RegistryError` where an id is a person in one and a body in the other; then nothing changed.
        """
        if not isinstance(other, Registry):
            raise InputError(f"expected a Registry to merge, got {type(other).__name__}; load its file first")
        self._put(merged(self._contents(), other._contents()))

    def get(self, id: str) -> Speaker | None:
        """The speaker with this id, all names and dated roles included, or `None`."""
        return self._speakers.get(id)

    def __len__(self) -> int:
        """The number of speakers."""
        return len(self._speakers)

    def __iter__(self) -> Iterator[Speaker]:
        """The speakers, in order."""
        return iter(self._speakers.values())

    @property
    def posts(self) -> tuple[Post, ...]:
        """The posts, which exist whether or not somebody holds them."""
        return tuple(self._posts.values())

    @property
    def issues(self) -> tuple[Issue, ...]:
        """The rows and fields of the file that were left out, each with its place and what to do."""
        return self._issues

    def resolve(
        self, mention: str, *, date: str | datetime.date | None = None, context: Iterable[str] = ()
    ) -> tuple[Candidate, ...]:
        """Whom a mention may stand for, best first: a name, a title and a name, or a phrase for a post or a body.

        `date` is the text's (`YYYY`, `YYYY-MM` or `YYYY-MM-DD`): without it no holder of a post is sure.
        `context` are words of the text, such as the countries and bodies it names, that tell namesakes and like
        posts apart. Scores lie in 0..1; a candidate below 0.5 is a hint, not an answer, and where several fit
        equally well each is. Raises `InputError` for what is no string, and for a date that is none.
        """
        around = (context,) if isinstance(context, str) else tuple(context)
        for text in (mention, *around):
            if not isinstance(text, str):
                raise InputError(f"expected a mention and its context as strings, got {type(text).__name__}")
        on = None if date is None else PartialDate.parse(date)
        if self._index is None:
            self._index = Index(self._contents())
        return resolve(self._index, mention, on, Context.read(around))

    def _contents(self) -> Contents:
        return Contents(
            speakers=tuple(self._speakers.values()),
            posts=tuple(self._posts.values()),
            tenures=tuple(tenure for tenures in self._tenures.values() for tenure in tenures),
            parents=dict(self._parents),
            issues=self._issues,
        )

    def _put(self, contents: Contents) -> None:
        """Hold these contents and nothing else."""
        tenures: dict[str, list[Tenure]] = {}
        for tenure in contents.tenures:
            tenures.setdefault(tenure.speaker_id, []).append(tenure)
        self._tenures = {speaker_id: tuple(held) for speaker_id, held in tenures.items()}
        self._speakers = {
            speaker.id: attrs.evolve(speaker, roles=tuple(tenure.role for tenure in tenures.get(speaker.id, ())))
            for speaker in contents.speakers
            if speaker.id
        }
        self._posts = {post.id: post for post in contents.posts}
        self._parents = dict(contents.parents)
        self._issues = contents.issues
        self._index = None
