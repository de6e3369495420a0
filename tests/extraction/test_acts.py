"""What a cue does, and whether it is negated."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotekit.document import Act
from quotekit.extraction.acts import act_of


@pytest.mark.parametrize(
    ("cue", "act"),
    [
        ("said", Act.ASSERTS),
        ("has also said", Act.ASSERTS),
        ("according to", Act.ASSERTS),
        ("pointed out", Act.ASSERTS),
        ("made it clear", Act.ASSERTS),
        ("was quoted as saying", Act.ASSERTS),
        (":", Act.ASSERTS),
        ("confirmed", Act.CONFIRMS),
        ("denied", Act.DENIES),
        ("ruled out", Act.DENIES),
        ("asked", Act.ASKS),
        ("wanted to know", Act.ASKS),
        ("called on", Act.DEMANDS),
        ("calls for", Act.DEMANDS),
        ("vowed", Act.PROMISES),
        ("threatened", Act.THREATENS),
        ("accused", Act.ACCUSES),
        ("lashed out", Act.CRITICIZES),
        ("praised", Act.PRAISES),
        ("believes", Act.BELIEVES),
        ("is convinced", Act.BELIEVES),
        ("expressed hope", Act.EXPECTS),
        ("expressed strong hope", Act.EXPECTS),
        ("decided", Act.OTHER),
    ],
)
def test_a_cue_does_what_its_words_say(cue: str, act: Act) -> None:
    """Single and multiword cues have the act of their table."""
    assert act_of(cue, "", "en") == (act, False)


def test_an_unknown_cue_asserts() -> None:
    """A cue that is in no table is taken for a plain statement."""
    assert act_of("blithered", "Anna Berg ", "en") == (Act.ASSERTS, False)


@pytest.mark.parametrize(
    ("cue", "before", "act"),
    [
        ("did not say", "", Act.ASSERTS),
        ("say", "He did not ", Act.ASSERTS),
        ("never said", "", Act.ASSERTS),
        ("didn't say", "", Act.ASSERTS),
        ("don’t think", "", Act.BELIEVES),
        ("has not yet publicly confirmed", "", Act.CONFIRMS),
        ("declined to confirm", "", Act.CONFIRMS),
        ("say", "The ministry repeatedly refused to ", Act.ASSERTS),
        ("saying", "She stopped short of ", Act.ASSERTS),
        ("had no comment", "", Act.ASSERTS),
        ("did not deny", "", Act.DENIES),
    ],
)
def test_what_was_not_done_is_negated(cue: str, before: str, act: Act) -> None:
    """A negation or a refusal right before the verb, inside the cue or before it, negates the cue."""
    assert act_of(cue, before, "en") == (act, True)


@pytest.mark.parametrize(
    ("cue", "before"),
    [
        ("denied", ""),
        ("refused", ""),
        ("said", "Berg, who has never lost, "),
        ("said", "“I did not,” "),
        ("said", "Those who could not come "),
        ("not only said", ""),
    ],
)
def test_a_negation_elsewhere_does_not_negate(cue: str, before: str) -> None:
    """A denial is an act; a refusal on its own is one; a "not" of another verb or clause does not count."""
    assert act_of(cue, before, "en")[1] is False


def test_a_telling_word_beats_a_plain_one() -> None:
    """A statement that denies is a denial."""
    assert act_of("issued a statement denying", "", "en")[0] is Act.DENIES


def test_what_follows_a_preposition_does_not_decide() -> None:
    """An answer to a question asks nothing."""
    assert act_of("said in response to a question", "", "en")[0] is Act.ASSERTS


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_cue_has_an_act(cue: str, before: str) -> None:
    """Any text at all is read as some act."""
    act, negated = act_of(cue, before, "en")
    assert isinstance(act, Act)
    assert isinstance(negated, bool)
