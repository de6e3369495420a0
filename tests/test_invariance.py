"""An article gives the same whatever is read with it: a property over made-up articles, on the real model."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quotekit import Attributor, Document, attribute, attribute_many

NAMES = ("Anna Berg", "Tomas Lind", "Nour Haddad", "Wei Chen", "Officials", "The harbor board")
CLAIMS = (
    "the bridge will stay closed until May",
    "nobody was told about the leak",
    "half of the bolts were rust and the other half were not there at all",
    "talks would go on",
    "the court had no choice but to let the two men go",
)
SENTENCES = (
    "{name} said that {claim}.",
    "“{claim}!” {name} told reporters. “It is what it is.”",
    "According to {name}, {claim}, although the minister had said “{claim}” a week before.",
    "Rain fell for two days.",
    '{name} (whose "view" is known) denied that {claim}',
)

sentence = st.builds(
    lambda form, name, claim: form.format(name=name, claim=claim),
    st.sampled_from(SENTENCES), st.sampled_from(NAMES), st.sampled_from(CLAIMS),
)  # fmt: skip
paragraph = st.lists(sentence, min_size=1, max_size=5).map(" ".join)
article = st.lists(paragraph, min_size=0, max_size=6).map("\n\n".join)
articles = st.lists(article, min_size=2, max_size=6)
several = settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])


@several
@given(articles)
def test_alone_and_in_a_batch(attributor: Attributor, texts: list[str]) -> None:
    """Every article of a batch gives what it gives alone."""
    assert list(attributor.attribute_many(texts)) == [attributor.attribute(text) for text in texts]


@several
@given(articles, st.randoms(use_true_random=False))
def test_in_another_order(attributor: Attributor, texts: list[str], chance) -> None:
    """The order of the articles changes nothing about any of them."""
    order = list(range(len(texts)))
    chance.shuffle(order)
    read = dict(zip(order, attributor.attribute_many(texts[i] for i in order), strict=True))
    assert [read[i] for i in range(len(texts))] == list(attributor.attribute_many(texts))


@pytest.fixture(scope="module")
def drawn() -> list[str]:
    """Articles as the properties draw them: enough for several batches."""
    found: list[str] = []

    @settings(max_examples=12, database=None, derandomize=True)
    @given(articles)
    def draw(texts: list[str]) -> None:
        found.extend(texts)

    draw()
    return found


def test_by_other_workers(attributor: Attributor, drawn: list[str]) -> None:
    """Processes of their own, which share the articles in other batches, give what this one gives."""
    assert list(attribute_many(drawn, workers=2)) == list(alone(attributor, drawn))


def alone(attributor: Attributor, texts: list[str]) -> Iterator[Document]:
    """Each text read by itself."""
    return (attributor.attribute(text) for text in texts)


EXAMPLES = Path(__file__).parent.parent / "examples" / "articles.jsonl"


def wrapped(text: str, width: int) -> str:
    """The text with line breaks for some of its spaces, so that no line is longer than `width`."""
    paragraphs = (textwrap.fill(p, width, break_long_words=False, break_on_hyphens=False) for p in text.split("\n"))
    return "\n".join(paragraphs)


@pytest.mark.parametrize("number", [0, 1])
@pytest.mark.parametrize("width", [60, 72])
def test_hard_wrapped_lines_change_nothing(number: int, width: int) -> None:
    """What is reported, and by whom, does not depend on where an article's lines were broken."""
    text = json.loads(EXAMPLES.read_text(encoding="utf-8").splitlines()[number])["text"]
    text = "\n".join(" ".join(line.split()) for line in text.split("\n"))
    broken = wrapped(text, width)
    assert len(broken) == len(text)
    one, other = (
        [(a.source, a.cue, a.content, [s.name for s in a.speakers]) for a in attribute(t).attributions]
        for t in (text, broken)
    )
    assert one == other
