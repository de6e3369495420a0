"""Who said what, in which words, according to whom: attributions in news text."""

from quotekit.api import Attributor, attribute, attribute_many
from quotekit.document import (
    Act,
    Attribution,
    Document,
    How,
    Issue,
    Kind,
    Mention,
    MentionType,
    Quotation,
    Resolution,
    Via,
)
from quotekit.errors import InputError, ModelError, QuotekitError, RegistryError
from quotekit.export import from_dict, read_jsonl, to_dict, write_jsonl
from quotekit.quotations import find_quotations
from quotekit.registry import Candidate, Registry
from quotekit.spans import Span
from quotekit.speakers import PartialDate, Role, Speaker, SpeakerType

__all__ = [
    "Act",
    "Attribution",
    "Attributor",
    "Candidate",
    "Document",
    "How",
    "InputError",
    "Issue",
    "Kind",
    "Mention",
    "MentionType",
    "ModelError",
    "PartialDate",
    "Quotation",
    "QuotekitError",
    "Registry",
    "RegistryError",
    "Resolution",
    "Role",
    "Span",
    "Speaker",
    "SpeakerType",
    "Via",
    "__version__",
    "attribute",
    "attribute_many",
    "find_quotations",
    "from_dict",
    "read_jsonl",
    "to_dict",
    "write_jsonl",
]

__version__ = "0.1.0"
