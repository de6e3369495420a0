"""Documents and clusters for people to read."""

from quotekit.render.cluster_html import cluster_to_html, write_clusters_html
from quotekit.render.clusters import cluster_to_terminal
from quotekit.render.html import to_html, write_html
from quotekit.render.review import review
from quotekit.render.terminal import to_terminal

__all__ = [
    "cluster_to_html",
    "cluster_to_terminal",
    "review",
    "to_html",
    "to_terminal",
    "write_clusters_html",
    "write_html",
]
