"""Clusters as HTML: the versions of an utterance, what differs in their words, and who disagrees on the speaker."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import IO

from quotekit.document import Cluster, Member, Relation
from quotekit.render.labels import NOBODY, counted, post_of
from quotekit.render.markup import Markup, joined, markup, tag
from quotekit.render.shell import Shell
from quotekit.render.versions import compared

__all__ = ["Links", "cluster_section", "cluster_to_html", "write_clusters_html"]

Links = Callable[[Member], str | None]  # the address of a member's attribution on the page, where it stands there

FULLEST = "fullest"
LEGEND = tag(
    "p",
    *("Compared with the fullest version: ", tag("del", "only there"), " ", tag("ins", "only here"), " "),
    tag("small", "kind of change", class_="qk-class"),
    class_="qk-known",
)


def cluster_to_html(clusters: Cluster | Iterable[Cluster], *, fragment: bool = False) -> str:
    """One cluster, or several, as one HTML page, or as a fragment to set into a page of your own.

    Each version stands below the one before, the earliest first: when, where and by whom it was printed, and its
    words, with those of the fullest version that it changes struck out, its own beside them, and what kind of change
    that is. Disagreement on the speaker and changed words are told above. As with `to_html`, the page needs nothing
    else, and whatever the texts say stays text.

    >>> said = Member(doc="a1", index=0, content=(), text="Never", relation=Relation.VERBATIM, score=1.0)
    >>> "Never" in cluster_to_html(Cluster(members=(said,), representative=said), fragment=True)
    True
    """
    found = [clusters] if isinstance(clusters, Cluster) else list(clusters)
    if not fragment:
        return _SHELL.page(_parts(found))
    sections = (cluster_section(cluster, number, level=3) for number, cluster in enumerate(found, 1))
    inside = tag("div", LEGEND, *sections, class_="quotekit qk-clusters")
    return tag("div", _SHELL.style(), inside, class_="quotekit-fragment")


def write_clusters_html(clusters: Iterable[Cluster], file: IO[str]) -> None:
    """Write clusters as one page to a file open for text (UTF-8)."""
    file.write(_SHELL.page(_parts(list(clusters))))


_SHELL = Shell(title="Same utterances", styles=("base.css", "clusters.css"), scripts=())


def _parts(clusters: list[Cluster]) -> Iterator[str]:
    yield '<main class="quotekit qk-clusters">'
    yield tag("h1", counted(len(clusters), "utterance in several versions", "utterances in several versions"))
    yield LEGEND
    yield from (cluster_section(cluster, number, level=2) for number, cluster in enumerate(clusters, 1))
    yield "</main>"


def cluster_section(
    cluster: Cluster, number: int, *, level: int, links: Links | None = None, **attributes: str | None
) -> Markup:
    """A cluster as a section with the id `c` and its number, its heading at a level from 1 to 6."""
    versions = (_version(cluster, member, links) for member in cluster.members)
    return tag(
        "section",
        tag(f"h{level}", _title(cluster), dir="auto"),
        tag("p", _known(cluster), class_="qk-known"),
        *_alarms(cluster),
        tag("ol", *versions, class_="qk-versions"),
        id=f"c{number}",
        class_="qk-cluster",
        **attributes,
    )


def _title(cluster: Cluster) -> str:
    named = cluster.representative.speakers or cluster.speakers[:1]
    return " and ".join(speaker.name for speaker in named) or NOBODY.capitalize()


def _known(cluster: Cluster) -> str:
    documents = len(cluster.members) - sum(member.repeat for member in cluster.members)
    known = f"{counted(len(cluster.members), 'version')} in {counted(documents, 'article')}"
    return f"{known}, first seen {cluster.first_seen}" if cluster.first_seen else known


def _alarms(cluster: Cluster) -> Iterator[Markup]:
    if cluster.speaker_conflict:
        given: dict[str, dict[str, None]] = {}
        for member in cluster.members:
            for speaker in member.speakers:
                given.setdefault(speaker.name, {})[_place(member)] = None
        names = (joined([tag("b", tag("bdi", name)), f" ({', '.join(places)})"]) for name, places in given.items())
        yield tag("p", tag("strong", "Speakers disagree"), " ", joined(names, ", "), class_="qk-alarm")
    if cluster.altered:
        changed = [member for member in cluster.members if member.relation is Relation.ALTERED]
        places = dict.fromkeys(f"{_place(member)}{_kinds(member)}" for member in changed)
        yield tag("p", tag("strong", "Words changed"), " ", ", ".join(places), class_="qk-alarm")


def _kinds(member: Member) -> str:
    kinds = dict.fromkeys(str(difference.kind) for difference in member.differences)
    return f" ({', '.join(kinds)})" if kinds else ""


def _place(member: Member) -> str:
    return member.outlet or member.doc or "document"


def _version(cluster: Cluster, member: Member, links: Links | None) -> Markup:
    fullest = member is cluster.representative
    relation = FULLEST if fullest else str(member.relation)
    words = markup(member.text) if fullest else compared(member, cluster.representative)
    who = joined((_speaker(speaker.name, post_of(speaker)) for speaker in member.speakers), " · ")
    target = links(member) if links else None
    place = [
        tag("time", member.date) if member.date else None,
        tag("b", tag("bdi", _place(member))),
        tag("small", "again, in the same article") if member.repeat else None,
        tag("a", "in the article", href=target) if target else None,
    ]
    return tag(
        "li",
        tag("div", *place, tag("span", relation, class_=f"qk-relation qk-is-{relation}"), class_="qk-place"),
        tag("div", tag("blockquote", words, dir="auto"), tag("p", who or tag("i", NOBODY), class_="qk-who")),
    )


def _speaker(name: str, post: str) -> Markup:
    return joined([tag("bdi", name), tag("small", f" — {post}") if post else ""])
