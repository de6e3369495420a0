"""Characters that a text may hold and a page must not obey."""

from __future__ import annotations

import re

__all__ = ["UNSAFE", "code_point"]

# Controls, marks that reorder or hide text, and halves of characters, which nothing can encode; white space is none.
UNSAFE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u206f\ufff9-\ufffb"
    "\U000e0000-\U000e007f\ud800-\udfff]"
)


def code_point(character: str) -> str:
    r"""The name that everybody reads the same.

    >>> code_point("\u202e")
    'U+202E'
    """
    return f"U+{ord(character):04X}"
