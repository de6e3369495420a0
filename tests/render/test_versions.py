"""A member's words beside those of the fullest version."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

import quotekit
from quotekit.document import Difference, DifferenceKind, Member, Relation
from quotekit.render.versions import compared
from quotekit.spans import Span

SAID = "We will not pay for the salvage tug in Karimabad harbor."
FULL = Member(doc="a", index=0, content=(), text=SAID, relation=Relation.VERBATIM, score=1.0)


def shown(text: str, full: str = SAID) -> str:
    """The HTML of a version, compared as the library compares it, with the kinds of change in brackets."""
    match = quotekit.compare(full, text)
    fullest = attrs.evolve(FULL, text=full)
    member = attrs.evolve(FULL, text=text, relation=match.relation, differences=match.differences)
    drawn = re.sub(r'<small class="qk-class">(.*?)</small>', r"(\1)", compared(member, fullest))
    return re.sub(r'<span class="qk-cut">(.*?)</span>', r"\1", drawn)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (SAID, SAID),
        (SAID.replace("not ", ""), "We will <del>not</del> (negation) pay for the salvage tug in Karimabad harbor."),
        (SAID.replace("Karimabad", "Hunza"), SAID.replace("Karimabad", "<del>Karimabad</del> <ins>Hunza</ins> (name)")),
        ("We will not pay for the salvage tug.", "We will not pay for the salvage tug [3 words left out]."),
        ("the salvage tug in Karimabad harbor.", "[5 words left out] the salvage tug in Karimabad harbor."),
    ],
)  # fmt: skip
def test_what_changed_is_marked(text: str, expected: str) -> None:
    """Words only in the fullest version are struck out where they would stand, others beside them, cuts are counted."""
    assert shown(text) == expected


def test_words_retold_are_left_alone() -> None:
    """A version in other words is not held against the fullest one word by word."""
    member = attrs.evolve(FULL, text="The harbor tug is not our bill.", relation=Relation.REWORDED)
    assert compared(member, FULL) == member.text


def test_difference_without_words_in_common() -> None:
    """What stands on one side alone is shown where nothing is shared."""
    member = attrs.evolve(
        FULL,
        text="Other words",
        relation=Relation.ALTERED,
        differences=(Difference(DifferenceKind.NEGATION, Span(8, 11), None),),
    )
    assert compared(member, FULL) == '<del>not</del> <small class="qk-class">negation</small> Other words'


def test_long_texts_are_not_laid_beside_each_other() -> None:
    """Where the time would grow with the square, the differences are shown and cuts are not counted."""
    long = " ".join(f"word{i}" for i in range(3_500))
    member = attrs.evolve(FULL, text=long.partition(" ")[2], relation=Relation.TRUNCATED)
    assert compared(member, attrs.evolve(FULL, text=long)) == member.text


@st.composite
def pairs(draw: st.DrawFn) -> tuple[Member, Member]:
    """Two members of any words, and two differences anywhere in them, one behind the other."""
    words = st.lists(st.sampled_from(["a", "b", "not", "<b>", "\u202e", "…"]), max_size=8).map(" ".join)
    a, b = draw(words), draw(words)

    def spans(text: str) -> list[Span | None]:
        ends = sorted(draw(st.tuples(*[st.integers(0, len(text))] * 4)))
        return [draw(st.sampled_from([Span(start, end), None])) for start, end in (ends[:2], ends[2:])]

    differences = [Difference(DifferenceKind.OTHER, *both) for both in zip(spans(a), spans(b), strict=True)]
    relation = draw(st.sampled_from(Relation))
    return attrs.evolve(FULL, text=a), attrs.evolve(FULL, text=b, relation=relation, differences=tuple(differences))


@given(pairs())
def test_no_word_of_a_version_is_lost(read: Callable[[str], Any], pair: tuple[Member, Member]) -> None:
    """Without what is struck out and what is told about it, the version's own words remain, escaped and balanced."""
    drawn = compared(pair[1], pair[0])
    read(drawn)
    own = re.sub(r'<del>.*?</del>|<small.*?</small>|<span class="qk-cut">.*?</span>', "", drawn)
    assert "".join(unescape(re.sub("<.*?>", "", own)).replace("U+202E", "\u202e").split()) == "".join(
        pair[1].text.split()
    )
