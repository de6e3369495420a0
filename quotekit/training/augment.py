"""Articles → other articles of the same labels: typography as newspapers have it, and page furniture.

PolNeAR is clean text of seven outlets. What else is met in the world is put in here: other quotation styles,
lost spaces, headlines that attribute, reader comments and bylines (in which nothing is to be found).
"""

from __future__ import annotations

import random
import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence

import attrs

from quotekit.training.readers import Article, Labelled

__all__ = ["Augmenter", "rewrite"]

Edit = tuple[int, int, str]
Ranges = tuple[tuple[int, int], ...]

STYLES = {
    "straight": ('"', '"', "'", "'"),
    "curly": ("“", "”", "‘", "’"),
    "british": ("‘", "’", "“", "”"),
    "straight british": ("'", "'", '"', '"'),
    "doubled": ("''", "''", "'", "'"),
    "wire": ("``", "''", "`", "'"),
    "guillemets": ("«", "»", "‹", "›"),
    "none": ("", "", "", ""),
}
STYLE_WEIGHTS = (30, 20, 12, 12, 8, 6, 2, 4)

_DOUBLE = re.compile(r"[“”\"]|''|``")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "June", "July", "Aug", "Sept", "Oct", "Nov", "Dec")


def rewrite(article: Article, edits: Iterable[Edit]) -> Article:
    """Apply edits (start, end, replacement), which must not overlap, and move every label with the text.

    >>> rewrite(Article(id="", text="a - b", mentions=((4, 5, "person"),)), [(1, 4, " – ")]).mentions
    ((4, 5, 'person'),)
    """
    edits = sorted(edits)
    starts: list[int] = []
    ends: list[int] = []
    shifts = [0]
    out: list[str] = []
    at = 0
    for start, end, new in edits:
        out += [article.text[at:start], new]
        at = end
        starts.append(start)
        ends.append(end)
        shifts.append(shifts[-1] + len(new) - (end - start))
    text = "".join([*out, article.text[at:]])

    def ranges(spans: Ranges) -> Ranges:
        # An insertion moves a span that starts there and does not lengthen one that ends there.
        placed = ((s + shifts[bisect_right(ends, s)], e + shifts[min(bisect_right(ends, e), bisect_left(starts, e))])
                  for s, e in spans)  # fmt: skip
        return tuple((s, e) for s, e in placed if s < e)

    attributions = article.attributions and tuple(
        Labelled(ranges(a.source), ranges(a.cue), ranges(a.content)) for a in article.attributions
    )
    mentions = article.mentions and tuple(
        (s, e, label) for start, end, label in article.mentions for s, e in ranges(((start, end),))
    )
    return attrs.evolve(article, text=text, attributions=attributions, mentions=mentions)


@attrs.frozen
class Augmenter:
    """Draws variants of articles; `names` and `remarks` are what reader comments are made of."""

    names: Sequence[str]
    remarks: Sequence[str]

    def __call__(self, article: Article, rng: random.Random) -> Article:
        """A variant of the article, drawn with `rng`; its labels move with its text."""
        steps: tuple[tuple[float, Callable[[Article, random.Random], Article]], ...] = (
            (0.45, restyle_quotations),
            (0.10, respace),
            (0.12, self.add_headline),
            (0.15, self.add_comments),
            (0.10, self.add_furniture),
        )
        for chance, step in steps:
            if rng.random() < chance:
                article = step(article, rng)
        return article

    def add_headline(self, article: Article, rng: random.Random) -> Article:
        """Put a headline on top that attributes a short content of the article: "Talks to go on: FO"."""
        short = [
            a
            for a in article.attributions or ()
            if len(a.content) == 1 and len(a.source) == 1 and a.source[0][1] - a.source[0][0] < 25
            and 20 < a.content[0][1] - a.content[0][0] < 80 and not _DOUBLE.search(article.text[slice(*a.content[0])])
        ]  # fmt: skip
        if not short:
            return article
        chosen = rng.choice(short)
        source = article.text[slice(*chosen.source[0])]
        content = re.sub(r"^that ", "", article.text[slice(*chosen.content[0])]).rstrip(".,")
        if source.lower() in {"he", "she", "they", "it", "i", "we", "who"}:
            source = rng.choice(self.names)
        content, source = content[:1].upper() + content[1:], source[:1].upper() + source[1:]
        if rng.random() < 0.3:
            content = content.title()
        parts = rng.choice(
            [
                [("content", content), ("cue", ":"), ("", " "), ("source", source)],
                [("content", content), ("", ", "), ("cue", rng.choice(("says", "say"))), ("", " "), ("source", source)],
                [("source", source), ("cue", ":"), ("", " "), ("content", content)],
                [("content", content), ("", " – "), ("source", source)],
            ]
        )
        if not any(part == "cue" for part, _ in parts):
            return _prefix(article, content + "\n\n", None)
        headline, spans = "", {"source": (), "cue": (), "content": ()}
        for part, words in parts:
            if part:
                spans[part] = ((len(headline), len(headline) + len(words)),)  # type: ignore[assignment]
            headline += words
        return _prefix(article, headline + "\n\n", Labelled(**spans))

    def add_comments(self, article: Article, rng: random.Random) -> Article:
        """Put reader comments under the article; nothing in them is an attribution."""
        comments = [self._comment(rng) for _ in range(rng.randint(1, 5))]
        return attrs.evolve(article, text=article.text.rstrip() + "\n\n" + "\n\n".join(comments))

    def _comment(self, rng: random.Random) -> str:
        name = rng.choice(self.names)
        name = rng.choice((name, name.split()[0], name.lower().replace(" ", "_")))
        day = f"{rng.choice(_MONTHS)} {rng.randint(1, 28):02d}, {rng.randint(2012, 2024)}"
        time = f"{rng.randint(1, 12):02d}:{rng.randint(0, 59):02d}{rng.choice(('am', 'pm', ' AM', ' PM', ''))}"
        header = rng.choice(
            (f"{name}\n{day} {time}", f"{name} says:\n{day} at {time}", f"{name}\n{rng.randint(2, 20)} hours ago", name)
        )
        body = " ".join(rng.choice(self.remarks) for _ in range(rng.randint(1, 3)))
        return f"{header}\n\n{body}"

    def add_furniture(self, article: Article, rng: random.Random) -> Article:
        """Put a byline above the article, or a notice in its middle or at its end."""
        name = rng.choice(self.names)
        day = f"{rng.choice(_MONTHS)} {rng.randint(1, 28)}, {rng.randint(2012, 2024)}"
        if rng.random() < 0.4:
            byline = rng.choice((f"By {name}\n\n", f"{name} | {day}\n\n", f"Our CorrespondentUpdated {day}\n\n"))
            return _prefix(article, byline, None)
        notice = rng.choice(
            (
                f"Also read: {rng.choice(self.remarks)}",
                f"READ MORE: {rng.choice(self.remarks)}",
                f"Published in print, {day}",
                f"Photo: {name}/Agency",
                f"{name} reports on politics.",
                "Advertisement",
                "Share this story",
            )
        )
        breaks = [m.start() for m in re.finditer("\n\n", article.text)]
        contents = [span for a in article.attributions or () for span in a.content]
        breaks = [b for b in breaks if not any(s <= b < e for s, e in contents)] or [len(article.text)]
        at = rng.choice((rng.choice(breaks), len(article.text)))
        return rewrite(article, [(at, at, f"\n\n{notice}")])


def _prefix(article: Article, words: str, label: Labelled | None) -> Article:
    article = rewrite(article, [(0, 0, words)])
    return attrs.evolve(article, attributions=((label,) if label else ()) + (article.attributions or ()))


def restyle_quotations(article: Article, rng: random.Random) -> Article:
    """Set all quotations in another style of marks (or, rarely, in none)."""
    opening, closing, single_opening, single_closing = STYLES[rng.choices(list(STYLES), STYLE_WEIGHTS)[0]]
    text, edits = article.text, []
    for match in _DOUBLE.finditer(text):
        mark, before = match.group(), text[max(0, match.start() - 1) : match.start()]
        opens = mark in {"“", "``"} or (mark in {'"', "''"} and (not before or before.isspace() or before in "([—–-"))
        edits.append((*match.span(), opening if opens else closing))
    for match in re.finditer(r"‘|(?<!\w)'(?=\w)|’(?!\w)|(?<=[\w.,?!])'(?!\w)", text):
        opens = match.group() == "‘" or text[match.end() : match.end() + 1].isalnum()
        if not any(s <= match.start() < e for s, e, _ in edits[-3:]) and text[match.start() - 1 : match.start()] != "'":
            edits.append((*match.span(), single_opening if opens else single_closing))
    kept, last = [], -1
    for edit in sorted(edits):
        if edit[0] >= last:
            kept.append(edit)
            last = edit[1]
    return rewrite(article, kept)


def respace(article: Article, rng: random.Random) -> Article:
    """Lose spaces after full stops, swap dashes and apostrophes, or turn paragraphs into single lines."""
    choice = rng.randrange(4)
    if choice == 0:
        edits = [(m.start() + 1, m.end(), "") for m in re.finditer(r"[.”\"] (?=[A-Z])", article.text)]
        edits = [e for e in edits if rng.random() < 0.3]
    elif choice == 1:
        edits = [(*m.span(), rng.choice((" - ", "--", " – "))) for m in re.finditer(r"\s?—\s?", article.text)]
    elif choice == 2:
        edits = [(*m.span(), "'") for m in re.finditer(r"(?<=\w)’(?=\w)", article.text)]
    else:
        edits = [(*m.span(), "\n") for m in re.finditer(r"\n\n+", article.text)]
    return rewrite(article, edits)
