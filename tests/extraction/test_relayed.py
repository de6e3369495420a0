"""Sentences that close with who quoted whom."""

import pytest

from quotekit.document import Document
from quotekit.extraction.relayed import find_relayed
from quotekit.quotations import find_quotations
from quotekit.spans import Span


def found(text: str) -> list[tuple[str, str, str]]:
    """Source, cue and content of what a text of one sentence reports so."""
    document = Document(text=text, quotations=find_quotations(text))
    forms = find_relayed(document, [Span(0, len(text))])
    return [(document[form.source], document[form.cue], document[form.content[0]]) for form in forms]


@pytest.mark.parametrize(
    ("text", "source", "cue", "content"),
    [
        ("Trains stopped after the union accused the owners of theft, Xinhua quoted the mayor as saying.",
         "the mayor", "quoted", "Trains stopped after the union accused the owners of theft"),
        ("The port stays shut, the Gulf Times on Monday quoted Transport Minister Salem Haddad as saying.",
         "Transport Minister Salem Haddad", "quoted", "The port stays shut"),
        ("Prices will fall by June, Kyodo cited Aya Mori, the finance minister, as telling parliament on Friday.",
         "Aya Mori, the finance minister,", "cited", "Prices will fall by June"),
        ("The vaccine will be free, the health minister was quoted by Anadolu as saying.",
         "the health minister", "was quoted", "The vaccine will be free"),
        ("The talks are not over, she was quoted as saying by the Daily Star.",
         "she", "was quoted", "The talks are not over"),
        ("The dam is “as safe as ever”, state radio quoted the engineers as saying.",
         "the engineers", "quoted", "The dam is “as safe as ever”"),
        ("AHVAZ, May 3 (ISNA) — Two dams will be opened, the agency quoted the governor's deputy as saying.",
         "the governor's deputy", "quoted", "Two dams will be opened"),
    ],
    ids=["a report inside", "when", "an apposition", "by whom", "by whom at the end", "words in marks", "a dateline"],
)  # fmt: skip
def test_all_before_the_comma_is_what_was_said(text, source, cue, content):
    """The one who is quoted is the source, whoever quotes."""
    assert found(text) == [(source, cue, content)]


@pytest.mark.parametrize(
    "text",
    [
        "Khan, whom the paper quoted as saying the dam was safe, has resigned.",
        "The dam, state radio quoted the minister as saying, is quite safe.",
        "Asked why the bridge had failed, the engineer quoted a report as saying the bolts had rusted.",
        "On Tuesday, state radio quoted the minister as saying.",
        "“The dam is quite safe,” state radio quoted the minister as saying.",
        "The minister read a poem, which the paper quoted in full, as a warning.",
    ],
    ids=["a clause between", "in the middle", "content behind", "nothing but a day", "a quotation", "no saying"],
)
def test_other_sentences_are_left_alone(text):
    """Where the content stands elsewhere, or is a quotation, the model reads it."""
    assert found(text) == []


def test_the_end_of_a_quotation_is_left_alone():
    """A quotation of several sentences is read whole."""
    text = "“It is safe. We stand by every word of it,” state radio quoted the minister as saying."
    document = Document(text=text, quotations=find_quotations(text))
    assert list(find_relayed(document, [Span(0, 12), Span(13, len(text))])) == []
