"""Reading in other processes, by readers that need no model: what happens to items when processes end."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

SCRIPT = """
import itertools, json, os, signal, sys, time
signal.signal(signal.SIGINT, signal.default_int_handler)  # a test run in the background has Ctrl-C switched off

from quotekit.document import Document
from quotekit.errors import ModelError
from quotekit.workers import read_elsewhere

def read(items):
    return [read_one(item) for item in items]

def read_one(item):
    text = item["text"]
    if text == "die":
        os.kill(os.getpid(), signal.SIGKILL)
    if text == "sleep":
        time.sleep(0.3)
    return Document(id=item["id"], text=f"{text} {os.getpid()}")

def make():
    return read

def fail():
    raise ModelError("no pack")

def fail_otherwise():
    raise ImportError("no library of that name")

def die():
    os.kill(os.getpid(), signal.SIGKILL)

def show(*values):
    print(json.dumps(values), flush=True)

def told(documents):
    return [[d.id, d.text.split(" ")[0], [i.code for i in d.issues]] for d in documents]

"""

FEW = [{"id": str(n), "text": "a"} for n in range(6)]


def script(folder: Path, body: str) -> list[str]:
    """The command that runs the functions above and then `body`."""
    path = folder / "script.py"
    guarded = "if __name__ == '__main__':\n" + "\n".join(f"    {line}" for line in body.strip().splitlines())
    path.write_text(SCRIPT + guarded + "\n", encoding="utf-8")
    return [sys.executable, str(path)]


def run(folder: Path, body: str) -> list[Any]:
    """What `body` shows, one value a line; it says nothing else."""
    done = subprocess.run(script(folder, body), capture_output=True, text=True, timeout=120, check=True)
    assert done.stderr == ""
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_documents_come_in_the_order_of_the_items(tmp_path: Path) -> None:
    """A batch that takes long holds back those after it, and both processes read."""
    ((found, processes),) = run(
        tmp_path,
        """
items = [{"id": str(n), "text": "sleep" if n % 3 == 0 else "a"} for n in range(9)]
documents = list(read_elsewhere(([item] for item in items), 2, make))
show([d.id for d in documents], len({d.text.split(" ")[1] for d in documents}))
""",
    )
    assert found == [str(n) for n in range(9)]
    assert processes == 2


def test_few_batches_are_drawn_ahead(tmp_path: Path) -> None:
    """An endless input is drawn as it is needed, two batches a worker ahead."""
    ((drawn, drawn_later),) = run(
        tmp_path,
        """
drawn = itertools.count()
documents = read_elsewhere(([{"id": str(next(drawn)), "text": "a"}] for _ in itertools.count()), 2, make)
next(documents)
first = next(drawn)
for _ in range(10):
    next(documents)
show(first, next(drawn))
documents.close()
""",
    )
    assert drawn <= 5
    assert drawn_later <= 16


def test_a_killed_process_costs_no_item(tmp_path: Path) -> None:
    """What a process was reading when it was killed is read by another."""
    ((killed, found),) = run(
        tmp_path,
        """
items = [{"id": str(n), "text": "sleep"} for n in range(12)]
documents = read_elsewhere(iter([items[n : n + 3] for n in range(0, 12, 3)]), 2, make)
first = next(documents)
os.kill(int(first.text.split(" ")[1]), signal.SIGKILL)
show(first.id, told(documents))
""",
    )
    assert killed == "0"
    assert found == [[str(n), "sleep", []] for n in range(1, 12)]


def test_an_item_that_kills_its_process_is_reported_alone(tmp_path: Path) -> None:
    """It comes back with its id, its text and an issue; the others of its batch are read."""
    ((found,),) = run(
        tmp_path,
        """
items = [{"id": str(n), "text": "die" if n == 2 else "a"} for n in range(5)]
show(told(read_elsewhere(iter([items[:4], items[4:]]), 2, make)))
""",
    )
    assert found == [[str(n), "die" if n == 2 else "a", ["worker-lost"] if n == 2 else []] for n in range(5)]


def test_an_item_that_cannot_be_sent_is_reported_alone(tmp_path: Path) -> None:
    """What Python cannot send to another process is a bad item."""
    ((found,),) = run(
        tmp_path,
        """
items = [{"id": "0", "text": "a"}, {"id": "1", "text": (n for n in ())}, {"id": "2", "text": "a"}]
show(told(read_elsewhere(iter([items]), 2, make)))
""",
    )
    assert found == [["0", "a", []], ["1", "", ["bad-item"]], ["2", "a", []]]


def test_no_process_outlives_the_iterator(tmp_path: Path) -> None:
    """Read to its end, closed early or forgotten: no child process is left."""
    ((counts),) = run(
        tmp_path,
        """
import multiprocessing
def left():
    return len(multiprocessing.active_children())
def batches():
    return ([{"id": str(n), "text": "sleep"}] for n in range(8))
list(read_elsewhere(batches(), 2, make))
ended = left()
documents = read_elsewhere(batches(), 2, make)
next(documents)
during = left()
documents.close()
closed = left()
next(read_elsewhere(batches(), 2, make))
show(ended, during, closed, left())
""",
    )
    assert counts == [0, 2, 0, 0]


def test_a_program_may_end_with_the_iterator_open(tmp_path: Path) -> None:
    """The processes end with the program, at once and silently."""
    began = time.monotonic()
    run(
        tmp_path,
        """
documents = read_elsewhere(([{"id": str(n), "text": "sleep"}] for n in range(1000)), 2, make)
next(documents)
""",
    )
    assert time.monotonic() - began < 60


def test_what_the_input_raises_is_raised(tmp_path: Path) -> None:
    """An input that breaks off ends the iterator with its own exception, and the processes with it."""
    ((counts),) = run(
        tmp_path,
        """
import multiprocessing
def broken():
    yield [{"id": "0", "text": "a"}]
    raise OSError("disk")
try:
    list(read_elsewhere(broken(), 2, make))
except OSError as error:
    show(str(error), len(multiprocessing.active_children()))
""",
    )
    assert counts == ["disk", 0]


def test_a_reader_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    """The exception of the worker process is raised where the documents are asked for."""
    (shown,) = run(
        tmp_path,
        """
try:
    list(read_elsewhere(iter([[{"id": "0", "text": "a"}]]), 2, fail))
except ModelError as error:
    show(str(error))
""",
    )
    assert shown == ["no pack"]


def test_what_else_goes_wrong_at_the_start_is_told(tmp_path: Path) -> None:
    """What the process said reaches the program, with no word of a guard that is there."""
    body = 'list(read_elsewhere(iter([[{"id": "0", "text": "a"}]]), 1, fail_otherwise))'
    done = subprocess.run(script(tmp_path, body), capture_output=True, text=True, timeout=120)
    assert done.stderr.splitlines()[-1] == (
        "quotekit.errors.InputError: expected worker processes to start, got one that ended with ImportError: "
        "no library of that name"
    )
    assert "in fail_otherwise" in done.stderr  # the traceback of the process
    assert "__main__':" not in done.stderr


def test_a_reader_that_only_the_program_knows_is_told(tmp_path: Path) -> None:
    """What another process cannot find there is named."""
    (shown,) = run(
        tmp_path,
        """
try:
    list(read_elsewhere(iter([[{"id": "0", "text": "a"}]]), 1, lambda: read))
except Exception as error:
    show("lambda" in str(error))
""",
    )
    assert shown == [True]


@pytest.mark.skipif(os.name != "posix", reason="signals are POSIX's; run this on Linux or macOS")
def test_processes_killed_before_they_are_ready_are_told(tmp_path: Path) -> None:
    """As where there is no memory for them: by the signal, after three tries."""
    (shown,) = run(
        tmp_path,
        """
try:
    list(read_elsewhere(iter([[{"id": "0", "text": "a"}]]), 1, die))
except Exception as error:
    show(type(error).__name__, str(error))
""",
    )
    assert shown == [
        "InputError",
        "expected worker processes to start, got signal 9 for each of 3; each holds a model: use fewer",
    ]


def test_an_unguarded_script_is_told_what_to_do(tmp_path: Path) -> None:
    """A script without the usual guard ends with a message that names it, and does not hang."""
    path = tmp_path / "script.py"
    path.write_text(SCRIPT + 'list(read_elsewhere(iter([[{"id": "0", "text": "a"}]]), 2, make))\n', encoding="utf-8")
    done = subprocess.run([sys.executable, str(path)], capture_output=True, text=True, timeout=120)
    assert done.returncode == 1
    assert "must do so under `if __name__ == '__main__':`" in done.stderr.splitlines()[-1]


@pytest.fixture
def running(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """A program with two workers, both in the midst of many batches, in a process group of its own."""
    body = """
for document in read_elsewhere(([{"id": str(n), "text": "sleep"}] for n in range(1000)), 2, make):
    show(document.text)
"""
    process = subprocess.Popen(
        script(tmp_path, body), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    )
    with process:
        assert process.stdout is not None
        readers = set[str]()
        while len(readers) < 2:  # one that is still starting would tell of its own that nobody is there
            readers.update(json.loads(process.stdout.readline()))
        yield process
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)


@pytest.mark.skipif(os.name != "posix", reason="process groups are POSIX's; run this on Linux or macOS")
@pytest.mark.parametrize("times", [1, 2])
def test_ctrl_c_ends_everything(running: subprocess.Popen[str], times: int) -> None:
    """Pressed in a terminal it reaches all processes: one traceback, that of the program, and nothing goes on."""
    for _ in range(times):
        os.killpg(running.pid, signal.SIGINT)
    _, told = running.communicate(timeout=60)
    assert running.returncode != 0
    assert told.count("Traceback") == times or told.count("Traceback") == 1
    assert told.rstrip().endswith("KeyboardInterrupt")
    assert_gone(running.pid)


@pytest.mark.skipif(os.name != "posix", reason="process groups are POSIX's; run this on Linux or macOS")
def test_workers_end_when_their_program_is_killed(running: subprocess.Popen[str]) -> None:
    """A worker nobody asks any more ends by itself, silently."""
    running.kill()
    _, told = running.communicate(timeout=60)
    assert told == ""
    assert_gone(running.pid)


def assert_gone(group: int) -> None:
    """No process of the group is there, or none within ten seconds."""
    for _ in range(100):
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return
        time.sleep(0.1)
    pytest.fail("a process is left")
