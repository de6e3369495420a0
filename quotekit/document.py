"""The records: `Document` and what it holds, `Match` of two quotations, `Cluster` of those of one utterance.

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
    "Cluster",
    "Difference",
    "DifferenceKind",
    "Document",
    "How",
    "Issue",
    "Kind",
    "Match",
    "Member",
    "Mention",
    "MentionType",
    "Quotation",
    "Relation",
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


class Relation(_Word):
    """How the words of two quotations relate: the same, one a part of the other, changed, retold, or another utterance.

    Two that overlap only in part, and pieces joined by an ellipsis, are truncated.
    """

    VERBATIM = "verbatim"
    TRUNCATED = "truncated"
    ALTERED = "altered"
    REWORDED = "reworded"
    DIFFERENT = "different"


class DifferenceKind(_Word):
    """What words that differ are; a modal says how sure, a function word holds no content of its own."""

    NEGATION = "negation"
    NUMBER = "number"
    NAME = "name"
    MODAL = "modal"
    TENSE = "tense"
    FUNCTION = "function"
    OTHER = "other"


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

    def _repr_html_(self) -> str:
        """What a notebook shows."""
        from quotekit.render import to_html

        return to_html(self, fragment=True)


@attrs.frozen
class Difference:
    """Words in which two quotations differ: where they stand in the text of each, `None` where one has nothing."""

    kind: DifferenceKind
    a: Span | None
    b: Span | None


@attrs.frozen(kw_only=True)
class Match:
    """What the comparison of two quotations found.

    `score` is how sure it is that both are one utterance, 0..1, and `same` whether that reaches the threshold.
    `differences` are in the order of the texts; what one of them leaves out at an edge or at an ellipsis is none,
    and two that share less than half of the shorter one's words have none. Of two that are reworded they are only
    the negations, numbers and names in which one conflicts with the other, and the score is that of the retelling.
    `reasons` say in words what spoke for and against.
    """

    same: bool
    relation: Relation
    score: float
    differences: tuple[Difference, ...] = ()
    reasons: tuple[str, ...] = ()


@attrs.frozen(kw_only=True)
class Member:
    """One attribution in a cluster: the `index`-th of the document with the id `doc`, its spans, date and speakers.

    `relation`, `score` and `differences` (`a` in the representative's text, `b` in its own) compare it to the
    cluster's representative. `repeat` is set where an earlier member is of the same document.
    """

    doc: str
    index: int
    outlet: str | None = None
    date: str | None = None
    content: tuple[Span, ...]
    text: str
    relation: Relation
    score: float
    differences: tuple[Difference, ...] = ()
    speakers: tuple[Speaker, ...] = ()
    repeat: bool = False


@attrs.frozen(kw_only=True)
class Cluster:
    """Attributions judged to be the same utterance, the earliest first.

    `representative` is the fullest version, `speakers` are all that any outlet gives. `speaker_conflict` is set
    where the outlets disagree on who spoke, `altered` where a member has changed words or retells with another
    negation, number or name; `first_seen` is the earliest date known.
    """

    members: tuple[Member, ...]
    representative: Member
    speakers: tuple[Speaker, ...] = ()
    speaker_conflict: bool = False
    altered: bool = False
    first_seen: str | None = None
