"""What every command that reads articles takes: files, JSONL, standard input."""

from __future__ import annotations

import json
import sys
import types
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from quotekit import cli

ARTICLE = "“The port will open in May,” said Lena Morris, the mayor.\r\n\r\nShe denied that the budget had been cut.\n"


def test_text_file_is_one_item(tmp_path: Path, items: list[Mapping[str, Any]]) -> None:
    """A plain file is an article whose id is the file, line ends kept, with the date and outlet that were given."""
    path = tmp_path / "a.txt"
    path.write_bytes(("\ufeff" + ARTICLE).encode())
    assert cli.main(["attribute", str(path), "--date", "2024-03", "--outlet", "Harbour Post"]) == 0
    assert items == [{"id": str(path), "text": ARTICLE, "date": "2024-03", "outlet": "Harbour Post"}]


@pytest.mark.parametrize("name", ["items.jsonl", "items.ndjson", "items.txt", "items"])
def test_lines_are_items(tmp_path: Path, items: list[Mapping[str, Any]], name: str) -> None:
    """JSONL is told by its suffix or its first line; what an item says of itself goes before what was given."""
    path = tmp_path / name
    path.write_text(
        '{"text": "a", "doc": "d1", "date": "2020"}\n\n{"text": "b", "id": "d2", "date": null}\n{"text": "c"}'
    )
    assert cli.main(["attribute", str(path), "--date", "2024"]) == 0
    assert items == [
        {"text": "a", "doc": "d1", "date": "2020", "outlet": None},
        {"text": "b", "id": "d2", "date": "2024", "outlet": None},
        {"text": "c", "id": f"{path}:4", "date": "2024", "outlet": None},
    ]


@pytest.mark.parametrize("text", ['{"title": "no text"}\nmore', "{\n", "", "[1]", "{x} said", '"a"'])
def test_a_text_that_looks_like_json_is_a_text(tmp_path: Path, items: list[Mapping[str, Any]], text: str) -> None:
    """Only a first line that is an object with `text` makes a file JSONL."""
    path = tmp_path / "a.txt"
    path.write_text(text)
    assert cli.main(["attribute", str(path)]) == 0
    assert [item["text"] for item in items] == [text]


def test_what_fails_is_told_and_the_rest_goes_on(
    tmp_path: Path, items: list[Mapping[str, Any]], capsys: pytest.CaptureFixture[str]
) -> None:
    """Unreadable files, lines and items are each told on stderr in one line, and the exit status is 1."""
    latin, lines, good = tmp_path / "latin.txt", tmp_path / "items.jsonl", tmp_path / "good.txt"
    latin.write_bytes(b"caf\xe9")
    lines.write_text('{"doc": "empty"}\nbroken\n["a"]\n{"text": "fine"}\n')
    good.write_text("good")
    missing = tmp_path / "none.txt"
    paths = [missing, tmp_path, latin, lines, good]
    assert cli.main(["attribute", "--format", "jsonl", *map(str, paths)]) == 1
    out, err = capsys.readouterr()
    assert [json.loads(line)["text"] for line in out.splitlines()] == ["", "fine", "good"]
    assert err.splitlines() == [
        f"quotekit: error: {missing}: No such file or directory",
        f"quotekit: error: {tmp_path}: Is a directory",
        f"quotekit: error: {latin}: expected UTF-8 text, got 0xe9 at byte 3; convert it first (iconv -t UTF-8)",
        "quotekit: error: empty: bad-item: there is no text",
        f"quotekit: error: {lines}, line 2: expected one JSON object, got none: Expecting value at column 1",
        f"quotekit: error: {lines}, line 3: expected an object, got an array of 1 @ $",
    ]


def test_workers_and_a_model_of_ones_own_reach_the_reader(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both are what `Attributor` and `attribute_many` take."""
    asked: list[object] = []

    class Attributor:
        def __init__(self, registry: object, model: str) -> None:
            asked.append(model)

        def attribute_many(self, items: object, **options: object) -> list[object]:
            asked.append(options["workers"])
            return []

    monkeypatch.setitem(sys.modules, "quotekit.api", types.SimpleNamespace(Attributor=Attributor))
    path = tmp_path / "a.txt"
    path.write_text("An article.")
    assert cli.main(["attribute", str(path), "--model", "my-pack", "--workers", "2"]) == 0
    assert asked == ["my-pack", 2]
