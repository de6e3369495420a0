"""What a cluster tells of its members together."""

from __future__ import annotations

from quotekit.document import Attribution, Cluster, Document, Kind
from quotekit.matching import match
from quotekit.spans import Span
from quotekit.speakers import Speaker

SAID = "We will not pay for the salvage tug in Karimabad harbor."


def cluster(*speakers: Speaker) -> Cluster:
    """The cluster of one utterance, given to each of these speakers by an outlet of its own."""
    documents = [
        Document(
            id=str(number),
            text=SAID,
            attributions=(
                Attribution.cut(SAID, content=[Span(0, len(SAID))], kind=Kind.DIRECT, score=1.0, speakers=(speaker,)),
            ),
        )
        for number, speaker in enumerate(speakers)
    ]
    (found,) = match(documents)
    return found


def test_one_person_with_two_posts_is_one_speaker() -> None:
    """Outlets may call her minister or chair: the name is the same, and so is she."""
    found = cluster(
        Speaker(name="Lena Morris", type="person", role="minister"),
        Speaker(name="Lena Morris", type="person", role="chair"),
    )
    assert [speaker.role for speaker in found.speakers] == ["minister"]


def test_namesakes_of_a_registry_are_two_speakers() -> None:
    """Two entries are two people, whatever their names."""
    found = cluster(
        Speaker(name="Lena Morris", type="person", id="a"), Speaker(name="Lena Morris", type="person", id="b")
    )
    assert [speaker.id for speaker in found.speakers] == ["a", "b"]
