"""Files and standard input as articles: text, JSON lines and JSON."""

from __future__ import annotations

import io
import json
import types
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from quotekit import cli

RAIN = {"doc": "a", "text": "It rained."}
SNOW = {"text": "It snowed.", "outlet": "Courier"}


def read(path: Path, items: list[Mapping[str, Any]]) -> list[tuple[str, str]]:
    """The ids and texts that the model was given of a file."""
    assert cli.main(["attribute", str(path)]) == 0
    return [(str(item.get("doc", item.get("id"))), item["text"]) for item in items]


@pytest.mark.parametrize("name", ["a.json", "a.JSON", "a.txt"])
@pytest.mark.parametrize("indent", [None, 2])
def test_json_is_an_article_or_an_array_of_them(
    tmp_path: Path, items: list[Mapping[str, Any]], name: str, indent: int | None
) -> None:
    """On one line or on many; what states no id has that of its place."""
    path = tmp_path / name
    path.write_text(json.dumps([RAIN, SNOW], indent=indent), encoding="utf-8-sig")
    assert read(path, items) == [("a", "It rained."), (f"{path}:2", "It snowed.")]


def test_one_article_has_the_name_of_its_file(tmp_path: Path, items: list[Mapping[str, Any]]) -> None:
    """As a text has."""
    path = tmp_path / "a.json"
    path.write_text(json.dumps(SNOW, indent=1))
    assert read(path, items) == [(str(path), "It snowed.")]


def test_json_lines_may_be_called_json(tmp_path: Path, items: list[Mapping[str, Any]]) -> None:
    """The first line is a whole article, so the others are articles too."""
    path = tmp_path / "a.json"
    path.write_text(json.dumps(RAIN) + "\n" + json.dumps(SNOW))
    assert read(path, items) == [("a", "It rained."), (f"{path}:2", "It snowed.")]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ('{"title": "Rain"}', 'expected an article as {"text": …}, or an array of articles, got neither @ $'),
        ("7", 'expected an article as {"text": …}, or an array of articles, got neither @ $'),
        ('[{"text": "It rained."}, 7]', "expected an object, got 7 @ $[1]"),
        ("It rained.", "expected one JSON object, got none: Expecting value at column 1"),
        ("", "expected one JSON object, got none: Expecting value at column 1"),
    ],
)
def test_json_without_an_article_is_refused(
    tmp_path: Path, items: list[Mapping[str, Any]], capsys: pytest.CaptureFixture[str], content: str, told: str
) -> None:
    """What stands there is not taken for the words of an article."""
    path = tmp_path / "a.json"
    path.write_text(content)
    assert cli.main(["attribute", str(path)]) == 1
    assert capsys.readouterr().err == f"quotekit: error: {path}: {told}\n"
    assert len(items) == content.count("text")


@pytest.mark.parametrize("blank", ["", "\n", " \n\r\n\t\n", "\ufeff\n\n"])
def test_blank_lines_before_json_lines_are_passed_over(
    items: list[Mapping[str, Any]], monkeypatch: pytest.MonkeyPatch, blank: str
) -> None:
    """On standard input, where no suffix tells; lines keep their numbers."""
    written = f"{blank}{json.dumps(RAIN)}\n{json.dumps(SNOW)}\n".encode()
    monkeypatch.setattr("sys.stdin", types.SimpleNamespace(buffer=io.BytesIO(written)))
    assert cli.main(["attribute", "-"]) == 0
    assert [item["text"] for item in items] == ["It rained.", "It snowed."]
    assert items[1]["id"] == f"stdin:{2 + blank.count(chr(10))}"


@pytest.mark.parametrize("text", ["\n\n“It rains,” she said.\n", "\n \n", "[Photo] It rains.", "\n{“It rains”}\n"])
def test_a_text_is_read_whole(tmp_path: Path, items: list[Mapping[str, Any]], text: str) -> None:
    """Blank lines at its beginning are part of it: spans count them."""
    path = tmp_path / "a.txt"
    path.write_text(text, encoding="utf-8")
    assert [found for _, found in read(path, items)] == [text]
