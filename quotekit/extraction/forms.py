"""Attributions that the form of a line shows, without a word of language: signed quotations and transcripts.

“They never asked us.” — Sunita Rao, shopkeeper        (a quotation, a dash, a name to the end of the line)

RIVERA: When did you know?                             (names that come back at the heads of lines)
OKAFOR: Never.
"""

from __future__ import annotations

import re
import statistics
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

import attrs

from quotekit.document import Document, Quotation
from quotekit.spans import Span

__all__ = ["Form", "find_forms"]

LONGEST_SIGNATURE = 12  # words
FEWEST_TURNS = 4  # in which two names come back
SHORTEST_TURN = 3  # words, in the middle: below that a list of names and figures is no conversation

_LINE = re.compile(r"[^\n]*\S")
_SIGNATURE = re.compile(
    r"[.,]?[^\S\n]*\n?[^\S\n]*(?P<dash>[—–―]|--?)[^\S\n]*(?P<name>[^\W\d_][^\n“”\"]*?)[.\s]*(?:\n|$)"
)
_TURN = re.compile(
    r"[^\S\n]*(?P<mark>[“\"]?)(?P<name>[^\W\d_][\w.'’-]*(?:[^\S\n][^\W\d_][\w.'’-]*){0,4})(?P<colon>:)[^\S\n]+(?P<said>\S)"
)
_STAGE_DIRECTION = re.compile(r"\s*[“\"]?[(\[].*[)\]]\W*")


@attrs.frozen(kw_only=True)
class Form:
    """One attribution by its form: its content, the dash or colon that is its cue, and its source."""

    content: tuple[Span, ...]
    cue: Span
    source: Span


@attrs.frozen
class _Turn:
    """A line of a transcript: its number among the lines, the name at its head, and what is said in it."""

    line: int
    name: str
    quoted: bool
    source: Span
    colon: Span
    said: Span


def find_forms(document: Document) -> tuple[Form, ...]:
    """The signed quotations and the turns of transcripts in a document, in order."""
    lines = [Span(*line.span()) for line in _LINE.finditer(document.text)]
    found = [*_signed(document.text, document.quotations), *_turns(document.text, lines)]
    return tuple(sorted(found, key=lambda form: form.content[0]))


def _signed(text: str, quotations: Sequence[Quotation]) -> Iterator[Form]:
    """Quotations that open a line and are signed behind their end."""
    for quotation in quotations:
        opens_line = not text[text.rfind("\n", 0, quotation.start) + 1 : quotation.start].strip(" \t\u00a0•*-–—―")
        signature = _SIGNATURE.match(text, quotation.end)
        if not opens_line or signature is None or not _is_name(signature["name"]):
            continue
        dash, name = Span(*signature.span("dash")), Span(*signature.span("name"))
        yield Form(content=(quotation.span,), cue=dash, source=name)


def _is_name(words: str) -> bool:
    """Whether a signature can be one: short, opening with a capital, and no sentence that goes on."""
    return words[0].isupper() and len(words.split()) <= LONGEST_SIGNATURE and not re.search(r"[a-z]{3}[.?!;:] ", words)


def _turns(text: str, lines: Sequence[Span]) -> Iterator[Form]:
    """The turns of a transcript: lines headed by names of which at least two come back."""
    heads = [_turn(text, number, line) for number, line in enumerate(lines)]
    turns = [turn for turn in heads if turn is not None]
    if len(turns) < FEWEST_TURNS:
        return
    back = {name for name, times in Counter(turn.name for turn in turns).items() if times > 1}
    if len(back) < 2 or statistics.median(len(text[turn.said.slice].split()) for turn in turns) < SHORTEST_TURN:
        return
    numbers = [turn.line for turn in turns if turn.name in back]
    turns = [turn for turn in turns if numbers[0] <= turn.line <= numbers[-1]]
    for turn, following in pairwise([*turns, None]):
        if turn is None:
            continue
        rest = lines[turn.line + 1 : following.line] if following else ()
        contents = [turn.said, *(s for line in rest if (s := _continuation(text, line, turn)) is not None)]
        yield Form(content=tuple(contents), cue=turn.colon, source=turn.source)


def _turn(text: str, number: int, line: Span) -> _Turn | None:
    head = _TURN.match(text, line.start, line.end)
    if head is None or not all(word[0].isupper() or "." in word for word in head["name"].split()):
        return None
    said = Span(head.start("said"), line.end)
    if head["mark"] and text[said.end - 1] in '”"' and not re.search(r"[“\"]", text[said.start : said.end - 1]):
        said = Span(said.start, said.end - 1)
    return _Turn(number, head["name"], bool(head["mark"]), Span(*head.span("name")), Span(*head.span("colon")), said)


def _continuation(text: str, line: Span, turn: _Turn) -> Span | None:
    """What a line between two turns adds to the first: all of it, unless it is a stage direction."""
    words = text[line.slice]
    if _STAGE_DIRECTION.fullmatch(words) or (turn.quoted and words.lstrip()[:1] not in ("“", '"')):
        return None
    lead = len(words) - len(words.lstrip(' \t\u00a0“"' if turn.quoted else " \t\u00a0"))
    return Span(line.start + lead, line.end) if lead < len(words) else None
