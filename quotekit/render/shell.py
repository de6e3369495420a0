"""What is around every page: its head, its style and script, and the promise that it loads nothing."""

from __future__ import annotations

import base64
import functools
import hashlib
from collections.abc import Iterable
from importlib import resources

import attrs

from quotekit.render.markup import Markup, plain, tag

__all__ = ["Shell"]


@attrs.frozen(kw_only=True)
class Shell:
    """A page's title, and the names of its style sheets and scripts in this folder.

    The page allows itself nothing but these: its policy names their digests and forbids every request.
    """

    title: str
    styles: tuple[str, ...]
    scripts: tuple[str, ...]

    def page(self, parts: Iterable[str]) -> str:
        """The whole page around the parts of its body."""
        return "".join((self.head(), *parts, self.foot()))

    def head(self) -> str:
        """All that stands before the body's parts."""
        head = tag(
            "head",
            tag("meta", charset="utf-8"),
            tag("meta", http_equiv="Content-Security-Policy", content=self._policy()),
            tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
            tag("meta", name="color-scheme", content="light dark"),
            tag("meta", name="referrer", content="no-referrer"),
            tag("link", rel="icon", href="data:,"),
            tag("title", plain(" ".join(self.title.split()))),
            self.style(),
        )
        return f'<!doctype html>\n<html lang="en">\n{head}\n<body class="qk-page">\n'

    def foot(self) -> str:
        """All that stands behind them."""
        return f"{self.script()}\n</body>\n</html>\n"

    def style(self) -> Markup:
        """The style sheets, for a page or a fragment."""
        return tag("style", Markup(_assets(self.styles)))

    def script(self) -> Markup:
        """The scripts, for a page or a fragment."""
        return tag("script", Markup(_assets(self.scripts))) if self.scripts else Markup("")

    def _policy(self) -> str:
        styles, scripts = _digest(_assets(self.styles)), _digest(_assets(self.scripts))
        return (
            f"default-src 'none'; style-src '{styles}'; script-src '{scripts}'; img-src data:; "
            "base-uri 'none'; form-action 'none'"
        )


@functools.cache
def _assets(names: tuple[str, ...]) -> str:
    folder = resources.files(__package__)
    return "\n" + "\n".join(folder.joinpath(name).read_text(encoding="utf-8") for name in names)


def _digest(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
