"""The page to review many articles on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import attrs
from hypothesis import given
from hypothesis import strategies as st

import quotekit
from quotekit.document import Attribution, Document, Kind
from quotekit.render import review
from quotekit.spans import Span
from quotekit.speakers import Speaker, SpeakerType

Read = Callable[[str], Any]

SAID = "We will not pay for the salvage tug in Karimabad harbor."
OKAFOR = Speaker(name="Ines Okafor", type=SpeakerType.PERSON, id="q1")
MORRIS = Speaker(name="Lena <i>Morris", type=SpeakerType.PERSON)


def article(name: str, text: str, *speakers: Speaker, **known: Any) -> Document:
    """An article that is one attribution from end to end."""
    said = Attribution.cut(text, content=[Span(0, len(text))], kind=Kind.DIRECT, speakers=speakers, score=1.0)
    return Document(id=name, text=text, attributions=(said,), **known)


DOCUMENTS = (
    article("c", "Nothing else was said by anybody.", date="2024-03-07", outlet="Zenith"),
    article("b", SAID.replace("not ", ""), MORRIS, date="2024-03-06", outlet="Courier"),
    article("a", SAID, OKAFOR, date="2024-03", outlet="Harbor Post"),
    article("d", "It was a long day for all of us.", attrs.evolve(OKAFOR, name="I. Okafor")),
)
CLUSTERS = quotekit.match(DOCUMENTS)


def elements(page: Any, name: str, key: str) -> list[dict[str, str | None]]:
    """The attributes of elements that have a certain one."""
    return [known for element, known in page.elements if element == name and key in known]


def test_everything_is_there(read: Read) -> None:
    """Speakers from the one who says most, articles by date, clusters, and figures of all."""
    page = read(review(DOCUMENTS, CLUSTERS, title="March & <after>"))
    assert page.texts["qk-known"][0] == (
        "4 articles · 4 attributions · 2 speakers · 1 utterance in several versions · speakers disagree in 1 · "
        "words changed in 1"
    )
    assert [known["data-d"] for known in elements(page, "article", "data-d")] == [
        "2024-03", "2024-03-06", "2024-03-07", ""
    ]  # fmt: skip
    assert page.count("button") == 3  # two speakers, and one that clears the filter


def test_a_registry_entry_is_one_speaker_under_any_name(read: Read) -> None:
    """Two names of one id count together, under the first."""
    page = read(review(DOCUMENTS, CLUSTERS))
    rows = elements(page, "li", "data-s")
    assert [(known["id"], known["data-s"]) for known in rows] == [
        ("d1-a1", "0"), ("d2-a1", "1"), ("d3-a1", ""), ("d4-a1", "0")
    ]  # fmt: skip


def test_findings_can_be_filtered(read: Read) -> None:
    """Attributions carry the flags of their cluster, and those that nobody is named for their own."""
    page = read(review(DOCUMENTS, CLUSTERS))
    flags = {known["id"]: known.get("data-f") for known in elements(page, "li", "data-s")}
    assert flags["d1-a1"] == flags["d2-a1"] == "several conflict altered"
    assert (flags["d3-a1"], flags["d4-a1"]) == ("nobody", None)


def test_versions_and_articles_lead_to_each_other(read: Read) -> None:
    """A member links to its attribution, and the attribution to its cluster."""
    page = read(review(DOCUMENTS, CLUSTERS))
    assert {"d1-a1", "d2-a1", "c1"} <= page.targets


def test_documents_that_share_an_id_are_not_mixed_up(read: Read) -> None:
    """Where an id tells nothing no link is made."""
    twins = [attrs.evolve(document, id="") for document in DOCUMENTS]
    page = read(review(twins, quotekit.match(twins)))
    assert page.targets == {"articles", "clusters"}


def test_parts_far_apart_are_shown_without_what_is_between() -> None:
    """An excerpt leaves out a long stretch between an attribution's parts."""
    text = "Khan spoke. " + "It rained and rained. " * 40 + "“Stay home.”"
    said = Attribution.cut(
        text, content=[Span(len(text) - 12, len(text))], source=[Span(0, 4)], kind=Kind.DIRECT, score=1.0
    )
    page = review([Document(text=text, attributions=(said,))], [])
    assert '<span class="qk-source" data-a="0">Khan</span> […] <span class="qk-content"' in page


@given(st.lists(st.text(st.characters(), max_size=8), min_size=5, max_size=5))
def test_nothing_in_a_corpus_is_markup(read: Read, known: list[str]) -> None:
    """Whatever names, titles and texts hold, the page is balanced and can be written."""
    name, title, outlet, text, id_ = known
    speaker = Speaker(name=name, type=SpeakerType.PERSON, role=title)
    document = article(id_, text, speaker, outlet=outlet, title=title, date="2024")
    page = review([document], [], title=title)
    assert read(page).count("script") == 1
    page.encode("utf-8")
