"""The README, the documentation and the examples show what is really there."""

from __future__ import annotations

import re
import runpy
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PAGES = sorted(page for folder in ("", "docs", "examples") for page in (ROOT / folder).glob("*.md"))


def test_first_example_prints_what_the_readme_shows(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The code on the README's first screen, run from the repository's root, gives the output printed below it."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    shown = re.search(r"<!-- example -->\n```python\n(.*?)```\n\n```text\n(.*?)```\n", readme, re.DOTALL)
    assert shown is not None
    code, output = shown.groups()
    monkeypatch.chdir(ROOT)
    exec(code, {})
    assert capsys.readouterr().out == output


def test_one_article_names_the_spokesman(capsys: pytest.CaptureFixture[str]) -> None:
    """The example script runs, and "the FO spokesperson" is the man who held the post on the article's date."""
    runpy.run_path(str(ROOT / "examples" / "one_article.py"), run_name="__main__")
    lines = capsys.readouterr().out.splitlines()
    quoted = lines.index("  in the article: the FO spokesperson")
    assert lines[quoted + 1].startswith("  speaker: Muhammad Faisal")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(page: Path) -> None:
    """A link to a file of the repository leads to one that is there."""
    links = re.findall(r"\]\(([^)#]+)", page.read_text(encoding="utf-8"))
    missing = [link for link in links if "://" not in link and not (page.parent / link).exists()]
    assert missing == []
