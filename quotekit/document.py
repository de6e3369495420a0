"""The records of one analysed article: `Document` and what it holds.

Everything is frozen; a stage that adds something returns a new document (`attrs.evolve`).
All spans are half-open ranges of code points of `Document.text`; all scores lie in 0..1.
"""

from __future__ import annotations

import enum
import re
from collections.abc import Iterable

import attrs

from quotekit import lexicon
from quotekit.spans import Span
from quotekit.speakers import Speaker

__all__ = [
    "Act",
    "Attribution",
    "Document",
    "How",
    "Issue",
    "Kind",
    "Mention",
    "MentionType",
    "Quotation",
    "Resolution",
    "Via",
]

DEEPEST_QUOTATION = 16  # levels of quotations inside one another that are read, and that a file may hold

_DOUBLE_MARKS = re.compile(r"[“”„‟\"«»「」『』]|``|''")
_SINGLE_MARKS = "'`‘’‚‛‹›"
_ABBREVIATED = re.compile(r"\b\w\.\w\.$")


class _Word(str, enum.Enum):
    """A closed set of words that print as themselves."""

    def __str__(self) -> str:
        return str(self.value)


class Kind(_Word):
    """How much of a content stands between quotation marks: all, some, or nothing."""

    DIRECT = "direct"
    MIXED = "mixed"
    INDIRECT = "indirect"


class Act(_Word):
    """What the cue does with the content."""

    ASSERTS = "asserts"
    DENIES = "denies"
    CONFIRMS = "confirms"
    ASKS = "asks"
    DEMANDS = "demands"
    PROMISES = "promises"
    THREATENS = "threatens"
    ACCUSES = "accuses"
    CRITICIZES = "criticizes"
    PRAISES = "praises"
    BELIEVES = "believes"
    EXPECTS = "expects"
    OTHER = "other"


class How(_Word):
    """What kind of mention a source was, and so how its speaker was told."""

    FULL_NAME = "full name"
    SURNAME = "surname"
    GIVEN_NAME = "given name"
    TITLE_NAME = "title and name"
    ACRONYM = "acronym"
    ALIAS = "alias"
    ROLE = "role"
    PRONOUN = "pronoun"
    DESCRIPTION = "description"
    COLLECTIVE = "collective"
    IMPLICIT = "implicit"


class MentionType(_Word):
    """What a mention names or stands for."""

    PERSON = "person"
    ORGANIZATION = "organization"
    PLACE = "place"


@attrs.frozen(kw_only=True)
class Issue:
    """A local problem that did not stop the work: a code for programs, a message for people, and where."""

    code: str
    message: str
    span: Span | None = None


@attrs.frozen(kw_only=True)
class Quotation:
    """A stretch of text between quotation marks, marks included, whether or not anybody said it.

    `closed` is false where the closing mark is missing; `children` are the quotations directly inside.
    """

    start: int
    end: int
    closed: bool
    children: tuple[Quotation, ...] = ()
    text: str

    @property
    def span(self) -> Span:
        """Where the quotation stands, marks included."""
        return Span(self.start, self.end)


@attrs.frozen(kw_only=True)
class Mention:
    """A stretch of text that names somebody; `speaker` is who that is, where it was told."""

    span: Span
    text: str
    type: MentionType
    speaker: Speaker | None = None


@attrs.frozen(kw_only=True)
class Resolution:
    """How a source's speaker was told, how sure that is, and the stretch of text that shows it."""

    how: How
    score: float
    evidence: Span | None = None


@attrs.frozen
class Via:
    """Who reported an attribution, where there is a chain ("media quoted Khan as saying")."""

    span: Span
    speaker: Speaker | None = None


@attrs.frozen(kw_only=True)
class Attribution:
    """Who said what, in which words: one content, its cue and its source.

    `content` holds one span or more; `cue`, `source` and `target` may be empty.
    `speakers` are all of a joint source; `parent` is the index, in the document's attributions, of the one
    this one stands inside. Make one with `Attribution.cut`, which fills the texts.
    """

    content: tuple[Span, ...]
    cue: tuple[Span, ...] = ()
    source: tuple[Span, ...] = ()
    target: tuple[Span, ...] = ()
    kind: Kind
    act: Act = Act.ASSERTS
    negated: bool = False
    speakers: tuple[Speaker, ...] = ()
    resolution: Resolution | None = None
    via: tuple[Via, ...] = ()
    parent: int | None = None
    score: float
    text: str
    cue_text: str
    source_text: str
    claim: str

    @classmethod
    def cut(
        cls,
        text: str,
        *,
        content: Iterable[Span],
        cue: Iterable[Span] = (),
        source: Iterable[Span] = (),
        **fields: object,
    ) -> Attribution:
        """An attribution whose `text`, `cue_text`, `source_text` and `claim` are cut from the article's `text`."""
        parts = {"content": tuple(content), "cue": tuple(cue), "source": tuple(source)}
        body, cue_text, source_text = (" ".join(text[s.slice] for s in spans) for spans in parts.values())
        texts = {"text": body, "cue_text": cue_text, "source_text": source_text, "claim": claim(body)}
        return cls(**parts, **texts, **fields)  # type: ignore[arg-type]

    @property
    def speaker(self) -> Speaker | None:
        """The first of `speakers`, or `None` where nobody was told."""
        return self.speakers[0] if self.speakers else None


def claim(content: str, lang: str = "en") -> str:
    """A content as a statement to check: without quotation marks, complementizer and closing stop.

    >>> claim("that “the border is closed.”")
    'The border is closed'
    """
    opening, _, rest = content.strip().partition(" ")
    if rest and opening.lower() in lexicon.load(lang).complementizers:
        content = rest
    body = _DOUBLE_MARKS.sub("", content).strip(_SINGLE_MARKS + " \t\r\n,;:")
    if body.endswith(".") and not _ABBREVIATED.search(body):
        body = body.rstrip(". ")
    return body[:1].upper() + body[1:]


@attrs.frozen(kw_only=True)
class Document:
    """An article and everything found in it.

    `doc[span]` is the text of a span. `date` is the article's, as `YYYY`, `YYYY-MM` or `YYYY-MM-DD`.
    `speakers` are the distinct speakers of the attributions, in order of appearance.
    """

    id: str = ""
    text: str
    date: str | None = None
    outlet: str | None = None
    title: str | None = None
    quotations: tuple[Quotation, ...] = ()
    mentions: tuple[Mention, ...] = ()
    attributions: tuple[Attribution, ...] = ()
    speakers: tuple[Speaker, ...] = ()
    issues: tuple[Issue, ...] = ()

    def __getitem__(self, span: Span) -> str:
        return self.text[span.slice]
