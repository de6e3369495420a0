"""Who may be speaking: names, aliases, posts and dated roles, and whom a mention stands for.

Lookups go through dictionaries built once; docs/reference/registry.md tells the formats and how scores come about.
"""

from quotekit.registry.records import Candidate
from quotekit.registry.registry import Registry

__all__ = ["Candidate", "Registry"]
