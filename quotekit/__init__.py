"""Who said what, in which words, according to whom: attributions in news text."""

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
from quotekit.matching import QuoteIndex, compare, match
from quotekit.quotations import find_quotations
from quotekit.registry import Candidate, Registry
from quotekit.render import to_html
from quotekit.spans import Span
from quotekit.speakers import PartialDate, Role, Speaker, SpeakerType

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
