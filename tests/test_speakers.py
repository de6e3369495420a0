"""Partial dates, roles and speakers."""

import datetime

import pytest

from quotekit.errors import InputError
from quotekit.speakers import PartialDate, Role, Speaker, SpeakerType


@pytest.mark.parametrize(
    ("written", "first", "last"),
    [
        ("2018", (2018, 1, 1), (2018, 12, 31)),
        ("2016-02", (2016, 2, 1), (2016, 2, 29)),
        ("2018-02-24", (2018, 2, 24), (2018, 2, 24)),
        ("2018-02-24T10:30:00Z", (2018, 2, 24), (2018, 2, 24)),
    ],
)
def test_a_partial_date_spans_the_days_it_may_be(written, first, last):
    """A year or a month stands for all of its days."""
    date = PartialDate.parse(written)
    assert (date.first(), date.last()) == (datetime.date(*first), datetime.date(*last))


@pytest.mark.parametrize("written", ["2018", "2018-02", "2018-02-24"])
def test_a_partial_date_prints_as_it_was_written(written):
    """What was not known stays unwritten."""
    assert str(PartialDate.parse(written)) == written


@pytest.mark.parametrize("written", ["", "24 February 2018", "2018-13", "2018-02-30", "0000", "2018-2-4", 2018, None])
def test_what_is_no_date_is_refused_by_name(written):
    """The message says which forms are read, and what came."""
    with pytest.raises(InputError, match="YYYY-MM-DD, got"):
        PartialDate.parse(written)


def test_a_date_object_is_read_as_its_day():
    """`datetime.date` is as good as text."""
    assert str(PartialDate.parse(datetime.date(2018, 2, 4))) == "2018-02-04"


def test_a_document_shows_a_speaker_without_the_registrys_details():
    """`brief` leaves the aliases and dated roles in the registry, and keeps the rest."""
    full = Speaker(
        name="Anna Berg",
        type=SpeakerType.PERSON,
        id="p1",
        role="mayor",
        aliases=("A. Berg",),
        roles=(Role(title="mayor"),),
    )
    brief = full.brief()
    assert (brief.id, brief.name, brief.role, brief.aliases, brief.roles) == ("p1", "Anna Berg", "mayor", (), ())


def test_a_speaker_type_prints_as_its_word():
    """Closed sets print as plain words."""
    assert f"{SpeakerType.PERSON}" == "person"


def test_what_is_no_speaker_type_is_refused_by_name():
    """The message says which types there are, and what came."""
    with pytest.raises(InputError, match="expected a type of person, organization, group, unnamed, got 'firm'"):
        Speaker(name="Berg & Sons", type="firm")


def test_a_role_takes_dates_as_text():
    """Who writes a registry in Python need not make dates."""
    assert Role(title="mayor", start="2018", end="2019-02").end == PartialDate(2019, 2)
