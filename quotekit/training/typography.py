"""Paragraphs → the same, set as other newspapers would: to make the tokenizer sure of itself away from its corpora.

Quotation marks of every style, speech put around sentences that had none, titles and abbreviations before names,
datelines, dashes, and spaces that got lost.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Sequence

from quotekit.training.tokenizer_text import DOUBLE_MARKS, Paragraph, Token, is_opening

__all__ = ["Typesetter"]

Tokens = list[Token]

STYLES = {
    ("“", "”"): 8,
    ('"', '"'): 8,
    ("''", "''"): 4,
    ("``", "''"): 2,
    ("‘", "’"): 3,
    ("'", "'"): 2,
    ("«", "»"): 1,
    ("„", "“"): 1,
}
DASHES = ((" ", "–"), (" ", "—"), ("", "—"), (" ", "-"), (" ", "--"), ("", "--"))
TITLES = "Mr. Mrs. Ms. Dr. Prof. Gen. Lt. Col. Capt. Maj. Adm. Sen. Rep. Gov. Rev. Sgt. Brig. Hon.".split()
COMPANY = "Inc. Ltd. Corp. Co.".split()
MONTHS = {
    "January": "Jan.",
    "February": "Feb.",
    "August": "Aug.",
    "September": "Sept.",
    "October": "Oct.",
    "November": "Nov.",
    "December": "Dec.",
}
STATES = {"US": "U.S.", "USA": "U.S.A.", "UK": "U.K.", "UN": "U.N.", "EU": "E.U.", "UAE": "U.A.E."}
AGENCIES = ("Reuters", "AP", "AFP", "PTI", "Xinhua", "APP", "CNN")
PRONOUNS = ("he", "she", "they")
SPEAKERS = (
    "the minister|a spokesman|a spokeswoman|officials|the report|police|the prime minister|one resident|her lawyer|the"
    " company|a senior official|the Foreign Office|the White House|the Foreign Minister|a State Department official"
).split("|")
CUES = "said|says|said|added|told reporters|asked|tweeted|wrote|insisted|explained|warned|recalled|told CNN|told The Times".split(
    "|"
)
OCCASIONS = "on Monday|in a statement|at a news conference|in an interview|last week|in 2015|, adding that talks would go on".split(
    "|"
)
LOWERABLE = {"The", "It", "He", "She", "They", "We", "This", "A", "An", "There", "That", "In", "But", "And", "Some"}


class Typesetter:
    """Sets paragraphs anew, by chance; `names` are people's names to make speakers of."""

    def __init__(self, seed: int, names: Sequence[str]) -> None:
        self._random = random.Random(seed)
        self._names = names

    def vary(self, paragraph: Paragraph) -> Paragraph:
        """One paragraph set anew; labels move with their tokens."""
        steps: tuple[tuple[float, Callable[[Tokens], Tokens]], ...] = (
            (0.25, self._speak),
            (0.25, self._abbreviate),
            (0.04, self._dateline),
            (0.60, self._requote),
            (0.15, self._redash),
            (0.10, self._lose_spaces),
            (0.05, self._drop_last_stop),
            (0.01, lambda tokens: [t._replace(text=t.text.upper()) for t in tokens]),
            (0.01, lambda tokens: [t._replace(text=t.text.lower()) for t in tokens]),
        )
        tokens = list(paragraph)
        for chance, step in steps:
            if self._random.random() < chance:
                tokens = step(tokens)
        return tuple(tokens)

    def _speak(self, tokens: Tokens) -> Tokens:
        """Put some sentences in somebody's mouth."""
        sentences = _sentences(tokens)
        first = self._random.randrange(len(sentences))
        count = self._random.choice((1, 1, 1, 2, 2, 3))
        said, rest = sentences[first : first + count], sentences[first + count :]
        if any(len(s) < 4 or s[-1].text not in (".", "!", "?") for s in said) or any(
            t.text in DOUBLE_MARKS for t in tokens
        ):
            return tokens
        forms = (
            self._speech_first,
            self._speech_first,
            self._speaker_first,
            self._speech_alone,
            self._speech_twice,
            self._speech_broken,
        )
        spoken = self._random.choice(forms)(said)
        if self._random.random() < 0.25 and rest and rest[0][0].text in LOWERABLE:
            rest[0] = [
                *self._words(self._speaker_and_cue()),
                rest[0][0]._replace(text=rest[0][0].text.lower()),
                *rest[0][1:],
            ]
        return _flat([*sentences[:first], spoken, *rest])

    def _speech_first(self, said: list[Tokens]) -> Tokens:
        """“We met. We talked,” he said."""
        comma = [Token(",", False)] if said[-1][-1].text == "." else said[-1][-1:]
        close = [Token("”", False)]
        after = self._random.random() < 0.15 and comma[0].text == ","
        end = close + comma if after else [*comma, *close]
        return [*_open(_flat(said)[:-1]), *_going_on(end), *self._tail(), Token(".", False, True)]

    def _speaker_first(self, said: list[Tokens]) -> Tokens:
        """He said: “We met. We talked.”"""
        mark = Token(self._random.choice(",::"), False)
        return [*self._words(self._speaker_and_cue()), mark, *_quoted(said)]

    def _speech_alone(self, said: list[Tokens]) -> Tokens:
        """“We met. We talked.”"""
        return _quoted(said)

    def _speech_twice(self, said: list[Tokens]) -> Tokens:
        """“We met,” he said. “We talked.”"""
        return [*self._speech_first(said[:1]), *(_quoted(said[1:]) if said[1:] else [])]

    def _speech_broken(self, said: list[Tokens]) -> Tokens:
        """“We met,” he said, “and talked.”"""
        commas = [number for number, token in enumerate(said[0][:-2]) if token.text == "," and number > 1]
        if not commas:
            return self._speech_alone(said)
        at = self._random.choice(commas) + 1
        return [
            *_open(said[0][:at]),
            Token("”", False),
            *self._tail(),
            Token(",", False),
            *_quoted([said[0][at:], *said[1:]]),
        ]

    def _tail(self) -> Tokens:
        speaker, cue = self._speaker(), self._random.choice(CUES)
        text = f"{cue} {speaker}" if self._random.random() < 0.3 and " " not in cue else f"{speaker} {cue}"
        return self._words(text + (" " + self._random.choice(OCCASIONS) if self._random.random() < 0.3 else ""))

    def _speaker(self) -> str:
        return self._random.choice(
            (self._random.choice(self._names),) * 2 + (self._random.choice(SPEAKERS), self._random.choice(PRONOUNS))
        )

    def _speaker_and_cue(self) -> str:
        text = f"{self._speaker()} {self._random.choice(CUES)}"
        return text[0].upper() + text[1:]

    def _words(self, text: str) -> Tokens:
        return [Token(word, word != ",") for word in text.split()]

    def _abbreviate(self, tokens: Tokens) -> Tokens:
        """Titles before names, initials in them, short months, U.S. for US, Inc. after companies."""
        out: Tokens = []
        for token, after in zip(tokens, [*tokens[1:], Token("")], strict=True):
            kind = self._random.random()
            if token.entity == "B-Person" and kind < 0.4:
                out += [Token(self._random.choice(TITLES), token.space), token._replace(space=True)]
            elif token.entity == "B-Person" and after.entity == "I-Person" and kind < 0.6:
                out += [token, Token(self._random.choice("ABCDEFGHJKLMRSTW") + ".")]
            elif token.text in MONTHS and after.text[:1].isdigit():
                out.append(token._replace(text=MONTHS[token.text]))
            elif token.text in STATES:
                out.append(token._replace(text=STATES[token.text]))
            elif token.entity == "I-Organization" and after.entity == "O" and after.text.islower() and kind < 0.1:
                out += [token, Token(self._random.choice(COMPANY))]
            elif token.text == "." and out and out[-1].text in {*STATES.values(), *COMPANY} and not token.space:
                out[-1] = out[-1]._replace(ends=token.ends)
            else:
                out.append(token)
        return out

    def _dateline(self, tokens: Tokens) -> Tokens:
        """ISLAMABAD (Reuters) - The government …"""
        place = next((t.text for t in tokens if t.entity == "B-Location"), "LONDON")
        place = self._random.choice((place.upper(), place))
        agency = (
            [Token("("), Token(self._random.choice(AGENCIES), False), Token(")", False)]
            if self._random.random() < 0.5
            else []
        )
        mark = Token(":", False) if self._random.random() < 0.3 else Token(self._random.choice("-–—"))
        return [Token(place), *agency, mark, tokens[0]._replace(space=True), *tokens[1:]]

    def _requote(self, tokens: Tokens) -> Tokens:
        """Another style of quotation marks, and of apostrophes."""
        opening, closing = self._random.choices(tuple(STYLES), tuple(STYLES.values()))[0]
        apostrophe = self._random.choice("''’’’`") if self._random.random() < 0.3 else ""
        out: Tokens = []
        for number, token in enumerate(tokens):
            text = token.text
            if text in DOUBLE_MARKS:
                text = opening if is_opening(tokens, number) else closing
            elif apostrophe and len(text) > 1 and text.lower().strip("'’n") in ("s", "re", "ve", "ll", "d", "m", "t"):
                text = text.replace("'", apostrophe).replace("’", apostrophe)
            out.append(token._replace(text=text))
        return out

    def _redash(self, tokens: Tokens) -> Tokens:
        """Dashes between words: short, long or doubled, with spaces or without."""
        space, dash = self._random.choice(DASHES)
        out = list(tokens)
        for number, token in enumerate(tokens[:-1]):
            if token.text in ("–", "—", "--") and token.space:
                out[number] = token._replace(text=dash, space=bool(space))
                out[number + 1] = tokens[number + 1]._replace(space=bool(space))
        return out

    def _lose_spaces(self, tokens: Tokens) -> Tokens:
        """The space after a sentence, and around a quotation mark, is gone."""
        out = list(tokens)
        for number, (token, after) in enumerate(zip(tokens, tokens[1:], strict=False), start=1):
            at_border = token.ends and token.text[-1] in ".!?”\"'" and after.text[:1].isupper()
            at_mark = token.text in DOUBLE_MARKS or after.text in DOUBLE_MARKS
            if (at_border and self._random.random() < 0.5) or (at_mark and self._random.random() < 0.1):
                out[number] = after._replace(space=False)
        return out

    def _drop_last_stop(self, tokens: Tokens) -> Tokens:
        if len(tokens) > 3 and tokens[-1].text == ".":
            return [*tokens[:-2], tokens[-2]._replace(ends=True)]
        return tokens


def _sentences(tokens: Iterable[Token]) -> list[Tokens]:
    out: list[Tokens] = [[]]
    for token in tokens:
        out[-1].append(token)
        if token.ends:
            out.append([])
    return [sentence for sentence in out if sentence]


def _flat(sentences: Iterable[Tokens]) -> Tokens:
    return [token for sentence in sentences for token in sentence]


def _open(tokens: Tokens) -> Tokens:
    return [Token("“"), tokens[0]._replace(space=False), *tokens[1:]]


def _going_on(tokens: Tokens) -> Tokens:
    return [token._replace(ends=False) for token in tokens]


def _quoted(sentences: list[Tokens]) -> Tokens:
    """The sentences between quotation marks; the last ends with the closing one."""
    tokens = _flat(sentences)
    return [*_open(tokens[:-1]), *_going_on(tokens[-1:]), Token("”", False, True)]
