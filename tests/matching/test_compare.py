"""Two quotations compared."""

from __future__ import annotations

import datetime
import json
import random
import time
from pathlib import Path
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotekit import InputError, Match, Relation, Span, Speaker, SpeakerType, compare
from quotekit.document import Attribution, Kind
from quotekit.matching.utterance import Utterance

CASES = json.loads((Path(__file__).resolve().parent.parent / "cases" / "compare.json").read_text(encoding="utf-8"))
SENTENCE = "The customs officers found nine crates of forged passports under the ferry's kitchen."
WORDS = st.sampled_from(
    ["the", "not", "Khan", "never", "12", "dam", "[sic]", "…", "will", "can't", "said.", "Multan", "of", "f***", "a"]
)
TEXTS = st.one_of(st.text(), st.lists(WORDS, max_size=30).map(" ".join))


def shown(match: Match, a: str, b: str) -> list[list[str | None]]:
    """The differences as a reader sees them: kind, words of a, words of b."""
    return [[str(d.kind), a[d.a.slice] if d.a else None, b[d.b.slice] if d.b else None] for d in match.differences]


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_cases(case: dict[str, Any]) -> None:
    """What became of the words, and which they are."""
    match = compare(case["a"], case["b"])
    assert str(match.relation) == case["relation"]
    assert match.same == (case["relation"] != "different")
    if case["differences"] is not None:
        assert shown(match, case["a"], case["b"]) == case["differences"]


@given(TEXTS, TEXTS)
def test_the_order_makes_no_difference(a: str, b: str) -> None:
    """The same answer, its differences mirrored."""
    there, back = compare(a, b), compare(b, a)
    mirrored = tuple(attrs.evolve(d, a=d.b, b=d.a) for d in back.differences)
    assert there == attrs.evolve(back, differences=mirrored)


@given(TEXTS, TEXTS)
def test_any_texts_can_be_compared(a: str, b: str) -> None:
    """The score is in its range, and the spans lie in their texts."""
    match = compare(a, b)
    assert 0 <= match.score <= 1
    assert match.same or match.relation is Relation.DIFFERENT
    for difference in match.differences:
        assert difference.a or difference.b
        assert difference.a is None or 0 <= difference.a.start < difference.a.end <= len(a)
        assert difference.b is None or 0 <= difference.b.start < difference.b.end <= len(b)


@given(TEXTS)
def test_a_text_differs_from_itself_in_nothing(text: str) -> None:
    """However it is written."""
    match = compare(text, text)
    assert match.differences == ()
    assert match.relation in {Relation.VERBATIM, Relation.DIFFERENT}


@given(st.integers(1, 11), st.sampled_from(["not", "never"]))
def test_a_negation_is_never_lost(place: int, word: str) -> None:
    """Wherever a negation stands in one and not in the other, it is found, and nothing is verbatim."""
    words = SENTENCE.split()
    match = compare(SENTENCE, " ".join([*words[:place], word, *words[place:]]))
    assert match.relation is Relation.ALTERED
    assert [str(d.kind) for d in match.differences] == ["negation"]


def test_rare_words_count_more_than_common_ones() -> None:
    """Four rare words are evidence where six common ones are none."""
    rare = compare("forged passports under ferries", "They carried forged passports under ferries to Basra.")
    common = compare("we are going to win again", "I promise that we are going to win again and again.")
    assert rare.same
    assert not common.same


def test_speaker_and_date_are_evidence() -> None:
    """The same few words are likelier one utterance where one speaker says them on one day."""
    text = "a slap on the ocean"
    known = {"text": text, "speaker": "Gen. Asif Khan", "date": "2018-02-24", "outlet": "Dawn"}
    later = {"text": text, "speaker": "Maria Lopez", "date": "2021-01-02", "outlet": "El País"}
    assert compare(known, known).score > compare(text, text).score > compare(known, later).score


def test_reasons_tell_text_speaker_and_date_apart() -> None:
    """Each reason opens with what it is about."""
    a = {"text": SENTENCE, "speaker": "Asif Khan", "date": "2018-02", "outlet": "Dawn"}
    b = {"text": SENTENCE, "speaker": ["Lodhi", "Mr Khan"], "date": datetime.date(2018, 3, 2), "outlet": "The News"}
    reasons = compare(a, b).reasons
    assert {reason.partition(":")[0] for reason in reasons} == {"text", "speaker", "date", "outlet"}
    assert {"speaker: named alike", "date: 2 days apart", "outlet: another"} <= set(reasons)


def test_speakers_who_disagree_are_no_filter() -> None:
    """A ministry and another man may be given one sentence."""
    match = compare({"text": SENTENCE, "speaker": "Lodhi"}, {"text": SENTENCE, "speaker": "Asif Khan"})
    assert match.same
    assert "speaker: named differently" in match.reasons


def test_a_person_and_a_body_do_not_disagree() -> None:
    """One may speak for the other."""
    body = Speaker(name="Foreign Office", type=SpeakerType.ORGANIZATION)
    match = compare({"text": SENTENCE, "speaker": body}, {"text": SENTENCE, "speaker": "Asif Khan"})
    assert not any(reason.startswith("speaker") for reason in match.reasons)


@pytest.mark.parametrize(
    ("quoted", "same"),
    [
        ("Karimabad harbor “a graveyard”", False),
        ("Karimabad harbor ‘a graveyard’", False),
        ("“Karimabad harbor”", True),
    ],
)
def test_what_a_report_quotes_is_what_it_says(quoted: str, same: bool) -> None:
    """A shorter report that quotes other words only names what the fuller one is about."""
    fuller = {"text": "that dredgers were lost beside the customs pier at Karimabad harbor", "kind": "indirect"}
    assert compare(fuller, {"text": f"the customs pier at {quoted}", "kind": "mixed"}).same is same


def test_an_attribution_is_its_text_and_speakers() -> None:
    """The spans of the differences are of the attribution's text."""
    speaker = Speaker(name="Asif Khan", type=SpeakerType.PERSON, id="khan")
    article = f"He said “{SENTENCE}”"
    content = (Span(8, len(article)),)
    said = Attribution.cut(article, content=content, kind=Kind.DIRECT, score=1.0, speakers=(speaker,))
    match = compare(said, {"text": SENTENCE.replace("nine", "ninety"), "speaker": speaker})
    assert "speaker: named alike" in match.reasons
    assert shown(match, said.text, SENTENCE.replace("nine", "ninety")) == [["number", "nine", "ninety"]]


def test_an_utterance_is_not_read_again() -> None:
    """What was made ready gives the same answer."""
    a, b = SENTENCE, SENTENCE.replace("nine", "no")
    assert compare(Utterance.of(a), Utterance.of(b)) == compare(a, b)


@pytest.mark.parametrize(
    ("value", "message"),
    [
        (None, "got NoneType"),
        (3, "got int"),
        ({}, r"@ \$.text, got NoneType"),
        ({"text": b"x"}, r"@ \$.text, got bytes"),
        ({"text": "x", "speaker": 3}, r"@ \$.speaker, got int"),
        ({"text": "x", "speaker": [None, 3]}, r"@ \$.speaker, got int"),
        ({"text": "x", "date": "yesterday"}, "got 'yesterday'"),
        ({"text": "x", "date": 2018}, r"@ \$.date, got int"),
        ({"text": "x", "outlet": 3}, r"@ \$.outlet, got int"),
    ],
)
def test_what_is_no_quotation_is_refused(value: Any, message: str) -> None:
    """The message says what was expected, what came, and where."""
    with pytest.raises(InputError, match=message):
        compare(value, "word")
    with pytest.raises(InputError, match=message):
        compare("word", value)


@pytest.mark.parametrize("vocabulary", [3, 300, 30_000])
def test_long_texts_take_no_minutes(vocabulary: int) -> None:
    """Ten thousand words against ten thousand, whether they repeat or not."""
    draw = random.Random(7)
    a, b = (" ".join(f"w{draw.randrange(vocabulary)}x" for _ in range(10_000)) for _ in range(2))
    start = time.process_time()
    compare(a, b)
    assert compare(a, a).relation is Relation.VERBATIM
    assert time.process_time() - start < 20
