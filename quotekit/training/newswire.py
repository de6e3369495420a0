"""The worldwide newswire as labeled paragraphs: its spaces and sentence ends are put in by rule.

The corpus has tokens and paragraphs only. In news prose rules are enough to say where sentences end as long as
every full stop is a token of its own, which makes it a teacher for text where it is not.
"""

from __future__ import annotations

import functools
import json
import lzma
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from quotekit import lexicon
from quotekit.training.tokens import CLOSING, OPENING, Text, Token, abbreviations, is_opening

__all__ = ["read_newswire"]

TERMINALS = {".", "!", "?", "...", "…"}
UNSPACED = {",", ".", ";", ":", "!", "?", "%", "...", "…", "°", "™", "®", "/"} | CLOSING
CLITICS = {"s", "re", "ve", "ll", "d", "m", "t"}

_CLITIC = re.compile(r"(?:['’](?:s|re|ve|ll|d|m)|n['’]t)", re.IGNORECASE)
_INITIALS = re.compile(r"(?:[A-Z]\.)+")


def read_newswire(path: Path) -> Iterator[Text]:
    """The articles of the compressed JSONL file; entity tags are kept."""
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            tokens = (_join_stops(_join_clitics(s["tokens"], s["tags"])) for s in row["sentences"])
            paragraphs = (_end_sentences(_space(paragraph)) for paragraph in tokens if paragraph)
            yield Text(row["doc"], tuple(map(tuple, paragraphs)))


def _join_clitics(words: Iterable[str], tags: Iterable[str]) -> list[Token]:
    """Put together "world ’ s", "don ’ t" and "- -" as the treebank cuts them: "world ’s", "do n’t", "--"."""
    out: list[Token] = []
    for word, tag in ((part, tag) for token, tag in zip(words, tags, strict=True) for part in token.split()):
        before, last = (out[-2].text if len(out) > 1 else ""), (out[-1].text if out else "")
        if last in ("'", "’") and word in CLITICS and before[-1:].isalnum():
            out[-1] = Token(last + word)
        elif word == last == "-":
            out[-1] = Token("--")
        else:
            out.append(Token(word, entity=tag))
        if len(out) > 1 and out[-1].text in ("'t", "’t") and re.search(r"\wn$", out[-2].text):
            out[-2:] = [out[-2]._replace(text=out[-2].text[:-1]), Token("n" + out[-1].text)]
    return out


def _join_stops(tokens: Sequence[Token]) -> list[Token]:
    """Put together ". . .", "U . S ." and abbreviations with their stops."""
    out: list[Token] = []
    for number, token in enumerate(tokens):
        after = [following.text for following in tokens[number + 1 : number + 3]]
        if out and _goes_with(out[-1], token.text, after):
            out[-1] = out[-1]._replace(text=out[-1].text + token.text)
        else:
            out.append(token)
    return out


def _goes_with(last: Token, text: str, after: Sequence[str]) -> bool:
    """Whether a token of this text is the rest of the last one; `after` are the texts that follow it."""
    if _INITIALS.fullmatch(last.text) and len(text) == 1 and text.isupper():
        return after[:1] == ["."]
    if text != ".":
        return False
    known, form, following = abbreviations(), f"{last.text}.", after[0] if after else ""
    if last.text == ".":
        return following == "."
    if form in known.title:
        return following[:1].isupper()
    if form in known.number:
        return following[:1].isdigit()
    if len(form) == 2 and form[0].isupper():
        return last.entity.endswith("Person") or (len(following) == 1 and following.isupper() and after[1:] == ["."])
    return form in (*known.name, *known.word, "...") or _INITIALS.fullmatch(form) is not None


def _space(tokens: Sequence[Token]) -> list[Token]:
    """Say where white space stood, by the rules of English typography."""
    out: list[Token] = []
    open_marks: set[str] = set()
    glued = True  # whether the token stands right after the one before
    for number, token in enumerate(tokens):
        before = out[-1].text if out else ""
        following = tokens[number + 1].text if number + 1 < len(tokens) else ""
        space, glues = token.text not in UNSPACED, token.text in OPENING or token.text == "/"
        if _CLITIC.fullmatch(token.text):
            space = False
        elif token.text in ('"', "'"):
            space = glues = token.text not in open_marks and not (token.text == "'" and before[-1:] == "s")
            open_marks.symmetric_difference_update({token.text} if glues or token.text in open_marks else ())
        elif token.text in ("-", "–") and before[-1:].isalnum() and following[:1].isalnum():
            glues = token.text == "-" or (before[-1:].isdigit() and following[:1].isdigit())
            space = not glues
        out.append(token._replace(space=space and not glued))
        glued = glues
    return out


def _end_sentences(tokens: Sequence[Token]) -> list[Token]:
    """Mark the last token of every sentence: the stop, or the last closing mark after it."""
    out = list(tokens)
    for number, token in enumerate(tokens):
        if token.text in TERMINALS or _is_shortened(token.text):
            after = number + 1
            while after < len(tokens) and _closes(tokens, after):
                after += 1
            if _is_border(tokens, number, after):
                out[after - 1] = out[after - 1]._replace(ends=True)
    out[-1] = out[-1]._replace(ends=True)
    return out


def _is_shortened(text: str) -> bool:
    """Whether a token is an abbreviation that a sentence may end with."""
    known = abbreviations()
    return text[:1].isalnum() and text[-1] == "." and text not in (*known.title, *known.number)


def _closes(tokens: Sequence[Token], number: int) -> bool:
    token = tokens[number]
    return not token.space and (token.text in CLOSING or (token.text in ('"', "'") and not is_opening(tokens, number)))


def _is_border(tokens: Sequence[Token], stop: int, after: int) -> bool:
    """Whether a sentence ends between a stop, with the closing marks after it, and token number `after`."""
    if after >= len(tokens):
        return True
    first = next((t.text for t in tokens[after:] if t.text not in OPENING and t.text not in ('"', "'")), "")
    if not (first[:1].isupper() or first[:1].isdigit()):
        return False
    if _is_shortened(tokens[stop].text):
        return first.lower() in _sentence_openers()
    asked = after > stop + 1 and tokens[stop].text != "."
    return not (asked and _is_attribution(tokens[after : after + 6]))


@functools.cache
def _sentence_openers() -> frozenset[str]:
    """Words that are capitalized because a sentence opens with them, not because they are names."""
    words = lexicon.load()
    return words.prepositions | words.conjunctions | words.determiners.keys() | words.pronouns.keys()


def _is_attribution(tokens: Sequence[Token]) -> bool:
    """Whether a name and then a cue stand here, as after “Who knows?”"""
    name = 0
    while name < len(tokens) and tokens[name].text[0].isupper():
        name += 1
    return 0 < name < len(tokens) and tokens[name].text in lexicon.load().acts
