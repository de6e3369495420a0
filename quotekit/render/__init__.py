"""Documents for people to read."""

from quotekit.render.terminal import to_terminal

__all__ = ["to_terminal"]
