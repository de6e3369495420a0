"""What people are told on stderr, and whether anything failed."""

from __future__ import annotations

import sys

from quotekit.document import Document
from quotekit.render.lines import printable

__all__ = ["Messages", "reason"]

LOST = ("bad-item", "internal-error", "worker-lost")  # issues of articles in which nothing was read


class Messages:
    """Tells people something, one line each, and remembers whether it was a failure."""

    def __init__(self) -> None:
        self.failed = False

    def error(self, message: str) -> None:
        """Tell that something failed: the exit status will say so."""
        self.failed = True
        self.note(f"error: {message}")

    def note(self, message: str) -> None:
        """Tell something."""
        print(f"quotekit: {printable(message)}", file=sys.stderr)

    def issues(self, document: Document) -> None:
        """One line for each kind of issue: 10,000 stray marks are worth no more."""
        for code in dict.fromkeys(issue.code for issue in document.issues):
            first, *others = (issue for issue in document.issues if issue.code == code)
            place = f" at {first.span.start}" if first.span else ""
            more = f" (and {len(others):,} more)" if others else ""
            tell = self.error if code in LOST else self.note
            tell(f"{document.id or 'document'}: {code}{place}: {first.message}{more}")


def reason(error: Exception) -> str:
    """Why something failed, in words; of a file, which one."""
    if isinstance(error, OSError) and error.strerror:
        return f"{error.filename}: {error.strerror}" if error.filename else error.strerror
    return str(error)
