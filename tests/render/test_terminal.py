"""A document as terminal text: the layout, and what hostile text cannot do to it."""

from __future__ import annotations

import re
import time
from pathlib import Path

import attrs
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quotekit.document import Attribution, Document, How, Issue, Kind, Resolution, Via
from quotekit.export import read_jsonl
from quotekit.render import to_terminal
from quotekit.render.lines import columns, printable
from quotekit.spans import Span
from quotekit.speakers import Speaker, SpeakerType

CASES = Path(__file__).resolve().parents[1] / "cases"
ANSI = re.compile("\x1b\\[[0-9]*m")
unhurried = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
GOLDEN = tuple(read_jsonl(CASES / "terminal.jsonl"))


def document(text: str, *, name: str = "Khan", kind: Kind = Kind.DIRECT) -> Document:
    """A document in which one speaker says the whole text."""
    speaker = Speaker(name=name, type=SpeakerType.PERSON)
    said = Attribution.cut(text, content=[Span(0, len(text))], kind=kind, speakers=(speaker,), score=1.0)
    return Document(text=text, attributions=(said,))


def said_by(source: str, *speakers: Speaker) -> str:
    """The line that names the speaker, for a source in these words."""
    said = Attribution.cut(
        source,
        content=[Span(0, 0)],
        source=[Span(0, len(source))],
        kind=Kind.INDIRECT,
        speakers=speakers,
        resolution=Resolution(how=How.ROLE, score=1.0),
        score=1.0,
    )
    return to_terminal(Document(text=source, attributions=(said,))).splitlines()[2]


def test_golden_page() -> None:
    """The documents of terminal.jsonl look as terminal.txt shows them."""
    shown = "\n\n".join(to_terminal(document, width=76) for document in GOLDEN) + "\n"
    assert shown == (CASES / "terminal.txt").read_text(encoding="utf-8")


def test_color_changes_nothing_but_color() -> None:
    """Without its escape sequences the colored page is the plain one."""
    colored = to_terminal(GOLDEN[0], color=True)
    assert colored != to_terminal(GOLDEN[0])
    assert ANSI.sub("", colored) == to_terminal(GOLDEN[0])


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("color", [False, True])
def test_color_only_when_asked(kind: Kind, color: bool) -> None:
    """Escape sequences are there exactly when they are asked for, for each kind."""
    assert ("\x1b" in to_terminal(document("It rains.", kind=kind), color=color)) == color


@unhurried
@given(st.text(), st.text(), st.integers(-5, 120))
def test_no_line_is_too_long(text: str, name: str, width: int) -> None:
    """Lines keep to the width, counting wide characters twice; below 40 columns they keep to 40."""
    page = to_terminal(document(text, name=name), width=width)
    assert all(columns(line) <= max(width, 40) for line in page.split("\n"))


@unhurried
@given(st.lists(st.text("ab新“ ", min_size=1)).map(" ".join), st.integers(40, 80))
def test_wrapping_loses_nothing(text: str, width: int) -> None:
    """All of a content stands on the page, in order."""
    page = to_terminal(document(text, name="K"), width=width)
    shown = "".join(line[10:] for line in page.split("\n")[3:])
    assert shown.replace(" ", "") == text.replace(" ", "")


@unhurried
@given(st.text(st.characters()), st.text(st.characters()))
def test_nothing_in_a_document_drives_the_terminal(text: str, name: str) -> None:
    """Whatever the strings hold, no control, no override and nothing that cannot be encoded comes out."""
    hostile = attrs.evolve(
        document(text, name=name),
        id=text,
        outlet=name,
        title=text,
        issues=(Issue(code=name, message=text),),
    )
    page = to_terminal(hostile)
    page.encode("utf-8")
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u2028\u2029]", page)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\x1b[31mb", "a\\x1b[31mb"),
        ("a\x00b\x7f\x9b", "a\\x00b\\x7f\\x9b"),
        ("a\u202eb\u2066", "a\\u202eb\\u2066"),
        ("a\ud800b", "a\\ud800b"),
        ("a\r\n\tb\u2028c", "a b c"),
        ("a\U000e0041b", "a\\U000e0041b"),
        ("“á” 😀 新聞 علی", "“á” 😀 新聞 علی"),
    ],
    ids=["escape", "control", "bidi", "surrogate", "white space", "tag", "letters"],
)
def test_printable(text: str, shown: str) -> None:
    """What could drive a terminal shows as an escape; letters of any script stay."""
    assert printable(text) == shown


def test_nested_attributions_follow_and_are_indented() -> None:
    """Each stands under the one it is inside, moved to the right, wherever the document lists it."""
    text = "outer middle inner"
    parts = [("inner", 2), ("outer", None), ("middle", 1)]
    nested = tuple(
        Attribution.cut(
            text,
            content=[Span(text.index(word), text.index(word) + len(word))],
            kind=Kind.INDIRECT,
            parent=parent,
            score=1.0,
        )
        for word, parent in parts
    )
    lines = to_terminal(Document(text=text, attributions=nested)).splitlines()
    shown = [line for line in lines if line.strip() in text]
    assert [line for line in shown if line] == [" " * 10 + "outer", " " * 14 + "middle", " " * 18 + "inner"]


def test_deep_nesting_keeps_its_width() -> None:
    """A chain of ten thousand, each inside the one before, is shown, and its lines keep to the width."""
    chain = tuple(
        Attribution.cut("word", content=[Span(0, 4)], kind=Kind.INDIRECT, parent=i - 1 if i else None, score=1.0)
        for i in range(10_000)
    )
    lines = to_terminal(Document(text="word", attributions=chain)).splitlines()
    assert sum(line.strip() == "word" for line in lines) == 10_000
    assert max(map(len, lines)) <= 100


def test_name_of_the_source_is_not_repeated() -> None:
    """A source in the speaker's own name, with or without an article, needs no note."""
    office = Speaker(name="Foreign Office", type=SpeakerType.ORGANIZATION)
    assert said_by("The Foreign Office", office) == "indirect  Foreign Office"


def test_other_words_for_the_speaker_are_shown() -> None:
    """Where the article has other words, they stand beside the name with what kind of mention they are."""
    khan = Speaker(name="Lena Khan", type=SpeakerType.PERSON, role="minister", organization="Ports Ministry")
    assert said_by("the minister", khan) == "indirect  Lena Khan — minister, Ports Ministry ← the minister (role)"


def test_organization_is_not_said_twice() -> None:
    """A role that names its organization stands alone."""
    khan = Speaker(name="Khan", type=SpeakerType.PERSON, role="FO spokesperson", organization="FO")
    assert said_by("Khan", khan) == "indirect  Khan — FO spokesperson"


def test_joint_speakers_and_long_source() -> None:
    """All speakers are named, and a source that goes on and on is cut."""
    both = [Speaker(name=name, type=SpeakerType.PERSON) for name in ("Berg", "Lahti")]
    line = said_by("Berg and Lahti, " + "who were there, " * 9, *both)
    assert line.startswith("indirect  Berg · Lahti ← Berg and Lahti, who were there,")
    assert line.endswith("… (role)")


def test_via_without_a_speaker_shows_its_words() -> None:
    """Who passed the words on is shown by name, or in the article's words."""
    text = "Reports say it rains."
    said = Attribution.cut(text, content=[Span(12, 20)], via=(Via(Span(0, 7)),), kind=Kind.INDIRECT, score=1.0)
    assert "(nobody named) via Reports" in to_terminal(Document(text=text, attributions=(said,)))


def test_many_issues_are_counted() -> None:
    """Ten issues are shown, the others counted."""
    issues = tuple(Issue(code="unclosed-mark", message="never closed", span=Span(i, i)) for i in range(10_000))
    page = to_terminal(Document(text="", issues=issues))
    assert page.count("unclosed-mark") == 10
    assert page.endswith("… and 9,990 more")


@pytest.mark.parametrize("text", ["a" * 400_000, "新" * 100_000, "a " * 200_000, "\x1b" * 100_000])
def test_time_is_linear(text: str) -> None:
    """A long text without a break, or with nothing but breaks, is laid out in seconds."""
    start = time.process_time()
    to_terminal(document(text))
    assert time.process_time() - start < 10
