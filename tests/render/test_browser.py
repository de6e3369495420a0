"""The pages in a real browser: what is shown, what is reached by keyboard, and that nothing is loaded or run."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import attrs
import pytest

import quotekit
from quotekit.document import Act, Attribution, Document, How, Kind, Resolution
from quotekit.render import cluster_to_html, review, to_html
from quotekit.spans import Span
from quotekit.speakers import Speaker, SpeakerType

playwright = pytest.importorskip("playwright.sync_api", reason="needs Playwright: pip install playwright")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium: apt-get install chromium")

FLAGS = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync"),
]
PHONE = {"width": 360, "height": 740}

MORRIS = Speaker(name="Lena Morris", type=SpeakerType.PERSON, role="mayor of " + "K" * 200)
HALD = Speaker(name="<img src=x onerror=alert(1)>", type=SpeakerType.PERSON)
TEXT = (
    "The mayor told reporters \u202ethat <script>alert(1)</script> the clerk had said “nothing,\x00” she added, “at "
    "any time.”\r\n\r\n</p></div>\ud800 &amp; " + "W" * 300 + "\rThe end."
)
NAMED = {character: f"U+{ord(character):04X}" for character in ("\u202e", "\x00", "\ud800")}


def span(part: str) -> Span:
    """Where a part stands in the text."""
    return Span(TEXT.index(part), TEXT.index(part) + len(part))


DOCUMENT = Document(
    id="a1",
    title='"><script>alert(1)</script>',
    outlet="Harbor Post",
    date="2024-03-05",
    text=TEXT,
    attributions=(
        Attribution.cut(
            TEXT,
            content=[Span(TEXT.index("that"), TEXT.index("\r"))],
            cue=[span("told")],
            source=[span("The mayor")],
            kind=Kind.MIXED,
            speakers=(MORRIS,),
            resolution=Resolution(how=How.ROLE, score=0.9, evidence=span("she")),
            score=0.75,
        ),
        Attribution.cut(
            TEXT,
            content=[span("“nothing,\x00”"), span("“at any time.”")],
            cue=[span("had said")],
            source=[span("the clerk")],
            kind=Kind.DIRECT,
            act=Act.DENIES,
            speakers=(HALD,),
            parent=0,
            score=0.5,
        ),
    ),
)


def article(name: str, text: str, speaker: Speaker, outlet: str, date: str) -> Document:
    """An article that is one attribution from end to end."""
    said = Attribution.cut(text, content=[Span(0, len(text))], kind=Kind.DIRECT, speakers=(speaker,), score=1.0)
    return Document(id=name, text=text, outlet=outlet, date=date, attributions=(said,))


SAID = "We will not pay for the salvage tug in Karimabad harbor."
CORPUS = (
    article("a", SAID, MORRIS, "Harbor Post", "2024-03-05"),
    article("b", SAID.replace("not ", ""), HALD, "Courier", "2024-03"),
    article(
        "c", "The budget stays as it was last year.", attrs.evolve(MORRIS, name="Ann Lee"), "Courier", "2024-04-01"
    ),
)
CLUSTERS = quotekit.match(CORPUS)
PAGES = {
    "document": to_html(DOCUMENT),
    "fragment": to_html(DOCUMENT, fragment=True),
    "cluster": cluster_to_html(CLUSTERS),
    "review": review([DOCUMENT, *CORPUS], CLUSTERS, title="<script>alert(1)</script>"),
}

Show = Callable[..., Any]


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """Chromium, started once."""
    with playwright.sync_playwright() as started:
        chromium = started.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def show(browser: Any, tmp_path: Path) -> Iterator[Show]:
    """Shows a page; at the end there must have been no dialog, no request, no error and no breach of its policy."""
    trouble: list[str] = []
    contexts = []

    def shown(html: str, **settings: Any) -> Any:
        path = tmp_path / f"{len(contexts)}.html"
        path.write_text(html, encoding="utf-8")
        contexts.append(browser.new_context(**settings))
        page = contexts[-1].new_page()
        page.on("dialog", lambda dialog: (trouble.append(dialog.message), dialog.dismiss()))
        page.on("pageerror", lambda error: trouble.append(str(error)))
        page.on("console", lambda message: trouble.append(message.text))
        page.on("request", lambda request: request.url.startswith(("file:", "data:")) or trouble.append(request.url))
        page.goto(path.as_uri())
        return page

    yield shown
    for context in contexts:
        context.close()
    assert trouble == []


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_hostile_text_stays_text(show: Show, name: str, script: bool) -> None:
    """No text of an article runs, loads or ends anything, and the page is as wide as a phone."""
    page = show(PAGES[name], java_script_enabled=script, viewport=PHONE)
    assert page.locator("img").count() == 0
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_text_is_the_article(show: Show) -> None:
    """A browser has the article's characters, the odd ones by their names."""
    page = show(PAGES["document"])
    expected = "".join(NAMED.get(character, character) for character in TEXT)
    assert page.locator(".qk-text").evaluate("element => element.textContent") == expected


def test_pointer_shows_all_parts(show: Show) -> None:
    """Over a part of an attribution all its parts and its entry are marked, and those of no other."""
    page = show(PAGES["document"], viewport={"width": 1280, "height": 800})
    page.hover(".qk-text .qk-cue[data-a='1 2']")
    marked = page.locator(".qk-on").evaluate_all("all => all.map(e => e.dataset.show ?? e.textContent)")
    assert marked == ["the clerk", "had said", "", "“nothing,U+0000”", "", "“at any time.”", "2"]


def test_speaker_shows_all_attributions(show: Show) -> None:
    """Over a speaker all that is attributed to them is marked."""
    page = show(PAGES["document"], viewport={"width": 1280, "height": 800})
    page.hover(".qk-speakers li >> nth=0")
    assert page.locator(".qk-entries .qk-on").count() == 1
    assert page.locator(".qk-shows").all_inner_texts() == ["she"]


def test_keyboard_reaches_everything(show: Show) -> None:
    """From a number in the text the keyboard goes to its entry and back; Escape hides the card."""
    page = show(PAGES["document"], viewport=PHONE)
    card = "element => getComputedStyle(element, '::after').content"
    place = page.locator("#d1-t2")
    place.focus()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    assert "denies" in place.evaluate(card)
    page.keyboard.press("Escape")
    assert place.evaluate("element => getComputedStyle(element, '::after').display") == "none"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    back = page.evaluate("document.activeElement.getAttribute('aria-label')")
    assert back == "2: show in the text"
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == "#d1-t2"


@pytest.mark.parametrize("name", PAGES)
def test_whatever_takes_the_focus_has_a_name(show: Show, name: str) -> None:
    """A screen reader can say what each link, button and field is."""
    page = show(PAGES[name])
    nodes = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    controls = {"link", "button", "textbox", "searchbox", "combobox", "Date"}
    nameless = [n for n in nodes if n.get("role", {}).get("value") in controls and not n.get("name", {}).get("value")]
    assert nameless == []


def test_card_needs_no_script(show: Show) -> None:
    """Without JavaScript what is known of an attribution shows below its line, inside the page."""
    page = show(PAGES["document"], java_script_enabled=False, viewport=PHONE)
    cue = page.locator(".qk-text .qk-cue >> nth=0")
    cue.hover()
    assert "by role, from “she”" in cue.evaluate("element => getComputedStyle(element, '::after').content")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_colors_follow_the_reader(show: Show, scheme: str) -> None:
    """Ink and ground are those of the scheme that the reader has set."""
    page = show(PAGES["document"], color_scheme=scheme)
    ground = page.locator(".quotekit").evaluate("element => getComputedStyle(element).backgroundColor")
    assert ground == {"light": "rgb(253, 252, 250)", "dark": "rgb(21, 23, 27)"}[scheme]


def shown_in(page: Any) -> tuple[list[str], int]:
    """The articles and the number of clusters that a review shows."""
    page.wait_for_timeout(300)
    articles = page.locator(".qk-article:visible h3").all_inner_texts()
    return [name if len(name) == 1 else "a1" for name in articles], page.locator(".qk-cluster:visible").count()


@pytest.mark.parametrize(
    ("field", "value", "articles", "clusters"),
    [
        ("speaker", "lena", ["a", "a1"], 1),
        ("speaker", "Ann Lee", ["c"], 0),
        ("speaker", "Nobody at all", [], 0),
        ("outlet", "Courier", ["b", "c"], 1),
        ("first", "2024-03-20", ["b", "c"], 1),
        ("last", "2024-03-04", ["b"], 1),
        ("words", "BUDGET", ["c"], 0),
        ("flag", "speakers disagree", ["b", "a"], 1),
        ("flag", "nobody named", [], 0),
    ],
)
def test_review_filters(show: Show, field: str, value: str, articles: list[str], clusters: int) -> None:
    """By speaker, outlet, dates, words and finding; a month matches wherever one of its days may."""
    page = show(PAGES["review"])
    everything = shown_in(page)
    control = page.locator(f"[name={field}]")
    if field in ("outlet", "flag"):
        control.select_option(label=value)
    else:
        control.fill(value)
    found, count = shown_in(page)
    assert (sorted(found), count) == (sorted(articles), clusters)
    page.get_by_role("button", name="Clear").click()
    assert shown_in(page) == everything


def test_review_shows_a_speaker(show: Show) -> None:
    """A click on a speaker shows what is theirs, one more everything."""
    page = show(PAGES["review"], viewport={"width": 1280, "height": 800})
    button = page.get_by_role("button", name="Ann Lee")
    button.click()
    assert shown_in(page) == (["c"], 0)
    assert button.get_attribute("aria-pressed") == "true"
    assert page.locator("output").inner_text() == "1 attribution in 1 article; 0 utterances in several versions"
    button.click()
    assert len(shown_in(page)[0]) == 4


def test_review_leads_to_what_is_hidden(show: Show) -> None:
    """A link to an attribution that the filter hides shows it."""
    page = show(PAGES["review"])
    page.locator("[name=outlet]").select_option(label="Courier")
    assert shown_in(page)[0] == ["b", "c"]
    link = page.locator(".qk-cluster a >> nth=-1")
    target = link.get_attribute("href")
    link.click()
    assert page.locator(target).is_visible()
    assert len(shown_in(page)[0]) == 4
