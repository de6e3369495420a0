"""A cluster as terminal text."""

from __future__ import annotations

import re

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotekit.document import Cluster, Difference, DifferenceKind, Member, Relation
from quotekit.render import cluster_to_terminal
from quotekit.render.lines import columns
from quotekit.spans import Span
from quotekit.speakers import Speaker, SpeakerType

ANSI = re.compile("\x1b\\[[0-9]*m")

OKAFOR = Speaker(name="Ines Okafor", type=SpeakerType.PERSON, role="spokesperson", organization="Harbor Ministry")
MORRIS = Speaker(name="Lena Morris", type=SpeakerType.PERSON)
FULL = Member(
    doc="a1",
    index=0,
    outlet="Harbor Post",
    date="2024-03-05",
    content=(Span(0, 28),),
    text="“We will not pay for the tug”",
    relation=Relation.VERBATIM,
    score=1.0,
    speakers=(OKAFOR,),
)
CHANGED = attrs.evolve(
    FULL,
    doc="b1",
    outlet="Courier",
    text="We will pay for the tug",
    relation=Relation.ALTERED,
    score=0.9,
    differences=(Difference(DifferenceKind.NEGATION, Span(9, 12), None),),
    speakers=(MORRIS,),
)
AGAIN = attrs.evolve(FULL, doc="b1", outlet="Courier", text="WE WILL NOT PAY FOR THE TUG", speakers=(), repeat=True)
CLUSTER = Cluster(
    members=(FULL, CHANGED, AGAIN),
    representative=FULL,
    speakers=(OKAFOR, MORRIS),
    speaker_conflict=True,
    altered=True,
    first_seen="2024-03-05",
)
PAGE = """\
── 2024-03-05 ─────────────────────── 3 versions, 2 documents ──
           the speakers disagree; the words were changed

fullest    2024-03-05 · Harbor Post · a1
           Ines Okafor — spokesperson, Harbor Ministry
           “We will not pay for the tug”

altered    2024-03-05 · Courier · b1
           Lena Morris
           We will pay for the tug
           negation: “not” → nothing

verbatim   2024-03-05 · Courier · b1 (again)
           (nobody named)"""


def test_page() -> None:
    """Who printed what, what was changed, and what is wrong with it, at a glance."""
    assert cluster_to_terminal(CLUSTER, width=64) == PAGE


def test_color_changes_nothing_but_color() -> None:
    """Without its escape sequences the colored page is the plain one."""
    colored = cluster_to_terminal(CLUSTER, width=64, color=True)
    assert colored != PAGE
    assert ANSI.sub("", colored) == PAGE


@pytest.mark.parametrize("relation", Relation)
def test_every_relation_has_its_label(relation: Relation) -> None:
    """Whatever a member is to the fullest version stands beside it, in color too."""
    member = attrs.evolve(CHANGED, relation=relation)
    page = cluster_to_terminal(attrs.evolve(CLUSTER, members=(FULL, member)), color=True)
    assert str(relation) in page


@given(st.text(st.characters()), st.integers(-5, 120))
def test_hostile_text_keeps_its_place(text: str, width: int) -> None:
    """Nothing in a cluster drives the terminal or makes a line too long."""
    speaker = Speaker(name=text, type=SpeakerType.PERSON)
    hostile = attrs.evolve(FULL, doc=text, outlet=text, date=text, text=text, speakers=(speaker,))
    page = cluster_to_terminal(Cluster(members=(hostile,), representative=hostile, first_seen=text), width=width)
    page.encode("utf-8")
    assert all(columns(line) <= max(width, 40) for line in page.split("\n"))
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u2028\u2029]", page)
