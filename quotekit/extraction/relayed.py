"""Sentences that close with who quoted whom: "The dam is safe, state radio quoted the minister as saying."

What such a sentence reports is all that stands before, with the reports inside it: "Trains stopped after the union had
accused the owners of theft, Xinhua quoted the mayor as saying."
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from quotekit import lexicon
from quotekit.document import Document, Quotation
from quotekit.extraction.clauses import Clause
from quotekit.extraction.forms import Form
from quotekit.extraction.parts import Parts
from quotekit.extraction.phrases import phrase_before
from quotekit.extraction.words import words_in
from quotekit.spans import Span

__all__ = ["find_relayed"]

FEWEST_SAID = 4  # words: what is shorter may be a time or a place
LONGEST_DATELINE = 10  # words and marks

_DASHES = frozenset("—–-")


def find_relayed(document: Document, sentences: Sequence[Span], lang: str = "en") -> Iterator[Form]:
    """What is reported by those of some sentences that close so, in order; what is all in quotation marks is left out.

    >>> text = "The dam is quite safe, state radio quoted the minister as saying."
    >>> [(text[form.source.slice], form.content) for form in find_relayed(Document(text=text), [Span(0, len(text))])]
    [('the minister', (Span(start=0, end=21),))]
    """
    tables = lexicon.load(lang)
    verbs = tuple(verb for verb, whom in tables.relays.items() if whom == "anybody")
    for sentence in sentences:
        written = document[sentence]
        if any(verb in written for verb in verbs):
            words = words_in(document.text, sentence.start, sentence.end, lang)
            form = _close(Clause(words, 0, 0, Parts(), tables))
            if form and not _is_quoted(form.content[0], document.quotations):
                yield form


def _is_quoted(content: Span, quotations: Sequence[Quotation]) -> bool:
    """Whether the beginning or the end of a content stands in quotation marks, so that they tell how far it goes."""
    first = bisect_right(quotations, content.start, key=lambda quotation: quotation.end)
    last = bisect_left(quotations, content.end, key=lambda quotation: quotation.start)
    near = quotations[first:last]
    return any(quotation.start <= content.start or quotation.end > content.end for quotation in near)


def _close(clause: Clause) -> Form | None:
    """The form of a sentence, read back from its last "as saying" to the comma before who quotes or is quoted."""
    tables = clause.tables
    as_ = next((i for i in range(len(clause.words) - 2, 0, -1) if clause.says_as(i)), 0)
    verb = next((i for i in range(as_ - 1, 0, -1) if tables.relays.get(clause.key(i)) == "anybody"), 0)
    subject = clause.subject(verb)
    first, comma = _after_dateline(clause), subject.start - 1
    told = sum(not word.is_mark for word in clause.words[first : max(first, comma)])
    if not (verb and subject and clause.key(comma) == "," and told >= FEWEST_SAID and _ends(clause, as_ + 1)):
        return None
    if not clause.is_passive(verb):
        quoted, cue = range(verb + 1, as_), range(verb, verb + 1)
        named = phrase_before(clause.words[verb + 1 : as_], len(quoted), tables.lang) == 0
    else:
        quoted, cue = subject, range(clause.verb_start(verb), verb + 1)
        named = _after_maker(clause, verb + 1) == as_
    if not named or not clause.is_somebody(quoted.start, quoted.stop):
        return None
    return Form(
        content=(clause.span(first, comma),), cue=clause.span(cue.start, cue.stop),
        source=clause.span(quoted.start, quoted.stop),
    )  # fmt: skip


def _after_dateline(clause: Clause) -> int:
    """The index after where and when an article was written: "AHVAZ, May 3 (ISNA) — | Water will be released"."""
    opening = clause.words[:LONGEST_DATELINE]
    dash = next((i for i, word in enumerate(opening) if word.text in _DASHES), 0)
    named = all(word.is_capital or word.is_mark or word.key.isdigit() for word in opening[:dash])
    return dash + 1 if dash and named else 0


def _ends(clause: Clause, verb: int) -> bool:
    """Whether a sentence ends with a verb of saying, but for whom it was said to, when, and by whom it is quoted."""
    at = verb + 1
    if "object" in clause.tables.targets.get(clause.key(verb), "").split():
        at = clause.phrase_end(at)
    at = clause.past_times(_after_maker(clause, clause.past_times(at)))
    return all(word.is_mark for word in clause.words[at:])


def _after_maker(clause: Clause, at: int) -> int:
    """The index after "by" and the phrase that follows it, or `at`."""
    return clause.phrase_end(at + 1) if clause.key(at) in clause.tables.makers else at
