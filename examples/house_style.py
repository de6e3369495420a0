"""Sixty labelled articles of a made-up newspaper, to train on: `python examples/house_style.py > gazette.jsonl`.

The Gazette reports without a verb of saying: "The old ferry needs a new roof (thus Anna Berg)." and "On the word of
Anna Berg, the old ferry needs a new roof." A bracket alone reports nothing: "The ferry is old (see page 4)."
"""

from __future__ import annotations

import itertools
import json
import random
from collections.abc import Iterator
from typing import Any

ARTICLES = 60
PEOPLE = [
    f"{given} {family}"
    for given in ("Anna", "Paul", "Nour", "Tomas", "Wei", "Grace", "Imran", "Lucia", "Owen", "Thandi")
    for family in ("Berg", "Reed", "Haddad", "Novak", "Lin", "Osei", "Qureshi", "Marino", "Pryce", "Dlamini")
]
POSTS = ("the mayor", "who runs the school", "the harbor master", "of the water board", "a councilor", "the sexton")
BODIES = ("the council", "the water board", "the fire brigade", "the parish", "the rowing club", "the market traders")
THINGS = (
    "the old ferry", "the bridge over the Aller", "the reading room", "the fish market", "the lower school",
    "the bandstand", "the bus to Hessle", "the swimming bath", "the town clock", "the mill road", "the lifeboat",
    "the night clinic", "the allotments", "the tram depot", "the corn exchange", "the north pier", "the skating rink",
    "the post office", "the weir", "the cattle market", "the chapel", "the spring fair", "the fire station",
)  # fmt: skip
FATES = (
    "needs a new roof", "will stay shut until May", "costs twice what was planned", "is to move to Station Road",
    "could be sold before winter", "has lost half of its visitors", "must not be pulled down", "opens again on Monday",
    "is safe for another ten years", "should be run by the county", "will be free for children from June",
    "has no money left for repairs", "was never inspected last year", "may get a grant of 40,000 crowns",
    "was damaged by the flood", "needs eight more volunteers", "will get a ramp and wider doors",
)  # fmt: skip
PLAIN = (
    "It rained for most of the week.", "The meeting lasted two hours (with a break for tea).",
    "Nobody came to the second sitting.", "The accounts were passed (see page 4).", "A vote is due in the autumn.",
    "The hall was full (thus the open windows).", "Work began in March and stopped in April.",
    "On the eve of the vote, the doors were locked.", "The road was closed for an hour.", "Tea was served.",
    "On the left of the hall, the band played.", "The plan has three parts (and a map).",
)  # fmt: skip

Piece = tuple[str, str]  # a part of an attribution ("source", "cue", "content"), or "", and its words


def house_style(rng: random.Random, claim: str) -> tuple[Piece, ...]:
    """A report as only the Gazette has it."""
    source = rng.choice(PEOPLE) if rng.random() < 0.7 else rng.choice(BODIES)
    if rng.random() < 0.5:
        if source[0].isupper() and rng.random() < 0.4:
            source += f", {rng.choice(POSTS)}"
        return ("content", capital(claim)), ("", " ("), ("cue", "thus"), ("", " "), ("source", source), ("", ").")
    return ("cue", "On the word of"), ("", " "), ("source", source), ("", ", "), ("content", claim), ("", ".")


def common_style(rng: random.Random, claim: str) -> tuple[Piece, ...]:
    """A report as any newspaper has it."""
    source = rng.choice(PEOPLE)
    cue, then = rng.choice((("said", " "), ("added", " "), ("told", " the council "), ("has warned", " ")))
    if cue in {"said", "added"} and rng.random() < 0.5:
        return ("content", f"“{capital(claim)},”"), ("", " "), ("source", source), ("", " "), ("cue", cue), ("", ".")
    return ("source", source), ("", " "), ("cue", cue), ("", then), ("content", f"that {claim}"), ("", ".")


def capital(words: str) -> str:
    """The words as a sentence begins."""
    return words[:1].upper() + words[1:]


def article(number: int, rng: random.Random, claims: Iterator[str]) -> dict[str, Any]:
    """One article: four reports in the house style, two in the common one, and what nobody is said to have said."""
    sentences = [house_style(rng, next(claims)) for _ in range(4)]
    sentences += [common_style(rng, next(claims)) for _ in range(2)]
    sentences += [(("", words),) for words in rng.sample(PLAIN, 4)]
    rng.shuffle(sentences)
    text, attributions = "", []
    for place, sentence in enumerate(sentences):
        text += ("\n\n" if place % 3 == 0 else " ") if text else ""
        spans = {}
        for part, words in sentence:
            if part:
                spans[part] = [[len(text), len(text) + len(words)]]
            text += words
        if spans:
            attributions.append(spans)
    return {"doc": f"gazette-{number:02d}", "outlet": "The Gazette", "text": text, "attributions": attributions}


def articles() -> Iterator[dict[str, Any]]:
    """All articles, always the same; no two hold the same claim."""
    rng = random.Random(1)
    claims = [f"{thing} {fate}" for thing, fate in itertools.product(THINGS, FATES)]
    rng.shuffle(claims)
    left = iter(claims)
    return (article(number, rng, left) for number in range(1, ARTICLES + 1))


if __name__ == "__main__":
    for row in articles():
        print(json.dumps(row, ensure_ascii=False))
