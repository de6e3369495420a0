"""A cluster as text for a terminal: one utterance, who printed which version of it, and what differs."""

from __future__ import annotations

from collections.abc import Iterator

from quotekit.document import Cluster, Difference, Member, Relation
from quotekit.render.labels import counted
from quotekit.render.lines import Word, words
from quotekit.render.page import Page
from quotekit.render.terminal import named

__all__ = ["cluster_to_terminal"]

GUTTER = len("truncated") + 2
FULLEST = "fullest"


def cluster_to_terminal(cluster: Cluster, *, width: int = 100, color: bool = False) -> str:
    """A cluster as lines of at most `width` columns (40 or more), without a last line break.

    A member is a block: its relation to the fullest version, when, where and by whom it was said; then its words,
    where they are not the fullest version's, and each difference. What a text says cannot drive the terminal, as with
    `to_terminal`.

    >>> from quotekit.spans import Span
    >>> said = Member(doc="a1", index=0, content=(Span(0, 5),), text="Never", relation=Relation.VERBATIM, score=1.0)
    >>> print(cluster_to_terminal(Cluster(members=(said,), representative=said), width=40))
    ── undated ──── 1 version, 1 document ──
    <BLANKLINE>
    fullest    a1
               (nobody named)
               Never
    """
    page = Page(width, color, GUTTER)
    documents = len(cluster.members) - sum(member.repeat for member in cluster.members)
    found = f"{counted(len(cluster.members), 'version')}, {counted(documents, 'document')}"
    page.heading(cluster.first_seen or "undated", found)
    page.row("", words("; ".join(_alarms(cluster)), "issues"))
    page.blank()
    for member in cluster.members:
        label = FULLEST if member is cluster.representative else str(member.relation)
        page.row(label, _where(member))
        page.row("", _who(member))
        if member is cluster.representative or member.relation is not Relation.VERBATIM:
            page.row("", words(member.text))
        for difference in member.differences:
            page.row("", words(_change(difference, cluster.representative, member), "issues"))
        page.blank()
    return page.text()


def _alarms(cluster: Cluster) -> Iterator[str]:
    if cluster.speaker_conflict:
        yield "the speakers disagree"
    if cluster.altered:
        yield "the words were changed"


def _where(member: Member) -> list[Word]:
    known = " · ".join(part for part in (member.date, member.outlet, member.doc) if part)
    return words(known or "document", "strong") + words("(again)" if member.repeat else "", "faint")


def _who(member: Member) -> list[Word]:
    return [word for speaker in member.speakers for word in (*named(speaker), ("·", ""))][:-1] or words(
        "(nobody named)", "faint"
    )


def _change(difference: Difference, fullest: Member, member: Member) -> str:
    before = f"“{fullest.text[difference.a.slice]}”" if difference.a else "nothing"
    after = f"“{member.text[difference.b.slice]}”" if difference.b else "nothing"
    return f"{difference.kind}: {before} → {after}"
