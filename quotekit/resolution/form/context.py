"""Speakers told by where an attribution stands: an "I" inside a quotation, a quotation that goes on."""

from __future__ import annotations

import bisect
from collections.abc import Sequence

import attrs

from quotekit import lexicon
from quotekit.document import Attribution, Document, How, Kind
from quotekit.lexicon import table
from quotekit.resolution.answers import is_body
from quotekit.resolution.form.continued import Running, is_bare
from quotekit.resolution.form.coordinated import told_by_subject
from quotekit.resolution.form.scene import Answers, Scene, passed_on
from quotekit.resolution.form.turns import told_by_turns
from quotekit.resolution.pronouns.antecedents import GENDERS
from quotekit.resolution.pronouns.relatives import goes_with_people, phrase_before_relative, several_before
from quotekit.spans import Span

__all__ = ["told_by_form"]

NEAREST = 12  # contents looked at for the one around a pronoun, and for the source of a cue without one


def told_by_form(scene: Scene, answers: Sequence[Answers]) -> list[Answers]:
    """The answers, with those that the form of the text tells once all sources are resolved.

    The labels of a transcript; the phrase that a "who" hangs on; a cue that goes on from the subject of its
    sentence; a quotation that fills a paragraph and goes on from the one before.
    """
    document = scene.document
    told = told_by_turns(scene, answers)
    order, _ = _in_order(document)
    running = Running(scene)
    for at, number in enumerate(order):
        attribution, near = document.attributions[number], order[max(0, at - NEAREST) : at]
        if attribution.source:
            told[number] = told[number] or _told_by_antecedent(scene, attribution.source[0])
        elif is_bare(attribution, document.text):
            told[number] = running.speakers(number, near, told)
        else:
            told[number] = told_by_subject(scene, attribution, near, told)
    return _told_by_place(document, told, scene.cast.lang)


def _told_by_antecedent(scene: Scene, source: Span) -> Answers:
    """Whom a "who" or "which" stands for that hangs on several names, or on a phrase that is none."""
    word = scene.document[source].casefold()
    if word not in scene.tables.relatives or word not in scene.tables.pronouns:
        return ()
    if several := several_before(source, scene.cast):
        return tuple(scene.named(member, How.PRONOUN, 0.8) for member in several)
    person = goes_with_people(word, scene.cast.lang)
    phrase = phrase_before_relative(source, scene.cast, person=person)
    found = scene.tell(phrase) if phrase else None
    if phrase is None or found is None or (person and is_body(scene.voices[found.voice])):
        return ()
    joined = not scene.tables.conjunctions.isdisjoint(word.key for word in scene.cast.words.inside(phrase))
    if joined and found.voice < len(scene.cast.members):  # one of several, the others of whom are not known by name
        return ()
    return passed_on((attrs.evolve(found, evidence=found.evidence or phrase),), How.PRONOUN, 0.8)


def _told_by_place(document: Document, answers: Sequence[Answers], lang: str = "en") -> list[Answers]:
    """The answers, with those of pronouns inside a quotation.

    An "I" or "we" in it is whoever says that quotation, a "he" is not; a "you" stays open.
    """
    order, starts = _in_order(document)
    pronouns, addressees = lexicon.load(lang).pronouns, table("addressees", lang)
    told = list(answers)
    for number in order:
        attribution = document.attributions[number]
        word = document[attribution.source[0]].casefold() if attribution.source else ""
        kind = pronouns.get(word)
        if word in addressees:
            told[number] = ()
        elif kind == "self" or (kind in GENDERS and told[number]):
            at = bisect.bisect_left(starts, attribution.source[0].start)
            around = _around(attribution, order[max(0, at - NEAREST) : at + 1], document)
            outer = told[around] if around is not None else ()
            if kind == "self":
                told[number] = passed_on(outer, How.PRONOUN, 0.9)
            elif {answer.voice for answer in outer} & {answer.voice for answer in told[number]}:
                told[number] = ()
    return told


def _in_order(document: Document) -> tuple[list[int], list[int]]:
    """The numbers of the attributions by the start of their contents, and those starts."""
    order = sorted(range(len(document.attributions)), key=lambda n: document.attributions[n].content[0].start)
    return order, [document.attributions[number].content[0].start for number in order]


def _around(attribution: Attribution, near: Sequence[int], document: Document) -> int | None:
    """The innermost attribution that quotes the words in which the source stands, word for word."""
    source = attribution.source[0]
    holding = [
        (len(content), number)
        for number in near
        for content in document.attributions[number].content
        if document.attributions[number] is not attribution and content.contains(source)
    ]
    around = min(holding)[1] if holding else None
    return around if around is not None and _quotes(document, document.attributions[around], source) else None


def _quotes(document: Document, attribution: Attribution, span: Span) -> bool:
    """Whether what an attribution has at `span` is quoted: in marks, or after a colon."""
    if attribution.kind is Kind.DIRECT or attribution.cue_text.endswith(":"):
        return True
    at = bisect.bisect_right(document.quotations, span.start, key=lambda quotation: quotation.start) - 1
    return at >= 0 and span.end <= document.quotations[at].end
