"""Lines of a page: headings between rules, and rows with a narrow column beside a wide one."""

from __future__ import annotations

from collections.abc import Sequence

from quotekit.render.lines import Word, columns, painted, shortened, wrapped

__all__ = ["NARROWEST", "Page"]

NARROWEST = 40
INDENT = 4


class Page:
    """The lines so far, each with a narrow column for a label and a wide one for what it labels."""

    def __init__(self, width: int, color: bool, gutter: int) -> None:
        """`width` is in columns, 40 at least; `gutter` is how many of them the labels have."""
        self.lines: list[str] = []
        self._width = max(width, NARROWEST)
        self._color = color
        self._gutter = gutter

    def heading(self, known: str, found: str) -> None:
        """A rule that says on the left what follows, shortened where needed, and on the right what was found."""
        found = f"{found} ──"
        known = shortened(known, self._width - len(found) - 8)
        rule = "─" * (self._width - columns(known) - len(found) - 5)
        self.lines.append(painted([("──", "faint"), (known, "strong"), (f"{rule} {found}", "faint")], self._color))

    def row(self, label: str, sequence: Sequence[Word], depth: int = 0) -> None:
        """Set words in the wide column, and the label, if any, beside their first line."""
        indent = min(depth * INDENT, self._width - NARROWEST)
        room = self._width - indent - self._gutter
        for line in wrapped(sequence, room):
            gutter = painted([(label, label)], self._color and bool(label)) + " " * (self._gutter - len(label))
            self.lines.append(" " * indent + gutter + painted(line, self._color))
            label = ""

    def blank(self) -> None:
        """An empty line."""
        self.lines.append("")

    def text(self) -> str:
        """The page, without a last line break."""
        return "\n".join(self.lines).rstrip()
