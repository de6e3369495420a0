"""A page to review many articles on: who said what, what is printed in several versions, and where they disagree."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from quotekit.document import Cluster, Document
from quotekit.render.article import excerpt
from quotekit.render.cluster_html import cluster_section
from quotekit.render.corpus import ALTERED, CONFLICT, NOBODY_NAMED, SEVERAL, Corpus
from quotekit.render.labels import NOBODY, counted, post_of, told_in_a_line
from quotekit.render.markup import Markup, joined, tag
from quotekit.render.shell import Shell

__all__ = ["review"]

SHOWN = {"": "everything", CONFLICT: "speakers disagree", ALTERED: "words changed", SEVERAL: "several versions"}
IN_EXCERPT = frozenset(("source", "cue", "to"))  # what the excerpt shows need not be told again

_STYLES = ("base.css", "clusters.css", "review.css")


def review(documents: Iterable[Document], clusters: Iterable[Cluster], *, title: str = "Review") -> str:
    """A corpus as one HTML page: its speakers, its clusters with those first that disagree, and every attribution.

    `clusters` are what `match` found in the documents. The page filters by speaker, outlet, date, words and kind of
    finding, in the browser and with JavaScript; without it everything is there to read. It needs no server, loads
    nothing, and whatever the articles say stays text.

    >>> page = review([Document(id="a1", outlet="Dawn", text="Khan left.")], [])
    >>> "1 article" in page, "Dawn" in page
    (True, True)
    """
    corpus = Corpus.of(documents, clusters)
    return Shell(title=title, styles=_STYLES, scripts=("review.js",)).page(_parts(corpus, title))


def _parts(corpus: Corpus, title: str) -> Iterator[str]:
    yield '<div class="quotekit qk-review">'
    yield tag("header", tag("h1", title, dir="auto"), tag("p", _known(corpus), class_="qk-known"))
    yield _filter(corpus)
    yield '<div class="qk-columns">'
    yield tag("nav", _speakers(corpus), aria_label="Speakers")
    yield "<main>"
    yield '<section aria-labelledby="clusters">'
    yield tag("h2", "Printed in several versions", id="clusters")
    for number, cluster in enumerate(corpus.clusters, 1):
        yield _cluster(corpus, cluster, number)
    yield '</section><section aria-labelledby="articles">'
    yield tag("h2", "Articles", id="articles")
    for number, document in enumerate(corpus.documents, 1):
        yield _article(corpus, document, number)
    yield "</section></main></div></div>"


def _known(corpus: Corpus) -> Markup:
    attributions = sum(len(document.attributions) for document in corpus.documents)
    conflicts = sum(cluster.speaker_conflict for cluster in corpus.clusters)
    altered = sum(cluster.altered for cluster in corpus.clusters)
    versions = counted(len(corpus.clusters), "utterance in several versions", "utterances in several versions")
    figures = [
        tag("a", counted(len(corpus.documents), "article"), href="#articles"),
        counted(attributions, "attribution"),
        counted(len(corpus.speakers), "speaker"),
        tag("a", versions, href="#clusters"),
        f"speakers disagree in {conflicts:,}" if conflicts else "",
        f"words changed in {altered:,}" if altered else "",
    ]
    return joined(filter(None, figures), " · ")


def _filter(corpus: Corpus) -> Markup:
    outlets = [tag("option", "all", value="")]
    outlets += (tag("option", outlet, value=number) for number, outlet in enumerate(corpus.outlets))
    shown = [tag("option", text, value=flag) for flag, text in {**SHOWN, NOBODY_NAMED: NOBODY}.items()]
    names = dict.fromkeys(speaker.name for speaker in corpus.speakers)
    return tag(
        "form",
        _field("Speaker", tag("input", type="search", name="speaker", list="names", autocomplete="off")),
        _field("Outlet", tag("select", *outlets, name="outlet")),
        _field("From", tag("input", type="date", name="first")),
        _field("To", tag("input", type="date", name="last")),
        _field("Words", tag("input", type="search", name="words", autocomplete="off")),
        _field("Show", tag("select", *shown, name="flag")),
        tag("button", "Clear", type="reset"),
        tag("output", name="found", aria_live="polite"),
        tag("datalist", *(tag("option", value=name) for name in names), id="names"),
        class_="qk-filter",
        role="search",
        aria_label="Filter",
    )


def _field(label: str, field: Markup) -> Markup:
    return tag("label", tag("span", label), field)


def _speakers(corpus: Corpus) -> Markup:
    rows = (
        tag(
            "li",
            tag("button", tag("bdi", speaker.name), type="button", title=post_of(speaker) or None),
            tag("small", f"{corpus.said[number]:,}"),
        )
        for number, speaker in enumerate(corpus.speakers)
    )
    return tag("details", tag("summary", "Speakers", class_="qk-label"), tag("ul", *rows), open=True)


def _cluster(corpus: Corpus, cluster: Cluster, number: int) -> Markup:
    return cluster_section(
        cluster,
        number,
        level=3,
        links=corpus.address,
        data_s=corpus.speaker_numbers(s for member in cluster.members for s in member.speakers),
        data_o=corpus.outlet_numbers(member.outlet for member in cluster.members),
        data_d=" ".join(sorted({member.date for member in cluster.members if member.date})),
        data_f=corpus.flags(cluster),
    )


def _article(corpus: Corpus, document: Document, number: int) -> Markup:
    known = [
        tag("b", tag("bdi", document.outlet)) if document.outlet else "",
        tag("time", document.date) if document.date else "",
    ]
    rows = (_row(corpus, document, index, f"d{number}-a{index + 1}") for index in range(len(document.attributions)))
    return tag(
        "article",
        tag("h3", document.title or document.id or "Document", dir="auto"),
        tag("p", joined(filter(None, known), " "), class_="qk-known"),
        tag("ol", *rows, class_="qk-rows"),
        class_="qk-article",
        data_o=corpus.outlet_numbers([document.outlet]),
        data_d=(document.date or "")[:10],
    )


def _row(corpus: Corpus, document: Document, index: int, name: str) -> Markup:
    attribution = document.attributions[index]
    cluster = corpus.cluster_of(document, index)
    known = told_in_a_line(document, attribution, without=IN_EXCERPT)
    who = joined((tag("bdi", speaker.name) for speaker in attribution.speakers), " · ") or tag("i", NOBODY)
    versions = counted(len(corpus.clusters[cluster - 1].members), "version") if cluster else ""
    return tag(
        "li",
        tag("p", tag("small", str(index + 1)), " ", tag("b", who), class_="qk-who"),
        tag("blockquote", excerpt(document, attribution), dir="auto"),
        tag("small", known, joined([" · ", tag("a", versions, href=f"#c{cluster}")]) if cluster else None),
        id=name,
        data_s=corpus.speaker_numbers(attribution.speakers),
        data_f=corpus.flags_of(document, index, attribution) or None,
    )
