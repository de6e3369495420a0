"""`quotekit review`: one page for many articles."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from quotekit import cli

SAID = "We will not pay for the salvage tug in Karimabad harbor."


@pytest.fixture
def printed(tmp_path: Path) -> Path:
    """A file in which two documents print one utterance, one of them without its "not"."""
    path = tmp_path / "attributions.jsonl"
    lines = [
        {"doc": doc, "text": text, "attributions": [{"content": [[0, len(text)]], "kind": "direct", "score": 1}]}
        for doc, text in [("b", SAID.replace("not ", "")), ("a", SAID)]
    ]
    path.write_text("".join(json.dumps(line) + "\n" for line in lines))
    return path


def test_review_writes_a_page(printed: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Documents and what is printed twice in them stand on the page, below the title asked for."""
    out = tmp_path / "review.html"
    arguments = ["review", str(printed), "-o", str(out), "--title", "Tug & toll", "--outlet", "Courier"]
    assert cli.main(arguments) == 0
    page = out.read_text(encoding="utf-8")
    assert '<h1 dir="auto">Tug &amp; toll</h1>' in page
    assert "words changed in 1" in page
    assert "Courier" in page
    assert capsys.readouterr() == ("", "")


def test_review_goes_to_stdout_and_reads_raw_articles(
    tmp_path: Path, items: list[Mapping[str, Any]], capsys: pytest.CaptureFixture[str]
) -> None:
    """Articles that nobody has attributed yet are attributed first."""
    article = tmp_path / "a.txt"
    article.write_text("An article.")
    assert cli.main(["review", str(article)]) == 0
    assert [item["id"] for item in items] == [str(article)]
    assert "1 article" in capsys.readouterr().out


def test_review_takes_a_threshold(printed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With 1 only what is certain is joined."""
    assert cli.main(["review", str(printed), "--threshold", "1"]) == 0
    assert "0 utterances in several versions" in capsys.readouterr().out


def test_review_goes_on_past_what_cannot_be_read(printed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The page has the rest, and the exit status says that something failed."""
    printed.write_text('{"doc": "bad", "text": 7}\n' + printed.read_text())
    assert cli.main(["review", str(printed)]) == 1
    out, err = capsys.readouterr()
    assert "2 articles" in out
    assert "line 1" in err or "bad" in err
