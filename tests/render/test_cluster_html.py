"""A cluster as HTML."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import attrs

from quotekit.document import Cluster, Difference, DifferenceKind, Member, Relation
from quotekit.render import cluster_to_html, write_clusters_html
from quotekit.spans import Span
from quotekit.speakers import Speaker, SpeakerType

Read = Callable[[str], Any]

OKAFOR = Speaker(name="Ines <b>Okafor", type=SpeakerType.PERSON, role="spokesperson", organization="Harbor Ministry")
MORRIS = Speaker(name="Lena Morris", type=SpeakerType.PERSON)
FULL = Member(
    doc="a1",
    index=0,
    outlet="Harbor Post",
    date="2024-03-05",
    content=(),
    text="“We will not pay for the tug”",
    relation=Relation.VERBATIM,
    score=1.0,
    speakers=(OKAFOR,),
)
CHANGED = attrs.evolve(
    FULL,
    doc="b1",
    outlet="Courier\u202e",
    date="2024-03-06",
    text="We will pay for the tug",
    relation=Relation.ALTERED,
    differences=(Difference(DifferenceKind.NEGATION, Span(9, 12), None),),
    speakers=(MORRIS,),
)
AGAIN = attrs.evolve(FULL, doc="b1", outlet=None, text="we will not pay", relation=Relation.TRUNCATED, repeat=True)
CLUSTER = Cluster(
    members=(FULL, CHANGED, AGAIN),
    representative=FULL,
    speakers=(OKAFOR, MORRIS),
    speaker_conflict=True,
    altered=True,
    first_seen="2024-03-05",
)


def test_versions_stand_below_one_another(read: Read) -> None:
    """Each has its date, its outlet or document, its relation, its words and its speakers."""
    page = read(cluster_to_html(CLUSTER))
    assert page.texts["qk-relation"] == ["fullest", "altered", "truncated"]
    assert page.texts["qk-place"][0] == "2024-03-05Harbor Postfullest"
    assert page.texts["qk-place"][2] == "2024-03-05b1again, in the same articletruncated"
    assert page.texts["qk-who"][0] == "Ines <b>Okafor — spokesperson, Harbor Ministry"


def test_changes_are_marked_with_their_kind() -> None:
    """A word that was dropped is struck out where it stood, with what kind of change that is."""
    assert 'We will <del>not</del> <small class="qk-class">negation</small> pay' in cluster_to_html(CLUSTER)


def test_disagreement_is_told(read: Read) -> None:
    """Who names whom, and who changed what, is told in words."""
    alarms = read(cluster_to_html(CLUSTER)).texts["qk-alarm"]
    assert alarms == [
        "Speakers disagree Ines <b>Okafor (Harbor Post, b1), Lena Morris (Courier\u202e)",
        "Words changed Courier\u202e (negation)",
    ]


def test_agreement_raises_no_alarm() -> None:
    """Where all agree there is nothing to tell."""
    calm = attrs.evolve(CLUSTER, members=(FULL, AGAIN), speaker_conflict=False, altered=False)
    assert "qk-alarm" not in cluster_to_html(calm).partition("<body")[2]


def test_nobody_named(read: Read) -> None:
    """A cluster without a speaker says so."""
    bare = attrs.evolve(FULL, speakers=(), date=None)
    page = read(cluster_to_html(Cluster(members=(bare,), representative=bare)))
    assert page.texts["qk-who"] == ["nobody named"]
    assert "1 version in 1 article" in page.texts["qk-known"]


def test_several_clusters_on_one_page(read: Read) -> None:
    """A page takes one cluster or many, and a file is written the same."""
    file = io.StringIO()
    write_clusters_html(iter([CLUSTER, CLUSTER]), file)
    assert file.getvalue() == cluster_to_html([CLUSTER, CLUSTER])
    assert read(file.getvalue()).ids == ["c1", "c2"]


def test_fragment_has_no_page_around_it(read: Read) -> None:
    """A fragment is one element with its style."""
    fragment = cluster_to_html(CLUSTER, fragment=True)
    read(fragment)
    assert fragment.startswith("<div")
    assert fragment.endswith("</div>")
    assert "<html" not in fragment
