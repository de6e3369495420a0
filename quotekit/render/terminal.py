"""A document as text for a terminal: who said what, in which words, according to whom."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from quotekit.document import Attribution, Document, Issue
from quotekit.render.lines import Word, columns, painted, printable, shortened, words, wrapped
from quotekit.speakers import Speaker

__all__ = ["to_terminal"]

GUTTER = len("indirect") + 2
INDENT = 4
NARROWEST = 40
MOST_ISSUES = 10
LONGEST_SOURCE = 60


def to_terminal(document: Document, *, width: int = 100, color: bool = False) -> str:
    """What was found in a document, as lines of at most `width` columns (40 or more), without a last line break.

    An attribution is a block: its kind and speaker, with role and organization; the source's words where they are
    not the speaker's name, and how they were understood; then cue and content. Nested attributions are indented;
    issues stand at the end. With `color` the lines hold ANSI styles. What the document says cannot drive the
    terminal: control characters, bidirectional overrides and lone surrogates come out as visible escapes.

    >>> print(to_terminal(Document(id="a1", outlet="Dawn", text="Khan left."), width=40))
    ── a1 · Dawn ───────── 0 attributions ──
    """
    page = _Page(max(width, NARROWEST), color)
    page.heading(document)
    for depth, attribution in _nested(document.attributions):
        page.row(str(attribution.kind), _who(document, attribution), depth)
        page.row("", _what(attribution), depth)
        page.blank()
    page.issues(document.issues)
    return "\n".join(page.lines).rstrip()


def _nested(attributions: tuple[Attribution, ...]) -> Iterator[tuple[int, Attribution]]:
    """Every attribution with its depth, those inside another right after it."""
    inside: dict[int | None, list[int]] = {}
    for index, attribution in enumerate(attributions):
        inside.setdefault(attribution.parent, []).append(index)
    waiting = [(0, index) for index in reversed(inside.get(None, []))]
    while waiting:
        depth, index = waiting.pop()
        yield depth, attributions[index]
        waiting += [(depth + 1, child) for child in reversed(inside.get(index, []))]


def _who(document: Document, attribution: Attribution) -> list[Word]:
    out = [word for speaker in attribution.speakers for word in (*_named(speaker), ("·", ""))][:-1]
    out = out or words("(nobody named)", "faint")
    out += words(_how(attribution), "faint")
    for via in attribution.via:
        out += words(f"via {via.speaker.name if via.speaker else document[via.span]}", "faint")
    return out


def _named(speaker: Speaker) -> list[Word]:
    post = [part for part in (speaker.role, speaker.organization) if part]
    if len(post) == 2 and post[1].casefold() in post[0].casefold():
        post.pop()
    return words(speaker.name, "strong") + (words(f"— {', '.join(post)}") if post else [])


def _how(attribution: Attribution) -> str:
    """The source's words and what kind of mention they are, where they are not the speaker's name itself."""
    source = shortened(attribution.source_text, LONGEST_SOURCE)
    names = [printable(speaker.name).casefold() for speaker in attribution.speakers]
    if names == [source.casefold().removeprefix("the ")] or names == [source.casefold()]:
        return ""
    arrow = f"← {source}" if source else ""
    return f"{arrow} ({attribution.resolution.how})" if attribution.resolution else arrow


def _what(attribution: Attribution) -> list[Word]:
    cue = attribution.cue_text.strip(" :,")
    return words(f"{cue}:" if cue else "", "cue") + words(attribution.text)


def _issue(issue: Issue) -> list[Word]:
    place = f" at {issue.span.start}" if issue.span else ""
    return words(f"{issue.code}{place}:", "issues") + words(issue.message)


class _Page:
    """The lines so far, each with a narrow column for a label and a wide one for what it labels."""

    def __init__(self, width: int, color: bool) -> None:
        self.lines: list[str] = []
        self._width = width
        self._color = color

    def heading(self, document: Document) -> None:
        count = len(document.attributions)
        found = f"{count} attribution{'' if count == 1 else 's'} ──"
        known = " · ".join(part for part in (document.id, document.outlet, document.date) if part)
        known = shortened(known or "document", self._width - len(found) - 8)
        rule = "─" * (self._width - columns(known) - len(found) - 5)
        self.lines.append(painted([("──", "faint"), (known, "strong"), (f"{rule} {found}", "faint")], self._color))
        self.row("", words(document.title or "", "strong"))
        self.blank()

    def row(self, label: str, sequence: list[Word], depth: int = 0) -> None:
        """Set words in the wide column, and the label, if any, beside their first line."""
        indent = min(depth * INDENT, self._width - NARROWEST)
        room = self._width - indent - GUTTER
        for line in wrapped(sequence, room):
            gutter = painted([(label, label)], self._color and bool(label)) + " " * (GUTTER - len(label))
            self.lines.append(" " * indent + gutter + painted(line, self._color))
            label = ""

    def blank(self) -> None:
        self.lines.append("")

    def issues(self, issues: Sequence[Issue]) -> None:
        label = "issues"
        for issue in issues[:MOST_ISSUES]:
            self.row(label, _issue(issue))
            label = ""
        if len(issues) > MOST_ISSUES:
            self.row("", words(f"… and {len(issues) - MOST_ISSUES:,} more", "faint"))
