"""HTML from strings: the one place that escapes."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable

from quotekit.render.unsafe import UNSAFE, code_point

__all__ = ["Markup", "joined", "markup", "plain", "tag"]

VOID = frozenset(("br", "input", "link", "meta"))

_RETURN = re.compile("\r(\n?)")


class Markup(str):
    """Text that is HTML already; every other string is escaped where it enters."""

    __slots__ = ()


def markup(text: str) -> Markup:
    r"""Any text as HTML that shows it, character by character, and does nothing else.

    What would reorder, hide or end the page's text (bidirectional overrides, controls, lone surrogates) stands there
    as the name of its code point, in a `span` of the class `qk-odd`.

    >>> markup("a < b"), markup("\u202e")
    ('a &lt; b', '<span class="qk-odd">U+202E</span>')
    """
    if isinstance(text, Markup):
        return text
    escaped = _RETURN.sub(_returned, html.escape(text, quote=False))
    return Markup(UNSAFE.sub(lambda odd: f'<span class="qk-odd">{code_point(odd[0])}</span>', escaped))


def _returned(found: re.Match[str]) -> str:
    """A carriage return as a reference, which no parser turns into a line feed; alone it ends a line."""
    return "&#13;\n" if found[1] else "&#13;<br>"


def tag(name: str, /, *inside: str | None, **attributes: str | int | bool | None) -> Markup:
    """An element: its children escaped unless they are markup, `None` left out.

    Attributes are named as in Python (`class_`, `data_tip`); `None` and `False` leave one out.

    >>> tag("a", "P & O", href="#a1", hidden=False)
    '<a href="#a1">P &amp; O</a>'
    """
    known = "".join(_attribute(key, value) for key, value in attributes.items() if value is not None)
    if name in VOID:
        return Markup(f"<{name}{known}>")
    return Markup(f"<{name}{known}>{''.join(markup(child) for child in inside if child is not None)}</{name}>")


def _attribute(key: str, value: str | int | bool | None) -> str:
    name = key.rstrip("_").replace("_", "-")
    if isinstance(value, bool):
        return f" {name}" if value else ""
    return f' {name}="{plain(str(value))}"'


def plain(text: str) -> Markup:
    """Any text where no element can stand: in an attribute or a title.

    >>> plain('"Khan"')
    '&quot;Khan&quot;'
    """
    return Markup(html.escape(UNSAFE.sub(lambda odd: code_point(odd[0]), text)).replace("\r", "&#13;"))


def joined(parts: Iterable[str], between: str = "") -> Markup:
    """Markup and text one after another.

    >>> joined(["a", tag("b", "c")], " & ")
    'a &amp; <b>c</b>'
    """
    return Markup(markup(between).join(map(markup, parts)))
