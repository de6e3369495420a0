"""Fuzz what reads strangers' input: the quotation scanner, the registry readers and `from_dict`, guided by coverage.

    pip install atheris
    python benchmarks/fuzz.py [quotations registry documents] [--seconds 180]

Each target runs in a process of its own for so many seconds, from the inputs in tests/cases/fuzz; atheris (libFuzzer)
changes them and keeps what reaches new branches. Of what was found, the inputs that take a new way from line to line
are added to tests/cases/fuzz, so that later runs begin there and tests/test_fuzz.py replays them without atheris. An
input that breaks a target is shown, kept with the others, and the script ends with 1.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from types import FrameType
from typing import Any

try:
    import atheris
except ImportError:  # the tests replay the inputs without it
    atheris = None

with atheris.instrument_imports(include=["quotekit"]) if atheris else contextlib.nullcontext():
    import quotekit
    from quotekit.quotations import scan

CORPUS = Path(__file__).resolve().parent.parent / "tests" / "cases" / "fuzz"
PACKAGE = str(Path(quotekit.__file__).parent)
LONGEST = 600  # bytes of an input
SLOWEST = 5  # seconds that one input may take
MENTION = "the Foreign Minister"


class Broken(Exception):
    """What must hold of any input does not hold of this one."""


def quotations(text: str) -> None:
    """Any text has quotations that cut it, in order, each inside the one that holds it."""
    found, issues = scan(text)
    whole = quotekit.Span(0, len(text))
    _check_siblings(found, whole, text)
    if not all(issue.span is None or whole.contains(issue.span) for issue in issues):
        raise Broken("an issue lies outside the text")


def registry(text: str) -> None:
    """Any file is refused with its name, or read, and then it answers and comes back the same."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "registry"
        path.write_bytes(_bytes(text))
        try:
            read = quotekit.Registry.load(path)
        except quotekit.RegistryError as error:
            if str(path) not in str(error):
                raise Broken(f"the message does not name the file: {error}") from error
            return
        if not all(0 <= candidate.score <= 1 for candidate in read.resolve(MENTION, date="2018")):
            raise Broken("a score lies outside 0..1")
        read.save(path, format="native")
        if list(quotekit.Registry.load(path)) != list(read):
            raise Broken("the registry does not come back the same")


def documents(text: str) -> None:
    """Any JSON value is refused, or is a document that comes back the same."""
    try:
        value = json.loads(text)
    except (json.JSONDecodeError, RecursionError):
        return
    try:
        document = quotekit.from_dict(value)
    except quotekit.InputError:
        return
    try:
        line = quotekit.to_dict(document)
    except quotekit.InputError:  # two halves of a character that would meet in JSON
        return
    if quotekit.from_dict(json.loads(json.dumps(line))) != document:
        raise Broken("the document does not come back the same")


TARGETS: Mapping[str, Callable[[str], None]] = {
    "quotations": quotations,
    "registry": registry,
    "documents": documents,
}


def _check_siblings(found: Iterable[quotekit.Quotation], outer: quotekit.Span, text: str) -> None:
    start = outer.start
    for quotation in found:
        if not start <= quotation.start < quotation.end <= outer.end or text[quotation.span.slice] != quotation.text:
            raise Broken(f"the quotation at {quotation.start}:{quotation.end} is out of place")
        _check_siblings(quotation.children, quotation.span, text)
        start = quotation.end


def known(target: str) -> list[str]:
    """The inputs kept for a target; bytes that are no UTF-8 stand in them as lone surrogates."""
    inputs: list[str] = json.loads((CORPUS / f"{target}.json").read_text(encoding="utf-8"))
    return inputs


def _keep(target: str, inputs: Iterable[str]) -> None:
    lines = json.dumps(sorted(set(inputs), key=lambda text: (len(text), text)), indent=0)
    (CORPUS / f"{target}.json").write_text(lines + "\n", encoding="utf-8")


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogateescape")


def _text(data: bytes) -> str:
    return data.decode("utf-8", "surrogateescape")


def thinned(target: str, start: Iterable[str], found: Iterable[str]) -> list[str]:
    """The known inputs, and of those found, short ones first, each that goes a way that none before it went."""
    kept = list(start)
    seen = {step for text in kept for step in _steps(TARGETS[target], text)}
    for text in sorted(set(found), key=lambda text: (len(text), text)):
        steps = _steps(TARGETS[target], text)
        if not steps <= seen:
            kept.append(text)
            seen |= steps
    return kept


def _steps(run: Callable[[str], None], text: str) -> set[tuple[str, int, int]]:
    """Which line of the library followed on which while an input was read."""
    steps: set[tuple[str, int, int]] = set()

    def trace(frame: FrameType, event: str, argument: Any) -> Callable[..., Any] | None:
        name = frame.f_code.co_filename
        if not name.startswith(PACKAGE):
            return None
        last = frame.f_code.co_firstlineno

        def trace_line(frame: FrameType, event: str, argument: Any) -> Callable[..., Any]:
            nonlocal last
            steps.add((name, last, frame.f_lineno))
            last = frame.f_lineno
            return trace_line

        return trace_line

    sys.settrace(trace)
    try:
        with contextlib.suppress(Exception):  # an input that breaks the target is told by the run itself
            run(text)
    finally:
        sys.settrace(None)
    return steps


def _words(inputs: Iterable[str]) -> str:
    """The strings and marks of the inputs as libFuzzer's dictionary."""
    words = {word for text in inputs for word in re.findall(r'"[\w-]{1,30}"|[^\w\s]', text)}
    return "".join('"' + "".join(rf"\x{byte:02x}" for byte in _bytes(word)) + '"\n' for word in sorted(words))


def _run(target: str, seconds: int) -> bool:
    """Fuzz one target in another process; whether nothing broke."""
    with tempfile.TemporaryDirectory() as folder:
        found, start = Path(folder, "found"), known(target)
        found.mkdir()
        for number, text in enumerate(start):
            (found / f"known-{number}").write_bytes(_bytes(text))
        Path(folder, "words").write_text(_words(start), encoding="utf-8")
        options = [f"-max_total_time={seconds}", f"-max_len={LONGEST}", f"-timeout={SLOWEST}", "-verbosity=0"]
        files = [f"-dict={folder}/words", f"-artifact_prefix={folder}/broken-", str(found)]
        command = [sys.executable, __file__, "--child", target, f"{folder}/broken-input", *options, *files]
        done = subprocess.run(command, capture_output=True, text=True, errors="replace", check=False)
        broken = {_text(path.read_bytes()) for path in Path(folder).glob("broken-*")}
        reached = [_text(path.read_bytes()) for path in found.iterdir()]
    kept = thinned(target, start, reached)
    _keep(target, [*kept, *broken])
    print(
        f"{target}: {seconds} s, {len(reached)} inputs reached new branches, {len(kept)} kept, {len(broken)} break it"
    )
    for text in broken:
        print(f"  {text!r}")
    if done.returncode:
        print(done.stdout)
    return done.returncode == 0


def _child(target: str, broken: Path, options: list[str]) -> None:
    """Fuzz until the time is over or an input breaks the target; libFuzzer ends the process."""

    def run(data: bytes) -> None:
        try:
            TARGETS[target](_text(data))
        except Exception:
            broken.write_bytes(data)
            raise

    atheris.Setup([sys.argv[0], *options], run)
    atheris.Fuzz()


def main() -> int:
    """Fuzz the targets that were named, or all."""
    if sys.argv[1:2] == ["--child"]:
        _child(sys.argv[2], Path(sys.argv[3]), sys.argv[4:])
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("targets", nargs="*", metavar="TARGET", default=[], help=f"of {', '.join(TARGETS)}")
    parser.add_argument("--seconds", type=int, default=180, help="how long each target runs")
    arguments = parser.parse_args()
    if unknown := set(arguments.targets) - set(TARGETS):
        parser.error(f"expected targets of {', '.join(TARGETS)}, got {', '.join(sorted(unknown))}")
    if atheris is None:
        parser.error("atheris is missing; pip install atheris (Linux or macOS)")
    sound = [_run(target, arguments.seconds) for target in arguments.targets or TARGETS]
    return 0 if all(sound) else 1


if __name__ == "__main__":
    sys.exit(main())
