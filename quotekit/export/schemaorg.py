"""schema.org JSON-LD: an article with its `Quotation`s and `Claim`s, and a cluster as the `Claim` to review.

A `Claim` is what somebody holds to be so: the content of an attribution that asserts, confirms, accuses, believes or
expects, and is not negated. What is denied, asked or demanded is nobody's claim.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import IO, Any

from quotekit.document import Act, Attribution, Cluster, Document, Kind, Member, Relation, claim
from quotekit.export.written import is_web_address, line_of
from quotekit.speakers import Speaker, SpeakerType, distinct

__all__ = ["to_claim", "to_schema_org", "write_schema_org"]

CONTEXT = "https://schema.org"
CLAIMING = frozenset({Act.ASSERTS, Act.CONFIRMS, Act.ACCUSES, Act.BELIEVES, Act.EXPECTS})
NAMED = {SpeakerType.PERSON: "Person", SpeakerType.ORGANIZATION: "Organization"}
WIKIDATA = "http://www.wikidata.org/entity/"

Json = dict[str, Any]


def to_schema_org(document: Document) -> Json:
    """A document as a `NewsArticle` without its text: what it quotes and who claims what in it.

    A content of which something stands between quotation marks is a `Quotation`, `spokenByCharacter` the speakers. The
    article's `url` is the document's id, where that is a web address.

    >>> to_schema_org(Document(id="a", text="Rain fell.", outlet="Courier"))["publisher"]["name"]
    'Courier'
    """
    article = _article(document.id, document.outlet, document.date)
    parts = [part for a in document.attributions for part in _parts(a, article)]
    return _known({"@context": CONTEXT, **article, "headline": document.title, "hasPart": parts})


def write_schema_org(documents: Iterable[Document], file: IO[str]) -> None:
    """Write one line a document to a file open for text (UTF-8); each is a JSON-LD document."""
    for document in documents:
        file.write(line_of(to_schema_org(document)))


def to_claim(cluster: Cluster) -> Json:
    """A cluster as a `Claim`: its fullest version, who made it, and where it appeared first and elsewhere.

    It is what the `itemReviewed` of a `ClaimReview` takes. Whether the cluster's words were claimed and not denied is
    not in a cluster: look at `act` and `negated` of its attributions. Where the outlets disagree on the speaker, all
    are authors; who changed the words printed another claim, and is no appearance.

    >>> from quotekit.document import Relation
    >>> said = Member(doc="a", index=0, content=(), text="“Rain fell.”", relation=Relation.VERBATIM, score=1.0)
    >>> to_claim(Cluster(members=(said,), representative=said))["text"]
    'Rain fell'
    """
    told = _unchanged(cluster.members)
    speakers = distinct(speaker for member in told for speaker in member.speakers)
    articles = [_article(member.doc, member.outlet, member.date) for member in told if not member.repeat]
    made = {"@context": CONTEXT, "@type": "Claim", "text": claim(cluster.representative.text)}
    first = min((member.date for member in told if member.date), default=None)
    about = {"datePublished": first, "firstAppearance": articles[:1], "appearance": articles[1:]}
    return _known({**made, **_credited("author", speakers), **about})


def _unchanged(members: Iterable[Member]) -> list[Member]:
    """The members that printed this claim, and not another one."""
    return [member for member in members if member.relation is not Relation.ALTERED]


def _article(doc: str, outlet: str | None, date: str | None) -> Json:
    name = {"url": doc} if is_web_address(doc) else {"identifier": doc or None}
    publisher = {"@type": "Organization", "name": outlet} if outlet else None
    return _known({"@type": "NewsArticle", **name, "publisher": publisher, "datePublished": date})


def _parts(attribution: Attribution, article: Mapping[str, Any]) -> Iterable[Json]:
    if attribution.kind is not Kind.INDIRECT:
        said_by = _credited("spokenByCharacter", attribution.speakers)
        yield _known({"@type": "Quotation", "text": attribution.text, **said_by})
    if attribution.act in CLAIMING and not attribution.negated:
        made = {"text": attribution.claim, "datePublished": article.get("datePublished")}
        yield _known({"@type": "Claim", **made, **_credited("author", attribution.speakers)})


def _credited(role: str, speakers: Iterable[Speaker]) -> Json:
    """Named persons and bodies in their role; a group and somebody unnamed are neither, and have a credit in words."""
    known = list(speakers)
    unnamed = [speaker.name for speaker in known if speaker.type not in NAMED]
    agents = [_agent(speaker) for speaker in known if speaker.type in NAMED]
    return {role: agents, "creditText": "; ".join(unnamed) or None}


def _agent(speaker: Speaker) -> Json:
    body = {"@type": "Organization", "name": speaker.organization} if speaker.organization else None
    post = {"jobTitle": speaker.role, "worksFor": body} if speaker.type is SpeakerType.PERSON else {}
    same = [WIKIDATA + value for scheme, value in speaker.identifiers if scheme == "wikidata"]
    about = {"@type": NAMED[speaker.type], "name": speaker.name, "identifier": speaker.id}
    return _known({**about, **post, "sameAs": same})


def _known(properties: Mapping[str, Any]) -> Json:
    """What has a value; a single thing stands without an array."""
    shown = {
        name: value[0] if isinstance(value, list) and len(value) == 1 else value for name, value in properties.items()
    }
    return {name: value for name, value in shown.items() if value not in (None, [])}
