"""Names of several articles that are one speaker's."""

from __future__ import annotations

import pytest

from quotekit.document import Document
from quotekit.registry.grouping import joined_bodies, joined_people, same_person
from quotekit.registry.sightings import Tally
from quotekit.speakers import Speaker, SpeakerType


@pytest.mark.parametrize(
    ("one", "two", "same"),
    [
        ("Khwaja Asif", "Khawaja Muhammad Asif", True),
        ("Bill Clinton", "William Clinton", True),
        ("J. Smith", "John Smith", True),
        ("Dr. Ana Sol", "ana sol", True),
        ("Ji Hyun Kim", "Ji Hyung Kim", False),
        ("John Kelly", "John Kelly Jr.", False),
        ("George W. Bush", "George H. W. Bush", False),
        ("Hillary Clinton", "Bill Clinton", False),
        ("Mohsin Khan", "Mohsin Akhtar", False),
        ("Lula", "Lula", True),
    ],
)
def test_one_or_two(one: str, two: str, same: bool) -> None:
    """Spellings, short forms and a middle name left out are one person; near names are two."""
    assert same_person(one, two) is same
    assert same_person(two, one) is same


def tally(name: str, article: int, *forms: str, kind: SpeakerType = SpeakerType.PERSON, **fields: str) -> Tally:
    """A speaker who was seen once."""
    found = Tally(Speaker(name=name, type=kind, id=fields.get("id")))
    found.seen.add(article, Document(text=""), "")
    found.names[name] += 1
    found.forms.update(forms)
    found.genders.update(filter(None, [fields.get("gender")]))
    return found


@pytest.mark.parametrize(
    ("people", "names"),
    [
        ([tally("Ali Khan", 1), tally("Ali Akbar Khan", 2)], ["Ali Akbar Khan"]),
        ([tally("Ali Khan", 1), tally("Ali Akbar Khan", 1)], ["Ali Akbar Khan", "Ali Khan"]),
        (
            [tally("Ali Khan", 1), tally("Ali Akbar Khan", 2), tally("Ali Raza Khan", 3)],
            ["Ali Akbar Khan", "Ali Raza Khan", "Ali Khan"],
        ),
        ([tally("Kim Lee", 1, gender="male"), tally("Kim A. Lee", 2, gender="female")], ["Kim A. Lee", "Kim Lee"]),
        ([tally("Ana Sol", 1, id="a"), tally("Ana M. Sol", 2, id="b")], ["Ana M. Sol", "Ana Sol"]),
        ([tally("Democrat Ana Sol", 1, "Ana Sol"), tally("Ana Sol", 2)], ["Democrat Ana Sol"]),
    ],
)
def test_people(people: list[Tally], names: list[str]) -> None:
    """Those stay apart who stand in one article, fit two others, or differ in gender or id."""
    assert [one.name for one in joined_people(people)] == names


def test_bodies() -> None:
    """Bodies of one name are one, and so is an acronym that only one is written with."""
    body = SpeakerType.ORGANIZATION
    found = joined_bodies(
        [
            tally("Foreign Office", 1, "FO", kind=body),
            tally("The Foreign Office", 2, kind=body),
            tally("FO", 3, kind=body),
            tally("Forest Owners", 4, "FAO", kind=body),
            tally("Food Organization", 4, "FAO", kind=body),
            tally("FAO", 5, kind=body),
        ]
    )
    assert [(one.name, one.seen.count) for one in found] == [
        ("Foreign Office", 3),
        ("Forest Owners", 1),
        ("Food Organization", 1),
        ("FAO", 1),
    ]
