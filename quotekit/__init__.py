"""Who said what, in which words, according to whom: attributions in news text."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

from quotekit.api import Attributor, attribute, attribute_many
from quotekit.document import (
    Act,
    Attribution,
    Cluster,
    Difference,
    DifferenceKind,
    Document,
    How,
    Issue,
    Kind,
    Match,
    Member,
    Mention,
    MentionType,
    Quotation,
    Relation,
    Resolution,
    Via,
)
from quotekit.errors import InputError, ModelError, QuotekitError, RegistryError
from quotekit.export import from_dict, read_jsonl, to_dict, write_jsonl
from quotekit.quotations import find_quotations
from quotekit.registry import Candidate, Registry
from quotekit.spans import Span
from quotekit.speakers import PartialDate, Role, Speaker, SpeakerType

if TYPE_CHECKING:
    from quotekit.matching import QuoteIndex, match
    from quotekit.matching.compare import compare
    from quotekit.render import to_html

__all__ = [
    "Act",
    "Attribution",
    "Attributor",
    "Candidate",
    "Cluster",
    "Difference",
    "DifferenceKind",
    "Document",
    "How",
    "InputError",
    "Issue",
    "Kind",
    "Match",
    "Member",
    "Mention",
    "MentionType",
    "ModelError",
    "PartialDate",
    "Quotation",
    "QuoteIndex",
    "QuotekitError",
    "Registry",
    "RegistryError",
    "Relation",
    "Resolution",
    "Role",
    "Span",
    "Speaker",
    "SpeakerType",
    "Via",
    "__version__",
    "attribute",
    "attribute_many",
    "compare",
    "find_quotations",
    "from_dict",
    "match",
    "read_jsonl",
    "to_dict",
    "to_html",
    "write_jsonl",
]

__version__ = "0.1.0"

_LATER = {  # what many programs never ask for is imported when it is: half of the time until the first line runs
    "QuoteIndex": "quotekit.matching",
    "compare": "quotekit.matching",
    "match": "quotekit.matching",
    "to_html": "quotekit.render",
}

if not TYPE_CHECKING:  # a type checker is to know every name, and to tell of others

    def __getattr__(name: str) -> object:
        if name not in _LATER:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        value = globals()[name] = getattr(importlib.import_module(_LATER[name]), name)
        return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
