"""Who said what, in which words, according to whom: attributions in news text."""

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
from quotekit.spans import Span
from quotekit.speakers import PartialDate, Role, Speaker, SpeakerType

__all__ = [
    "Act",
    "Attribution",
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
    "RegistryError",
    "Resolution",
    "Role",
    "Span",
    "Speaker",
    "SpeakerType",
    "Via",
    "__version__",
]

__version__ = "0.1.0"
