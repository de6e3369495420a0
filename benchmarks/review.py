"""Measure the review page of a large corpus: how long it takes to make, to load in Chromium, and to filter there.

    python benchmarks/review.py [--attributions 10000]

The articles are those of examples/, printed again and again by five outlets on other days, their speakers drawn from
made-up names; one attribution in three stands in a cluster. It needs Chromium and Playwright (apt-get install
chromium; pip install playwright). A filter's time goes from the change of a field until the page is drawn again, with
the pause of 120 ms that waits for more typing. Both times are the best of three runs.
"""

from __future__ import annotations

import argparse
import itertools
import json
import random
import statistics
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import attrs
from playwright.sync_api import Page, sync_playwright

import quotekit
from quotekit.document import Cluster, Document, Member, Relation
from quotekit.lexicon import table
from quotekit.render import review

EXAMPLES = Path(__file__).resolve().parent.parent / "examples"
FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update")
OUTLETS = ("Harbor Post", "Courier", "Evening Star", "The Ledger", "Zenith")
SPEAKERS = 1_000
RUNS = 3
CHANGES = (
    ("speaker", "a"),
    ("outlet", "2"),
    ("outlet", ""),
    ("speaker", ""),
    ("words", "terror"),
    ("words", ""),
    ("first", "2018-06-01"),
    ("first", ""),
    ("flag", "conflict"),
    ("flag", ""),
)

# Changes a field and waits until the page shows what was found: milliseconds.
FILTER = """
async ([name, value]) => {
  const start = performance.now();
  const form = document.querySelector("form");
  form.elements[name].value = value;
  form.dispatchEvent(new Event("input"));
  await new Promise((resolve) => setTimeout(resolve, 120));
  await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  return performance.now() - start;
}
"""
TIMES = "(() => { const [t] = performance.getEntriesByType('navigation'); return t.loadEventEnd / 1000; })()"


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--attributions", type=int, default=10_000)
    documents = list(corpus(parser.parse_args().attributions))
    clusters = list(clustered(documents))
    start = time.process_time()
    html = review(documents, clusters)
    made = time.process_time() - start
    said = sum(len(document.attributions) for document in documents)
    print(f"{said:,} attributions in {len(documents):,} articles, {len(clusters):,} clusters")
    print(f"made in {made:.1f} s, {len(html.encode()) / 1e6:.1f} MB")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        path = Path(folder, "review.html")
        path.write_text(html, encoding="utf-8")
        chromium = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=list(FLAGS))
        page = chromium.new_page()
        runs = [run(page, path) for _ in range(RUNS)]
        elements = page.evaluate("document.querySelectorAll('*').length")
        times = [min(of_one) for of_one in zip(*(times for _, times in runs), strict=True)]
        print(f"loaded in {min(loaded for loaded, _ in runs):.1f} s, {elements:,} elements")
        print(f"filtered in {statistics.median(times):.0f} ms at the median, {max(times):.0f} ms at most")
        chromium.close()


def corpus(attributions: int) -> Iterator[Document]:
    """The example articles, again and again, until there are so many attributions."""
    lines = (EXAMPLES / "articles.jsonl").read_text(encoding="utf-8").splitlines()
    articles = list(quotekit.attribute_many(map(json.loads, lines)))
    draw = random.Random(0)
    given = sorted(table("given_names"))
    names = [f"{draw.choice(given)} {draw.choice(given)}son".title() for _ in range(SPEAKERS)]
    for number in itertools.count():
        article = articles[number % len(articles)]
        said = tuple(
            attrs.evolve(a, speakers=tuple(attrs.evolve(s, name=draw.choice(names)) for s in a.speakers))
            for a in article.attributions
        )
        date = f"2018-{draw.randint(1, 12):02}-{draw.randint(1, 28):02}"
        yield attrs.evolve(article, id=str(number), date=date, outlet=draw.choice(OUTLETS), attributions=said)
        attributions -= len(said)
        if attributions <= 0:
            return


def clustered(documents: list[Document]) -> Iterator[Cluster]:
    """Clusters of three, each of one attribution as three outlets print it."""
    for number in range(0, len(documents) - 6, 4):
        printed = documents[number : number + 7 : 3]
        for index in range(0, len(printed[0].attributions), 2):
            members = tuple(_member(document, index) for document in printed)
            yield Cluster(
                members=members,
                representative=members[0],
                speaker_conflict=number % 3 == 0,
                altered=number % 5 == 0,
                first_seen=min(member.date for member in members if member.date),
            )


def _member(document: Document, index: int) -> Member:
    said = document.attributions[index]
    return Member(
        doc=document.id,
        index=index,
        outlet=document.outlet,
        date=document.date,
        content=said.content,
        text=said.text,
        relation=Relation.VERBATIM,
        score=1.0,
        speakers=said.speakers,
    )


def run(page: Page, path: Path) -> tuple[float, list[float]]:
    """The seconds of loading the page, and the milliseconds of each change of the filter."""
    page.goto(path.as_uri())
    return page.evaluate(TIMES), [page.evaluate(FILTER, list(change)) for change in CHANGES]


if __name__ == "__main__":
    main()
