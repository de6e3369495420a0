"""Who is meant by a phrase for a post or a body: at a date, and with the countries and bodies the text names."""

from __future__ import annotations

import datetime
import functools
from collections.abc import Iterator

import attrs

from quotekit.lexicon import table
from quotekit.registry.index import Index
from quotekit.registry.names import name_key
from quotekit.registry.phrases import Phrase, When, countries_in, seats_in
from quotekit.registry.posts import Body, HeldPost
from quotekit.registry.records import Hit, Standing, Tenure, standing
from quotekit.speakers import PartialDate, Role

__all__ = ["Context", "by_body", "by_post", "fits", "years"]

POST, BODY = 0.9, 0.88
HEAD_AND_BODY, HEAD_AND_COUNTRY = 0.6, 0.45  # "the spokesperson", the text naming the body; "the Chinese spokesperson"
OTHER_COUNTRY, COUNTRY_UNKNOWN, ONE_WORD, UNSAID = 0.5, 0.5, 0.5, 0.8
INDEFINITE = 0.6
PERHAPS, UNDATED, FORMER, ELECT, NO_DATE = 0.8, 0.4, 0.65, 0.8, 0.3
SOON = datetime.timedelta(days=366)  # somebody elect takes office within a year


@attrs.frozen
class Context:
    """What a text says besides the mention.

    The countries it names, those whose capital (the seat of their government) it names, and the keys of all names.
    """

    countries: frozenset[str] = frozenset()
    seats: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()

    @staticmethod
    @functools.lru_cache(maxsize=256)  # all mentions of an article have one
    def read(texts: tuple[str, ...]) -> Context:
        """The context of strings from a text."""
        countries = frozenset[str]().union(*map(countries_in, texts))
        seats = frozenset[str]().union(*map(seats_in, texts))
        return Context(countries, seats, frozenset(name_key(text) for text in texts if Phrase.read(text).words))

    def supports(self, places: frozenset[str], body: Body) -> bool:
        """Whether the text names one of these countries, or the body or one it is part of."""
        return bool(places & (self.countries | self.seats) or body.all_keys & self.names)


def by_post(index: Index, phrase: Phrase, context: Context, date: PartialDate | None) -> Iterator[Hit]:
    """Those who held a post that the phrase names, as of the date."""
    for post, whole in index.posts.find(phrase):
        if found := _names_post(phrase, post, whole, context):
            score, reason = found
            when = When.NOW if phrase.when is post.when else phrase.when
            for tenure, share, held in _holders(post, when, date):
                reasons = filter(None, (f"post “{post.label}”", reason, held))
                hit = Hit(tenure.speaker_id, score * share, tuple(reasons), tenure.role)
                yield hit if phrase.definite else hit.changed(hit.score * INDEFINITE, "“a …” may be any of them")


def by_body(index: Index, phrase: Phrase, context: Context) -> Iterator[Hit]:
    """The bodies whose name has the words of the phrase, in any order and with the country where it is said."""
    offices = all(table("post_words").get(word) == "body" for word in phrase.words)
    for speaker_id in index.by_phrase(phrase):
        body = index.bodies[speaker_id]
        found = _place(phrase, body.places, body, context)
        if found and not (offices and found[0] < 1):
            name = index.speakers[speaker_id].name
            yield Hit(speaker_id, BODY * found[0], tuple(filter(None, (f"the words of “{name}”", found[1]))))


def fits(phrase: Phrase, post: HeldPost) -> bool:
    """Whether no country in the phrase speaks against the post."""
    return not post.places or phrase.places <= post.places


def _names_post(phrase: Phrase, post: HeldPost, whole: bool, context: Context) -> tuple[float, str] | None:
    if phrase.when is When.NOW and post.when is not When.NOW:
        return None
    if whole:
        found = _place(phrase, post.places, post.body, context)
        return found and (POST * found[0], found[1])
    if post.body.keys & context.names:
        return (HEAD_AND_BODY, "whose body the text names") if fits(phrase, post) else None
    if phrase.places and phrase.places <= post.places:
        return HEAD_AND_COUNTRY, "of which only the country is said"
    return None


def _place(phrase: Phrase, places: frozenset[str], body: Body, context: Context) -> tuple[float, str] | None:
    """How the countries of the mention and of the text go with those of a post or a body; `None`: not at all."""
    if phrase.places:
        if not places:
            return COUNTRY_UNKNOWN, "of a country the registry does not know"
        return (1.0, "") if phrase.places <= places else None
    if body.keys & context.names:
        return 1.0, "the text names its body"
    if context.supports(places, body):
        if context.countries <= places:
            return 1.0, "the text names its country and no other"
    elif places and context.countries:
        return OTHER_COUNTRY, "the text names other countries only"
    if len(phrase.words) == 1:
        return ONE_WORD, "told by one word"
    return (UNSAID, "the country is not said") if places else (1.0, "")


def _holders(post: HeldPost, when: When, date: PartialDate | None) -> Iterator[tuple[Tenure, float, str]]:
    """The tenures that the phrase may mean, each with a share of the score and the reason."""
    if date is None:
        yield from ((tenure, NO_DATE, f"no date given, held {years(tenure.role)}") for tenure in post.tenures)
        return
    states = [(tenure, standing(tenure.role, date)) for tenure in post.tenures]
    holders = {tenure.speaker_id for tenure, state in states if state in (Standing.HELD, Standing.PERHAPS)}
    for tenure, state in states:
        role = tenure.role
        if when is When.NOW and state is Standing.UNDATED:
            yield tenure, UNDATED, "held at an unknown time"
        elif when is When.NOW and state in (Standing.HELD, Standing.PERHAPS):
            sure = state is Standing.HELD or len(holders) > 1  # of several who may hold it none is surer
            yield tenure, 1.0 if sure else PERHAPS, f"{state.value} on {date} ({years(role)})"
        elif when is When.BEFORE and state is Standing.OVER and tenure.speaker_id not in holders:
            yield tenure, FORMER, f"held before {date} ({years(role)})"
        elif when is When.AFTER and state is Standing.AHEAD and role.start and role.start.first() - date.last() <= SOON:
            yield tenure, ELECT, f"to be held from {role.start}"


def years(role: Role) -> str:
    """A role's dates in words."""
    return f"{role.start or '?'} to {role.end or 'now'}"
