"""Where a place of an article stands."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from quotekit.document import Document
from quotekit.resolution.setting import Setting
from quotekit.spans import Span

TEXT = "Berg spoke. {“It is late. We go,”} [Okafor] said. [He] left {a note}."


@pytest.fixture
def setting(marked: Callable[..., Document]) -> Setting:
    """The setting of the text above, with its four sentences."""
    document = marked(TEXT)
    return Setting(document, [Span(0, 11), Span(12, 24), Span(25, 45), Span(46, len(document.text))])


def at(setting: Setting, word: str) -> int:
    """Where a word stands."""
    return setting.text.index(word)


def test_sentence_is_the_one_that_holds_a_place(setting: Setting) -> None:
    """Sentences are numbered from 0, and begin where they begin."""
    assert [setting.sentence(at(setting, word)) for word in ("Berg", "late", "Okafor", "note")] == [0, 1, 2, 3]
    assert setting.sentence_start(at(setting, "note")) == at(setting, "He left")


def test_sentences_in_a_span(setting: Setting) -> None:
    """Those that begin in it, the last cut at its end, and no more than are asked for."""
    span = Span(at(setting, "spoke"), at(setting, "said"))
    assert [setting.text[s.slice].strip() for s in setting.sentences_in(span, 5)] == ["“It is late.", "We go,” Okafor"]
    assert len(setting.sentences_in(span, 1)) == 1


def test_sentence_ends_where_the_next_begins(setting: Setting) -> None:
    """The last ends with the text."""
    assert setting.sentence_end(at(setting, "Berg")) == at(setting, "“It")
    assert setting.sentence_end(at(setting, "note")) == len(setting.text)


def test_steps_pass_over_sentences_of_quotation(setting: Setting) -> None:
    """A sentence that is quotation throughout is no step, but it lies between."""
    berg, okafor = at(setting, "Berg"), at(setting, "Okafor")
    assert setting.away(berg, okafor) == 2
    assert setting.steps(berg, okafor) == 1


def test_quotation_is_the_one_around_a_place(setting: Setting) -> None:
    """Its marks belong to it; outside of all there is none."""
    quotation = setting.quotation(at(setting, "late"))
    assert quotation is not None
    assert setting.text[quotation.slice] == "“It is late. We go,”"
    assert setting.quotation(at(setting, "Okafor")) is None


def test_voice_of_a_quotation_is_its_source(setting: Setting) -> None:
    """A quotation that is a content is said by the source of that."""
    quotation = setting.quotation(at(setting, "late"))
    assert quotation is not None
    voice = setting.voice_of(quotation)
    assert voice is not None
    assert setting.text[voice.slice] == "Okafor"


def test_content_of_a_source(setting: Setting) -> None:
    """A source has its contents; what is no source has none."""
    he = at(setting, "He")
    assert [setting.text[span.slice] for span in setting.content_of(Span(he, he + 2))] == ["a note"]
    assert setting.content_of(Span(0, 4)) == ()


def test_in_source(setting: Setting) -> None:
    """A span stands in a source where the two overlap."""
    okafor = at(setting, "Okafor")
    assert setting.in_source(Span(okafor, okafor + 3))
    assert not setting.in_source(Span(0, 4))


def test_no_sentences_are_one(marked: Callable[..., Document]) -> None:
    """Where the sentences are not known, everything stands in the first."""
    setting = Setting(marked("[Berg] said {no}. [He] left {a note}."), [])
    assert (setting.sentence(20), setting.sentence_start(20), setting.steps(0, 20)) == (0, 0, 0)
