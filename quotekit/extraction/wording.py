"""What the wording of a content says of the act: a question, an order, a judgment, a threat.

Cues like "said" or "called" leave open what is done with the content; open_cues.tsv says which, and what to look for.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

import attrs

from quotekit import lexicon
from quotekit.document import Act
from quotekit.extraction.parts import Parts
from quotekit.extraction.words import Word, first_words, words_in
from quotekit.lexicon import Lexicon
from quotekit.spans import Span

__all__ = ["Wording", "read_wording", "wording_of"]

READ = 240  # code points of a content that are read: its main clause and a little more
MAIN_CLAUSE = 14  # words in which its verb is looked for
JUDGED = 30  # words in which a judgment is looked for
LONGEST_PHRASE = 5
QUOTING = "“”\"‘’'«»„`()[] "

_STOP = re.compile(r"[.!…]\s")


@attrs.frozen(kw_only=True)
class Wording:
    """A content as far as it is read: its first words, and whether it is quoted, a question, and after its cue.

    `keys` are the words, without marks, as the tables have them.
    """

    words: tuple[Word, ...]
    keys: tuple[str, ...]
    quoted: bool
    question: bool
    follows: bool


def wording_of(text: str, parts: Parts, lang: str = "en") -> Wording:
    """The wording of a content; what it opens with is looked for after its target."""
    span = parts.after_cue or (parts.content[0] if parts.content else Span(0, 0))
    inside = [target.end for target in parts.target if span.contains(target)]
    start = max([span.start, *inside])
    opening = text[start : span.end].lstrip()[:1]
    end = parts.content[-1].end if parts.content else 0
    quoted = bool(opening) and opening in QUOTING
    body = text[start : min(end, start + READ + 1)].strip(QUOTING if quoted else " ")
    asked = len(body) <= READ and body.endswith("?") and not _STOP.search(body)
    words = words_in(text, start, min(span.end, start + READ), lang)
    return Wording(
        words=words,
        keys=tuple(word.key for word in words if not word.is_mark),
        quoted=quoted,
        question=asked,
        follows=parts.after_cue is not None,
    )


def read_wording(kind: str, act: Act, wording: Wording, lang: str = "en") -> Act:
    """The act of a cue that leaves it open: `act`, unless the content's wording makes it another.

    `kind` is what open_cues.tsv says of the cue.
    """
    return _READERS[kind](wording, lexicon.load(lang)) or act


def _neutral(wording: Wording, tables: Lexicon) -> Act | None:
    if wording.question:
        return Act.ASKS
    if answer := _answer(wording, tables):
        return answer
    if _has_pledge(wording.keys, tables):
        return Act.PROMISES
    if _threatens(wording, tables, {"own"}):
        return Act.THREATENS
    return Act.DEMANDS if _orders(wording, tables) or _obliges(wording, tables) else None


def _answer(wording: Wording, tables: Lexicon) -> Act | None:
    """A yes or a no: all that is said, or said before a comma or stop."""
    words = wording.words
    start = next((i for i, word in enumerate(words) if not word.is_mark), len(words))
    end = next((i for i in range(start, len(words)) if words[i].is_mark), len(words))
    act = tables.answers.get(" ".join(word.key for word in words[start:end]))
    return Act(act) if act else None


def _orders(wording: Wording, tables: Lexicon) -> bool:
    """Whether a quotation opens with an order: "Go home", "Please wait"."""
    keys = wording.keys
    statement = len(keys) > 1 and keys[1] in tables.finite_verbs and keys[1] not in tables.negators
    if not wording.quoted or statement:
        return False
    return any(" ".join(keys[:length]) in tables.imperatives for length in (1, 2))


def _obliges(wording: Wording, tables: Lexicon) -> bool:
    """Whether the main clause says what somebody else must or should do."""
    keys = wording.keys[:MAIN_CLAUSE]
    at = next((i for i, key in enumerate(keys) if key in tables.finite_verbs or key in tables.obligations), len(keys))
    phrases = (" ".join(keys[at : at + length]) for length in (3, 2, 1))
    if next((tables.obligations[phrase] for phrase in phrases if phrase in tables.obligations), "") != "now":
        return False
    subject = [key for key in keys[:at] if key not in tables.complementizers]
    itself = not subject or subject[-1] in tables.pronouns or not tables.subject_pronouns.isdisjoint(subject)
    return not itself


def _judged(wording: Wording, tables: Lexicon) -> Act | None:
    """What the first judging word says, in what is called ("the plan | a disgrace") before all of the content."""
    keys = wording.keys[:JUDGED]
    if keys[:1] and keys[0] in tables.complementizers:
        return None
    predicate = next((i for i, key in enumerate(keys) if i and key in tables.predicates), 0)
    return _judgment(keys, predicate, tables) or _judgment(keys, 0, tables)


def _judgment(keys: Sequence[str], start: int, tables: Lexicon) -> Act | None:
    """The act of the first judging word from `start` on, turned round after a negation."""
    opening = _opening(keys, "judgments", tables)
    for at, length in ((at, length) for at in opening if at >= start for length in range(LONGEST_PHRASE, 0, -1)):
        judgment = tables.judgments.get(" ".join(keys[at : at + length]))
        if judgment:
            turned = any(key in tables.negators for key in keys[max(0, at - 3) : at])
            return _TURNED.get(Act(judgment)) if turned else Act(judgment)
    return None


def _warned(wording: Wording, tables: Lexicon) -> Act | None:
    return Act.THREATENS if _threatens(wording, tables, {"own", "warning", "vow"}) else None


def _vowed(wording: Wording, tables: Lexicon) -> Act | None:
    return Act.THREATENS if _has_threat(wording.keys, tables, {"any", "vow"}) else None


def _threatens(wording: Wording, tables: Lexicon, own: set[str]) -> bool:
    """Whether harm is announced: to whom is spoken to, as a penalty, or, with the levels of `own`, by the source."""
    keys = wording.keys
    at = next((i for i, key in enumerate(keys[:MAIN_CLAUSE]) if tables.futures.get(key) == "will"), None)
    if at is None or _has_threat(keys, tables, {"any"}):
        return _has_threat(keys, tables, {"any"})
    itself = at > 0 and keys[at - 1] in tables.pronouns
    penalty = _has_threat(keys[at + 1 : at + 1 + LONGEST_PHRASE], tables, {"penalty"})
    return penalty or (itself and _has_threat(keys[at:], tables, own))


def _has_threat(keys: Sequence[str], tables: Lexicon, levels: set[str]) -> bool:
    opening = _opening(keys, "threats", tables)
    phrases = (" ".join(keys[at : at + n]) for at in opening for n in range(1, LONGEST_PHRASE + 1))
    return any(not levels.isdisjoint(tables.threats.get(phrase, "").split()) for phrase in phrases)


def _culprit(wording: Wording, tables: Lexicon) -> Act | None:
    return Act.ACCUSES if _judgment(wording.keys[:JUDGED], 0, tables) is Act.ACCUSES else None


def _query(wording: Wording, tables: Lexicon) -> Act | None:
    return Act.ASKS if wording.question or (wording.quoted and not wording.follows) else None


def _future(wording: Wording, tables: Lexicon) -> Act | None:
    keys = wording.keys[:MAIN_CLAUSE]
    ahead = keys[:1] and (keys[0] in tables.genitives or keys[0] in tables.infinitives)
    return Act.PROMISES if ahead or any(key in tables.futures for key in keys) else None


def _outlook(wording: Wording, tables: Lexicon) -> Act | None:
    return Act.EXPECTS if any(key in tables.futures for key in wording.keys[: 2 * MAIN_CLAUSE]) else None


def _proposal(wording: Wording, tables: Lexicon) -> Act | None:
    keys = wording.keys[:MAIN_CLAUSE]
    return Act.DEMANDS if any(key in tables.obligations for key in keys) else None


def _has_pledge(keys: Sequence[str], tables: Lexicon) -> bool:
    """Whether a phrase that opens a promise stands among the words, whole."""
    if not _opening(keys, "pledges", tables):
        return False
    joined = f" {' '.join(keys)} "
    return any(f" {phrase} " in joined for phrase in tables.pledges)


def _opening(keys: Sequence[str], name: str, tables: Lexicon) -> list[int]:
    """The indices of the words with which a phrase of the table may begin."""
    openers = first_words(name, tables.lang)
    return [at for at, key in enumerate(keys) if key in openers]


_TURNED = {Act.CRITICIZES: Act.PRAISES, Act.PRAISES: Act.CRITICIZES}
_READERS: dict[str, Callable[[Wording, Lexicon], Act | None]] = {
    "neutral": _neutral,
    "judged": _judged,
    "threat": _warned,
    "vow": _vowed,
    "query": _query,
    "culprit": _culprit,
    "future": _future,
    "outlook": _outlook,
    "proposal": _proposal,
}
