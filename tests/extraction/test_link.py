"""Ranges of tokens → attributions, by the network's pointers."""

import attrs
import numpy as np
import pytest

from quotekit.analysis.distance import BUCKETS, FARTHEST, bucket_table
from quotekit.analysis.scores import Heads, NestedHeads, Pointer, Scores
from quotekit.analysis.tokens import GAPS, MARKS, Tokens
from quotekit.extraction.decode import Range
from quotekit.extraction.link import link

TEXT = "abcdef" * 40  # a token a character


def scores(count: int, cue_of: dict[int, int], source_of: dict[int, int | None]) -> Scores:
    """Scores under which each token points where it is told to; `None`: a cue that has no source."""
    cues, sources = np.zeros((2, count + 1, count + 1), dtype=np.float32)
    nobody = np.append(np.full(count, -5.0, dtype=np.float32), np.float32(0))
    for token, cue in cue_of.items():
        cues[token, cue] = 9.0
    for token, source in source_of.items():
        if source is None:
            nobody[token] = 9.0
        else:
            sources[token, source] = 9.0
    at = np.arange(count)
    blank = np.zeros((count, 1), dtype=np.float32)
    distance = np.zeros(BUCKETS, dtype=np.float32)
    features = np.zeros((count, 3), dtype=np.int64)
    heads = Heads(
        transitions=blank, cue=Pointer(cues, distance), source=Pointer(sources, distance), no_source=nobody
    )  # fmt: skip
    return Scores(
        tokens=Tokens(starts=at, ends=at + 1, pieces=at, firsts=np.append(at, count), features=features),
        parts=blank, mentions=blank, states=np.eye(count, dtype=np.float32), heads=heads,
        nested=NestedHeads(heads, blank),
    )  # fmt: skip


def range_(first: int, last: int, part: str) -> Range:
    """A range that is quite sure."""
    return Range(first=first, last=last, part=part, score=0.9)


def test_a_content_goes_to_the_cue_it_points_at():
    """Not the nearest cue but the one pointed at takes the content, and that cue's source comes along."""
    ranges = [
        range_(0, 1, "source"),
        range_(1, 2, "cue"),
        range_(2, 4, "content"),
        range_(4, 5, "cue"),
        range_(5, 6, "source"),
    ]
    found = link(scores(6, {2: 1, 3: 1}, {1: 0, 4: 5}), ranges, TEXT)
    assert [(d.cue, d.source) for d in found] == [(ranges[1], ranges[0])]


@pytest.mark.parametrize("gap", [2, 40, FARTHEST - 4, FARTHEST + 90])
def test_every_token_of_a_content_has_its_own_distance_from_a_cue(gap):
    """What distances say of a cue is the mean over the content's tokens, however far away they are."""
    added = np.random.default_rng(gap).normal(0, 1, BUCKETS).astype(np.float32)
    content, cues = range_(gap, gap + 9, "content"), [range_(0, 1, "cue"), range_(2 * gap + 9, 2 * gap + 10, "cue")]
    given = scores(2 * gap + 10, {}, {})
    cue = Pointer(given.heads.cue.weight, added)
    given = attrs.evolve(given, heads=attrs.evolve(given.heads, cue=cue))
    (found,) = link(given, [cues[0], content, cues[1]], "a" * (2 * gap + 10))
    away = np.array([[cue.first - token for token in range(content.first, content.last)] for cue in cues])
    pointed = added[bucket_table()[away.clip(-FARTHEST, FARTHEST) + FARTHEST]].mean(axis=1)
    shares = np.exp(pointed) / np.exp(pointed).sum()
    assert found.cue == cues[shares.argmax()]
    assert found.score == pytest.approx((0.9 * shares.max() * 0.9) ** 0.5, abs=1e-5)


def test_contents_of_one_cue_are_one_attribution():
    """A split quotation is joined by the cue that both parts point at."""
    ranges = [range_(0, 2, "content"), range_(2, 3, "cue"), range_(4, 6, "content")]
    (found,) = link(scores(6, {0: 2, 1: 2, 4: 2, 5: 2}, {2: None}), ranges, TEXT)
    assert found.contents == (ranges[0], ranges[2])
    assert found.source is None


def test_a_stray_part_is_left_out():
    """A part far less sure than the other is not part of the content."""
    stray = Range(first=4, last=6, part="content", score=0.4)
    ranges = [range_(0, 2, "content"), range_(2, 3, "cue"), stray]
    (found,) = link(scores(6, {0: 2, 1: 2, 4: 2, 5: 2}, {2: None}), ranges, TEXT)
    assert found.contents == (ranges[0],)


def test_one_source_may_serve_several_cues():
    """ "Khan said … and added …": both attributions are Khan's."""
    ranges = [
        range_(0, 1, "source"),
        range_(1, 2, "cue"),
        range_(2, 3, "content"),
        range_(3, 4, "cue"),
        range_(4, 5, "content"),
    ]
    found = link(scores(5, {2: 1, 4: 3}, {1: 0, 3: 0}), ranges, TEXT)
    assert [d.source for d in found] == [ranges[0], ranges[0]]


def test_a_cue_without_a_content_is_dropped():
    """Nothing was said where nothing is content."""
    assert link(scores(2, {}, {1: 0}), [range_(0, 1, "source"), range_(1, 2, "cue")], TEXT) == []


def in_paragraphs(found: Scores, starts: list[int], quoted: list[int] = ()) -> Scores:
    """The same scores of a text with paragraphs that start at these tokens, of which some stand in quotations."""
    features = np.zeros((len(found.tokens), 3), dtype=np.int64)
    features[starts, 1] = GAPS["paragraph"]
    features[list(quoted), 2] = MARKS["inside"]
    return attrs.evolve(found, tokens=attrs.evolve(found.tokens, features=features))


def test_only_a_quotation_goes_to_a_cue_of_another_paragraph():
    """A cue serves a quotation set off below it, and never a plain clause there."""
    ranges = [range_(0, 1, "cue"), range_(1, 3, "content")]
    plain = scores(3, {1: 0, 2: 0}, {0: None})
    assert [d.cue for d in link(in_paragraphs(plain, [0, 1]), ranges, TEXT)] == [None]
    assert [d.cue for d in link(in_paragraphs(plain, [0, 1], quoted=[1, 2]), ranges, TEXT)] == [ranges[0]]


def test_a_colon_leads_in_the_next_paragraph():
    """After a colon a plain clause goes to the cue above it, and not to one that follows in its own paragraph."""
    ranges = [range_(0, 1, "cue"), range_(2, 4, "content"), range_(4, 5, "cue")]
    set_off = in_paragraphs(scores(5, {2: 0, 3: 0}, {0: None, 4: None}), [0, 2])
    assert [d.cue for d in link(set_off, ranges, "a:bcd")] == [ranges[0]]
    assert [d.cue for d in link(set_off, ranges, "abbcd")] == [ranges[2]]


def test_no_content_goes_to_a_cue_two_paragraphs_away():
    """What stands further off than the next paragraph is nobody's."""
    ranges = [range_(0, 1, "cue"), range_(2, 3, "content")]
    far = in_paragraphs(scores(3, {2: 0}, {0: None}), [0, 1, 2], quoted=[2])
    assert [d.cue for d in link(far, ranges, TEXT)] == [None]


def test_a_source_of_another_paragraph_is_not_taken():
    """A cue whose paragraph names no source has none."""
    ranges = [range_(0, 1, "source"), range_(1, 2, "cue"), range_(2, 3, "content")]
    (found,) = link(in_paragraphs(scores(3, {2: 1}, {1: 0}), [0, 1]), ranges, TEXT)
    assert found.source is None


@pytest.mark.parametrize("sure", [0.2, 0.9])
def test_a_score_lies_between_nothing_and_one(sure):
    """Whatever the parts' scores, the attribution's lies in 0..1 and grows with them."""
    ranges = [range_(0, 1, "cue"), Range(first=1, last=2, part="content", score=sure)]
    (found,) = link(scores(2, {1: 0}, {0: None}), ranges, TEXT)
    assert 0 < found.score <= 1
    assert (found.score > 0.6) == (sure > 0.5)
