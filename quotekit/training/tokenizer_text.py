"""Treebank and newswire → paragraphs of tokens with their spaces and sentence ends, to train the tokenizer on.

GUM says where its words and sentences end. The worldwide newswire has tokens and paragraphs only: its spaces and
its sentence ends are put in by rule here, which news prose allows as long as every full stop is its own token.
"""

from __future__ import annotations

import functools
import json
import lzma
import re
from collections.abc import Iterator, Mapping, Sequence
from importlib import resources
from pathlib import Path
from typing import NamedTuple

import attrs
import numpy as np

from quotekit import lexicon
from quotekit.analysis.characters import INSIDE, SENTENCE_END, WORD_END, Labels

__all__ = ["Abbreviations", "Paragraph", "Text", "Token", "is_opening", "read_gum", "read_newswire", "render"]

TERMINALS = {".", "!", "?", "...", "…"}
DOUBLE_MARKS = {'"', "“", "”", "''", "``", "«", "»", "„"}
OPENING = {"“", "‘", "«", "``", "„", "‹", "(", "[", "{", "$", "£", "€", "₹", "₡", "#", "@"}
CLOSING = {"”", "’", "»", "''", "›", ")", "]", "}"}
UNSPACED = {",", ".", ";", ":", "!", "?", "%", "...", "…", "°", "™", "®", "/"} | CLOSING

_TABLE = "data/en/abbreviations.tsv"
_CLITIC = re.compile(r"(?:['’](?:s|re|ve|ll|d|m)|n['’]t)", re.IGNORECASE)
_INITIALS = re.compile(r"(?:[A-Z]\.)+")


class Token(NamedTuple):
    """One token: its text, whether white space stands before it, whether a sentence ends with it, its entity tag."""

    text: str
    space: bool = True
    ends: bool = False
    entity: str = "O"


Paragraph = tuple[Token, ...]


class Text(NamedTuple):
    """One document of a corpus."""

    id: str
    paragraphs: tuple[Paragraph, ...]


@attrs.frozen
class Abbreviations:
    """What `data/en/abbreviations.tsv` knows: forms with their stop, by what stands beside them, and the long forms."""

    title: tuple[str, ...]
    number: tuple[str, ...]
    name: tuple[str, ...]
    word: tuple[str, ...]
    short: Mapping[str, str]  # long form → short form

    @classmethod
    @functools.cache
    def load(cls) -> Abbreviations:
        """The table, read once."""
        lines = resources.files("quotekit").joinpath(_TABLE).read_text(encoding="utf-8").splitlines()
        rows = [(*line.split("\t"), "")[:3] for line in lines if line and not line.startswith("#")]
        beside = {
            place: tuple(form for form, where, _ in rows if where == place)
            for place in ("title", "number", "name", "word")
        }
        return cls(**beside, short={long: form for form, _, long in rows if long})


def render(paragraph: Sequence[Token]) -> tuple[str, Labels]:
    """The running text of a paragraph and the label of each of its characters.

    >>> render([Token("Go"), Token("!", space=False, ends=True)])
    ('Go!', array([0, 1, 2]))
    """
    text, labels = "", []
    for token in paragraph:
        gap = " " if token.space and text else ""
        text += gap + token.text
        labels += [INSIDE] * (len(gap) + len(token.text) - 1) + [SENTENCE_END if token.ends else WORD_END]
    return text, np.array(labels, dtype=np.int64)


def is_opening(tokens: Sequence[Token], number: int) -> bool:
    """Whether a double quotation mark opens, by the spaces around it where its form does not say."""
    token = tokens[number]
    if token.text not in ('"', "''"):
        return token.text in OPENING
    glued_left = number > 0 and not token.space and tokens[number - 1].text not in OPENING
    return not glued_left and number + 1 < len(tokens) and not tokens[number + 1].space


# --- GUM -----------------------------------------------------------------------------------------------------------


def read_gum(path: Path) -> Iterator[Text]:
    """The documents of a CoNLL-U file that marks its paragraphs; the parts of "don't" are two tokens."""
    name, paragraphs = "", [[]]
    with lzma.open(path, "rt", encoding="utf-8") as file:
        for block in file.read().split("\n\n"):
            lines = block.splitlines()
            for line in lines:
                if line.startswith("# newdoc id"):
                    if name:
                        yield Text(name, tuple(tuple(p) for p in paragraphs if p))
                    name, paragraphs = line.partition("= ")[2], [[]]
                elif line == "# newpar":
                    paragraphs.append([])
            sentence = _read_sentence([line.split("\t") for line in lines if line[:1].isdigit()])
            if sentence:
                paragraphs[-1] += [*sentence[:-1], sentence[-1]._replace(ends=True)]
    yield Text(name, tuple(tuple(p) for p in paragraphs if p))


def _read_sentence(rows: list[list[str]]) -> list[Token]:
    tokens: list[Token] = []
    space = True
    last_part = 0
    for number, form, *_, misc in rows:
        if "." in number:
            continue
        if "-" in number:
            first, last_part = map(int, number.split("-"))
            parts = [row[1] for row in rows if row[0].isdigit() and first <= int(row[0]) <= last_part]
            forms = parts if "".join(parts) == form else [form]
        elif int(number) <= last_part:
            continue
        else:
            forms = [form]
        tokens += [Token(part, space and at == 0) for at, part in enumerate(forms)]
        space = "SpaceAfter=No" not in misc
    return tokens


# --- newswire ------------------------------------------------------------------------------------------------------


def read_newswire(path: Path) -> Iterator[Text]:
    """The worldwide newswire, one paragraph each of its "sentences"; entity tags are kept."""
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            paragraphs = (_end_sentences(_space(_rejoin(s["tokens"], s["tags"]))) for s in row["sentences"])
            yield Text(row["doc"], tuple(tuple(p) for p in paragraphs if p))


def _rejoin(words: Sequence[str], tags: Sequence[str]) -> list[Token]:
    """Put together what the corpus cuts too small: "’ s", ". . .", "U . S ." and abbreviations with their stops."""
    cut = [(part, tag) for word, tag in zip(words, tags, strict=True) for part in word.split()]
    out: list[Token] = []
    for number, (word, tag) in enumerate(cut):
        after = [part for part, _ in cut[number + 1 : number + 3]]
        last = out[-1].text if out else ""
        if word == "." and (
            _takes_stop(out, after) or last == ".." or (last == "." and (after[:1] == ["."] or last == ".."))
        ):
            out[-1] = out[-1]._replace(text=last + word)
        elif word in ("'t", "’t") and last[-1:] == "n" and len(last) > 1:
            out[-1:] = [out[-1]._replace(text=last[:-1]), Token(f"n{word}", False)]
        elif word == last == "-":
            out[-1] = Token("--")
        elif last in ("'", "’") and len(out) > 1 and word == "t" and out[-2].text[-1:] == "n" and len(out[-2].text) > 1:
            out[-2] = out[-2]._replace(text=out[-2].text[:-1])
            out[-1] = Token(f"n{last}t", False)
        elif (
            last in ("'", "’")
            and len(out) > 1
            and out[-2].text[-1:].isalnum()
            and word in ("s", "re", "ve", "ll", "m", "d")
        ):
            out[-1] = Token(last + word, False)
        elif _INITIALS.fullmatch(last) and len(word) == 1 and word.isupper() and after[:1] == ["."]:
            out[-1] = out[-1]._replace(text=last + word)
        else:
            out.append(Token(word, entity=tag))
    return out


def _takes_stop(before: Sequence[Token], after: Sequence[str]) -> bool:
    """Whether a full stop belongs to the token before it."""
    if not before:
        return False
    last, following = before[-1], after[0] if after else ""
    known = Abbreviations.load()
    if f"{last.text}." in known.title:
        return following[:1].isupper()
    if f"{last.text}." in known.number:
        return following[:1].isdigit()
    if len(last.text) == 1 and last.text.isupper():
        return last.entity.endswith("Person") or (following.isupper() and len(following) == 1 and after[1:] == ["."])
    return f"{last.text}." in (*known.name, *known.word) or _INITIALS.fullmatch(f"{last.text}.") is not None


def _space(tokens: Sequence[Token]) -> list[Token]:
    """Say where white space stood, by the rules of English typography."""
    out: list[Token] = []
    open_marks: set[str] = set()
    glue = False  # whether the next token stands right after this one
    for number, token in enumerate(tokens):
        following = tokens[number + 1].text if number + 1 < len(tokens) else ""
        before = out[-1].text if out else ""
        space, glue_next = not glue and token.text not in UNSPACED, token.text in OPENING or token.text == "/"
        if _CLITIC.fullmatch(token.text):
            space = False
        elif token.text in ('"', "'"):
            closes = token.text in open_marks or (token.text == "'" and before[-1:] == "s")
            open_marks ^= {token.text} if token.text in open_marks or not closes else set()
            space, glue_next = not closes and not glue, not closes
        elif token.text in ("-", "–") and before[-1:].isalnum() and following[:1].isalnum():
            tight = token.text == "-" or (before[-1:].isdigit() and following[:1].isdigit())
            space, glue_next = not tight, tight
        out.append(token._replace(space=space and number > 0))
        glue = glue_next
    return out


def _end_sentences(tokens: Sequence[Token]) -> list[Token]:
    """Mark the last token of every sentence, which is the closing mark where one follows the stop."""
    out = list(tokens)
    for number, token in enumerate(tokens):
        if token.text in TERMINALS or _is_shortened(token.text):
            after = number + 1
            while after < len(tokens) and _closes(tokens, after):
                after += 1
            if _is_border(tokens, number, after):
                out[after - 1] = out[after - 1]._replace(ends=True)
    if out:
        out[-1] = out[-1]._replace(ends=True)
    return out


def _is_shortened(text: str) -> bool:
    known = Abbreviations.load()
    return len(text) > 1 and text[-1] == "." and text not in (*known.title, *known.number) and text[0] != "."


def _closes(tokens: Sequence[Token], number: int) -> bool:
    token = tokens[number]
    return not token.space and (token.text in CLOSING or (token.text in ('"', "'") and not is_opening(tokens, number)))


def _is_border(tokens: Sequence[Token], stop: int, after: int) -> bool:
    """Whether a sentence ends between the stop, with the closing marks after it, and token number `after`."""
    if after >= len(tokens):
        return True
    first = next((t.text for t in tokens[after:] if t.text not in OPENING and t.text not in ('"', "'")), "")
    if not (first[:1].isupper() or first[:1].isdigit()):
        return False
    if _is_shortened(tokens[stop].text):
        return first.lower() in _sentence_openers() and not _INITIALS.fullmatch(tokens[stop].text + first)
    quoted = after > stop + 1 and tokens[stop].text in ("!", "?", "…", "...")
    return not (quoted and _is_attribution(tokens[after : after + 6]))


@functools.cache
def _sentence_openers() -> frozenset[str]:
    words = lexicon.load()
    return words.prepositions | words.conjunctions | words.determiners.keys() | words.pronouns.keys()


def _is_attribution(tokens: Sequence[Token]) -> bool:
    """Whether a name and a cue follow each other, as after “Who knows?”"""
    for number, token in enumerate(tokens):
        if token.text in lexicon.load().acts:
            return number > 0
        if not token.text[0].isupper():
            return False
    return False
