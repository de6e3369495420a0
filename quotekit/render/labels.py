"""What people are told of an attribution in words, whatever the view."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from quotekit.document import Attribution, Document
from quotekit.speakers import Speaker

__all__ = ["NOBODY", "PLAIN", "clipped", "counted", "names_of", "post_of", "told", "told_in_a_line"]

NOBODY = "nobody named"
PLAIN = ("kind", "act")  # need no label where one can see
MOST = 3  # places or names of one part that are told
MARKS = ' \t\r\n,;:"“”„'  # around words that are quoted


def counted(number: int, what: str, many: str = "") -> str:
    """A number of things.

    >>> counted(1, "speaker"), counted(1200, "speaker"), counted(2, "utterance is", "utterances are")
    ('1 speaker', '1,200 speakers', '2 utterances are')
    """
    return f"{number:,} {what if number == 1 else many or what + 's'}"


def post_of(speaker: Speaker) -> str:
    """A speaker's role and organization, the second not where the first says it.

    >>> from quotekit.speakers import SpeakerType
    >>> post_of(Speaker(name="Lena Khan", type=SpeakerType.PERSON, role="FO spokesperson", organization="FO"))
    'FO spokesperson'
    """
    post = [part for part in (speaker.role, speaker.organization) if part]
    if len(post) == 2 and post[1].casefold() in post[0].casefold():
        post.pop()
    return ", ".join(post)


def names_of(attribution: Attribution) -> str:
    """The speakers' names, or that nobody is named."""
    return " and ".join(speaker.name for speaker in attribution.speakers[:MOST]) or NOBODY


def clipped(text: str, longest: int = 80) -> str:
    """A text on one line, cut with an ellipsis where it has more characters than that.

    >>> clipped("the Ministry  of Ports", 13)
    'the Ministry…'
    """
    line = " ".join(text[: longest * 2].split())
    whole = len(line) <= longest and len(text) <= longest * 2
    return line if whole else line[: longest - 1].rstrip() + "…"


def told(document: Document, attribution: Attribution) -> Iterator[tuple[str, str]]:
    """What is known of an attribution beside its content and its speaker: a label and a short text for each part."""
    yield "kind", str(attribution.kind)
    yield "act", f"{attribution.act}{', negated' if attribution.negated else ''}"
    resolution = attribution.resolution
    if attribution.source_text:
        yield "source", _words(attribution.source_text)
    if resolution:
        evidence = resolution.evidence
        elsewhere = evidence and not any(span.contains(evidence) for span in attribution.source)
        shown = f", from {_words(document[evidence])}" if evidence and elsewhere else ""
        yield "resolved", f"by {resolution.how}{shown}, {resolution.score:.2f}"
    if attribution.cue_text:
        yield "cue", _words(attribution.cue_text)
    if attribution.target:
        yield "to", ", ".join(_words(document[span]) for span in attribution.target[:MOST])
    if attribution.via:
        names = (via.speaker.name if via.speaker else document[via.span] for via in attribution.via[:MOST])
        yield "via", ", ".join(map(clipped, names))
    if attribution.parent is not None:
        yield "inside", str(attribution.parent + 1)
    yield "score", f"{attribution.score:.2f}"


def told_in_a_line(document: Document, attribution: Attribution, *, without: Collection[str] = ()) -> str:
    """What `told` tells, but for some labels, on one line."""
    return " · ".join(
        text if label in PLAIN else f"{label} {text}"
        for label, text in told(document, attribution)
        if label not in without
    )


def _words(text: str) -> str:
    return f"“{clipped(text.strip(MARKS))}”"
