"""`quotekit match`: versions side by side, or a line a cluster."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from quotekit import cli

SAID = "We will not pay for the salvage tug in Karimabad harbor."
DENIED = SAID.replace("not ", "")


@pytest.fixture
def printed(tmp_path: Path) -> Path:
    """A file in which two documents print one utterance, one of them without its "not"."""
    path = tmp_path / "attributions.jsonl"
    lines = [
        {"doc": doc, "date": date, "text": text, "attributions": [{**said, "content": [[0, len(text)]]}]}
        for doc, date, text in [("b", "2024-03-06", DENIED), ("a", "2024-03-05", SAID)]
        for said in [{"kind": "direct", "score": 1}]
    ]
    path.write_text("".join(json.dumps(line) + "\n" for line in lines))
    return path


def test_match_shows_versions_side_by_side(
    printed: Path, items: list[Mapping[str, Any]], capsys: pytest.CaptureFixture[str]
) -> None:
    """Attributions that stand in the file are not looked for again."""
    assert cli.main(["match", str(printed)]) == 0
    out, err = capsys.readouterr()
    assert out.startswith("── 2024-03-05 ──")
    assert "the words were changed" in out
    assert "negation: “not” → nothing" in out
    assert (err, items) == ("", [])


def test_match_writes_a_line_a_cluster(printed: Path, tmp_path: Path) -> None:
    """The output file tells its format; members stand by date."""
    out = tmp_path / "clusters.jsonl"
    assert cli.main(["match", str(printed), "-o", str(out)]) == 0
    (row,) = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert [(member["doc"], member["relation"]) for member in row["members"]] == [("a", "verbatim"), ("b", "altered")]


def test_match_writes_a_page(printed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """As HTML the versions stand on one page, with what changed marked."""
    assert cli.main(["match", str(printed), "--format", "html"]) == 0
    page = capsys.readouterr().out
    assert page.startswith("<!doctype html>")
    assert "<del>not</del>" in page


def test_match_attributes_what_is_raw(
    printed: Path, tmp_path: Path, items: list[Mapping[str, Any]], capsys: pytest.CaptureFixture[str]
) -> None:
    """Articles and attributions may come together, with the date and outlet of those that state none."""
    article = tmp_path / "a.txt"
    article.write_text("An article.")
    assert cli.main(["match", str(article), str(printed), "--outlet", "Courier", "--format", "jsonl"]) == 0
    assert items == [{"id": str(article), "text": "An article.", "date": None, "outlet": "Courier"}]
    assert {member["outlet"] for member in json.loads(capsys.readouterr().out)["members"]} == {"Courier"}


def test_match_that_finds_nothing_says_so(
    tmp_path: Path, items: list[Mapping[str, Any]], capsys: pytest.CaptureFixture[str]
) -> None:
    """Nothing stands on stdout, and that is no failure."""
    path = tmp_path / "a.txt"
    path.write_text("An article.")
    assert cli.main(["match", str(path)]) == 0
    assert capsys.readouterr() == ("", "quotekit: no utterance stands there twice\n")


def test_match_tells_a_document_that_cannot_be_read(printed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It is left out and told, and the rest goes on."""
    bad = json.dumps({"doc": "bad", "text": "x", "attributions": [{"content": [[0, 9]], "kind": "direct", "score": 1}]})
    printed.write_text(bad + "\n" + printed.read_text())
    assert cli.main(["match", str(printed), "--format", "jsonl"]) == 1
    out, err = capsys.readouterr()
    assert len(out.splitlines()) == 1
    assert err.startswith(
        "quotekit: error: bad: content[0] ends at 9 but the text has 1 characters @ $.attributions[0]"
    )


def test_match_takes_a_threshold(printed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With 1 only what is certain is joined."""
    assert cli.main(["match", str(printed), "--threshold", "1"]) == 0
    assert capsys.readouterr().out == ""
