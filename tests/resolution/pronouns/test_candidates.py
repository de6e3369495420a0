"""What is seen of those whom a pronoun may mean, and how likely that makes each."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from quotekit.document import Document
from quotekit.resolution import candidates
from quotekit.resolution.names.cast import Cast
from quotekit.resolution.pronouns.candidates import Candidate, Candidates, likeliest
from quotekit.resolution.pronouns.traces import Heard, Trace, Traces
from quotekit.resolution.setting import Setting
from quotekit.spans import Span

NOBODY = Candidate(member=None, features=("nobody",))


@pytest.fixture
def weights(monkeypatch: pytest.MonkeyPatch) -> None:
    """Weights of a test's own."""
    monkeypatch.setattr(candidates, "_weights", lambda: {"near": 2.0, "far": -2.0, "nobody": 0.0})


@pytest.fixture
def seen(marked: Callable[..., Document]) -> Callable[..., dict[str, tuple[str, ...]]]:
    """Makes the features of everybody named in a marked text, by name, as seen from a word of it."""

    def see(text: str, word: str, last: str | None = None) -> dict[str, tuple[str, ...]]:
        document = marked(text, mentions=[("Berg", "person"), ("Okafor", "person")])
        sentences = [Span(0, document.text.index(". ") + 1), Span(document.text.index(". ") + 2, len(document.text))]
        cast = Cast.of(document)
        traces = Traces(cast.members)
        for sighting in cast.sightings:
            traces.note(Trace(member=sighting.member, span=sighting.name.span, named=True))
        names = [member.name.shown for member in cast.members]
        if last:
            place = document.text.index(last)
            traces.last = Heard(span=Span(place, place + len(last)), member=names.index(last))
        start = document.text.rindex(word)
        order = sorted(range(len(names)), key=lambda n: -cast.members[n].mentions[-1].span.start)
        found = Candidates(cast, Setting(document, sentences), traces).seen(Span(start, start + len(word)), order)
        return {names[one.member]: one.features for one in found if one.member is not None}

    return see


See = Callable[..., dict[str, Sequence[str]]]


def test_the_likeliest_is_named_with_its_likelihood(weights: None) -> None:
    """The likelihood is that of a conditional logit: 1 / (1 + e^-2 + e^-4)."""
    found = [Candidate(member=3, features=("near",)), Candidate(member=1, features=("far",)), NOBODY]
    assert likeliest(found) == (3, 0.87)


def test_nobody_may_be_the_likeliest(weights: None) -> None:
    """Then nobody is named."""
    assert likeliest([Candidate(member=1, features=("far",)), NOBODY]) is None


def test_two_that_are_alike_are_left_open(weights: None) -> None:
    """Nobody is named who is less likely than all the others together."""
    alike = [Candidate(member=number, features=("near",)) for number in range(2)]
    assert likeliest([*alike, NOBODY]) is None


def test_a_feature_without_weight_counts_nothing(weights: None) -> None:
    """What was too rare to be learned changes no score."""
    assert Candidate(member=0, features=("near", "never seen")).score == 2.0


def test_nobody_at_all() -> None:
    """Of no candidates there is no likeliest."""
    assert likeliest([]) is None


def test_words_of_the_own_quotation_hide(seen: See) -> None:
    """Who is named only in what the pronoun is the source of is not in sight."""
    found = seen("Berg came. {“Okafor is late,”} [he] said.", "he")
    assert "hidden" in found["Okafor"]
    assert "in the pronoun's own words" in found["Okafor"]
    assert "hidden" not in found["Berg"]


def test_who_says_the_quotation_around(seen: See) -> None:
    """A "he" inside a quotation is looked at knowing who says it."""
    found = seen("Berg met Okafor. {“I know he is late,”} [Okafor] said.", "he")
    assert "says the quotation around" not in found["Berg"]
    found = seen("Berg came. [Okafor] said {“I know he is late”}.", "he")
    assert "says the quotation around" in found["Okafor"]


def test_who_spoke_last(seen: See) -> None:
    """It counts who spoke last, and for a pronoun that is a source how far back."""
    found = seen("[Berg] told Okafor {no}. [He] said {it is late}.", "He", last="Berg")
    assert {"spoke last", "spoke last, 1 back"} <= set(found["Berg"])
    assert "spoke last" not in found["Okafor"]


def test_place_and_case_of_the_last_mention(seen: See) -> None:
    """A subject, a possessor and a name after a preposition are told apart."""
    found = seen("Berg spoke of Okafor. He left.", "He")
    assert "opens its sentence" in found["Berg"]
    assert "after a preposition" in found["Okafor"]
    assert "possessor" in seen("Berg came. Okafor's car broke as he left.", "he")["Okafor"]


def test_every_feature_is_seen_once(seen: See) -> None:
    """No feature counts twice."""
    for features in seen("[Berg] told Okafor {no}. [He] said {it is late}.", "He", last="Berg").values():
        assert len(features) == len(set(features))
