"""What holds of any article however damaged: real ones with marks lost, sentences shuffled, scripts mixed."""

from __future__ import annotations

import io
import random
import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import quotekit
from quotekit import Attribution, Attributor, Document, Quotation, Registry, Span

EXAMPLES = Path(__file__).resolve().parent.parent / "examples"
MARKS = "\"'“”‘’«»„"
LONGEST = 1_500  # characters of an article that are kept
ODD = (
    "\ud800",
    "\x00",
    "\u202e",
    "\u200b",
    "\u0301",
    "\u00ad",
    "İ",
    "ß",
    "ﬁ",
    "\U0001f469\u200d\U0001f467",
    "\r\n",
    "\u2028",
)
SCRIPTS = ("وقال «نعم»", "他说：「你好」", "сказал „Да“", "εἶπε", "उसने कहा", "ว่าไม่", "👍🏽")

Damage = Callable[[str, random.Random], str]
few = settings(max_examples=25)


def marks_dropped(text: str, chance: random.Random) -> str:
    """Some marks are lost, as where a page was scanned."""
    return "".join("" if c in MARKS and chance.random() < 0.3 else c for c in text)


def marks_doubled(text: str, chance: random.Random) -> str:
    """Some marks stand twice, or another stands in their place."""
    return "".join(c + chance.choice(MARKS + c) if c in MARKS and chance.random() < 0.3 else c for c in text)


def spaces_lost(text: str, chance: random.Random) -> str:
    """Some words and paragraphs run together."""
    return "".join("" if c.isspace() and chance.random() < 0.1 else c for c in text)


def sentences_shuffled(text: str, chance: random.Random) -> str:
    """What belongs together stands apart, and marks open and close anywhere."""
    parts = re.split(r"(?<=[.!?])\s+", text)
    chance.shuffle(parts)
    return chance.choice((" ", "\n\n")).join(parts)


def scripts_mixed(text: str, chance: random.Random) -> str:
    """Words of other scripts stand between the words."""
    return " ".join(f"{word} {chance.choice(SCRIPTS)}" if chance.random() < 0.1 else word for word in text.split(" "))


def letters_odd(text: str, chance: random.Random) -> str:
    """Some characters are others that few programs expect."""
    return "".join(chance.choice(ODD) if chance.random() < 0.02 else c for c in text)


DAMAGES: Sequence[Damage] = (
    marks_dropped, marks_doubled, spaces_lost, sentences_shuffled, scripts_mixed, letters_odd,
)  # fmt: skip
damages = st.lists(st.sampled_from(DAMAGES), min_size=1, max_size=4)


@pytest.fixture(scope="module")
def knowing() -> Attributor:
    """An attributor that knows the speakers of the example articles."""
    return Attributor(Registry.load(EXAMPLES / "registry.json"))


def damaged(data: st.DataObject, seeds: Sequence[Mapping[str, str]]) -> Mapping[str, str]:
    """A stretch of an example article, damaged in a few ways."""
    seed, chance = data.draw(st.sampled_from(seeds)), data.draw(st.randoms(use_true_random=False))
    start = data.draw(st.integers(0, max(0, len(seed["text"]) - LONGEST)))
    text = seed["text"][start : start + LONGEST]
    for damage in data.draw(damages):
        text = damage(text, chance)
    return {**seed, "text": text}


def read(attributor: Attributor, item: Mapping[str, str]) -> Document:
    """The document of an item; an exception is the test's failure."""
    return attributor.attribute(
        item["text"], date=item["date"], outlet=item.get("outlet"), title=item["title"], doc_id=item["doc"]
    )


def in_order(spans: Sequence[Span], text: str) -> bool:
    """Whether spans lie in the text, hold something, and come one after another."""
    ends = [0, *(span.end for span in spans)]
    return all(end <= span.start < span.end <= len(text) for end, span in zip(ends, spans, strict=False))


def nested(quotations: Sequence[Quotation], text: str) -> bool:
    """Whether quotations cut the text, come one after another, and lie inside those that hold them."""
    return in_order([q.span for q in quotations], text) and all(
        q.text == text[q.span.slice]
        and all(q.span.contains(child.span) for child in q.children)
        and nested(q.children, text)
        for q in quotations
    )


def ancestors(attribution: Attribution, document: Document) -> list[Attribution]:
    """Those an attribution stands inside, the nearest first, as far as they can be followed."""
    found: list[Attribution] = []
    while attribution.parent is not None and len(found) <= len(document.attributions):
        attribution = document.attributions[attribution.parent]
        found.append(attribution)
    return found


@few
@given(data=st.data())
def test_every_text_is_cut_from_the_article(
    knowing: Attributor, seeds: Sequence[Mapping[str, str]], data: st.DataObject
) -> None:
    """Spans lie in the text in their order, and what they cut is what stands on the record."""
    item = damaged(data, seeds)
    document, text = read(knowing, item), item["text"]
    assert document.text == text
    assert nested(document.quotations, text)
    assert all(mention.text == text[mention.span.slice] for mention in document.mentions)
    for a in document.attributions:
        assert a.content
        assert all(in_order(spans, text) for spans in (a.content, a.cue, a.source, a.target))
        cuts = [" ".join(document[span] for span in spans) for spans in (a.content, a.cue, a.source)]
        assert cuts == [a.text, a.cue_text, a.source_text]


@few
@given(data=st.data())
def test_everything_that_is_referred_to_is_there(
    knowing: Attributor, seeds: Sequence[Mapping[str, str]], data: st.DataObject
) -> None:
    """Parents lead outward and end, evidence and issues lie in the text, scores in 0..1, and speakers are listed."""
    document = read(knowing, damaged(data, seeds))
    whole = Span(0, len(document.text))
    pointed = [i.span for i in document.issues] + [a.resolution.evidence for a in document.attributions if a.resolution]
    assert all(span is None or whole.contains(span) for span in pointed)
    for a in document.attributions:
        assert a.parent is None or 0 <= a.parent < len(document.attributions)
        assert len(ancestors(a, document)) < len(document.attributions)
        assert 0 <= a.score <= 1
        assert set(a.speakers) <= set(document.speakers)


@few
@given(data=st.data())
def test_it_can_be_written(knowing: Attributor, seeds: Sequence[Mapping[str, str]], data: st.DataObject) -> None:
    """As a JSON line it comes back equal, and it has a page."""
    document = read(knowing, damaged(data, seeds))
    line = io.StringIO()
    quotekit.write_jsonl([document], line)
    assert list(quotekit.read_jsonl(io.StringIO(line.getvalue()))) == [document]
    assert quotekit.to_html(document).endswith("</html>\n")
