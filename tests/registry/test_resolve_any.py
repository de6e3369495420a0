"""What holds for any registry and any mention."""

from __future__ import annotations

import contextlib
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from quotekit.errors import InputError, RegistryError
from quotekit.registry import Registry
from quotekit.speakers import Speaker, SpeakerType

CASES = Path(__file__).resolve().parent.parent / "cases"
WORLD = Registry.load(CASES / "registry_figures.json")
ANSWER, LEAD = 0.5, 0.1

PARTS = (
    "the", "former", "then-", "acting", "US", "Pakistani", "Moscow's", "UN", "Foreign Office", "chief", "president",
    "Prime Minister", "-elect", "ambassador to", "King", "Mr.", "Gen", "M.K.", "PUTIN", "Vladimir", "Imran", "Khan",
    "Kim", "Jong-un", "al-", "bin", "Jr.", "Abdel", "Peña", "Nieto", "Schröder", ",", "(", "of", "’s", "in", "Co.",
)  # fmt: skip
MENTIONS = st.one_of(st.text(), st.lists(st.sampled_from(PARTS), max_size=8).map(" ".join))
DATES = st.one_of(st.none(), st.dates().map(str), st.sampled_from(["2016", "2018-02", "0001", "9999-12"]))
CONTEXTS = st.lists(st.one_of(st.text(max_size=20), st.sampled_from(PARTS)), max_size=3)
WORDS = st.text(st.sampled_from("abdefghiklmnorstuvy"), min_size=5, max_size=9).map(str.title)
FULL_NAMES = st.lists(WORDS, min_size=2, max_size=4, unique=True).map(" ".join)


def people(*names: str) -> Registry:
    """A registry of people with these names, their ids in order."""
    registry = Registry()
    for number, name in enumerate(names):
        registry.add(Speaker(id=str(number), name=name, type=SpeakerType.PERSON))
    return registry


def score(registry: Registry, mention: str) -> float:
    """The first speaker's score for a mention, 0 where it is no candidate."""
    return max((found.score for found in registry.resolve(mention) if found.speaker.id == "0"), default=0.0)


@given(MENTIONS, DATES, CONTEXTS)
def test_scores_are_in_order_and_range(mention: str, date: str | None, context: list[str]) -> None:
    """Every score lies in 0..1, the best comes first, and each has its reasons."""
    scores = [candidate.score for candidate in WORLD.resolve(mention, date=date, context=context)]
    assert scores == sorted(scores, reverse=True)
    assert all(0 < score <= 1 for score in scores)


@given(MENTIONS, DATES, CONTEXTS)
def test_resolving_is_deterministic(mention: str, date: str | None, context: list[str]) -> None:
    """Asked again, the registry answers the same, as does another one with the same content."""
    first = WORLD.resolve(mention, date=date, context=context)
    assert WORLD.resolve(mention, date=date, context=context) == first
    assert OTHER.resolve(mention, date=date, context=context) == first


@given(st.one_of(MENTIONS, st.none(), st.integers(), st.binary()), st.one_of(DATES, st.text(max_size=12)))
def test_only_our_errors(mention: object, date: str | None) -> None:
    """What is no mention or no date is the caller's mistake, and said so."""
    with contextlib.suppress(InputError, RegistryError):
        WORLD.resolve(mention, date=date)  # type: ignore[arg-type]


@given(FULL_NAMES)
def test_exact_before_folded_before_near(name: str) -> None:
    """A name as it stands scores at least as high as in other capitals, and that as high as with a letter more."""
    registry = people(name)
    exact, folded, near = score(registry, name), score(registry, name.upper()), score(registry, f"{name}t")
    assert exact >= folded >= near
    assert exact >= ANSWER


@given(st.one_of(FULL_NAMES, st.text(min_size=1)), st.integers(2, 4))
def test_namesakes_are_never_told_apart_by_nothing(name: str, times: int) -> None:
    """Two speakers with the very same name and nothing else are never one sure answer."""
    try:
        registry = people(*[name] * times)
    except InputError:  # no name
        return
    found = registry.resolve(name)
    assert not found or found[0].score < ANSWER or found[0].score - found[1].score < LEAD


@given(FULL_NAMES, FULL_NAMES)
def test_another_entry_never_raises_a_score(name: str, other: str) -> None:
    """A speaker more in the registry makes nobody surer of the first one."""
    assert score(people(name, other), name) <= score(people(name), name)


OTHER = Registry.load(CASES / "registry_figures.json")
