"""Documents and clusters for people to read."""

from quotekit.render.clusters import cluster_to_terminal
from quotekit.render.terminal import to_terminal

__all__ = ["cluster_to_terminal", "to_terminal"]
