"""Headlines that end with who says it, as South Asian, British and agency desks write them: "Talks to continue: FO"."""

from __future__ import annotations

import re

from quotekit import lexicon
from quotekit.document import Document, MentionType
from quotekit.extraction.forms import Form
from quotekit.extraction.nouns import is_body_noun, is_person_noun
from quotekit.extraction.words import words_in
from quotekit.spans import Span

__all__ = ["find_headline"]

FEWEST_SAID = 4  # words: below that the line may be a rubric ("Weather: Snow")
LONGEST_NAME = 4
LONGEST_ACRONYM = 6  # letters
LONGEST = 300  # code points of a headline

_HEADLINE = re.compile(r"(?P<said>.*[^\s:])(?P<colon>:)\s+(?P<name>[^\W\d_][^:.!?,“”‘\"]*?)\s*")


def find_headline(document: Document, lang: str = "en") -> Form | None:
    """The report in a document's first line, where a colon and somebody's name or post end it.

    A name is what is mentioned, there or below, as a person or a body (so the document's mentions must be known), or an
    acronym.

    >>> find_headline(Document(text="New port opens in May: minister\\nShips will come."))
    Form(content=(Span(start=0, end=21),), cue=Span(start=21, end=22), source=Span(start=23, end=31))
    """
    start = len(document.text) - len(document.text.lstrip())
    found = _HEADLINE.fullmatch(document.text, start, document.text.find("\n", start, start + LONGEST))
    if found is None:
        return None
    said, name = Span(*found.span("said")), Span(*found.span("name"))
    words = words_in(document.text, said.start, said.end, lang)
    asks = words[0].key in lexicon.load(lang).question_words
    if asks or sum(not word.is_mark for word in words) < FEWEST_SAID or not _is_somebody(document, name, lang):
        return None
    return Form(content=(said,), cue=Span(*found.span("colon")), source=name)


def _is_somebody(document: Document, name: Span, lang: str) -> bool:
    words, written = words_in(document.text, name.start, name.end, lang), document[name]
    if len(words) > LONGEST_NAME:
        return False
    named = (m for m in document.mentions if m.type is not MentionType.PLACE)
    if any(m.span.contains(name) or m.text == written for m in named):
        return True
    acronym = len(words) == 1 and 1 < len(written) <= LONGEST_ACRONYM and written.isupper()
    tables = lexicon.load(lang)
    return acronym or is_person_noun(words[-1], tables) or is_body_noun(words[-1], tables)
