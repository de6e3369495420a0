"""Read one article and print who said what, and the words that show who that is."""

import json
from pathlib import Path

import quotekit

EXAMPLES = Path(__file__).resolve().parent


def describe(doc: quotekit.Document, attribution: quotekit.Attribution) -> str:
    """One attribution as lines to read."""
    lines = [f"{attribution.kind}, {attribution.act}: {attribution.claim}"]
    if attribution.source:
        lines.append(f"  in the article: {attribution.source_text}")
    for speaker in attribution.speakers:
        post = ", ".join(part for part in (speaker.role, speaker.organization) if part)
        lines.append(f"  speaker: {speaker.name}" + (f" ({post})" if post else ""))
    resolution = attribution.resolution
    if resolution and resolution.evidence:
        lines.append(f"  told by the {resolution.how}, from: {doc[resolution.evidence]}")
    return "\n".join(lines)


def main() -> None:
    """Read the article of 24 February 2018 with the registry beside this file."""
    article = json.loads((EXAMPLES / "articles.jsonl").read_text(encoding="utf-8").splitlines()[1])
    doc = quotekit.attribute(
        article["text"],
        date=article["date"],
        outlet=article["outlet"],
        title=article["title"],
        registry=quotekit.Registry.load(EXAMPLES / "registry.json"),
    )
    print(doc.title, "·", doc.outlet, doc.date)
    for attribution in doc.attributions:
        print(describe(doc, attribution))


if __name__ == "__main__":
    main()
