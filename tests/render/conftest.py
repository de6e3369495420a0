"""What the tests of pages share: a strict reader of HTML, hostile texts, and documents of any shape."""

from __future__ import annotations

from collections.abc import Callable
from html.parser import HTMLParser

import attrs
import pytest

VOID = {"br", "input", "link", "meta"}


@attrs.define
class Page:
    """What a parser finds in a page: its ids, the targets of its links, its elements, and text by class."""

    ids: list[str] = attrs.field(factory=list)
    targets: set[str] = attrs.field(factory=set)
    elements: list[tuple[str, dict[str, str | None]]] = attrs.field(factory=list)
    texts: dict[str, list[str]] = attrs.field(factory=dict)

    def text(self, name: str) -> str:
        """The text of the first element of a class, with the characters that are named in it put back."""
        return self.texts[name][0]

    def count(self, name: str) -> int:
        """How many elements have this name."""
        return sum(element == name for element, _ in self.elements)


class _Reader(HTMLParser):
    """Fails on a tag that is closed out of turn or never."""

    def __init__(self) -> None:
        super().__init__()
        self.page = Page()
        self.open: list[tuple[str, list[str], list[str]]] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        known = dict(attributes)
        self.page.elements.append((tag, known))
        if name := known.get("id"):
            self.page.ids.append(name)
        if (target := known.get("href")) and target.startswith("#"):
            self.page.targets.add(target[1:])
        if tag not in VOID:
            self.open.append((tag, (known.get("class") or "").split(), []))

    def handle_endtag(self, tag: str) -> None:
        name, classes, parts = self.open.pop()
        assert name == tag, f"</{tag}> closes <{name}>"
        text = "".join(parts)
        for known in classes:
            self.page.texts.setdefault(known, []).append(text)
        if "qk-odd" in classes:
            text = chr(int(text.removeprefix("U+"), 16))
        if self.open:
            self.open[-1][2].append(text)

    def handle_data(self, data: str) -> None:
        if self.open:
            self.open[-1][2].append(data)

    def handle_comment(self, data: str) -> None:
        raise AssertionError(f"a comment: {data!r}")


@pytest.fixture(scope="session")
def read() -> Callable[[str], Page]:
    """Reads a page, of which every tag must be balanced, every id single, and every link lead somewhere."""

    def reader(html: str) -> Page:
        parser = _Reader()
        parser.feed(html)
        parser.close()
        assert parser.open == []
        assert len(set(parser.page.ids)) == len(parser.page.ids)
        assert parser.page.targets <= set(parser.page.ids)
        return parser.page

    return reader
