"""Numbers that options take."""

from __future__ import annotations

import argparse

__all__ = ["whole_number"]


def whole_number(value: str) -> int:
    """A number of things, 1 or more. Raises `argparse.ArgumentTypeError`, which the parser tells, for anything else."""
    if not value.isascii() or not value.isdigit() or int(value) < 1:
        raise argparse.ArgumentTypeError(f"expected a whole number of 1 or more, got {value!r}")
    return int(value)
