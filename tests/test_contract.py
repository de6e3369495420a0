"""The public signatures and records: what programs are written against, and what no change may take away."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any

import attrs
import pytest

import quotekit
from quotekit import Attributor, QuoteIndex, Registry

# As in an error message: each parameter with its default, "*" before those that have names only. More may follow at the
# end of either part, where it has a default.
SIGNATURES: tuple[tuple[Callable[..., Any], str], ...] = (
    (quotekit.attribute, "text, *, date=None, outlet=None, title=None, doc_id='', registry=None, lang='en'"),
    (quotekit.attribute_many, "items, *, registry=None, workers=1, progress=False, lang='en'"),
    (Attributor, "registry=None, lang='en', model=None, pipeline=None"),
    (Attributor.attribute, "self, text, *, date=None, outlet=None, title=None, doc_id=''"),
    (Attributor.attribute_many, "self, items, *, workers=1, progress=False"),
    (quotekit.find_quotations, "text"),
    (Registry, ""),
    (Registry.load, "path"),
    (Registry.save, "self, path, format=None"),
    (Registry.add, "self, speaker"),
    (Registry.merge, "self, other"),
    (Registry.resolve, "self, mention, *, date=None, context=()"),
    (quotekit.compare, "a, b"),
    (quotekit.match, "documents, *, threshold=None"),
    (QuoteIndex, ""),
    (QuoteIndex.add, "self, document"),
    (QuoteIndex.find, "self, quoted"),
    (QuoteIndex.clusters, "self"),
    (QuoteIndex.save, "self, path"),
    (QuoteIndex.load, "path"),
    (quotekit.to_dict, "document"),
    (quotekit.from_dict, "data"),
    (quotekit.read_jsonl, "path_or_file"),
    (quotekit.write_jsonl, "documents, path_or_file"),
    (quotekit.to_html, "document"),
    (quotekit.Document._repr_html_, "self"),
)

RECORDS: tuple[tuple[type[attrs.AttrsInstance], str], ...] = (
    (quotekit.Document, "id text date outlet title quotations mentions attributions speakers issues"),
    (
        quotekit.Attribution,
        "content cue source target kind act negated speakers resolution via parent score "
        "text cue_text source_text claim",
    ),
    (quotekit.Via, "span speaker"),
    (quotekit.Resolution, "how score evidence"),
    (quotekit.Speaker, "name type id role organization"),
    (quotekit.Role, "title organization start end"),
    (quotekit.PartialDate, "year month day"),
    (quotekit.Candidate, "speaker role score reasons"),
    (quotekit.Quotation, "start end closed children text"),
    (quotekit.Mention, "span text type speaker"),
    (quotekit.Match, "same relation score differences reasons"),
    (quotekit.Difference, "kind a b"),
    (quotekit.Cluster, "members representative speakers speaker_conflict altered first_seen"),
    (quotekit.Member, "doc index outlet date content text relation score speakers"),
    (quotekit.Issue, "code message span"),
    (quotekit.Span, "start end"),
)

WORDS = (
    (quotekit.Kind, "direct mixed indirect"),
    (
        quotekit.Act,
        "asserts denies confirms asks demands promises threatens accuses criticizes praises believes expects other",
    ),
    (quotekit.SpeakerType, "person organization group unnamed"),
    (quotekit.Relation, "verbatim truncated altered reworded different"),
    (quotekit.DifferenceKind, "negation number name modal tense function other"),
)


def parts(parameters: list[inspect.Parameter]) -> tuple[list[str], list[str]]:
    """The parameters that may be given by place, and those by name only, each with its default."""
    by_name = [p.kind is inspect.Parameter.KEYWORD_ONLY for p in parameters]
    written = [p.name if p.default is p.empty else f"{p.name}={p.default!r}" for p in parameters]
    return (
        [text for text, only in zip(written, by_name, strict=True) if not only],
        [text for text, only in zip(written, by_name, strict=True) if only],
    )


@pytest.mark.parametrize(("called", "promised"), SIGNATURES, ids=lambda value: getattr(value, "__qualname__", ""))
def test_a_call_stays_as_it_was(called: Callable[..., Any], promised: str) -> None:
    """Names, order and defaults are those promised; what came later has a default and stands behind."""
    places, _, names = promised.replace("*, ", "* ").partition("* ")
    wanted = [[part for part in text.strip(", ").split(", ") if part] for text in (places, names)]
    by_place, by_name = parts(list(inspect.signature(called).parameters.values()))
    assert by_place[: len(wanted[0])] == wanted[0]
    assert set(wanted[1]) <= set(by_name)
    added = [*by_place[len(wanted[0]) :], *(text for text in by_name if text not in wanted[1])]
    assert all("=" in text for text in added)


@pytest.mark.parametrize(("record", "promised"), RECORDS, ids=lambda value: getattr(value, "__name__", ""))
def test_a_record_keeps_its_fields(record: type[attrs.AttrsInstance], promised: str) -> None:
    """No field goes away, and a new one has a default."""
    fields = {field.name: field for field in attrs.fields(record)}
    assert set(promised.split()) <= set(fields)
    added = [field for name, field in fields.items() if name not in promised.split()]
    assert all(field.default is not attrs.NOTHING for field in added)


@pytest.mark.parametrize("record", [record for record, _ in RECORDS], ids=lambda record: record.__name__)
def test_a_record_is_frozen(record: type[attrs.AttrsInstance]) -> None:
    """Nothing that the library gives can be changed under somebody else's hands."""
    assert record.__setattr__ is not object.__setattr__
    assert record.__hash__ is not None


@pytest.mark.parametrize(("words", "promised"), WORDS, ids=lambda value: getattr(value, "__name__", ""))
def test_closed_sets_are_closed(words: type[quotekit.Act], promised: str) -> None:
    """A set of words is exactly the one documented."""
    assert [str(word) for word in words] == promised.split()


@pytest.mark.parametrize(
    ("error", "base"),
    [
        (quotekit.InputError, ValueError),
        (quotekit.ModelError, RuntimeError),
        (quotekit.RegistryError, LookupError),
    ],
)
def test_errors_are_caught_by_what_they_are(error: type[Exception], base: type[Exception]) -> None:
    """Each is a `QuotekitError` and the built-in exception that people expect there."""
    assert issubclass(error, quotekit.QuotekitError)
    assert issubclass(error, base)
