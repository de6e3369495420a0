"""Clusters of many documents: what is joined, what is not, and that the fast way finds what the slow one does."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotekit.document import Attribution, Cluster, DifferenceKind, Document, Kind, Relation
from quotekit.errors import InputError
from quotekit.matching import QuoteIndex, compare, gathering, match, rounds
from quotekit.matching.postings import Candidates
from quotekit.matching.texts import Block, Texts
from quotekit.matching.utterance import Utterance
from quotekit.spans import Span
from quotekit.speakers import Speaker, SpeakerType

FULL = "The salvage tug reached Karimabad harbor on Friday, and its crew found no trace of the missing trawler."
CUT = "its crew found no trace of the missing trawler"
DENIED = "The salvage tug reached Karimabad harbor on Friday, and its crew found trace of the missing trawler."
OTHER = "Nobody has asked the glaciologists whether the reservoir can be refilled before the monsoon."

SMALL = ("the", "of", "and", "to", "in", "that", "is", "was", "for", "on", "not", "we", "with", "have", "they", "will")
SYLLABLES = ("ka", "ri", "mo", "ten", "lu", "sha", "dor", "vi", "be", "nox")


def document(name: str, *texts: str, speaker: str = "Ines Okafor", **known: str) -> Document:
    """A document in which one person says these texts, one after another."""
    said, body = [], ""
    person = Speaker(name=speaker, type=SpeakerType.PERSON)
    for text in texts:
        span = Span(len(body), len(body) + len(text))
        body += text + "\n"
        said.append((span, person))
    attributions = tuple(
        Attribution.cut(body, content=[span], kind=Kind.DIRECT, speakers=(person,), score=1.0) for span, person in said
    )
    return Document(id=name, text=body, attributions=attributions, **known)


def sentence(rng: random.Random) -> str:
    """Small words and some of a thousand that nobody knows; now and then two sentences share one of those."""
    made = ["".join(rng.choices(SYLLABLES, k=3)) for _ in range(7)]
    return " ".join(rng.choice(SMALL) if number % 2 else made[number // 2] for number in range(14))


def version(text: str, rng: random.Random) -> str:
    """A text as another outlet may print it."""
    words = text.split()
    at = rng.randrange(1, len(words) - 1)
    return rng.choice(
        (
            f"“{text}.”",
            text.upper(),
            " ".join(words[: at + 5]),
            " ".join(words[max(0, at - 6) :]),
            " ".join([*words[:at], "…", *words[at + 1 :]]),
            " ".join([*words[:at], "not", *words[at:]]),
        )
    )


def newspaper(seed: int, count: int) -> list[Document]:
    """Documents that print versions of the same few sentences."""
    rng = random.Random(seed)
    known = [sentence(rng) for _ in range(count)]
    texts = [version(rng.choice(known), rng) for _ in range(3 * count)]
    days = [f"2024-03-{rng.randint(1, 28):02}" for _ in texts]
    return [
        document(f"d{n}", *texts[n : n + 3], date=days[n], outlet=f"outlet {n % 7}") for n in range(0, len(texts), 3)
    ]


def places(clusters: Sequence[Cluster]) -> set[frozenset[tuple[str, int]]]:
    """The clusters as sets of attributions."""
    return {frozenset((member.doc, member.index) for member in cluster.members) for cluster in clusters}


# What a cluster says.


@pytest.fixture(scope="module")
def cluster() -> Cluster:
    """One utterance in three outlets; one of them cuts it, and one loses a word."""
    found = match(
        [
            document("late", DENIED, date="2024-03-07", outlet="Courier"),
            document("full", FULL, OTHER, date="2024-03-06", outlet="Harbor Post"),
            document("cut", CUT, date="2024-03-05", outlet="Gazette"),
        ]
    )
    assert len(found) == 1
    return found[0]


def test_members_stand_in_the_order_of_their_dates(cluster: Cluster) -> None:
    """Who printed it first stands first, and its day is the cluster's."""
    assert [member.doc for member in cluster.members] == ["cut", "full", "late"]
    assert cluster.first_seen == "2024-03-05"


def test_fullest_version_represents(cluster: Cluster) -> None:
    """The version with the most words is what the others are compared to."""
    assert cluster.representative.text == FULL
    assert cluster.representative in cluster.members


def test_relations_and_differences_are_to_the_fullest(cluster: Cluster) -> None:
    """A cut is no change, a lost "no" is one, with its place in the fullest version."""
    cut, _, late = cluster.members
    assert (cut.relation, late.relation, cluster.altered) == (Relation.TRUNCATED, Relation.ALTERED, True)
    (difference,) = late.differences
    assert difference.kind is DifferenceKind.NEGATION
    assert difference.a is not None
    assert FULL[difference.a.slice] == "no"


def test_member_is_cut_from_its_document(cluster: Cluster) -> None:
    """A member says where in which document it stands."""
    assert [(m.index, m.content, m.outlet) for m in cluster.members] == [
        (0, (Span(0, len(CUT)),), "Gazette"),
        (0, (Span(0, len(FULL)),), "Harbor Post"),
        (0, (Span(0, len(DENIED)),), "Courier"),
    ]


def test_speakers_that_differ_are_a_conflict() -> None:
    """Two outlets that name two persons cannot both be right; both names are kept."""
    (cluster,) = match([document("a", FULL), document("b", FULL, speaker="Lena Morris")])
    assert cluster.speaker_conflict
    assert [speaker.name for speaker in cluster.speakers] == ["Ines Okafor", "Lena Morris"]


def test_repeat_in_one_document_is_marked() -> None:
    """What an article says twice is one cluster, and the second time is no other outlet."""
    (cluster,) = match([document("a", FULL, OTHER, CUT)])
    assert [(member.index, member.repeat) for member in cluster.members] == [(0, False), (2, True)]


def test_words_inside_other_words_of_a_document_are_no_repeat() -> None:
    """An attribution that stands inside another of its document makes no cluster with it."""
    outer = document("a", FULL)
    inner = Span(FULL.index(CUT), FULL.index(CUT) + len(CUT))
    nested = Attribution.cut(outer.text, content=[inner], kind=Kind.INDIRECT, parent=0, score=1.0)
    both = Document(id="a", text=outer.text, attributions=(*outer.attributions, nested))
    assert match([both]) == ()
    (cluster,) = match([both, document("b", FULL)])
    assert [(member.doc, member.index) for member in cluster.members] == [("a", 0), ("b", 0)]


def test_reports_of_two_speakers_are_no_repeat() -> None:
    """What an article reports of one and again of another is two utterances; one speaker repeats it."""
    text = f"{FULL} {CUT}"
    spans = Span(0, len(FULL)), Span(len(FULL) + 1, len(text))

    def told(*names: str) -> Document:
        speakers = (Speaker(name=name, type=SpeakerType.PERSON) for name in names)
        said = (
            Attribution.cut(text, content=[span], kind=Kind.INDIRECT, speakers=(speaker,), score=1.0)
            for span, speaker in zip(spans, speakers, strict=True)
        )
        return Document(id="a", text=text, attributions=tuple(said))

    assert match([told("Ines Okafor", "Lena Morris")]) == ()
    (cluster,) = match([told("Ines Okafor", "Okafor")])
    assert len(cluster.members) == 2


def test_chain_does_not_drift() -> None:
    """Words that match a version only, and not the fullest one, stay out."""
    first = f"{OTHER} {FULL}"
    second = f"{FULL} Our beekeepers counted eleven swarms near the lighthouse."
    third = "Our beekeepers counted eleven swarms near the lighthouse."
    clusters = match([document("a", first), document("b", second), document("c", third)])
    assert places(clusters) == {frozenset({("a", 0), ("b", 0)})}


@pytest.mark.parametrize("text", ["Yes", "He agreed", "", "…", "“”"])
def test_a_word_or_two_are_not_looked_for(text: str) -> None:
    """So little is no evidence, however often it is said."""
    assert match([document("a", text), document("b", text)]) == ()


def test_documents_without_an_id_are_several() -> None:
    """Two articles that have no id are two, even if they print the same."""
    (cluster,) = match([document("", FULL), document("", FULL)])
    assert [member.repeat for member in cluster.members] == [False, False]


def test_document_added_again_is_passed_over() -> None:
    """The same article twice is one."""
    assert match([document("a", FULL), document("a", FULL)]) == ()


def test_threshold_is_the_callers() -> None:
    """With 1 only what is certain is joined."""
    documents = [document("a", FULL), document("b", DENIED)]
    assert len(match(documents, threshold=0.0)) == 1
    assert match(documents, threshold=1.0) == ()


@pytest.mark.parametrize("threshold", [-0.1, 1.1, float("nan")])
def test_threshold_out_of_range_is_refused(threshold: float) -> None:
    """It is a score."""
    with pytest.raises(InputError, match="from 0 to 1"):
        match([], threshold=threshold)


def test_workers_change_nothing() -> None:
    """Several processes find what one finds, in the same order."""
    documents = newspaper(5, 30)
    assert match(documents, workers=2) == match(documents)
    with pytest.raises(InputError, match="workers must be at least 1, got 0"):
        match(documents, workers=0)


def test_what_is_no_document_is_refused() -> None:
    """The message says what came."""
    with pytest.raises(InputError, match="expected a Document to add, got str"):
        match(["text"])  # type: ignore[list-item]


def test_stock_phrase_costs_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a thousand articles print is compared a few times for each, not for each pair."""
    calls = []
    compare = gathering.join_words
    monkeypatch.setattr(gathering, "join_words", lambda *given: calls.append(1) or compare(*given))
    match(document(f"d{n}", "Thank you very much", speaker=f"Speaker Number{n}") for n in range(1000))
    assert len(calls) < 8 * 1000


# The fast way and the slow one.


def everything(self: Texts, order: Sequence[int], least: float) -> Iterator[Block]:
    """Every text with all that are fuller."""
    ranks = range(len(order))
    pairs = [(rank, other) for rank in ranks for other in range(rank)]
    texts, others = (np.array([pair[side] for pair in pairs], dtype=np.uint64) for side in (0, 1))
    yield Block(ranks, Candidates(texts, others))


@pytest.mark.parametrize("seed", range(3))
def test_candidates_lose_nothing(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """The clusters are those that come out where every version is compared to every leader, likely or not."""
    documents = newspaper(seed, 60)
    fast = match(documents)
    monkeypatch.setattr(gathering, "highest_match", lambda *_, **__: 1.0)
    monkeypatch.setattr(Texts, "fuller", everything)
    monkeypatch.setattr(gathering, "LATEST", 10**9)
    monkeypatch.setattr(gathering, "MOST_TRIED", 10**9)
    assert match(documents) == fast
    assert fast


@pytest.mark.parametrize(("texts", "batch"), [(7, 1), (40, 3), (1 << 14, 10**9)])
def test_blocks_and_batches_change_nothing(texts: int, batch: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """However the work is cut up, the clusters are those that one text after another gives."""
    documents = newspaper(8, 60)
    monkeypatch.setattr(rounds, "BATCH", 10**9)
    whole = match(documents)
    monkeypatch.setattr("quotekit.matching.texts.LARGEST_BLOCK", texts)
    monkeypatch.setattr(rounds, "BATCH", batch)
    assert match(documents) == whole


@settings(max_examples=15)
@given(st.integers(0, 50), st.randoms(use_true_random=False))
def test_clusters_part_the_attributions_whatever_their_order(seed: int, rng: random.Random) -> None:
    """An attribution is in one cluster at most, and the order in which documents come changes nothing."""
    documents = newspaper(seed, 12)
    clusters = match(documents)
    members = [place for cluster in places(clusters) for place in cluster]
    assert len(members) == len(set(members))
    shuffled = rng.sample(documents, len(documents))
    assert match(shuffled) == clusters


def test_one_at_a_time_is_all_at_once() -> None:
    """An index asked in between gives in the end what it gives without."""
    documents = newspaper(4, 20)
    index = QuoteIndex()
    for document in documents:
        index.add(document)
        index.find(FULL)
        index.clusters()
    assert index.clusters() == match(documents)
    assert len(index) == len(documents)


# Finding.


@pytest.fixture(scope="module")
def index() -> QuoteIndex:
    """An index of a newspaper that also prints one utterance of our own."""
    index = QuoteIndex()
    for document_ in (*newspaper(7, 30), document("full", FULL, date="2024-03-06")):
        index.add(document_)
    return index


@pytest.mark.parametrize(
    ("text", "relation"),
    [
        (FULL, Relation.VERBATIM),
        (f"“{FULL.upper()}”", Relation.VERBATIM),
        (CUT, Relation.TRUNCATED),
        (f"{OTHER} {FULL}", Relation.TRUNCATED),
        (DENIED, Relation.ALTERED),
    ],
)
def test_find_finds_versions(index: QuoteIndex, text: str, relation: Relation) -> None:
    """The same words, a part of them, more than them, and changed ones lead to the utterance."""
    assert [(member.doc, member.relation) for member in index.find(text)] == [("full", relation)]


@pytest.mark.parametrize("text", [OTHER, "", "trawler", "and the"])
def test_find_finds_nothing_else(index: QuoteIndex, text: str) -> None:
    """Other words, and too few of them, lead to nothing."""
    assert index.find(text) == ()


def test_find_loses_nothing() -> None:
    """Of what `compare` finds in all texts of an index, one after another, `find` finds 99.5 % at least."""
    documents = newspaper(9, 120)
    index = QuoteIndex()
    for document_ in documents:
        index.add(document_)
    said = {(d.id, number): a.text for d in documents for number, a in enumerate(d.attributions)}
    ready = {place: Utterance.of(text) for place, text in said.items()}
    wanted = found = 0
    for asked in random.Random(1).sample(sorted(said), 40):
        same = {place for place, other in ready.items() if compare(ready[asked], other).same}
        members = {(member.doc, member.index) for member in index.find(said[asked], limit=len(said))}
        assert members <= same
        wanted, found = wanted + len(same), found + len(same & members)
    assert found >= 0.995 * wanted
    assert wanted > 2 * 40


def test_find_in_an_empty_index() -> None:
    """There is nothing to find."""
    assert QuoteIndex().find(FULL) == ()


def test_find_gives_so_many_at_most() -> None:
    """The surest come first, and no more than asked for."""
    index = QuoteIndex()
    for number in range(30):
        index.add(document(f"d{number}", FULL if number % 2 else CUT))
    found = index.find(FULL, limit=4)
    assert [member.relation for member in found] == [Relation.VERBATIM] * 4


def test_find_leaves_the_index_as_it_is(index: QuoteIndex) -> None:
    """Asking adds nothing to the clusters."""
    before = index.clusters()
    index.find("A sentence of words that no other text has, such as mastodon and quasar")
    assert index.clusters() == before
