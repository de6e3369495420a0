"""Who may import whom: the layers of CONTRIBUTING.md, and the one home of each heavy package."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from importlib.util import resolve_name
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).resolve().parent.parent

# A module imports only from lower numbers, or from its own part of the package.
LAYERS = {
    "errors": 1,
    "files": 2,
    "spans": 2,
    "speakers": 3,
    "lexicon": 3,
    "document": 4,
    "marks": 4,
    "evaluation": 5,
    "items": 5,
    "kinds": 5,
    "quotations": 5,
    "similarity": 5,
    "registry": 6,
    "matching": 6,
    "workers": 6,
    "analysis": 7,
    "extraction": 8,
    "resolution": 9,
    "export": 10,
    "render": 10,
    "api": 11,
    "__init__": 12,
    "integrations": 12,
    "training": 13,
    "commands": 14,
    "cli": 15,
    "__main__": 16,
}

# A notebook shows a document as HTML by this method, and the records must not know how.
EXCEPTIONS = {("document", "Document._repr_html_", "render")}

MODEL_PARTS = {"analysis", "integrations", "training"}
HOMES = {
    "rapidfuzz": {"similarity"},
    "torch": MODEL_PARTS,
    "stanza": MODEL_PARTS,
    "tokenizers": MODEL_PARTS,
    "safetensors": MODEL_PARTS,
    "pandas": {"integrations"},
    "pyarrow": {"integrations"},
    "spacy": {"integrations"},
}

MODULES = sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "quotekit").rglob("*.py"))


class Import(NamedTuple):
    """One imported module: its dotted name, the line, and the classes, functions and type-only blocks around it."""

    name: str
    line: int
    scope: tuple[str, ...]


def imports(node: ast.AST, package: str, scope: tuple[str, ...] = ()) -> Iterator[Import]:
    """Everything imported under `node` of a module in `package`, at any depth."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Import):
            yield from (Import(alias.name, child.lineno, scope) for alias in child.names)
        elif isinstance(child, ast.ImportFrom):
            source = resolve_name("." * child.level + (child.module or ""), package)
            names = [f"quotekit.{a.name}" for a in child.names] if source == "quotekit" else [source]
            yield from (Import(name, child.lineno, scope) for name in names)
        elif isinstance(child, (ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)):
            yield from imports(child, package, (*scope, child.name))
        elif isinstance(child, ast.If) and ast.unparse(child.test) == "TYPE_CHECKING":
            yield from imports(child, package, (*scope, "TYPE_CHECKING"))
        else:
            yield from imports(child, package, scope)


def breaches(path: str, source: str) -> list[str]:
    """What the module at `path` (from the repository's root) imports against the rules, as lines to read."""
    importer = Path(path).with_suffix("").parts[1]
    package = ".".join(Path(path).parent.parts)
    found = []
    for name, line, scope in imports(ast.parse(source), package):
        top, _, rest = name.partition(".")
        if top != "quotekit":
            if importer not in HOMES.get(top, {importer}) and "TYPE_CHECKING" not in scope:  # a type loads nothing
                found.append(f"{path}:{line}: only {', '.join(sorted(HOMES[top]))} may import {top}")
            continue
        part = rest.partition(".")[0]
        imported = part if part in LAYERS else "__init__"
        allowed = importer == imported or LAYERS[imported] < LAYERS[importer]
        if not allowed and (importer, ".".join(scope), imported) not in EXCEPTIONS:
            found.append(
                f"{path}:{line}: {importer} (layer {LAYERS[importer]}) imports {imported} (layer {LAYERS[imported]})"
            )
    return found


@pytest.mark.parametrize("path", MODULES)
def test_each_module_keeps_to_its_layer(path: str) -> None:
    """No module of the package imports from its own level or above, or a package that is another's."""
    assert Path(path).with_suffix("").parts[1] in LAYERS, f"{path}: give it a layer, here and in CONTRIBUTING.md"
    assert breaches(path, (ROOT / path).read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("quotekit/spans.py", "from quotekit.document import Document"),
        ("quotekit/spans.py", "from quotekit import document"),
        ("quotekit/spans.py", "from quotekit import __version__"),
        ("quotekit/spans.py", "import quotekit.api"),
        ("quotekit/export/jsonl.py", "from quotekit.render.terminal import to_text"),
        ("quotekit/export/jsonl.py", "from ..render import terminal"),
        ("quotekit/extraction/link.py", "def link():\n    import torch.nn"),
        ("quotekit/registry/names.py", "try:\n    from rapidfuzz import fuzz\nexcept ImportError:\n    fuzz = None"),
        ("quotekit/registry/names.py", "if TYPE_CHECKING:\n    from quotekit.api import Attributor"),
        ("quotekit/document.py", "class Document:\n    def show(self):\n        from quotekit.render import to_html"),
    ],
)
def test_a_breach_is_seen(path: str, source: str) -> None:
    """However it is written and wherever it stands, one forbidden import is one breach."""
    assert len(breaches(path, source)) == 1


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("quotekit/document.py", "from quotekit import lexicon"),
        ("quotekit/analysis/encoder.py", "import torch\nfrom quotekit.analysis import pack"),
        ("quotekit/registry/popolo.py", "from . import names"),
        ("quotekit/api.py", "if TYPE_CHECKING:\n    import stanza"),
        (
            "quotekit/document.py",
            "class Document:\n    def _repr_html_(self):\n        from quotekit.render import to_html",
        ),
    ],
)
def test_what_the_layers_allow_passes(path: str, source: str) -> None:
    """Lower layers, a module's own part, a heavy package's types, and the one named exception are no breach."""
    assert breaches(path, source) == []
