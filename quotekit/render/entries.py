"""The lists beside an article's text: its speakers, its attributions, and what was odd in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from quotekit.document import Issue
from quotekit.render.article import Drawn
from quotekit.render.labels import NOBODY, PLAIN, clipped, counted, post_of, told
from quotekit.render.markup import Markup, joined, tag
from quotekit.speakers import Speaker

__all__ = ["attributions", "issues", "speakers"]

LONGEST = 180  # characters of a content in the list; the whole of it stands in the text
MOST_ISSUES = 20


def speakers(drawn: Drawn) -> Markup:
    """Every speaker with links to all that is attributed to them, then what nobody is named for."""
    said: dict[Speaker | None, list[int]] = {}
    for number, attribution in enumerate(drawn.document.attributions, 1):
        for speaker in attribution.speakers or (None,):
            said.setdefault(speaker, []).append(number)
    nobody = said.pop(None, [])
    rows = [_row(drawn, _named(speaker), numbers) for speaker, numbers in said.items() if speaker]
    if nobody:
        rows.append(_row(drawn, tag("i", NOBODY), nobody))
    return tag("ul", *rows, class_="qk-speakers")


def _row(drawn: Drawn, who: Markup, numbers: Sequence[int]) -> Markup:
    links = (
        tag("a", str(number), href=f"#{drawn.place(number)}", aria_label=f"attribution {number}") for number in numbers
    )
    return tag("li", who, tag("span", joined(links, " "), class_="qk-links"), data_show=" ".join(map(str, numbers)))


def attributions(drawn: Drawn) -> Markup:
    """Every attribution: who, in which words, and all that is known of it, with a link to its place in the text."""
    return tag("ol", *_entries(drawn), class_="qk-entries")


def _entries(drawn: Drawn) -> Iterator[Markup]:
    for number, attribution in enumerate(drawn.document.attributions, 1):
        known = joined(
            tag("div", tag("dt", label, class_="qk-hidden" if label in PLAIN else None), tag("dd", text))
            for label, text in told(drawn.document, attribution)
        )
        who = [tag("span", _named(speaker)) for speaker in attribution.speakers] or [tag("i", NOBODY)]
        back = tag(
            "a",
            str(number),
            href=f"#{drawn.place(number)}",
            class_="qk-number",
            aria_label=f"{number}: show in the text",
        )
        yield tag(
            "li",
            tag("p", back, joined(who), class_="qk-who"),
            tag("p", clipped(attribution.text, LONGEST), class_="qk-said", dir="auto"),
            tag("dl", known),
            id=drawn.entry(number),
            data_show=str(number),
            tabindex=-1,
        )


def _named(speaker: Speaker) -> Markup:
    post = post_of(speaker)
    return joined([tag("b", tag("bdi", speaker.name)), tag("small", post) if post else ""])


def issues(found: Sequence[Issue]) -> Markup:
    """What was odd in the text, folded away; nothing where nothing was."""
    if not found:
        return Markup("")
    rows = [tag("li", tag("code", issue.code), " ", issue.message) for issue in found[:MOST_ISSUES]]
    if len(found) > MOST_ISSUES:
        rows.append(tag("li", f"… and {len(found) - MOST_ISSUES:,} more"))
    return tag("details", tag("summary", counted(len(found), "issue")), tag("ul", *rows), class_="qk-issues")
