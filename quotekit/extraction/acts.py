"""What a cue does with its content: one of the acts, and whether it was done at all."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice

import attrs

from quotekit import lexicon
from quotekit.document import Act
from quotekit.extraction.parts import Parts
from quotekit.extraction.wording import read_wording, wording_of
from quotekit.extraction.words import first_words, is_manner, iterate_words, words_in
from quotekit.lexicon import Lexicon
from quotekit.spans import Span, hull

__all__ = ["act_of"]

LONGEST_FORM = 6  # words: "give the lie to", "was quoted as saying"
BEFORE = 60  # code points before a cue in which a negation is looked for
TAIL = 5  # words of a content that a form may run on into
WEAK = frozenset({Act.ASSERTS, Act.OTHER})
HEARER = "…"
ING = "-ing"

_BREAK = re.compile(r"[,.;:!?()\"“”]|\n")


@attrs.frozen
class _Form:
    """A cue of the tables: the words `start:end` of a cue and its content, and whether it tells what was not done."""

    start: int
    end: int
    text: str
    act: Act
    unsaid: bool = False


@attrs.frozen(kw_only=True)
class _Words:
    """The words that a form may be made of: those of the cue, and the first of the content after it.

    `hearer`: whether somebody is told between the two; `quoted`: whether the content's words are a quotation.
    """

    cue: tuple[str, ...]
    tail: tuple[str, ...]
    hearer: bool
    quoted: bool


def act_of(text: str, parts: Parts, lang: str = "en") -> tuple[Act, bool]:
    """What a cue does, and whether it is negated; a cue that is in no table asserts.

    A negation or a refusal counts in the cue, at the end of what leads up to it, and as the source ("nobody"). Cues
    like "called" and "said" are read with the content that follows them, its target left out.

    >>> act_of("The ministry declined to confirm losses.", Parts(cue=(Span(13, 32),), content=(Span(33, 39),)))
    (<Act.CONFIRMS: 'confirms'>, True)
    >>> act_of("Khan called it a disgrace.", Parts(cue=(Span(5, 11),), content=(Span(12, 25),)))
    (<Act.CRITICIZES: 'criticizes'>, False)
    """
    tables = lexicon.load(lang)
    wording = wording_of(text, parts, lang)
    if not parts.cue:
        return read_wording("neutral", Act.ASSERTS, wording, lang), False
    cue = hull(parts.cue)
    words = _Words(
        cue=_cue_words(text, cue, tables),
        tail=wording.keys[:TAIL] if parts.after_cue else (),
        hearer=any(target.start >= cue.end for target in parts.target),
        quoted=wording.quoted,
    )
    head = _head(words, tables)
    before = (*_leading(text, cue.start, lang), *words.cue[: head.start])
    after = (*words.cue[head.end :], *wording.keys[:TAIL])
    unknown = not head.text and not tables.negators.isdisjoint(words.cue)
    negated = _is_negated(before, after, tables) or unknown or _is_nobody(text, parts.source, tables)
    negated = negated != head.unsaid
    kind = tables.open_cues.get(head.text, "" if head.text else "neutral")
    return (read_wording(kind, head.act, wording, lang) if kind and not negated else head.act), negated


def _cue_words(text: str, cue: Span, tables: Lexicon) -> tuple[str, ...]:
    """The words of a cue, without adverbs where something else is left."""
    found = words_in(text, cue.start, cue.end, tables.lang)
    keys = tuple(word.key for word in found if not word.is_mark or word.key in tables.acts)
    return tuple(key for key in keys if not is_manner(key, tables)) or keys


def _leading(text: str, start: int, lang: str) -> tuple[str, ...]:
    """The words that lead up to a cue in its clause."""
    low = max(0, start - BEFORE)
    low = max((m.end() for m in _BREAK.finditer(text, low, start)), default=low)
    return tuple(word.key for word in words_in(text, low, start, lang))


def _head(words: _Words, tables: Lexicon) -> _Form:
    """The form that decides: the first that is no mere refusal, or a telling one right after it.

    "issued a statement denying" denies, "said in response to a question" does not ask.
    """
    found = list(_forms(words, tables))
    acting = [form for form in found if form.text not in tables.negators]
    if not acting:
        return _undone(words, tables) or (found or [_Form(len(words.cue), len(words.cue), "", Act.ASSERTS)])[-1]
    first = acting[0]
    if first.text in tables.light_verbs and first.end == len(words.cue):
        return _named(words, tables) or first
    for form in acting[1:] if first.act in WEAK and not first.unsaid else ():
        between = words.cue[first.end : form.start]
        if (
            form.act not in WEAK
            and form.text not in tables.prepositions
            and not (tables.prepositions - tables.auxiliaries).intersection(between)
        ):
            return form
    return first


def _undone(words: _Words, tables: Lexicon) -> _Form | None:
    """What was not done, where a cue only refuses and the content tells what: "declined | to comment"."""
    together = attrs.evolve(words, cue=words.cue + words.tail, tail=())
    forms = (form for form in _forms(together, tables) if form.start >= len(words.cue))
    return next((form for form in forms if _is_negated(together.cue[: form.start], (), tables)), None)


def _named(words: _Words, tables: Lexicon) -> _Form | None:
    """What the noun after a verb that says little tells: "expressed | deep regret"."""
    nouns = _forms(attrs.evolve(words, cue=words.tail, tail=()), tables)
    telling = next((form for form in nouns if form.act is not Act.ASSERTS or form.unsaid), None)
    return attrs.evolve(telling, start=len(words.cue), end=len(words.cue)) if telling else None


def _forms(words: _Words, tables: Lexicon) -> Iterator[_Form]:
    """The forms that begin in a cue from left to right, each as long as can be."""
    tail = () if words.quoted else words.tail
    plain, heard = (*words.cue, *tail), (*words.cue, HEARER, *tail)
    at = 0
    while at < len(words.cue):
        form = _form_at(heard, at, tables) if words.hearer else None
        if form is None or HEARER not in form.text:
            form = _split_form(words.cue, at, tables) or _form_at(plain, at, tables)
        if form:
            yield form
        at = form.end if form else at + 1


def _split_form(cue: Sequence[str], at: int, tables: Lexicon) -> _Form | None:
    """A verb and the preposition at the end of its cue, with what stands between: "warned | the bank | against"."""
    text = f"{cue[at]} {cue[-1]}"
    split = at + 2 < len(cue) and cue[-1] in tables.prepositions and text in tables.acts
    return _Form(at, len(cue), text, Act(tables.acts[text])) if split else None


def _form_at(words: Sequence[str], at: int, tables: Lexicon) -> _Form | None:
    """The longest form that begins with the word at `at`."""
    for end in range(min(at + LONGEST_FORM, len(words)), at, -1):
        forms = [" ".join(words[at:end])]
        if words[end - 1].endswith("ing"):
            forms.append(" ".join((*words[at : end - 1], ING)))
        for text in forms:
            if unsaid := tables.unsaid.get(text):
                return _Form(at, end, text, Act(unsaid), unsaid=True)
            if act := tables.acts.get(text):
                return _Form(at, end, text, Act(act))
    return None


def _is_negated(before: Sequence[str], after: Sequence[str], tables: Lexicon) -> bool:
    """Whether the words before a form end in a negation, auxiliaries and adverbs passed over."""
    if _is_affirmed(before, after, tables):
        return False
    for end in range(len(before), 0, -1):
        if any(" ".join(before[max(0, end - length) : end]) in tables.negators for length in (1, 2, 3)):
            return True
        passed = before[end - 1] in tables.auxiliaries or before[end - 1] in tables.subject_pronouns
        if not passed and not is_manner(before[end - 1], tables):
            return False
    return False


def _is_affirmed(before: Sequence[str], after: Sequence[str], tables: Lexicon) -> bool:
    """Whether what looks like a negation before a form is none: "did not hesitate to", "could not praise enough"."""
    words, openers = [key for key in before if not is_manner(key, tables)], first_words("affirmers", tables.lang)
    starts = range(max(0, len(words) - LONGEST_FORM + 1), len(words))
    phrases = [" ".join(words[start:]) for start in starts if words[start] in openers]
    if any(phrase in tables.affirmers for phrase in phrases):
        return True
    return any(f"{phrase} {HEARER} {key}" in tables.affirmers for phrase in phrases for key in after)


def _is_nobody(text: str, source: Sequence[Span], tables: Lexicon) -> bool:
    """Whether the source says that nobody did it: "neither minister", "no one", but not "No 10"."""
    if not source:
        return False
    keys = [word.key for word in islice(iterate_words(text, source[0].start, source[0].end, tables.lang), 2)]
    numbered = len(keys) > 1 and not keys[1].isalpha()
    return not numbered and any(" ".join(keys[:length]) in tables.negators for length in (1, 2))
