"""Roles that only name their body are roles of that body's entry."""

from __future__ import annotations

import pytest

from quotekit.registry import Registry
from quotekit.speakers import Role, Speaker


def registry(*ministries: str) -> Registry:
    """A spokesman of the "Ministry of Harbors", and bodies that go by that name as well."""
    held = Role(title="Spokesman", organization="Ministry of Harbors", start="2023")
    made = Registry()
    made.add(Speaker(name="Ivo Petrov", type="person", roles=(held,)))
    for name in ministries:
        made.add(Speaker(name=name, type="organization", aliases=("Ministry of Harbors", "MoH")))
    return made


@pytest.mark.parametrize("mention", ["the spokesman of the Harbor Ministry", "MoH spokesman"])
def test_a_post_is_found_by_all_names_of_its_body(mention: str) -> None:
    """The role has the body's name as text; its other names lead there too."""
    best, *_ = registry("Harbor Ministry").resolve(mention, date="2024-03-06")
    assert (best.speaker.name, best.score >= 0.5) == ("Ivo Petrov", True)


def test_a_name_of_two_bodies_ties_a_role_to_neither() -> None:
    """Which of the two is meant is not known."""
    found = registry("Harbor Ministry", "Port Ministry").resolve(
        "the spokesman of the Port Ministry", date="2024-03-06"
    )
    assert [candidate for candidate in found if candidate.score >= 0.5] == []
