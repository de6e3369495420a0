"""What a cue does with its content: one of the acts, and whether it was done at all."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from quotekit import lexicon
from quotekit.document import Act
from quotekit.lexicon import Lexicon

__all__ = ["act_of"]

LONGEST_FORM = 5  # words: "make it clear", "was quoted as saying"
WEAK = frozenset({Act.ASSERTS, Act.OTHER})
_WORD = re.compile(r"\w+(?=n['’]t\b)|n['’]t\b|\w+(?:[-'’]\w+)*|[:–—]")
_BREAK = re.compile(r"[,.;:!?()\"“”]|\n")


class _Found(NamedTuple):
    """A form of the table in a cue: the words `start:end` of it."""

    start: int
    end: int
    act: Act


def act_of(cue_text: str, context_before: str, lang: str = "en") -> tuple[Act, bool]:
    """What a cue does, and whether it is negated; a cue that is in no table asserts.

    `context_before` is the text that leads up to the cue: a negation or a refusal at its end counts.

    >>> act_of("confirm", "The ministry declined to ")
    (<Act.CONFIRMS: 'confirms'>, True)
    >>> act_of("has denied", "Khan ")
    (<Act.DENIES: 'denies'>, False)
    """
    tables = lexicon.load(lang)
    cue = _words(cue_text)
    head = _head(list(_forms(cue, tables)), cue, tables)
    before = _words(_BREAK.split(context_before)[-1]) + cue[: head.start]
    return head.act, _negated(before, tables)


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())


def _forms(words: Sequence[str], tables: Lexicon) -> Iterator[_Found]:
    """The forms in a cue from left to right, each as long as can be."""
    at = 0
    while at < len(words):
        for length in range(min(LONGEST_FORM, len(words) - at), 0, -1):
            if act := tables.acts.get(" ".join(words[at : at + length])):
                yield _Found(at, at + length, Act(act))
                at += length
                break
        else:
            at += 1


def _head(found: Sequence[_Found], cue: Sequence[str], tables: Lexicon) -> _Found:
    """The form that decides: the first that is no mere refusal, or a telling one right after it.

    "issued a statement denying" denies, "said in response to a question" does not ask.
    """
    acting = [form for form in found if " ".join(cue[form.start : form.end]) not in tables.negators] or found
    if not acting:
        return _Found(len(cue), len(cue), Act.ASSERTS)
    first = acting[0]
    for form in acting[1:] if first.act in WEAK else ():
        between = cue[first.end : form.start]
        if form.act not in WEAK and not (tables.prepositions - tables.auxiliaries).intersection(between):
            return form
    return first


def _negated(before: Sequence[str], tables: Lexicon) -> bool:
    """Whether the words before a form end in a negation, auxiliaries and adverbs passed over."""
    end = len(before)
    while end and (before[end - 1] in tables.auxiliaries or _is_adverb(before[end - 1], tables)):
        end -= 1
    return any(" ".join(before[max(0, end - length) : end]) in tables.negators for length in (1, 2, 3))


def _is_adverb(word: str, tables: Lexicon) -> bool:
    return "-ly" in tables.auxiliaries and word.endswith("ly") and len(word) > len("only")
