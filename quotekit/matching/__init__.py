"""The same utterance: texts normalized, two quotations compared, and those of many documents brought together."""

from quotekit.matching.compare import compare
from quotekit.matching.index import QuoteIndex, match

__all__ = ["QuoteIndex", "compare", "match"]
