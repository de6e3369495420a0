"""A document as text for a terminal: who said what, in which words, according to whom."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from quotekit.document import Attribution, Document, Issue
from quotekit.render.labels import post_of
from quotekit.render.lines import Word, printable, shortened, words
from quotekit.render.page import Page
from quotekit.speakers import Speaker

__all__ = ["named", "to_terminal"]

GUTTER = len("indirect") + 2
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
    page = Page(width, color, GUTTER)
    _heading(page, document)
    for depth, attribution in _nested(document.attributions):
        page.row(str(attribution.kind), _who(document, attribution), depth)
        page.row("", _what(attribution), depth)
        page.blank()
    _issues(page, document.issues)
    return page.text()


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
    out = [word for speaker in attribution.speakers for word in (*named(speaker), ("·", ""))][:-1]
    out = out or words("(nobody named)", "faint")
    out += words(_how(attribution), "faint")
    for via in attribution.via:
        out += words(f"via {via.speaker.name if via.speaker else document[via.span]}", "faint")
    return out


def named(speaker: Speaker) -> list[Word]:
    """A speaker's name, role and organization."""
    post = post_of(speaker)
    return words(speaker.name, "strong") + (words(f"— {post}") if post else [])


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


def _heading(page: Page, document: Document) -> None:
    count = len(document.attributions)
    known = " · ".join(part for part in (document.id, document.outlet, document.date) if part)
    page.heading(known or "document", f"{count} attribution{'' if count == 1 else 's'}")
    page.row("", words(document.title or "", "strong"))
    page.blank()


def _issues(page: Page, issues: Sequence[Issue]) -> None:
    label = "issues"
    for issue in issues[:MOST_ISSUES]:
        page.row(label, _issue(issue))
        label = ""
    if len(issues) > MOST_ISSUES:
        page.row("", words(f"… and {len(issues) - MOST_ISSUES:,} more", "faint"))
