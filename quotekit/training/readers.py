"""The labelled data → training articles: text and labelled spans of code points."""

from __future__ import annotations

import json
import lzma
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TextIO

import attrs

from quotekit.extraction.nested import inner_span
from quotekit.spans import Span
from quotekit.training.markup import MarkedArticle, MarkedAttribution, read_markup

__all__ = [
    "Article",
    "Labelled",
    "contents",
    "outer",
    "read_entities",
    "read_polnear",
    "read_remarks",
    "read_written",
]

ENTITY_TYPES = {"Person": "person", "Organization": "organization", "Location": "place", "Facility": "place"}
REMARK_GENRES = ("_reddit_", "_conversation_", "_vlog_", "_speech_", "_letter_", "_essay_", "_court_")
_CLOSING = re.compile(r"[,.;:?!)\]%]|['’]\w{0,2}$|n['’]t$")


@attrs.frozen
class Labelled:
    """One gold attribution: ranges of code points for each part."""

    source: tuple[tuple[int, int], ...]
    cue: tuple[tuple[int, int], ...]
    content: tuple[tuple[int, int], ...]


@attrs.frozen(kw_only=True)
class Article:
    """One training text. `attributions` or `mentions` is `None` where the corpus does not label them."""

    id: str
    text: str
    attributions: tuple[Labelled, ...] | None = None
    mentions: tuple[tuple[int, int, str], ...] | None = None


def _open(path: Path) -> TextIO:
    return lzma.open(path, "rt", encoding="utf-8") if path.suffix == ".xz" else open(path, encoding="utf-8")


def read_polnear(path: Path) -> Iterator[Article]:
    """PolNeAR's articles with their attributions, as they are labelled."""
    with _open(path) as lines:
        for line in lines:
            row = json.loads(line)
            parts = [{p: tuple(map(tuple, a[p])) for p in ("source", "cue", "content")} for a in row["attributions"]]
            labels = tuple(Labelled(**p) for p in parts)
            yield Article(id=row["doc"], text=row["text"], attributions=labels)


def read_written(folder: Path) -> Iterator[Article]:
    """Our own labelled articles, and their contents as articles of their own, as the library reads them again."""
    for path in sorted(folder.glob("*.txt")):
        for article in read_markup(path):
            yield outer(article)
            yield from (body for _, body in contents(article))


def outer(article: MarkedArticle) -> Article:
    """A labelled article as it is read first: attributions inside others count as words of those."""
    labels = (Labelled(a.source, a.cue, a.content) for a in article.attributions if a.parent is None)
    return Article(id=article.id, text=article.text, attributions=tuple(labels))


def contents(article: MarkedArticle) -> Iterator[tuple[int, Article]]:
    """The contents of a labelled article as texts of their own, and where each begins.

    What is labelled in one is the attributions inside it.
    """
    for number, attribution in enumerate(article.attributions):
        inside = [a for a in article.attributions if a.parent == number]
        for start, end in attribution.content:
            body = inner_span(article.text, Span(start, end))
            if body is not None:
                labels = tuple(_moved(a, body) for a in inside if all(body.contains(Span(*s)) for s in a.content))
                inner = Article(id=f"{article.id}/{number}", text=article.text[body.slice], attributions=labels)
                yield body.start, inner


def _moved(attribution: MarkedAttribution, body: Span) -> Labelled:
    """The parts of an attribution that lie in `body`, counted from its start."""

    def ranges(spans: tuple[tuple[int, int], ...]) -> tuple[tuple[int, int], ...]:
        return tuple((s - body.start, e - body.start) for s, e in spans if body.contains(Span(s, e)))

    return Labelled(ranges(attribution.source), ranges(attribution.cue), ranges(attribution.content))


def read_entities(path: Path) -> Iterator[Article]:
    """The worldwide newswire: its tokens set as running text again, with its people, organizations and places."""
    with _open(path) as lines:
        for line in lines:
            row = json.loads(line)
            yield _set_text(row["doc"], row["sentences"])


def read_remarks(path: Path) -> Iterator[str]:
    """Sentences in which people give opinions, from GUM's talks, letters, essays and forums."""
    wanted = False
    with _open(path) as lines:
        for line in lines:
            if line.startswith("# newdoc id"):
                wanted = any(genre in line for genre in REMARK_GENRES)
            elif wanted and line.startswith("# text = ") and 30 < len(line) < 220:
                yield line.removeprefix("# text = ").strip()


def _set_text(doc: str, sentences: list[dict[str, Any]]) -> Article:
    out: list[str] = []
    mentions: list[tuple[int, int, str]] = []
    length = 0
    for number, sentence in enumerate(sentences):
        tokens, quoted, glue = sentence["tokens"], False, True
        for i, (token, tag) in enumerate(zip(tokens, sentence["tags"], strict=True)):
            mark = token in {'"', "``", "''"}
            hyphen = token == "-" and 0 < i < len(tokens) - 1 and tokens[i - 1].isalpha() and tokens[i + 1].islower()
            gap = "" if glue or hyphen or (mark and quoted) or _CLOSING.match(token) else " "
            out.append(gap + token)
            start = length + len(gap)
            length = start + len(token)
            quoted ^= mark
            glue = hyphen or (mark and quoted) or token in {"(", "[", "$"}
            _extend(mentions, (start, length, tag))
        out.append("\n\n" if number % 3 == 0 or len(tokens) < 4 else " ")
        length += len(out[-1])
    return Article(id=doc, text="".join(out), mentions=tuple(mentions))


def _extend(mentions: list[tuple[int, int, str]], token: tuple[int, int, str]) -> None:
    start, end, tag = token
    prefix, _, name = tag.partition("-")
    label = ENTITY_TYPES.get(name)
    if label and prefix == "I" and mentions and mentions[-1][2] == label and mentions[-1][1] >= start - 1:
        mentions[-1] = (mentions[-1][0], end, label)
    elif label:
        mentions.append((start, end, label))
