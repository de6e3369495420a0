"""A document as HTML: the article with its attributions drawn in it, and lists of who said what."""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Iterable
from typing import IO

from quotekit.document import Document
from quotekit.render import entries
from quotekit.render.article import Drawn
from quotekit.render.labels import counted
from quotekit.render.markup import Markup, joined, tag
from quotekit.render.shell import Shell

__all__ = ["to_html", "write_html"]

LEGEND = ("source", "cue", "content", "target", "via")


def to_html(document: Document, *, fragment: bool = False) -> str:
    """A document as one HTML page, or as a fragment to set into a page of your own.

    The article stands there character by character, with source, cue and content told apart by color and by line;
    beside it, or below it on a narrow screen, its speakers and its attributions. It needs nothing else: no file, no
    network, and no JavaScript but for highlighting. Whatever the text says stays text; characters that would reorder
    or hide others show as the names of their code points.

    >>> page = to_html(Document(id="a1", text="<b>Khan</b> left."))
    >>> page.startswith("<!doctype html>"), "&lt;b&gt;Khan&lt;/b&gt; left." in page
    (True, True)
    """
    shell = _shell(_title(document))
    if not fragment:
        return shell.page([tag("main", _article(document, "d1-", level=1))])
    known = hashlib.sha256(f"{document.id}\0{document.text}".encode("utf-8", "surrogatepass")).hexdigest()
    inside = _article(document, f"d{known[:8]}-", level=2)
    return tag("div", shell.style(), inside, shell.script(), class_="quotekit-fragment")


def write_html(documents: Iterable[Document], file: IO[str]) -> None:
    """Write documents as one page, one below the other, to a file open for text (UTF-8).

    The page is called as the document where there is one only.
    """
    documents = iter(documents)
    first = list(itertools.islice(documents, 2))
    shell = _shell(_title(first[0]) if len(first) == 1 else "Attributions")
    file.write(f"{shell.head()}<main>")
    for number, document in enumerate(itertools.chain(first, documents), 1):
        file.write(_article(document, f"d{number}-", level=1))
    file.write(f"</main>{shell.foot()}")


def _shell(title: str) -> Shell:
    return Shell(title=title, styles=("base.css", "document.css"), scripts=("document.js",))


def _title(document: Document) -> str:
    return document.title or document.id or "Document"


def _article(document: Document, prefix: str, level: int) -> Markup:
    drawn = Drawn.of(document, prefix)
    count = len(document.attributions)
    found = counted(count, "attribution")
    lists = tag(
        "div",
        _section("Speakers", f"{prefix}s", level + 1, entries.speakers(drawn)) if count else None,
        _section("Attributions", f"{prefix}l", level + 1, entries.attributions(drawn)) if count else None,
        entries.issues(document.issues),
        class_="qk-lists",
    )
    known = [
        tag("span", document.outlet) if document.outlet else "",
        tag("time", document.date) if document.date else "",
        tag("span", document.id) if document.id and document.title else "",
        tag("a", found, href=f"#{prefix}l") if count else found,
    ]
    head = tag(
        "header",
        tag(f"h{level}", _title(document), dir="auto"),
        tag("p", joined(filter(None, known), " · "), class_="qk-known"),
    )
    text = tag("div", _legend(), drawn.text(), class_="qk-reading")
    frame = tag("div", text, lists if count or document.issues else None, class_="qk-columns")
    return tag("article", head, frame, class_="quotekit qk-document")


def _section(title: str, name: str, level: int, inside: Markup) -> Markup:
    return tag("section", tag(f"h{level}", title, id=name), inside, aria_labelledby=name)


def _legend() -> Markup:
    """How each part of an attribution is drawn."""
    words = (tag("span", part, class_=f"qk-{part}") for part in LEGEND)
    return tag("p", tag("span", "Marked are:", class_="qk-hidden"), joined(words, " "), class_="qk-legend")
