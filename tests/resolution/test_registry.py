"""What a registry adds to the speakers of a document, and what it must not."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from quotekit import Registry
from quotekit.document import Document
from quotekit.speakers import PartialDate, Role, Speaker, SpeakerType

Told = Callable[..., Document]


@pytest.fixture
def registry() -> Registry:
    """A registry of five people, two of whom held one post in turn, and two bodies."""
    known = Registry()
    for name, gender, roles in (
        ("Ilse Brandt", "female", [("spokesperson", "Harbor Authority", "2010", "2014")]),
        ("Jonas Weil", "male", [("spokesperson", "Harbor Authority", "2015", None)]),
        ("Carla Montes", "female", []),
        ("Victor Montes", "male", []),
        ("Jane Smith", "female", []),
    ):
        dated = tuple(
            Role(title=title, organization=body, start=PartialDate.parse(start), end=end and PartialDate.parse(end))
            for title, body, start, end in roles
        )
        known.add(Speaker(name=name, type=SpeakerType.PERSON, gender=gender, roles=dated))
    known.add(Speaker(name="Harbor Authority", type=SpeakerType.ORGANIZATION, aliases=("HA",)))
    known.add(Speaker(name="Government of Norland", type=SpeakerType.ORGANIZATION, aliases=("Norland",)))
    return known


def ids(document: Document) -> list[str | None]:
    """The registry id of each attribution's first speaker."""
    return [attribution.speaker and attribution.speaker.id for attribution in document.attributions]


def test_a_full_name_gets_the_entry(told: Told, registry: Registry) -> None:
    """A person of the registry gets its id, wherever the article shortens the name."""
    document = told("[Carla Montes] said {yes}. [Montes] said {no}. [She] said {maybe}.", registry=registry)
    assert ids(document) == ["carla-montes"] * 3


def test_the_entry_names_the_speaker(told: Told, registry: Registry) -> None:
    """The canonical name is the registry's, not the article's."""
    document = told("[The HA] said {yes}.", registry=registry)
    assert document.attributions[0].speaker.name == "Harbor Authority"


def test_a_namesake_gets_no_id(told: Told, registry: Registry) -> None:
    """Dr Smith is the John Smith of the article, whom the registry does not hold, and not its Jane Smith."""
    document = told("[John Smith] said {yes}. [Dr Smith] said {no}.", registry=registry)
    assert ids(document) == [None, None]
    assert [a.speaker.name for a in document.attributions] == ["John Smith", "John Smith"]


def test_a_surname_of_two_entries_gets_no_id(told: Told, registry: Registry) -> None:
    """A surname that two entries share, with nothing else said, is neither."""
    assert ids(told("[Montes] said {yes}.", registry=registry)) == [None]


@pytest.mark.parametrize(
    ("date", "holder"), [("2012-05-01", "ilse-brandt"), ("2016-05-01", "jonas-weil"), ("2001-01-01", None)]
)
def test_a_post_goes_to_who_held_it_that_day(told: Told, registry: Registry, date: str, holder: str | None) -> None:
    """A role without a name is the holder at the article's date, and nobody's before the first."""
    document = told("[The Harbor Authority spokesperson] said {yes}.", date=date, registry=registry)
    assert ids(document) == [holder]


def test_the_text_goes_before_the_registry(told: Told, registry: Registry) -> None:
    """Whom the article itself ties to the post is meant, not the holder the registry knows."""
    text = "Harbor Authority spokesperson Ana Roth spoke. [The spokesperson] said {yes}."
    document = told(text, date="2016-05-01", registry=registry)
    assert document.attributions[0].speaker.name == "Ana Roth"
    assert ids(document) == [None]


def test_a_pronoun_follows_a_post(told: Told, registry: Registry) -> None:
    """A "he" after a role that the registry resolved is that person."""
    text = "[The Harbor Authority spokesperson] said {yes}. [He] said {no}."
    assert ids(told(text, date="2016-05-01", registry=registry)) == ["jonas-weil"] * 2


def test_a_group_gets_no_id(told: Told, registry: Registry) -> None:
    """Somebody's aides are not that somebody, nor officials of a body the body."""
    text = "Carla Montes left. [Montes's aides] said {yes}. [Harbor Authority officials] said {no}."
    assert ids(told(text, registry=registry)) == [None, None]


def test_a_country_is_its_government(told: Told, registry: Registry) -> None:
    """A country that speaks is the body whose alias it is."""
    assert ids(told("[Norland] says {yes}.", registry=registry)) == ["government-of-norland"]


def test_mentions_get_their_speaker(told: Told, registry: Registry) -> None:
    """A mention has the same speaker as the source that names the person."""
    mentions = [["Carla Montes", "person"], ["Norland", "place"]]
    document = told("[Carla Montes] said {yes} in Norland.", mentions=mentions, registry=registry)
    assert [mention.speaker.id for mention in document.mentions] == ["carla-montes", "government-of-norland"]


def test_a_name_the_tagger_missed_is_a_mention(told: Told, registry: Registry) -> None:
    """The mentions are the names the text gives, and what the tagger alone saw; none is there twice."""
    document = told("[Carla Montes] said {yes} in Norland.", mentions=[["Montes", "person"], ["yes", "place"]])
    assert [mention.text for mention in document.mentions] == ["Carla Montes", "yes"]


def test_speakers_are_distinct_and_in_order(told: Told, registry: Registry) -> None:
    """The document's speakers are those of its attributions, each once, in order of appearance."""
    document = told("[Jane Smith] said {a}. [Carla Montes] said {b}. [Smith] said {c}.", registry=registry)
    assert [speaker.id for speaker in document.speakers] == ["jane-smith", "carla-montes"]


def test_a_post_told_in_full_is_told_again_by_its_noun(told: Told, registry: Registry) -> None:
    """ "The spokesperson" goes back to "the Harbor Authority spokesperson" whom the registry alone names."""
    text = (
        "[The Harbor Authority spokesperson] said {yes}. [The spokesperson] said {no}. [A spokesperson] said {maybe}."
    )
    document = told(text, registry=registry, date="2018-02-24")
    assert ids(document) == ["jonas-weil", "jonas-weil", None]


def test_the_noun_of_two_holders_names_neither(told: Told, registry: Registry) -> None:
    """After two spokespersons "the spokesperson" may be either."""
    registry.add(
        Speaker(
            name="Mia Lund",
            type="person",
            roles=(Role(title="spokesperson", organization="Coast Guard", start="2015"),),
        )
    )
    text = (
        "[The Harbor Authority spokesperson] said {yes}. [The Coast Guard spokesperson] said {no}. "
        "[The spokesperson] said {maybe}."
    )
    document = told(text, registry=registry, date="2018-02-24")
    assert ids(document) == ["jonas-weil", "mia-lund", None]
