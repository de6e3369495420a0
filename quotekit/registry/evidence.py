"""What the words around a name say for or against a speaker of that name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import attrs

from quotekit import lexicon
from quotekit.registry.holders import fits, years
from quotekit.registry.index import Index
from quotekit.registry.names import words_of
from quotekit.registry.phrases import Phrase, When
from quotekit.registry.posts import HeldPost
from quotekit.registry.records import Hit, Standing, standing
from quotekit.speakers import PartialDate

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
        hit = _by_title(index, hit, title, date)
    return hit


def by_gender(index: Index, hit: Hit, titles: Iterable[str]) -> Hit:
    """The hit, lower where a title is not said of the speaker's gender."""
    speaker = index.speakers[hit.speaker_id]
    title = next((title for title in titles if speaker.gender and _gender(title) not in (speaker.gender, "")), None)
    return hit.changed(hit.score * OTHER_GENDER, f"“{title}” is not said of a {speaker.gender}") if title else hit


def _gender(title: str) -> str:
    """The gender that a title's last word tells, or nothing; a male noun for a post is said of women too."""
    known, word = lexicon.load(), (words_of(title) or ("",))[-1]
    if word in known.roles:
        return "female" if known.roles[word] == "female" else ""
    return known.honorifics.get(word, "")


def _by_title(index: Index, hit: Hit, title: str, date: PartialDate | None) -> Hit:
    # "FO spokesperson Dr" is read with and without the honorific: "President" is both.
    for words in (title, _without_honorifics(title)):
        phrase = Phrase.read(words)
        if posts := [(post, whole) for post, whole in index.posts.find(phrase) if fits(phrase, post)]:
            return _by_posts(hit, title, posts, phrase.when, date)
    said = Phrase.read(title).words
    held = {word for tenure in index.tenures[hit.speaker_id] for word in Phrase.read(tenure.role.title).words}
    return _raised(hit, RECALLS, f"“{title}” is in a role of theirs") if said & held else hit


def _by_posts(
    hit: Hit, title: str, posts: Sequence[tuple[HeldPost, bool]], when: When, date: PartialDate | None
) -> Hit:
    """The hit, where `posts` are all that the title may name, each with whether it names it whole."""
    states = [
        (tenure, whole, standing(tenure.role, date) if date else Standing.UNDATED)
        for post, whole in posts
        for tenure in post.tenures
    ]
    own = {state: tenure.role for tenure, _, state in states if tenure.speaker_id == hit.speaker_id}
    for state in _MEANT[when]:
        if state in own:
            role = own[state]
            return _raised(attrs.evolve(hit, role=role), AGREES, f"“{title}” agrees: {role.title}, {years(role)}")
    if Standing.OVER in own or Standing.UNDATED in own:
        return _raised(hit, RECALLS, f"“{title}” is a role of theirs, at another or an unknown time")
    if own:
        return hit.changed(hit.score * OTHER_TIME, f"“{title}” is a role of theirs only at another time")
    if any(whole and state is Standing.HELD for _, whole, state in states):
        return hit.changed(hit.score * ANOTHER, f"“{title}” was another on {date}")
    return hit


def _without_honorifics(title: str) -> str:
    honorifics = lexicon.load().honorifics
    return " ".join(word for word in title.split() if not all(w in honorifics for w in words_of(word)))


def _raised(hit: Hit, share: float, reason: str) -> Hit:
    return hit.changed(hit.score + (1 - hit.score) * share, reason)
