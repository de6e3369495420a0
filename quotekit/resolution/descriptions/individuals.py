"""Descriptions of one person: "the senator", "the Republican nominee", "his son", "Judge" in a headline."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from quotekit import lexicon
from quotekit.lexicon import table
from quotekit.resolution.names.cast import Cast
from quotekit.resolution.names.people import Person
from quotekit.resolution.names.person import Name
from quotekit.resolution.parts.sources import Part
from quotekit.resolution.pronouns.antecedents import Antecedents
from quotekit.resolution.traits.portraits import Fit, Wanted
from quotekit.resolution.traits.roles import Roles
from quotekit.resolution.words import Word
from quotekit.spans import Span

__all__ = ["Individuals"]

NEAREST_NAMES = 40  # names before a description that are looked at
AHEAD = 2_000  # code points after a headline in which the person is named
TOP = 1_000  # code points
HEADLINES = 2  # lines at the top of a text that may speak of somebody still to be named
INTRODUCED = 400  # words before a description in which its noun may have been introduced: "a driver … the driver"
LONGEST_PHRASE = 5  # words up to its noun
SURE = {Fit.HOLDS: 0.7, Fit.LIKELY: 0.7, Fit.POSSIBLE: 0.75}  # what `Antecedents.among` must give at least
REACH = {Fit.HOLDS: 3_000, Fit.LIKELY: 2_000, Fit.POSSIBLE: 900}  # code points back to the name

Found = tuple[int, float] | None  # a member of the cast, and how sure that is


class Individuals:
    """The people of one article as descriptions speak of them."""

    def __init__(self, cast: Cast, roles: Roles, antecedents: Antecedents) -> None:
        """Nothing is looked up yet."""
        self._cast, self._roles, self._antecedents = cast, roles, antecedents
        self._tables = lexicon.load(cast.lang)

    def ahead(self, part: Part, words: Sequence[Word]) -> Found:
        """Whom a description without a name at the top of a text means: the first named below who has the role.

        A longer phrase likely holds a verb: "Anna Berg Hammers Harbor Bank Chief: …".
        """
        if len(words) > LONGEST_PHRASE:
            return None
        wanted, inside = Wanted.read(words, self._cast), self._inside(part)
        for tie in self._roles.with_head(wanted.head):
            near = part.span.end <= tie.span.start <= part.span.end + AHEAD
            if near and tie.member not in inside and wanted.fit(self._roles.portrait(tie.member)) is not None:
                return tie.member, 0.8
        return self._introduced_below(part, wanted)

    def _introduced_below(self, part: Part, wanted: Wanted) -> Found:
        """The first person named below in full and with an age, as whoever the news is about: "Jan Novak, 44, said"."""
        words = self._cast.words
        below = self._cast.within(Span(part.span.end, part.span.end + AHEAD))
        for sighting in itertools.islice(below, NEAREST_NAMES):
            name = sighting.name
            if not isinstance(name, Name) or not name.full:
                continue
            last = words.range_of(name.span).stop - 1
            aged = last + 1 < len(words) and words[last].gap.strip() == "," and words[last + 1].text.isdigit()
            if aged and wanted.fit(self._roles.portrait(sighting.member)) is not None:
                return sighting.member, 0.6
        return None

    def beside(self, part: Part, words: Sequence[Word]) -> Found:
        """Whose name a description is set beside, where it is one of the ties: "Khan, the former captain"."""
        first = words[1] if len(words) > 1 and words[0].key in self._tables.determiners else words[0]
        tie = self._roles.at(first.span.start)
        return (tie.member, 0.9) if tie and tie.member not in self._inside(part) else None

    def owned(self, part: Part, words: Sequence[Word]) -> Found:
        """Whom "his son" or "Khan's lawyer" means: the one person who is tied so, and not to somebody else."""
        owners, inside = self._owners(part, words), self._inside(part)
        start = next((n + 1 for n in range(len(words) - 2, -1, -1) if words[n].possessive), 1)
        wanted = Wanted.read(words[start:], self._cast)
        kin = wanted.head in table("kin")
        ties = [tie for tie in self._roles.with_head(wanted.head) if tie.member not in inside]
        members = {tie.member for tie in ties if owners.intersection(tie.owners) or (kin and not tie.owners)}
        fits = [member for member in members if wanted.fit(self._roles.portrait(member)) is not None]
        return (fits[0], 0.8) if len(fits) == 1 else None

    def _owners(self, part: Part, words: Sequence[Word]) -> set[int]:
        found = self._antecedents.whose(words[0])
        return self._inside(part) | ({found[0]} if found else set())

    def on_top(self, part: Part) -> bool:
        """Whether a description opens one of the lines at the top of the text: its headline, or the sentence after."""
        if part.span.start > TOP:
            return False
        above, _, line = self._cast.words.text[: part.span.start].rpartition("\n")
        return not line.strip() and above.count("\n") < HEADLINES

    def exact(self, part: Part, words: Sequence[Word]) -> Found:
        """The one person whom a description fits word for word; of several the one named lately."""
        members, score = self._roles.holders(part.span, words)
        wanted, inside = Wanted.read(words, self._cast), self._inside(part)
        fits = {m for m in members if m not in inside and wanted.fit(self._roles.portrait(m)) is not None}
        if len(fits) == 1:
            return fits.pop(), score
        found = self._antecedents.among(part.span, fits) if fits else None
        return found if found and found[1] >= SURE[Fit.HOLDS] else None

    def definite(self, part: Part, words: Sequence[Word]) -> Found:
        """Whom "the …" means: of those who fit best, and whom nothing contradicts, the one named lately."""
        wanted = Wanted.read(words, self._cast)
        if self._introduced(part, words[-1]) and not any(
            tie.heads[0] == wanted.head for tie in self._roles.with_head(wanted.head)
        ):
            return None
        exact = self.exact(part, words)
        alone = len(self._roles.holders(part.span, words)[0]) == 1
        loose = wanted.bare and not (alone and wanted.head in table("sole_posts"))
        if exact and not loose:
            return exact
        fits = self._fitting(part, wanted)
        if loose and self._tells_all(part, words) and (found := self._latest(part, fits, Fit.POSSIBLE)):
            return found
        if exact:
            return exact
        for level in (Fit.HOLDS, Fit.LIKELY, Fit.POSSIBLE) if self._tells_all(part, words) else (Fit.HOLDS, Fit.LIKELY):
            if found := self._latest(part, fits, level):
                return found
        return None

    def _latest(self, part: Part, fits: dict[int, Fit], level: Fit) -> Found:
        near = {s.member for s in self._cast.before(part.span.start, NEAREST_NAMES)
                if s.name.span.end >= part.span.start - REACH[level]}  # fmt: skip
        members = {member for member, fit in fits.items() if fit >= level and member in near}
        found = self._antecedents.among(part.span, members) if members else None
        return found if found and found[1] >= SURE[level] else None

    def _fitting(self, part: Part, wanted: Wanted) -> dict[int, Fit]:
        """The people named before a description who may be meant, and how well they fit."""
        inside = self._inside(part)
        named = {sighting.member for sighting in self._cast.before(part.span.start, NEAREST_NAMES)} - inside
        people = (member for member in named if isinstance(self._cast.members[member], Person))
        fits = {member: wanted.fit(self._roles.portrait(member)) for member in people}
        return {member: fit for member, fit in fits.items() if fit is not None}

    def _tells_all(self, part: Part, words: Sequence[Word]) -> bool:
        """Whether a description may stand for anybody in view: it names nobody and adds nothing after its noun."""
        named = (sighting.name for sighting in self._cast.within(part.core))
        following = next(iter(self._cast.words.inside(Span(part.core.end, part.span.end))), None)
        added = following is not None and following.key in (self._tables.prepositions | self._tables.relatives)
        owned = any(word.possessive for word in words)
        owned = owned or (len(words) > 2 and words[-1].capitalized)  # "the … Union Leader" is a name
        return not (owned or added or any(isinstance(name, Name) for name in named))

    def _introduced(self, part: Part, head: Word) -> bool:
        """Whether somebody unnamed was introduced with the same noun before: "a driver … the driver"."""
        words, stop = self._cast.words, self._cast.words.range_of(part.span).start
        for number in range(stop - 1, max(0, stop - INTRODUCED) - 1, -1):
            if words[number].key == head.key:
                for word in reversed(words[max(0, number - LONGEST_PHRASE) : number]):
                    determiner = self._tables.determiners.get(word.key)
                    if determiner or word.breaks:
                        if determiner == "indefinite":
                            return True
                        break
        return False

    def _inside(self, part: Part) -> set[int]:
        return {sighting.member for sighting in self._cast.within(part.span)}
