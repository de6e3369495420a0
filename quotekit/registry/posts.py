"""Posts as they are looked up: by every phrase that names one, with who held it and when."""

from __future__ import annotations

import collections
import functools
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

import attrs

from quotekit.lexicon import table
from quotekit.registry.names import fold, name_key
from quotekit.registry.phrases import Phrase, When
from quotekit.registry.records import Contents, Post, Tenure
from quotekit.speakers import Speaker

__all__ = ["Body", "HeldPost", "PostIndex", "bodies_of", "without_brackets"]

MOST_LEVELS = 8  # of bodies above a body

_BRACKETS = re.compile(r"\s*\([^()]*\)")


@attrs.frozen(kw_only=True)
class Body:
    """An organization as posts see it: its names, those of the bodies it is part of, and the countries in them.

    `keys` are its own names folded, `all_keys` those of the bodies above as well.
    """

    names: tuple[str, ...] = ()
    above: tuple[str, ...] = ()
    places: frozenset[str] = frozenset()
    keys: frozenset[str] = frozenset()
    all_keys: frozenset[str] = frozenset()

    @classmethod
    def of(cls, names: Iterable[str], above: Iterable[str] = ()) -> Body:
        """The body of these names."""
        names, above = tuple(names), tuple(above)
        places = frozenset[str]().union(*(Phrase.read(name).places for name in (*names, *above)))
        keys = frozenset(map(name_key, names))
        return cls(names=names, above=above, places=places, keys=keys, all_keys=keys.union(map(name_key, above)))


def bodies_of(speakers: Mapping[str, Speaker], parents: Mapping[str, str]) -> dict[str, Body]:
    """The body of every organization's id."""
    found = {}
    for speaker_id, speaker in speakers.items():
        if speaker.type != "person":
            above = [name for parent in _chain(speaker_id, parents) for name in _names(speakers[parent])]
            found[speaker_id] = Body.of(_names(speaker), above)
    return found


def _names(speaker: Speaker) -> tuple[str, ...]:
    return (speaker.name, *speaker.aliases)


def _chain(speaker_id: str, parents: Mapping[str, str]) -> Iterator[str]:
    for _ in range(MOST_LEVELS):
        if speaker_id not in parents:
            return
        speaker_id = parents[speaker_id]
        yield speaker_id


def without_brackets(text: str) -> str:
    """A label or name without what it has in brackets.

    >>> without_brackets("Ministry of Foreign Affairs (China)")
    'Ministry of Foreign Affairs'
    """
    return _BRACKETS.sub("", text).strip()


@attrs.frozen(kw_only=True, eq=False)
class HeldPost:
    """A post, real or told from the roles of those who held it, and its holders of all times.

    `when` is what the label says of itself: "Former President" is a post that is held after another.
    """

    label: str
    when: When
    body: Body
    places: frozenset[str]
    tenures: tuple[Tenure, ...]


class PostIndex:
    """Finds posts by phrase; built once from a registry's contents."""

    def __init__(self, contents: Contents, bodies: Mapping[str, Body]) -> None:
        """Read all posts and, where a role belongs to none, the roles themselves.

        `labels` are the keys of all labels, `words` all words of the phrases that name a post.
        """
        self._posts: dict[frozenset[str], list[tuple[HeldPost, bool]]] = {}
        self.labels: set[str] = set()
        self.words: set[str] = set()
        for labels, organization, tenures in _grouped(contents):
            named = next((t.role.organization for t in tenures if t.role.organization), None)
            body = bodies.get(organization or "") or Body.of([named] if named else [])
            self._add(labels, body, tenures)

    def _add(self, labels: tuple[str, ...], body: Body, tenures: tuple[Tenure, ...]) -> None:
        places = body.places.union(*(Phrase.read(label).places for label in labels))
        when = Phrase.read(labels[0]).when
        post = HeldPost(label=labels[0], when=when, body=body, places=places, tenures=tenures)
        self.labels.update(map(name_key, labels))
        for words, whole in _keys(labels, body).items():
            self._posts.setdefault(words, []).append((post, whole))
            self.words |= words

    def find(self, phrase: Phrase) -> Sequence[tuple[HeldPost, bool]]:
        """The posts that a phrase names by its words, and whether it names them whole.

        "Foreign Office spokesperson" is the whole of a post, "spokesperson" only the head of many.
        """
        return self._posts.get(phrase.words, ())


def _grouped(contents: Contents) -> Iterator[tuple[tuple[str, ...], str | None, tuple[Tenure, ...]]]:
    """(labels, the body's id, tenures) of each post, and of each role that no post's labels name."""
    held: dict[str, list[Tenure]] = {post.id: [] for post in contents.posts}
    labelled: dict[Phrase, list[Post]] = collections.defaultdict(list)
    for post in contents.posts:
        for label in _variants((post.label, *post.other_labels)):
            labelled[Phrase.read(label)].append(post)
    loose: dict[tuple[Phrase, str | None], list[Tenure]] = collections.defaultdict(list)
    for tenure in contents.tenures:
        title = Phrase.read(without_brackets(tenure.role.title) or tenure.role.title)
        posts = [p for p in labelled.get(title, ()) if tenure.post_id == p.id or _may_be(tenure, p)]
        for post_id in {*(p.id for p in posts), *([tenure.post_id] if tenure.post_id else [])}:
            held[post_id].append(tenure)
        if not posts and title.words and title.when is When.NOW:
            loose[title, tenure.organization_id or fold(tenure.role.organization or "")].append(tenure)
    for post in contents.posts:
        yield (post.label, *post.other_labels), post.organization_id, tuple(held[post.id])
    for tenures in loose.values():
        yield (tenures[0].role.title,), tenures[0].organization_id, tuple(tenures)


@functools.cache
def _heads(*, any_body: bool = False) -> frozenset[frozenset[str]]:
    """The titles of whoever heads a body; with `any_body` the nouns that say so of every body ("chief")."""
    rows = table("post_heads").items()
    return frozenset(Phrase.read(title).words for title, whose in rows if whose or not any_body)


def _may_be(tenure: Tenure, post: Post) -> bool:
    """Whether a role with a post's label, but without its id, may be that post."""
    return tenure.post_id is None and tenure.organization_id in (None, post.organization_id)


def _variants(labels: Iterable[str]) -> list[str]:
    return [variant for label in labels for variant in dict.fromkeys((label, without_brackets(label))) if variant]


def _keys(labels: Iterable[str], body: Body) -> dict[frozenset[str], bool]:
    """Every set of words that names a post, and whether it names the post whole."""
    offices = {word for word, meaning in table("post_words").items() if meaning == "body"}
    own = [Phrase.read(name).words for name in _variants(body.names)]
    above = [Phrase.read(name).words - offices for name in _variants(body.above)]
    of_the_body = frozenset[str]().union(*own)
    keys: dict[frozenset[str], bool] = {}
    for words in (Phrase.read(label).words for label in _variants(labels)):
        title = words - of_the_body
        if not title:
            continue
        alone = len(words) == 1 and bool(own and own[0] - offices)
        keys.setdefault(title, False)
        keys[words] = not alone
        bodies = {name for names in own for name in (names, names - offices) if name}
        keys.update({title | name: True for name in bodies})
        if body.names and title in _heads():
            keys.update({head | name: True for head in _heads(any_body=True) for name in (bodies or {frozenset()})})
        if not alone:
            keys.update({words | name: True for name in above if name})
    return keys
