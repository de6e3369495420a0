"""`quotekit attribute` with the model that ships, in a process of its own."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from quotekit.export import read_jsonl

ARTICLE = "“The port will open in May,” said Lena Morris, the mayor.\r\n\r\nShe denied that the budget had been cut.\n"

REGISTRY = {
    "persons": [{"id": "p1", "name": "Lena Morris"}],
    "organizations": [{"id": "o1", "name": "City of Karimabad"}],
    "posts": [{"id": "t1", "label": "mayor", "organization_id": "o1"}],
    "memberships": [{"person_id": "p1", "post_id": "t1", "organization_id": "o1", "start_date": "2020-01-01"}],
}

Run = Callable[..., subprocess.CompletedProcess[bytes]]


@pytest.fixture(scope="module")
def lines_run(tmp_path_factory: pytest.TempPathFactory, run: Run) -> tuple[subprocess.CompletedProcess[bytes], Path]:
    """One run over a good article, a file that is not there, and JSONL with an item that cannot be read."""
    folder = tmp_path_factory.mktemp("cli")
    (folder / "a.txt").write_bytes(ARTICLE.encode())
    (folder / "items.jsonl").write_text(json.dumps({"doc": "b", "text": ARTICLE}) + '\n{"doc": "c", "text": 7}\n')
    arguments = ["a.txt", "none.txt", "items.jsonl", "--date", "2024-03-05", "--format", "jsonl"]
    return run("attribute", *arguments, cwd=folder), folder


def test_every_readable_item_has_its_line(
    lines_run: tuple[subprocess.CompletedProcess[bytes], Path], tmp_path: Path
) -> None:
    """The lines stand in order with their ids, read back, and an item that failed is an empty document."""
    done, _ = lines_run
    path = tmp_path / "out.jsonl"
    path.write_bytes(done.stdout)
    documents = list(read_jsonl(path))
    assert [(document.id, document.text) for document in documents] == [("a.txt", ARTICLE), ("b", ARTICLE), ("c", "")]
    assert [issue.code for issue in documents[2].issues] == ["bad-item"]


def test_failures_are_told_and_end_with_1(lines_run: tuple[subprocess.CompletedProcess[bytes], Path]) -> None:
    """What failed is named on stderr, with no traceback."""
    done, _ = lines_run
    assert done.returncode == 1
    told = done.stderr.decode().splitlines()
    assert "quotekit: error: none.txt: No such file or directory" in told
    assert [line for line in told if line.startswith("quotekit: error: c: bad-item: ")]
    assert not [line for line in told if "Traceback" in line]


def test_quotation_is_attributed(lines_run: tuple[subprocess.CompletedProcess[bytes], Path]) -> None:
    """The model finds who said the quotation, and its spans cut the file as it is."""
    document = json.loads(lines_run[0].stdout.splitlines()[0])
    quoted = [a for a in document["attributions"] if a["kind"] == "direct"]
    assert [ARTICLE[slice(*a["content"][0])] for a in quoted] == ["“The port will open in May,”"]
    assert quoted[0]["speaker"]["name"] == "Lena Morris"
    assert document["date"] == "2024-03-05"


def test_stdin_with_registry_as_text(tmp_path: Path, run: Run) -> None:
    """A text from stdin is shown as a page, its speaker as the registry knows her on that date."""
    registry = tmp_path / "registry.json"
    registry.write_text(json.dumps(REGISTRY))
    done = run("attribute", "-", "--registry", registry, "--date", "2024-03-05", input=ARTICLE.encode())
    assert done.returncode == 0, done.stderr.decode()
    page = done.stdout.decode()
    assert "── stdin · 2024-03-05 ──" in page
    assert "direct    Lena Morris — mayor, City of Karimabad" in page
    assert "said: “The port will open in May,”" in page
