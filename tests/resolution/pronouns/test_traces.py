"""Who has been mentioned where, so far."""

from __future__ import annotations

from quotekit.resolution.pronouns.traces import REMEMBERED, Trace, Traces
from quotekit.spans import Span
from quotekit.speakers import Speaker, SpeakerType

ANNA = Speaker(name="Anna Berg", type=SpeakerType.PERSON, gender="female")
LEE = Speaker(name="Lee", type=SpeakerType.PERSON)


def traces(*noted: tuple[int, int]) -> Traces:
    """Mentions given as member and place, by name."""
    found = Traces([ANNA, LEE])
    for member, place in noted:
        found.note(Trace(member=member, span=Span(place, place + 1), named=True))
    return found


def test_before_gives_the_mentions_of_one_before_a_place() -> None:
    """Those of others and those at the place or after it are left out."""
    found = traces((0, 1), (1, 5), (0, 9), (0, 20)).before(0, 20)
    assert [trace.span.start for trace in found] == [1, 9]


def test_before_gives_the_last_few() -> None:
    """However often somebody was mentioned."""
    found = traces(*((0, place) for place in range(100))).before(0, 1000)
    assert [trace.span.start for trace in found] == list(range(100 - REMEMBERED, 100))


def test_back_from_gives_the_nearest_first() -> None:
    """Of anybody, before the place."""
    assert [trace.span.start for trace in traces((0, 1), (1, 5), (0, 9)).back_from(9)] == [5, 1]


def test_gender_is_what_a_pronoun_showed() -> None:
    """A pronoun tells the gender where the name does not, and the first one that does is believed."""
    found = traces((1, 1))
    assert (found.gender(0), found.gender(1)) == ("female", None)
    found.note(Trace(member=1, span=Span(3, 5), named=False), "male")
    found.note(Trace(member=1, span=Span(7, 9), named=False), "female")
    assert found.gender(1) == "male"
