"""Texts by what they share: which candidates come out, and in which order."""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotekit.matching.normalize import normalize
from quotekit.matching.rarity import rarity
from quotekit.matching.reading import read
from quotekit.matching.texts import Texts

words = st.lists(st.sampled_from("abcdefghijklmnop"), max_size=12)


def made(count: int, seed: int = 1, length: int = 12) -> list[list[str]]:
    """Texts of words that nobody knows, which share some by chance."""
    rng = random.Random(seed)
    return [[f"w{rng.randrange(5 * count)}" for _ in range(length)] for _ in range(count)]


def texts_of(rows: list[list[str]]) -> Texts:
    """Those texts, numbered in order."""
    texts = Texts()
    for row in rows:
        texts.add(row)
    return texts


def test_same_words_are_one_text() -> None:
    """A text has one number; other words, and the same in another order, have others."""
    texts = Texts()
    assert [texts.add(row.split()) for row in ("a b c", "c b a", "a b c", "")] == [0, 1, 0, 2]
    assert (len(texts), texts.number(["c", "b", "a"]), texts.number(["b"])) == (3, 1, None)


@pytest.mark.parametrize(
    "asked",
    [slice(0, 12), slice(0, 5), slice(3, 8), slice(8, 12), slice(0, 12, 2)],
    ids=["whole", "beginning", "middle", "end", "every other word"],
)
def test_a_part_leads_to_the_whole(asked: slice) -> None:
    """However little of a text is left, the text comes first."""
    rows = made(200)
    texts = texts_of(rows)
    assert texts.similar([*rows[77][asked], "more"])[0] == 77


def test_a_text_is_not_similar_to_itself() -> None:
    """It is asked for by its number instead."""
    texts = texts_of([*made(20), ["w1", "w2", "w3"]])
    assert 20 not in texts.similar(["w1", "w2", "w3"])


def test_what_many_have_is_looked_at_for_a_few() -> None:
    """Of a thousand texts around one stock phrase a few come out."""
    phrase = ["mastodon", "quasar", "otter"]
    texts = texts_of([[*phrase, *row] for row in made(1000)])
    assert 0 < len(texts.similar(phrase)) < 10


def test_shared_words_count_as_often_as_both_have_them() -> None:
    """The share is of the shorter text, wherever the words stand."""
    texts = texts_of([["b", "a", "b", "c"], ["b", "b", "d"]])
    assert [shared.cover for shared in texts.shared_by(0, [1, 0])] == pytest.approx([2 / 3, 1])
    assert [shared.cover for shared in texts.shared_by(1, [0])] == pytest.approx([2 / 3])
    assert [shared.cover for shared in texts.shared(["x", "b"], [0])] == pytest.approx([1 / 2])


def pairs(texts: Texts) -> Iterator[tuple[int, list[int]]]:
    """Each text, the fullest first, with its candidates."""
    order = texts.fullest_first()
    for block in texts.fuller(order, 0.0):
        others: dict[int, list[int]] = {}
        for rank, other in zip(block.pairs.texts.tolist(), block.pairs.others.tolist(), strict=True):
            others.setdefault(rank, []).append(int(order[other]))
        yield from ((int(order[rank]), others.get(rank, [])) for rank in block.ranks)


def test_fuller_texts_come_before() -> None:
    """In the order of length every text is named once, and its candidates stand before it."""
    rows = made(50)
    texts = texts_of([row[: 5 + number % 8] for number, row in enumerate(rows)] + rows)
    order = texts.fullest_first().tolist()
    rank = {text: number for number, text in enumerate(order)}
    found = dict(pairs(texts))
    assert list(found) == order
    assert all(rank[other] < rank[text] for text, others in found.items() for other in others)
    assert all(
        texts.number(rows[number]) in found[number] for number in range(50) if len(rows[number]) > 5 + number % 8
    )


@given(st.lists(words, max_size=12), st.randoms(use_true_random=False))
def test_order_of_adding_changes_no_candidates(rows: list[list[str]], rng: random.Random) -> None:
    """Whichever text came first, the same ones are candidates of the same."""

    def candidates(given: list[list[str]]) -> list[tuple[tuple[str, ...], list[tuple[str, ...]]]]:
        texts = texts_of(given)
        by_number = {texts.add(row): tuple(row) for row in given}
        return [(by_number[text], [by_number[other] for other in others]) for text, others in pairs(texts)]

    assert candidates(rows) == candidates(rng.sample(rows, len(rows)))


@given(st.lists(st.lists(st.sampled_from("abcdefghijklmnop "), max_size=12).map("".join), max_size=12))
def test_texts_read_elsewhere_are_those_added_one_by_one(said: list[str]) -> None:
    """A reading gives the same numbers, and the same words in common, as its texts one after another."""
    keys = [[word.key for word in normalize(text).words] for text in said]
    one_by_one, at_once = texts_of(keys), Texts()
    assert list(at_once.add_all(read(said), fewest=0)) == [one_by_one.number(row) for row in keys]
    everything = range(len(one_by_one))
    assert [at_once.shared_by(n, everything) for n in everything] == [
        one_by_one.shared_by(n, everything) for n in everything
    ]


def test_short_texts_are_not_taken_in() -> None:
    """They have no number, and the others are numbered without them."""
    texts = Texts()
    assert list(texts.add_all(read(["yes", "we saw otters", "", "otters saw us all"]), fewest=3)) == [None, 0, None, 1]
    assert len(texts) == 2


@given(st.lists(words, max_size=6), words)
def test_shared_words_are_those_counted_one_by_one(rows: list[list[str]], asked: list[str]) -> None:
    """What is told for many pairs at once is what counting each pair gives."""
    texts = texts_of(rows)
    others = [texts.add(row) for row in rows]
    found = texts.shared(asked, others)
    for row, shared in zip(rows, found, strict=True):
        both = Counter(row) & Counter(asked)
        assert shared.bits == pytest.approx(sum(rarity(word) * count for word, count in both.items()))
        assert shared.cover == pytest.approx(sum(both.values()) / max(1, min(len(row), len(asked))))


@given(st.lists(words, min_size=1, max_size=8), words)
def test_asking_in_between_changes_nothing(rows: list[list[str]], asked: list[str]) -> None:
    """Segments that are merged one by one hold what those made at once hold."""
    step_by_step = Texts()
    for row in rows:
        step_by_step.add(row)
        step_by_step.similar(asked)
    assert step_by_step.similar(asked) == texts_of(rows).similar(asked)


def test_time_is_linear() -> None:
    """Four times as many texts take some four times as long, where time with their square takes sixteen times."""

    def took(count: int) -> float:
        start = time.process_time()
        texts = texts_of(made(count))
        for _ in pairs(texts):
            pass
        return time.process_time() - start

    assert min(took(16_000) for _ in range(3)) < 10 * min(took(4_000) for _ in range(3))
