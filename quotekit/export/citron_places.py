"""Where the spans of Citron's JSON stand: by characters as documented, or by tokens as it prints them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable

from quotekit.export.checked import Node
from quotekit.spans import Span

__all__ = ["Places"]


class Places:
    """The places of all spans of one document.

    A span's `start` and `end` must cut its `text`. Where that is not so and they may count tokens, all of them do.
    Tokens and characters rise together: what stands in the text only once tells where about the rest stand, and each
    takes the occurrence next to that.
    """

    def __init__(self, text: str, spans: Iterable[Node], *, may_count_tokens: bool) -> None:
        self._text = text
        self._found: dict[tuple[int, int], Span] = {}
        given = [(_numbers(node), node["text"].string_or_none(), node) for node in spans]
        odd = [row for row in given if row[1] is not None and text[slice(*row[0])] != row[1]]
        if odd and not may_count_tokens:
            (start, end), body, node = odd[0]
            raise node.error(f"the article has {text[start:end]!r} at {start}:{end}, not {body!r}")
        if odd:
            self._locate({numbers: (body or "", node) for numbers, body, node in given})

    def __getitem__(self, node: Node) -> Span:
        return self._found[_numbers(node)] if self._found else node.own_span(self._text)

    def _locate(self, given: dict[tuple[int, int], tuple[str, Node]]) -> None:
        once: dict[int, int] = {}
        for (start, end), (body, node) in given.items():
            at = self._text.find(body) if body else -1
            if at < 0:
                raise node.error(f"the text of {start}:{end} is not in the article, neither there nor elsewhere")
            if self._text.find(body, at + 1) < 0:
                once[start] = at
        known = _rising([(0, 0), *sorted(once.items())])
        for (start, end), (body, _) in given.items():
            at = _nearest(self._text, body, round(_between(known, start, len(self._text))))
            self._found[start, end] = Span(at, at + len(body))


def _numbers(node: Node) -> tuple[int, int]:
    return node["start"].integer(), node["end"].integer()


def _nearest(text: str, body: str, about: int) -> int:
    """Where `body`, which is in the text, stands next to a place."""
    before, after = text.rfind(body, 0, about + len(body)), text.find(body, about)
    return after if before < 0 or 0 <= after < 2 * about - before else before


def _rising(known: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Tokens with the characters they stand at, as far as both rise."""
    out = known[:1]
    for token, place in known[1:]:
        if token > out[-1][0] and place > out[-1][1]:
            out.append((token, place))
    return out


def _between(known: list[tuple[int, int]], token: int, length: int) -> float:
    """About where a token stands, by what stands before and after it; past the last, at the pace so far."""
    at = bisect_right(known, (token, length)) - 1
    (low, before) = known[at]
    if at + 1 < len(known):
        high, after = known[at + 1]
        return before + (after - before) * (token - low) / (high - low)
    pace = before / low if low else length / max(1, token)
    return before + pace * (token - low)
