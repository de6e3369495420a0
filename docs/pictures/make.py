"""Make the pictures in this folder again, from the library as it is: python docs/pictures/make.py.

It needs Chromium (Debian: apt-get install chromium fonts-inter fonts-crosextra-caladea) and two packages
(pip install playwright pillow).
"""

import io
import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

import quotekit
from quotekit.render import cluster_to_html, review, to_html

HERE = Path(__file__).resolve().parent
EXAMPLES = HERE.parent.parent / "examples"
FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update")
COLORS = 96  # enough for text on a plain ground, and a third of the bytes

HARBOR = (
    {
        "outlet": "Harbor Post",
        "date": "2024-03-05",
        "text": "“We will not pay for the new tug, and we told the port so in 14 letters this year,” said Ines "
        "Okafor, spokesperson for the Harbor Ministry.",
    },
    {
        "outlet": "Courier",
        "date": "2024-03-05",
        "text": "“We will pay for the new tug, and we told the port so in 14 letters,” Lena Morris said on Tuesday.",
    },
    {
        "outlet": "Evening Star",
        "date": "2024-03-06",
        "text": "The Harbor Ministry said: “We will not pay for the new tug.”",
    },
    {
        "outlet": "The Ledger",
        "date": "2024-03-07",
        "text": "Ines Okafor said, “We will not pay for the new tug, and we told the port so in 40 letters.”",
    },
)


@contextmanager
def browser() -> Iterator[Page]:
    """A page of a browser that shows light colors, 1,280 pixels wide."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=list(FLAGS))
        yield chromium.new_page(color_scheme="light")
        chromium.close()


def take(page: Page, html: str, name: str, height: int, hover: str | None = None) -> None:
    """Show a page, put the pointer on something, and save what is to be seen."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "page.html")
        path.write_text(html, encoding="utf-8")
        page.set_viewport_size({"width": 1280, "height": height})
        page.goto(path.as_uri())
        if hover:
            page.hover(hover)
        picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
        picture.quantize(COLORS, dither=Image.Dither.NONE).save(HERE / name, optimize=True)


def main() -> None:
    """Make all pictures."""
    attributor = quotekit.Attributor(registry=quotekit.Registry.load(EXAMPLES / "registry.json"))
    articles = [json.loads(line) for line in (EXAMPLES / "articles.jsonl").read_text(encoding="utf-8").splitlines()]
    for article in articles:
        del article["doc"]  # a file name tells a reader nothing
    documents = list(attributor.attribute_many(articles))
    harbor = list(quotekit.attribute_many({"id": item["outlet"], **item} for item in HARBOR))
    clusters = quotekit.match(harbor)
    with browser() as page:
        take(page, to_html(documents[1]), "document.png", 1000, hover=".qk-text .qk-content[data-a='2']")
        take(page, cluster_to_html(clusters), "cluster.png", 700)
        take(page, review([*documents, *harbor], quotekit.match([*documents, *harbor])), "review.png", 860)


if __name__ == "__main__":
    main()
