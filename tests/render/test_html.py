"""A document as HTML."""

from __future__ import annotations

import io
import time
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import quotekit
from quotekit.document import Act, Attribution, Document, How, Issue, Kind, Resolution, Via
from quotekit.render import to_html, write_html
from quotekit.spans import Span
from quotekit.speakers import Speaker, SpeakerType

Read = Callable[[str], Any]

HOSTILE = [
    *("<script>alert(1)</script>", "</p></div></article>", "<!--", "-->", "]]>", '" onmouseover="x', "&lt;", "&#13;"),
    *("\x00", "\x1b[2J", "\u202e", "\u2066", "\ud800", "\udfff\ud83d", "\ufffe", "\r", "\r\n", "\n", "\n\n", "\u2028"),
    *("U+202E", " ", "\t", "Khan", "新聞", "الوزير", "e\u0301"),
]
texts = st.lists(st.one_of(st.sampled_from(HOSTILE), st.text(st.characters(), max_size=5)), max_size=12).map("".join)

MORRIS = Speaker(name="Lena Morris", type=SpeakerType.PERSON, role="mayor", organization="City of Karimabad")
HALD = Speaker(name="Omar Hald", type=SpeakerType.PERSON)
TEXT = "The mayor told reporters that the clerk had said “nothing,” she added, “at any time.”\n\nState media had it so."


def span(part: str) -> Span:
    """Where a part stands in the text."""
    start = TEXT.index(part)
    return Span(start, start + len(part))


DOCUMENT = Document(
    id="a1",
    title="Nothing said",
    outlet="Harbor Post",
    date="2024-03-05",
    text=TEXT,
    attributions=(
        Attribution.cut(
            TEXT,
            content=[Span(TEXT.index("that"), TEXT.index("\n"))],
            cue=[span("told")],
            source=[span("The mayor")],
            target=(span("reporters"),),
            via=(Via(span("State media")),),
            kind=Kind.MIXED,
            speakers=(MORRIS,),
            resolution=Resolution(how=How.ROLE, score=0.9, evidence=span("she")),
            score=0.75,
        ),
        Attribution.cut(
            TEXT,
            content=[span("“nothing,”"), span("“at any time.”")],
            cue=[span("had said")],
            source=[span("the clerk")],
            kind=Kind.DIRECT,
            act=Act.DENIES,
            negated=True,
            speakers=(MORRIS, HALD),
            parent=0,
            score=0.5,
        ),
    ),
    issues=(Issue(code="odd", message="a <b>thing</b>"),),
)


@st.composite
def documents(draw: st.DrawFn) -> Document:
    """A document of any text, with attributions anywhere in it."""
    text = draw(texts)
    place = st.integers(0, len(text))
    spans = st.tuples(place, place).map(lambda ends: Span(min(ends), max(ends)))
    several = st.lists(spans, max_size=2)
    speakers = st.lists(st.builds(Speaker, name=texts, type=st.sampled_from(SpeakerType), role=texts), max_size=2)
    attributions = [
        Attribution.cut(
            text,
            content=draw(st.lists(spans, min_size=1, max_size=3)),
            cue=draw(several),
            source=draw(several),
            target=tuple(draw(several)),
            via=tuple(Via(found) for found in draw(several)),
            kind=draw(st.sampled_from(Kind)),
            speakers=tuple(draw(speakers)),
            resolution=Resolution(how=How.ROLE, score=1.0, evidence=draw(spans)),
            score=1.0,
        )
        for _ in range(draw(st.integers(0, 4)))
    ]
    known = {name: draw(texts) for name in ("id", "title", "outlet", "date")}
    issues = (Issue(code="odd", message=draw(texts)),)
    return Document(text=text, attributions=tuple(attributions), issues=issues, **known)


@settings(max_examples=50)
@given(documents())
def test_text_of_the_page_is_the_text_of_the_article(read: Read, document: Document) -> None:
    """Whatever stands in a document and wherever its spans are: its text is there, character by character."""
    page = read(to_html(document))
    assert page.text("qk-text") == document.text
    assert page.count("script") == 1


@settings(max_examples=50)
@given(documents())
def test_page_can_be_written(document: Document) -> None:
    """No document makes a page that UTF-8 cannot hold, or one with a character that reorders or hides others."""
    page = to_html(document).encode("utf-8").decode("utf-8")
    assert not {"\x00", "\x1b", "\r", "\u202e", "\u2066"} & set(page)


def test_parts_are_told_apart(read: Read) -> None:
    """Each part of an attribution has its class, pieces of a nested one those of both, and all name their numbers."""
    page = read(to_html(DOCUMENT))
    drawn = [(e.get("class"), e.get("data-a")) for name, e in page.elements if name == "span" and "data-a" in e]
    assert drawn == [
        ("qk-source", "1"),
        ("qk-cue", "1"),
        ("qk-target", "1"),
        ("qk-content", "1"),
        ("qk-content qk-source", "1 2"),
        ("qk-content", "1"),
        ("qk-content qk-cue", "1 2"),
        ("qk-content", "1"),
        ("qk-content qk-deep2", "1 2"),
        ("qk-content", "1"),
        ("qk-content", "1"),
        ("qk-content", "1"),
        ("qk-content qk-deep2", "1 2"),
        ("qk-via", "1"),
    ]


def test_a_content_in_two_parts_has_its_number_before_each(read: Read) -> None:
    """Both parts of an interrupted content carry the number; a keyboard and a screen reader meet the first alone."""
    links = [e for name, e in read(to_html(DOCUMENT)).elements if name == "a" and e.get("data-a") == "2"]
    assert [(link["href"], link.get("aria-hidden"), link.get("tabindex")) for link in links] == [
        ("#d1-a2", None, None),
        ("#d1-a2", "true", "-1"),
    ]


def test_everything_known_is_told(read: Read) -> None:
    """The list tells kind, act, negation, source, target, via, speaker, resolution, parent and score."""
    told = read(to_html(DOCUMENT)).text("qk-entries")
    for known in (
        "mixed",
        "asserts",
        "denies, negated",
        "“The mayor”",
        "“reporters”",
        "State media",
        "0.75",
        "inside1",
    ):
        assert known in told
    assert "Lena Morris" in told
    assert "mayor, City of Karimabad" in told
    assert "by role, from “she”, 0.90" in told


def test_number_in_the_text_tells_the_same(read: Read) -> None:
    """A screen reader hears on the number what the list tells."""
    labels = [e.get("aria-label") or "" for name, e in read(to_html(DOCUMENT)).elements if e.get("id") == "d1-t2"]
    assert labels == [
        "Attribution 2: Lena Morris and Omar Hald\n"
        "direct · denies, negated · source “the clerk” · cue “had said” · inside 1 · score 0.50"
    ]


def test_a_speaker_leads_to_all_their_attributions(read: Read) -> None:
    """The list of speakers has each of them once, with a link to every attribution."""
    shown = [e["data-show"] for name, e in read(to_html(DOCUMENT)).elements if name == "li" and "data-show" in e]
    assert shown[:2] == ["1 2", "2"]


def test_speakers_who_are_not_named_are_there() -> None:
    """What nobody is named for can be found as well."""
    said = Attribution.cut("It rains.", content=[Span(0, 8)], kind=Kind.INDIRECT, score=1.0)
    assert "<i>nobody named</i>" in to_html(Document(text="It rains.", attributions=(said,)))


@pytest.mark.parametrize(
    ("text", "paragraphs"),
    [
        ("One.\n\nTwo\nlines.\n \n\nThree.", ["One.", "Two\nlines.", "Three."]),
        ("One.\nTwo.\n", ["One.", "Two."]),
        ("\n\nOne.\r\n\r\nTwo.", ["One.", "Two."]),
        ("", []),
    ],
)
def test_paragraphs_are_the_article_s_own(read: Read, text: str, paragraphs: list[str]) -> None:
    """Blank lines part paragraphs, or line breaks where there is no blank line."""
    page = to_html(Document(text=text)).partition('class="qk-text">')[2].partition("</div>")[0]
    assert [part.partition("</p>")[0] for part in page.split('<p dir="auto">')[1:]] == paragraphs
    assert read(to_html(Document(text=text))).text("qk-text") == text


def test_page_stands_alone(read: Read) -> None:
    """A page refers to nothing outside, and its policy forbids every request and every script but its own."""
    page = read(to_html(DOCUMENT))
    assert {name for name, e in page.elements if "src" in e} == set()
    assert [e["href"] for name, e in page.elements if name == "link"] == ["data:,"]
    (policy,) = [e["content"] for name, e in page.elements if e.get("http-equiv") == "Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "unsafe" not in policy


def test_fragment_is_one_element_with_names_of_its_own(read: Read) -> None:
    """Fragments of two documents can stand on one page."""
    first, second = (to_html(Document(id=name, text=TEXT), fragment=True) for name in "ab")
    assert first.startswith("<div")
    assert first.endswith("</div>")
    assert "<html" not in first
    read(first + second)


def test_notebook_shows_the_fragment() -> None:
    """A notebook asks the document itself."""
    assert DOCUMENT._repr_html_() == to_html(DOCUMENT, fragment=True)


def test_public_name() -> None:
    """The library offers the function at its top."""
    assert quotekit.to_html is to_html


def test_documents_on_one_page(read: Read) -> None:
    """Several documents follow one another, each with ids of its own."""
    file = io.StringIO()
    write_html([DOCUMENT, DOCUMENT], file)
    page = read(file.getvalue())
    assert page.count("article") == 2
    assert {"d1-a1", "d2-a1"} <= set(page.ids)


@pytest.mark.parametrize(
    ("documents", "title"),
    [
        ([Document(id="a1", text="", title="Rain")], "Rain"),
        ([Document(id="a1", text="")], "a1"),
        ([Document(id="a1", text="")] * 2, "Attributions"),
        ([], "Attributions"),
    ],
)
def test_page_of_one_document_is_called_as_it_is(documents: list[Document], title: str) -> None:
    """In a browser's tabs and bookmarks one article is told from another."""
    file = io.StringIO()
    write_html(iter(documents), file)
    assert f"<title>{title}</title>" in file.getvalue()
    assert file.getvalue().count("<h1") == len(documents)


def test_many_issues_are_counted() -> None:
    """Twenty issues are shown, the others counted."""
    page = to_html(Document(text="", issues=(Issue(code="odd", message="odd"),) * 50))
    assert page.count("<code>odd</code>") == 20
    assert "… and 30 more" in page


def test_time_and_size_are_linear() -> None:
    """Five thousand attributions inside one another, one with a cue in thousands of parts, stay a page of some size."""
    count = 5_000
    text = "a" * (2 * count)
    cue = [Span(i, i + 1) for i in range(0, 2 * count, 2)]
    deep = [
        Attribution.cut(
            text,
            content=[Span(i, 2 * count - i)],
            cue=[] if i else cue,
            kind=Kind.INDIRECT,
            parent=i - 1 if i else None,
            score=1.0,
        )
        for i in range(count)
    ]
    start = time.process_time()
    page = to_html(Document(text=text, attributions=tuple(deep)))
    assert time.process_time() - start < 20
    assert len(page) < 2_000 * count


def test_numbers_at_one_place_stand_in_order(read: Read) -> None:
    """Of attributions whose contents begin at one place the first has the first number."""
    said = Attribution.cut("It rains.", content=[Span(0, 8)], kind=Kind.INDIRECT, score=1.0)
    page = read(to_html(Document(text="It rains.", attributions=(said,) * 11)))
    numbers = [known["data-a"] for name, known in page.elements if name == "a" and "data-a" in known]
    assert numbers == [str(number) for number in range(1, 12)]
