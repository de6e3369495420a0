"""Which attributions say a text: lists that grow, in little memory."""

from __future__ import annotations

from array import array
from collections.abc import Iterator

__all__ = ["Printings"]

END = -1


class Printings:
    """For each text the attributions that say it, in the order they came; both are numbers from 0 on."""

    def __init__(self) -> None:
        self._first = array("q")
        self._last = array("q")
        self._next = array("q")

    def add(self, text: int, number: int) -> None:
        """Take in that an attribution, later than all before, says a text: one of those before, or the next one."""
        self._next.extend(END for _ in range(number + 1 - len(self._next)))
        if text == len(self._first):
            self._first.append(number)
            self._last.append(number)
        else:
            self._next[self._last[text]] = number
            self._last[text] = number

    def of(self, text: int) -> Iterator[int]:
        """The attributions that say a text."""
        number = self._first[text]
        while number != END:
            yield number
            number = self._next[number]
