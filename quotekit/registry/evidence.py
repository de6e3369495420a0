"""What the words around a name say for or against a speaker of that name."""

from __future__ import annotations

import functools
import itertools
from collections.abc import Iterable, Mapping

import attrs

from quotekit import lexicon
from quotekit.lexicon import table
from quotekit.registry.holders import fits, years
from quotekit.registry.index import Index
from quotekit.registry.names import words_of
from quotekit.registry.phrases import Phrase, When
from quotekit.registry.posts import HeldPost
from quotekit.registry.records import Hit, Standing, Tenure, standing
from quotekit.speakers import PartialDate, Role

__all__ = ["by_gender", "weighed"]

AGREES, RECALLS = 0.5, 0.25  # the share of what the score lacks that it gains
OTHER_TIME, ANOTHER, OTHER_GENDER = 0.8, 0.6, 0.3  # factors
_MEANT = {
    When.NOW: (Standing.HELD, Standing.PERHAPS),
    When.BEFORE: (Standing.OVER,),
    When.AFTER: (Standing.AHEAD,),
}


def weighed(index: Index, hit: Hit, titles: Iterable[str], date: PartialDate | None) -> Hit:
    """The hit with the titles that stand around its name taken as evidence."""
    titles = [title for title in titles if title]
    hit = by_gender(index, hit, titles)
    for title in titles:
        if not _is_of_address(title):
            hit = _by_title(index, hit, title, date)
    return hit


def by_gender(index: Index, hit: Hit, titles: Iterable[str]) -> Hit:
    """The hit, lower where a title is not said of the speaker's gender."""
    speaker = index.speakers[hit.speaker_id]
    title = next((title for title in titles if speaker.gender and _gender(title) not in (speaker.gender, "")), None)
    return hit.changed(hit.score * OTHER_GENDER, f"“{title}” is not said of a {speaker.gender}") if title else hit


@functools.lru_cache(maxsize=1 << 12)
def _gender(title: str) -> str:
    """The gender that a title's last word tells, or nothing; a male noun for a post is said of women too."""
    known, word = lexicon.load(), (words_of(title) or ("",))[-1]
    if word in known.roles:
        return "female" if known.roles[word] == "female" else ""
    return known.honorifics.get(word, "")


@functools.lru_cache(maxsize=1 << 12)
def _is_of_address(title: str) -> bool:
    """Whether a title tells a gender and nothing else: "Mr."."""
    known, given = lexicon.load(), table("given_titles")
    words = words_of(title)
    return all(known.honorifics.get(word) and word not in known.roles and word not in given for word in words)


def _by_title(index: Index, hit: Hit, title: str, date: PartialDate | None) -> Hit:
    # "FO spokesperson Dr" is read with and without the honorific: "President" is both.
    for words in dict.fromkeys((title, _without_honorifics(title))):
        phrase = Phrase.read(words)
        posts = [(post, whole) for post, whole in index.posts.find(phrase) if fits(phrase, post)]
        tenures = [tenure for post, _ in posts for tenure in post.tenures if tenure.speaker_id == hit.speaker_id]
        if tenures := tenures or [t for t in index.tenures[hit.speaker_id] if _is_short_for(index, words, t)]:
            return _by_standing(hit, title, _by_date(tenures, date), phrase.when)
        whole = [post for post, is_whole in posts if is_whole]
        one = len(whole) == 1 or phrase.places  # "President" alone is said of many countries
        if one and date and any(_is_held(post, date) for post in whole):
            return hit.changed(hit.score * ANOTHER, f"“{title}” was another on {date}")
    return _by_words(index, hit, title)


def _by_date(tenures: Iterable[Tenure], date: PartialDate | None) -> dict[Standing, Role]:
    return {standing(tenure.role, date) if date else Standing.UNDATED: tenure.role for tenure in tenures}


def _is_held(post: HeldPost, date: PartialDate) -> bool:
    return any(standing(tenure.role, date) is Standing.HELD for tenure in post.tenures)


def _by_standing(hit: Hit, title: str, own: Mapping[Standing, Role], when: When) -> Hit:
    """The hit, where the title names posts of theirs, each by how it stands to the date."""
    for state in _MEANT[when]:
        if state in own:
            role = own[state]
            return _raised(attrs.evolve(hit, role=role), AGREES, f"“{title}” agrees: {role.title}, {years(role)}")
    if Standing.OVER in own or Standing.UNDATED in own:
        return _raised(hit, RECALLS, f"“{title}” is a role of theirs, at another or an unknown time")
    return hit.changed(hit.score * OTHER_TIME, f"“{title}” is a role of theirs only at another time")


def _by_words(index: Index, hit: Hit, title: str) -> Hit:
    """The hit, where the title names no post: by its words, its country, or as a part of their name."""
    phrase, tenures = Phrase.read(title), index.tenures[hit.speaker_id]
    if any(phrase.words & (Phrase.read(t.role.title).words - _changed(t.role.title)) for t in tenures):
        return _raised(hit, RECALLS, f"“{title}” is in a role of theirs")
    if phrase.places and not phrase.words and any(phrase.places <= index.places(tenure) for tenure in tenures):
        return _raised(hit, RECALLS, f"“{title}” is where a role of theirs is")
    last = (words_of(title) or ("",))[-1]
    speaker = index.speakers[hit.speaker_id]
    if last in table("given_titles") and any(last in words_of(name) for name in (speaker.name, *speaker.aliases)):
        return _raised(hit, RECALLS, f"“{title}” is in a name of theirs")
    return hit


def _is_short_for(index: Index, said: str, tenure: Tenure) -> bool:
    """Whether a title is said cut short: "Chancellor" of the Exchequer; a vice president is no "President"."""
    phrase, title = Phrase.read(said), tenure.role.title
    nouns = phrase.words & lexicon.load().roles.keys()
    if not nouns or not phrase.words <= Phrase.read(title).words or nouns & (_changed(title) - _changed(said)):
        return False
    return not phrase.places or phrase.places <= index.places(tenure)


@functools.lru_cache(maxsize=1 << 16)
def _changed(title: str) -> frozenset[str]:
    """The words of a title to which the word before gives another meaning: "vice president", "director general"."""
    roles, changers = lexicon.load().roles, lexicon.load().post_changers
    pairs = itertools.pairwise(words_of(title))
    changed = (b for a, b in pairs if a in changers or (a in roles and f"{a} {b}" in roles))
    return frozenset(word for b in changed for word in Phrase.read(b).words)


@functools.lru_cache(maxsize=1 << 12)
def _without_honorifics(title: str) -> str:
    honorifics = lexicon.load().honorifics
    return " ".join(word for word in title.split() if not all(w in honorifics for w in words_of(word)))


def _raised(hit: Hit, share: float, reason: str) -> Hit:
    return hit.changed(hit.score + (1 - hit.score) * share, reason)
