"""What is known about one language's words, read from the tables in `data/<lang>/*.tsv`.

A table is UTF-8 text, one entry a line, columns split by tabs; a line that starts with "#" is a comment.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from importlib import resources
from typing import TYPE_CHECKING, Any

import attrs

from quotekit.errors import InputError

if TYPE_CHECKING:
    from importlib.abc import Traversable

__all__ = ["Lexicon", "load", "table"]


@attrs.frozen(kw_only=True)
class Lexicon:
    """One language's tables. All keys are folded; each table says in its first lines what it holds.

    Cues, in every form of their verb: `acts`, form → act; `unsaid`, form → the act that it says was not done ("kept
    mum"); `open_cues`, form → what in the content may change the act; `targets`, form → how whoever is told or blamed
    is attached to it. `negators`, `affirmers` that only look like them ("did not hesitate to"), and the `auxiliaries`
    that may stand between one and its verb ("-ly" is any word so ending); `complementizers` and `question_words`,
    which open a reported clause; `light_verbs` ("issue"), after which a noun tells what is done.
    Contents: `judgments`, word → the act of calling somebody that; `threats`, word → after which cues it is one;
    `imperatives`, `pledges` and `answers`, which open an order, a promise and a "yes" or "no"; verbs of
    `obligations` ("must") and of `futures` ("will"); `predicates`, which open what somebody is called.
    Small words: `prepositions`, among them `genitives` ("of"), `place_links` ("in"), `outlet_links` ("on") and
    `infinitives`; `conjunctions`; `relatives`; `subordinators`; `determiners`, word → "definite", "indefinite" or
    "whose", and `predeterminers` ("all"); `pronouns`, word → "male", "female", "plural", "self", "thing" or "any", and
    `subject_pronouns`; `openers` of sentences; `adverbs` and words of `times` that may follow a name ("later", "last");
    `elisions` ("'tis"; "-s'" is any word so ending).
    Verbs: `finite_verbs`; `participles`, form or ending → "done" or "doing"; `passives` before one ("was").
    Names: `given_names`, name → "male", "female" or "any"; `honorifics`, title → gender or "";
    `name_particles` ("bin"); `metonyms`, places that stand for a body; `bodies`, nouns in the names of bodies,
    and the `body_links` after them ("of"); `fields` that offices deal with; `demonyms`, adjectives of countries;
    `compound_tails` of words that describe somebody ("Nairobi-based"); `calendar`, capitals that name nobody.
    Posts: `roles`, noun → gender or ""; `broader_roles`, post → a noun for more than it; `post_changers` ("vice").
    The unnamed: `collectives`, noun → "several" or "one"; further nouns for `people`, their `plurals`, and
    `adjectival_nouns` among them ("liberal"); `audiences` ("rally"); `things`. Words of news `outlets`, and how they
    are written; `relays`, verbs with which those quote somebody; `attributors` ("according to").
    Documents: `documents` that somebody says something in, noun → its sort, the `makers` before who made them ("by"),
    the `makings` that say so ("released"), the `document_links` before them ("said in a statement"), and the
    `anaphors` before one that was named already ("the same poll").
    """

    lang: str
    acts: Mapping[str, str]
    unsaid: Mapping[str, str]
    open_cues: Mapping[str, str]
    targets: Mapping[str, str]
    negators: frozenset[str]
    affirmers: frozenset[str]
    auxiliaries: frozenset[str]
    complementizers: frozenset[str]
    question_words: frozenset[str]
    judgments: Mapping[str, str]
    threats: Mapping[str, str]
    imperatives: frozenset[str]
    pledges: frozenset[str]
    answers: Mapping[str, str]
    obligations: Mapping[str, str]
    futures: Mapping[str, str]
    light_verbs: frozenset[str]
    predicates: frozenset[str]
    prepositions: frozenset[str]
    genitives: frozenset[str]
    conjunctions: frozenset[str]
    relatives: frozenset[str]
    subordinators: frozenset[str]
    place_links: frozenset[str]
    finite_verbs: frozenset[str]
    participles: Mapping[str, str]
    passives: frozenset[str]
    infinitives: frozenset[str]
    determiners: Mapping[str, str]
    predeterminers: frozenset[str]
    pronouns: Mapping[str, str]
    subject_pronouns: frozenset[str]
    times: frozenset[str]
    openers: frozenset[str]
    adverbs: frozenset[str]
    elisions: frozenset[str]
    given_names: Mapping[str, str]
    honorifics: Mapping[str, str]
    name_particles: frozenset[str]
    metonyms: frozenset[str]
    bodies: frozenset[str]
    body_links: frozenset[str]
    fields: frozenset[str]
    demonyms: frozenset[str]
    compound_tails: frozenset[str]
    calendar: frozenset[str]
    roles: Mapping[str, str]
    broader_roles: Mapping[str, str]
    post_changers: frozenset[str]
    collectives: Mapping[str, str]
    people: frozenset[str]
    plurals: Mapping[str, str]
    adjectival_nouns: frozenset[str]
    audiences: frozenset[str]
    things: frozenset[str]
    documents: Mapping[str, str]
    makers: frozenset[str]
    makings: frozenset[str]
    document_links: frozenset[str]
    anaphors: frozenset[str]
    outlets: Mapping[str, str]
    outlet_links: frozenset[str]
    relays: Mapping[str, str]
    attributors: frozenset[str]


IN_EVERY_FORM = frozenset({"acts", "unsaid", "open_cues", "targets", "negators", "affirmers", "relays", "light_verbs"})
WHOSE = "one's"


def _folder(lang: str) -> Traversable:
    return resources.files("quotekit") / "data" / lang


@functools.cache
def table(name: str, lang: str = "en") -> Mapping[str, str]:
    """The rows of one table, in order; a row without a second column stands for the empty string.

    >>> table("name_variants")["khwaja"]
    'khawaja'
    """
    lines = (_folder(lang) / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    rows = (line.partition("\t") for line in lines if line.strip() and not line.startswith("#"))
    return {key.strip(): value.strip() for key, _, value in rows}


@functools.cache
def load(lang: str = "en") -> Lexicon:
    """The tables of `lang`, read once. Raises `InputError` for a language that has none."""
    if not _folder(lang).is_dir():
        raise InputError(f"no language tables for lang={lang!r}; quotekit ships: en")
    tables: dict[str, Any] = {}
    for field in attrs.fields(Lexicon):
        if field.name != "lang":
            rows = table(field.name, lang)
            if field.name in IN_EVERY_FORM:
                rows = _in_every_form(rows, lang)
            tables[field.name] = frozenset(rows) if str(field.type) == "frozenset[str]" else rows
    return Lexicon(lang=lang, **tables)


def _in_every_form(rows: Mapping[str, str], lang: str) -> Mapping[str, str]:
    """The rows with their first word in all forms of its verb, and "one's" as any word that says whose.

    A form that has a row of its own keeps it.
    """
    verbs = table("verbs", lang)
    whose = [word for word, kind in table("determiners", lang).items() if kind == "whose"]
    found: dict[str, str] = {}
    for row, value in rows.items():
        first, _, rest = row.partition(" ")
        for form in (first, *verbs.get(first, "").split()):
            phrase = f"{form} {rest}".strip()
            for variant in [phrase.replace(WHOSE, word) for word in whose] if WHOSE in phrase else [phrase]:
                found.setdefault(variant, value)
    return {**found, **{row: value for row, value in rows.items() if WHOSE not in row}}
