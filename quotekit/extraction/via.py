"""Who passed an utterance on: "state media quoted Khan as saying", "he told Radio Four", "Reuters said, citing him"."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from quotekit.extraction.clauses import Clause, InSentence, clause_of
from quotekit.extraction.nouns import is_outlet, may_name_outlet
from quotekit.extraction.parts import Parts
from quotekit.extraction.phrases import Reading
from quotekit.extraction.targets import target_in
from quotekit.extraction.words import first_words
from quotekit.spans import Span, hull

__all__ = ["Relay", "find_via", "via_in"]

FARTHEST = 15  # words before a cue in which the verb of who quotes is looked for
HEARERS = frozenset({"object", "to", "with"})  # of targets.tsv: how those are attached who are told
LONGEST_ATTRIBUTOR = 3  # words


@attrs.frozen(kw_only=True)
class Relay:
    """How an utterance came down: who passed it on, and who spoke where the source is only who passed it on.

    `source` is `None` where the source that the attribution has is the right one. `content_start` is where the content
    begins that was taken to begin with its source ("The Post quoted | Khan as saying it rained"), else `None`.
    """

    via: tuple[Span, ...] = ()
    source: Span | None = None
    content_start: int | None = None


def find_via(text: str, parts: Parts, lang: str = "en") -> Relay:
    """Who passed an attribution's content on, in the order of the text, told from the sentence of its cue.

    >>> parts = Parts(source=(Span(0, 8),), cue=(Span(9, 15),), content=(Span(31, 40),))
    >>> find_via("The Post quoted Khan as saying it rained.", parts)
    Relay(via=(Span(start=0, end=8),), source=Span(start=16, end=20), content_start=None)
    """
    if not (parts.cue and parts.content):
        return Relay()
    return via_in(text, clause_of(text, parts, lang))


def via_in(text: str, clause: Clause) -> Relay:
    """The same for an attribution with a content, whose sentence is known."""
    finder = _Finder(text, clause)
    quoted = finder.quoted()
    outlets = (*finder.told(), *finder.named()) if may_name_outlet(clause.words, clause.tables.lang) else ()
    found = {*quoted.via, *outlets, *finder.attributed()}
    own = [span for span in clause.parts.source if quoted.source is None]
    via = tuple(sorted(v for v in found if not any(v.overlaps(s) for s in own)))
    return Relay(via=via, source=quoted.source, content_start=quoted.content_start)


class _Finder(InSentence):
    """One attribution in its sentence."""

    def quoted(self) -> Relay:
        """Who quotes the source: "X quoted Y as saying", "Y was quoted by X", "X said, citing Y"."""
        clause = self.clause
        at = self._relay()
        if at is None:
            return Relay()
        passive = clause.is_passive(at) and clause.participle(at) != "doing"
        if passive or clause.key(at + 1) in self.tables.makers:
            return Relay(via=tuple(self._by(at + 1)))
        start = at + 1 + (at + 1 < len(clause.words) and clause.words[at + 1].is_mark)
        end = clause.phrase_end(start, Reading.STRICT)
        named = end > start and not clause.in_content(start) and clause.is_somebody(start, end)
        outlet = self._reporter(at) if named or self._as_follows(end) else None
        if outlet is None:
            return Relay()
        if clause.parts.source and not any(outlet.overlaps(span) for span in clause.parts.source):
            return Relay(via=(outlet,))
        if end == start:
            return Relay()
        return Relay(via=(outlet,), source=clause.span(start, end), content_start=self._said_from(start, end))

    def _said_from(self, start: int, end: int) -> int | None:
        """Where the words begin that somebody said, where the content holds his name and "as saying" before them."""
        clause = self.clause
        if not clause.in_content(start) or not self._as_follows(end):
            return None
        after = end + 2 + clause.words[end].is_mark
        after += clause.key(after - 1) in self.tables.auxiliaries  # "as having said"
        return clause.words[after].start if after < len(clause.words) and clause.in_content(after) else None

    def _relay(self) -> int | None:
        """The verb with which somebody is quoted: in the cue, or before a cue that opens with "as"."""
        clause = self.clause
        split = clause.key(clause.first) in self.tables.predicates
        low = max(0, clause.first - FARTHEST) if split else clause.first
        verbs = (i for i in range(clause.after - 1, low - 1, -1) if not clause.in_content(i))
        wanted = {"anybody", "as"} if split else {"anybody"}
        return next((i for i in verbs if self.tables.relays.get(clause.key(i)) in wanted), None)

    def _as_follows(self, at: int) -> bool:
        """Whether "as saying" follows, a mark passed over."""
        return self.clause.says_as(at) or self.clause.says_as(at + 1)

    def _by(self, at: int) -> Iterator[Span]:
        """Who quotes in the passive: anybody after "by", an outlet after "in" or "on"."""
        clause = self.clause
        start, end = at + 1, clause.phrase_end(at + 1)
        linked = clause.key(at) in self.tables.outlet_links and clause.is_outlet(start, end)
        if end > start and (linked or clause.key(at) in self.tables.makers):
            yield clause.span(start, end)

    def _reporter(self, at: int) -> Span | None:
        """Who quotes: the subject of the verb at `at`; of "citing", an outlet or another verb's subject before it."""
        clause = self.clause
        if clause.participle(at) != "doing" or clause.is_passive(at):
            return self._subject(at)
        comma = at - 1
        start = clause.phrase_before(max(0, comma))
        if clause.key(comma) == "," and clause.is_outlet(start, comma):
            return clause.span(start, comma)
        verbs = (i for i in range(at - 1, -1, -1) if clause.key(i) in self.tables.acts and not clause.in_content(i))
        return next((subject for verb in verbs if (subject := self._subject(verb))), None)

    def _subject(self, verb: int) -> Span | None:
        """The phrase before a verb, a day in between left out, where it is no part of the content."""
        clause, words = self.clause, self.clause.subject(verb)
        outside = words and not any(map(clause.in_content, words))
        return clause.span(words.start, words.stop) if outside else None

    def told(self) -> Iterator[Span]:
        """The target, where it is an outlet and told something, not blamed."""
        clause = self.clause
        if all(HEARERS.isdisjoint(attachments) for _, _, attachments in clause.forms()):
            return
        for span in clause.parts.target or target_in(self.text, clause):
            words = [w for w in clause.words if span.start <= w.start and w.end <= span.end]
            if is_outlet(words, self.tables.lang):
                yield span

    def named(self) -> Iterator[Span]:
        """Outlets after a preposition, beside the source and the content: "in an interview with the Daily Star"."""
        clause, links = self.clause, self.tables.outlet_links
        linked = (i for i, word in enumerate(clause.words[:-1]) if word.key in links)
        for start in (i + 1 for i in linked if clause.is_free(i, i + 1)):
            end = clause.phrase_end(start)
            if not clause.is_outlet(start, end) or not clause.is_free(start, end):
                continue
            named = end > start + 1 or clause.words[start].is_capital
            if named and end == clause.phrase_end(start, Reading.WIDE):
                last = clause.words[end - 1]
                yield Span(clause.words[start].start, last.start + len(last.noun))

    def attributed(self) -> Iterator[Span]:
        """Whoever the sentence names as its witness beside its own source: "he said, according to a friend"."""
        clause, content = self.clause, hull(self.clause.parts.content)
        openers = first_words("attributors", self.tables.lang)
        for at in (i for i in range(clause.after, len(clause.words)) if clause.words[i].key in openers):
            ends = range(at + 1, at + 1 + LONGEST_ATTRIBUTOR)
            start = next((end for end in ends if clause.keys(at, end) in self.tables.attributors), None)
            if start is None or content.overlaps(clause.span(at, start)):
                continue
            end = clause.phrase_end(start)
            if clause.is_free(start, end) and clause.is_somebody(start, end):
                yield clause.span(start, end)
