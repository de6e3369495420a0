"""Paragraphs → the same, set as other newspapers would: to make the tokenizer sure of itself away from its corpora.

Quotation marks of every style, speech made of sentences that nobody said, titles, initials and abbreviations,
datelines, dashes, dots, and spaces that got lost.
"""

from __future__ import annotations

import itertools
import random
from collections.abc import Callable, Iterable, Sequence

from quotekit.training.tokens import DOUBLE_MARKS, Paragraph, Token, abbreviations, is_opening

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
APOSTROPHES = ("'", "’", "`")
AGENCIES = ("Reuters", "AP", "AFP", "PTI", "Xinhua", "APP", "CNN")
PRONOUNS = ("he", "she", "they")
SPEAKERS = (
    "the minister",
    "a spokesman",
    "a spokeswoman",
    "officials",
    "police",
    "the report",
    "the prime minister",
    "one resident",
    "her lawyer",
    "a senior official",
    "the Foreign Office",
    "a State Department official",
)
CUES = (
    "said",
    "said",
    "says",
    "added",
    "asked",
    "told reporters",
    "tweeted",
    "wrote",
    "insisted",
    "warned",
    "told CNN",
)
OCCASIONS = ("on Monday", "in a statement", "at a news conference", "in an interview", "last week", "in 2015")
LOWERABLE = {"The", "It", "He", "She", "They", "We", "This", "A", "An", "There", "That", "In", "But", "And", "Some"}


class Typesetter:
    """Sets paragraphs anew, by chance; `names` are people's names to make speakers of."""

    def __init__(self, seed: int, names: Sequence[str]) -> None:
        self._random = random.Random(seed)
        self._names = names
        self._known = abbreviations()

    def vary(self, paragraph: Paragraph) -> Paragraph:
        """One paragraph set anew; the ends of sentences move with their tokens."""
        steps: tuple[tuple[float, Callable[[Tokens], Tokens]], ...] = (
            (0.30, self._speak),
            (0.30, self._name),
            (0.30, self._abbreviate),
            (0.04, self._dateline),
            (0.03, self._bracket),
            (0.08, self._put_dots),
            (0.60, self._requote),
            (0.15, self._redash),
            (0.10, self._lose_spaces),
            (0.05, _drop_last_stop),
            (0.01, lambda tokens: [t._replace(text=t.text.upper()) for t in tokens]),
            (0.01, lambda tokens: [t._replace(text=t.text.lower()) for t in tokens]),
        )
        tokens = list(paragraph)
        for chance, step in steps:
            if self._by_chance(chance):
                tokens = step(tokens)
        return tuple(tokens)

    def _by_chance(self, chance: float) -> bool:
        return self._random.random() < chance

    # --- speech

    def _speak(self, tokens: Tokens) -> Tokens:
        """Put some sentences in somebody's mouth."""
        sentences = _sentences(tokens)
        first = self._random.randrange(len(sentences))
        last = first + self._random.choice((1, 1, 1, 2, 2, 3))
        said, rest = sentences[first:last], sentences[last:]
        if any(len(s) < 4 or s[-1].text not in (".", "!", "?") for s in said) or DOUBLE_MARKS & {
            t.text for t in tokens
        }:
            return tokens
        if self._by_chance(0.3):
            said[-1][-1] = said[-1][-1]._replace(text=self._random.choice("?!"))
        forms = (self._speech_first, self._speech_twice, self._speech_broken, self._speaker_first, self._speech_alone)
        spoken = self._random.choices(forms, (3, 1, 1, 1, 2))[0](said)
        if rest and rest[0][0].text in LOWERABLE and self._by_chance(0.3):
            rest[0] = [*self._speaker_and_cue(), rest[0][0]._replace(text=rest[0][0].text.lower()), *rest[0][1:]]
        return _flat([*sentences[:first], spoken, *rest])

    def _speech_first(self, said: list[Tokens]) -> Tokens:
        """“We met. We talked,” he said."""
        *words, stop = _flat(said)
        stop = stop._replace(text="," if stop.text == "." else stop.text, ends=False)
        end = [stop, Token("”", False)]
        if stop.text == "," and self._by_chance(0.2):
            end.reverse()
        return [*_opened(words), *end, *self._tail(), Token(".", False, True)]

    def _speech_twice(self, said: list[Tokens]) -> Tokens:
        """“We met,” he said. “We talked.”"""
        return [*self._speech_first(said[:1]), *(_quoted(said[1:]) if said[1:] else [])]

    def _speech_broken(self, said: list[Tokens]) -> Tokens:
        """“We met,” he said, “and talked.”"""
        commas = [number for number, token in enumerate(said[0][:-2], start=1) if token.text == "," and number > 2]
        if not commas:
            return self._speech_first(said)
        at = self._random.choice(commas)
        rest = [said[0][at:], *said[1:]]
        return [*_opened(said[0][:at]), Token("”", False), *self._tail(), Token(",", False), *_quoted(rest)]

    def _speaker_first(self, said: list[Tokens]) -> Tokens:
        """He said: “We met. We talked.”"""
        return [*self._speaker_and_cue(), Token(self._random.choice(",::"), False), *_quoted(said)]

    def _speech_alone(self, said: list[Tokens]) -> Tokens:
        """“We met. We talked.” and at times — Ali Khan"""
        tokens = _quoted(said)
        if self._by_chance(0.8):
            return tokens
        name = _words(self._random.choice(self._names))
        return [*tokens[:-1], tokens[-1]._replace(ends=False), Token("—"), *name[:-1], name[-1]._replace(ends=True)]

    def _tail(self) -> Tokens:
        speaker, cue = self._speaker(), self._random.choice(CUES)
        words = f"{cue} {speaker}" if " " not in cue and self._by_chance(0.3) else f"{speaker} {cue}"
        return _words(words + (f" {self._random.choice(OCCASIONS)}" if self._by_chance(0.3) else ""))

    def _speaker(self) -> str:
        name = self._random.choice(self._names)
        title = f"{self._random.choice(self._known.title)} " if self._by_chance(0.2) else ""
        return self._random.choice((title + name, title + name, *self._random.choices((*SPEAKERS, *PRONOUNS), k=2)))

    def _speaker_and_cue(self) -> Tokens:
        words = f"{self._speaker()} {self._random.choice(CUES)}"
        return _words(words[0].upper() + words[1:])

    # --- names and abbreviations

    def _name(self, tokens: Tokens) -> Tokens:
        """Titles before names, and initials in them."""
        out: Tokens = []
        for token, after in zip(tokens, [*tokens[1:], Token("")], strict=True):
            if token.entity == "B-Person" and self._by_chance(0.4):
                titles = [Token(self._random.choice(self._known.title))]
                if self._by_chance(0.3):
                    titles.append(Token(self._random.choice(self._known.title)))
                out += [titles[0]._replace(space=token.space), *titles[1:]]
                token = token._replace(space=True)
            if token.entity == "B-Person" and token.text[:1].isupper() and self._by_chance(0.2):
                initials = [Token(f"{letter}.") for letter in self._random.choices("ABCDEFGHJKLMRSTW", k=2)]
                if after.entity == "I-Person" and self._by_chance(0.5):
                    out += [token, initials[0]]
                    continue
                out += [initials[0]._replace(space=token.space), *initials[1 : self._random.choice((1, 2))]]
                token = token._replace(space=True)
            out.append(token)
        return out

    def _abbreviate(self, tokens: Tokens) -> Tokens:
        """Jan. for January and U.S. for US; No. before numbers; Inc. and etc. between words."""
        short = self._known.short
        out: Tokens = []
        for token, after in zip(tokens, [*tokens[1:], Token("")], strict=True):
            number = token.text[:1].isdigit() and token.space
            word = token.text.isalpha() and token.text.islower()
            if token.text in short and (after.text[:1].isdigit() or token.text.isupper()):
                out.append(token._replace(text=short[token.text]))
            elif token.text == "." and not token.space and out and out[-1].text in short.values():
                out[-1] = out[-1]._replace(ends=token.ends)
            elif number and self._by_chance(0.2):
                out += [Token(self._random.choice(self._known.number), token.space), token]
            elif word and out and out[-1].text.isalpha() and token.space and self._by_chance(0.03):
                out += [Token(self._random.choice((*self._known.name, *self._known.word))), token]
            elif token.text == "." and token.ends and not token.space and self._by_chance(0.03):
                out += [Token("in"), Token("the"), Token(self._random.choice(("U.S.", "U.K.", "U.A.E.")), True, True)]
            else:
                out.append(token)
        return out

    # --- marks and spaces

    def _dateline(self, tokens: Tokens) -> Tokens:
        """ISLAMABAD (Reuters) - The government …"""
        place = next((token.text for token in tokens if token.entity == "B-Location"), "London")
        agency = [Token("("), Token(self._random.choice(AGENCIES), False), Token(")", False)]
        mark = Token(":", False) if self._by_chance(0.3) else Token(self._random.choice("-–—"))
        head = [Token(place.upper() if self._by_chance(0.6) else place), *(agency if self._by_chance(0.5) else [])]
        return [*head, mark, tokens[0]._replace(space=True), *tokens[1:]]

    def _bracket(self, tokens: Tokens) -> Tokens:
        """(A sentence between brackets.)"""
        sentences = _sentences(tokens)
        at = self._random.randrange(len(sentences))
        sentences[at] = _enclosed(sentences[at], "(", ")")
        return _flat(sentences)

    def _put_dots(self, tokens: Tokens) -> Tokens:
        """Dots for a comma, for a full stop, or between two words."""
        dots = self._random.choice(("...", "...", "…"))
        out = list(tokens)
        for number, token in enumerate(tokens):
            if token.text in (",", ".") and not token.space and self._by_chance(0.2):
                out[number] = token._replace(text=dots, space=self._by_chance(0.3))
        return out

    def _requote(self, tokens: Tokens) -> Tokens:
        """Another style of quotation marks, and at times of apostrophes."""
        opening, closing = self._random.choices(tuple(STYLES), tuple(STYLES.values()))[0]
        apostrophe = self._random.choice(APOSTROPHES) if self._by_chance(0.3) else ""
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
        """The space after a sentence, or beside a quotation mark, is gone."""
        out = list(tokens)
        for number, (token, after) in enumerate(itertools.pairwise(tokens), start=1):
            at_border = token.ends and token.text[-1] in ".!?”\"'" and after.text[:1].isupper()
            at_mark = token.text in DOUBLE_MARKS or after.text in DOUBLE_MARKS
            if (at_border and self._by_chance(0.5)) or (at_mark and self._by_chance(0.1)):
                out[number] = after._replace(space=False)
        return out


def _drop_last_stop(tokens: Tokens) -> Tokens:
    if len(tokens) < 4 or tokens[-1].text != ".":
        return tokens
    return [*tokens[:-2], tokens[-2]._replace(ends=True)]


def _sentences(tokens: Iterable[Token]) -> list[Tokens]:
    out: list[Tokens] = [[]]
    for token in tokens:
        out[-1].append(token)
        if token.ends:
            out.append([])
    return [sentence for sentence in out if sentence]


def _flat(sentences: Iterable[Tokens]) -> Tokens:
    return [token for sentence in sentences for token in sentence]


def _words(text: str) -> Tokens:
    return [Token(word) for word in text.split()]


def _opened(tokens: Tokens, mark: str = "“") -> Tokens:
    return [Token(mark), tokens[0]._replace(space=False), *tokens[1:]]


def _enclosed(tokens: Tokens, opening: str, closing: str) -> Tokens:
    """The tokens between two marks, of which the second ends the sentence."""
    return [*_opened([*tokens[:-1], tokens[-1]._replace(ends=False)], opening), Token(closing, False, True)]


def _quoted(sentences: list[Tokens]) -> Tokens:
    return _enclosed(_flat(sentences), "“", "”")
