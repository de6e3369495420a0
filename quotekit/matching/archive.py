"""The documents of an index, in little memory: what is said in them as rows, read when somebody asks for it."""

from __future__ import annotations

import json
from array import array
from collections.abc import Iterable, Iterator, Sequence

from quotekit.matching.rows import version_of
from quotekit.matching.versions import Printed, Version

__all__ = ["Archive", "Filed"]

Filed = tuple[Printed, Sequence[bytes]]  # a document and the rows of its attributions


class Archive:
    """Documents in the order they came, and their attributions, numbered through all of them."""

    def __init__(self) -> None:
        self._printed: list[Printed] = []
        self._firsts = array("Q", [0])  # the first attribution of each document, and of the next one to come
        self._homes = array("I")  # the document of each attribution
        self._rows = bytearray()
        self._ends = array("Q", [0])

    def __len__(self) -> int:
        """The number of attributions."""
        return len(self._homes)

    @property
    def documents(self) -> int:
        """The number of documents."""
        return len(self._printed)

    def add(self, printed: Printed, rows: Iterable[bytes]) -> None:
        """Take in a document and the rows of its attributions."""
        for row in rows:
            self._rows += row
            self._ends.append(len(self._rows))
            self._homes.append(len(self._printed))
        self._printed.append(printed)
        self._firsts.append(len(self._homes))

    def home(self, number: int) -> int:
        """The document of an attribution."""
        return self._homes[number]

    def printed(self, document: int) -> Printed:
        """The record of a document."""
        return self._printed[document]

    def row(self, number: int) -> bytes:
        """The row of an attribution."""
        return bytes(self._rows[self._ends[number] : self._ends[number + 1]])

    def version(self, number: int) -> Version:
        """The record of an attribution."""
        return version_of(json.loads(self.row(number)), self._printed[self._homes[number]])

    def __iter__(self) -> Iterator[Filed]:
        """The documents with their rows."""
        for document, printed in enumerate(self._printed):
            numbers = range(self._firsts[document], self._firsts[document + 1])
            yield printed, [self.row(number) for number in numbers]
