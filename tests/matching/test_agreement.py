"""Who may be the same speaker, and when outlets disagree."""

from __future__ import annotations

import pytest

from quotekit.matching.agreement import agree, apart, disagree
from quotekit.speakers import Speaker, SpeakerType


def person(name: str, **known: str) -> Speaker:
    """A person."""
    return Speaker(name=name, type=SpeakerType.PERSON, **known)


def body(name: str, **known: str) -> Speaker:
    """An organization."""
    return Speaker(name=name, type=SpeakerType.ORGANIZATION, **known)


OKAFOR = person("Ines Okafor", role="spokesperson", organization="Ministry of Ports")


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        (OKAFOR, person("Okafor"), True),
        (OKAFOR, person("Dr Ines Okafor"), True),
        (OKAFOR, person("Ines Okafour"), True),
        (OKAFOR, person("John Okafor"), False),
        (OKAFOR, person("Lena Morris"), False),
        (person("Khwaja Asif"), person("Khawaja Asif"), True),
        (person("Ines Okafor", id="p1"), person("I. Okafor", id="p1"), True),
        (person("Ines Okafor", id="p1"), person("Ines Okafor", id="p2"), False),
        (OKAFOR, body("the Ministry of Ports"), True),
        (OKAFOR, body("Ports Ministry"), True),
        (OKAFOR, body("Ministry of Railways"), False),
        (person("Lena Morris"), body("Ministry of Railways"), True),
        (body("International Monetary Fund"), body("IMF"), True),
        (body("International Monetary Fund"), body("World Bank"), False),
        (OKAFOR, Speaker(name="officials", type=SpeakerType.GROUP), True),
        (Speaker(name="a spokesperson", type=SpeakerType.UNNAMED), body("World Bank"), True),
    ],
)
def test_agree(a: Speaker, b: Speaker, expected: bool) -> None:
    """One name in several forms, and a person and the body spoken for, agree; whichever comes first."""
    assert agree(a, b) == agree(b, a) == expected


def test_nobody_named_is_no_conflict() -> None:
    """Who gives no name contradicts nobody."""
    officials = Speaker(name="officials", type=SpeakerType.GROUP)
    assert not disagree([(), (officials,), (OKAFOR,)])


def test_two_persons_of_one_body_conflict() -> None:
    """Each agrees with the body, and yet not both can have spoken."""
    ports = body("Ministry of Ports")
    other = person("Lena Morris", organization="Ministry of Ports")
    assert not disagree([(ports,), (OKAFOR,)])
    assert disagree([(ports,), (OKAFOR,), (other,)])


def test_one_of_a_joint_source_is_enough() -> None:
    """An outlet that names two speakers agrees with one that names one of them."""
    assert not disagree([(OKAFOR, person("Lena Morris")), (OKAFOR,)])


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        (OKAFOR, person("Okafor"), False),
        (OKAFOR, person("Lena Morris"), True),
        (OKAFOR, body("the Ministry of Ports"), False),
        (OKAFOR, Speaker(name="other officials", type=SpeakerType.GROUP), True),
        (body("the company"), Speaker(name="the shipping company", type=SpeakerType.GROUP), False),
        (body("the company"), Speaker(name="the unions", type=SpeakerType.GROUP), True),
        (person("Okafor"), Speaker(name="critics of Okafor", type=SpeakerType.GROUP), True),
    ],
)
def test_apart(a: Speaker, b: Speaker, expected: bool) -> None:
    """In one document names that do not go together are two speakers, whichever comes first."""
    assert apart(a, b) == apart(b, a) == expected
