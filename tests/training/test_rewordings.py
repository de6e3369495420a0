"""The stories of retellings, and the fit of what the evidence weighs."""

from __future__ import annotations

from pathlib import Path

import pytest

from quotekit.errors import InputError
from quotekit.matching.rewording import FEATURES
from quotekit.training.readers import Article, Labelled
from quotekit.training.rewordings import draw_strangers, fit, pairs_of, read_stories, write_weights

STORIES = Path("corpus/rewordings")
STORY = """\
## harbor | 2024-03-05
a | 0 | P Ines Okafor; Ministry of Ports | “Nine tugs sank in Karimabad harbor.”
a* | 1 | O Ministry of Ports | that ten tugs had sunk in the harbor of Karimabad
b | 0 | P Ines Okafor; - | that the ferry was late
"""


def test_a_story_is_read(tmp_path: Path) -> None:
    """Its statements, days, speakers and kinds."""
    path = tmp_path / "stories.txt"
    path.write_text(STORY, encoding="utf-8")
    ((first, second, third),) = read_stories(path)
    assert [line.statement for line in (first, second, third)] == ["a", "a", "b"]
    assert [line.known.own_words for line in (first, second, third)] == [True, False, False]
    assert str(second.known.date) == "2024-03-06"
    assert first.known.speakers[0].organization == "Ministry of Ports"
    assert third.known.speakers[0].organization is None
    assert [one.same for one in pairs_of([(first, second, third)])] == [True, False, False]


def test_a_line_that_is_none_is_refused(tmp_path: Path) -> None:
    """With its number."""
    path = tmp_path / "stories.txt"
    path.write_text(STORY + "c | soon | somebody\n", encoding="utf-8")
    with pytest.raises(InputError, match="line 5"):
        read_stories(path)


@pytest.mark.parametrize(("name", "least"), [("train.txt", 30), ("heldout.txt", 15)])
def test_our_stories_can_be_read(name: str, least: int) -> None:
    """Each has statements told twice and others."""
    stories = read_stories(STORIES / name)
    assert len(stories) >= least
    for story in stories:
        told = [line.statement for line in story]
        assert 1 < len(set(told)) < len(told)


def test_strangers_are_no_retelling() -> None:
    """What two sources say in one article is held apart, as strangers' and as if one speaker had said both."""
    first, second = (
        "Khan said nine tugs were lost in Karimabad.",
        "Lopez said the harbor of Karimabad was full of nine new tugs.",
    )
    text = f"{first} {second}"
    spans = [(0, 4, 10, len(first)), (len(first) + 1, len(first) + 6, len(first) + 12, len(text))]
    said = tuple(Labelled(((a, b),), (), ((c, d),)) for a, b, c, d in spans)
    found = list(draw_strangers([Article(id="x", text=text, attributions=said)]))
    assert [one.retelling.same_speaker for one in found if one.retelling] == [None, True]
    assert not any(one.same for one in found)


def test_what_tells_a_retelling_is_learned(tmp_path: Path) -> None:
    """More of the words in common speak for one, and the table has a row for each figure."""
    model = fit([*pairs_of(read_stories(STORIES / "train.txt"))])
    weights = dict(zip(FEATURES, model.features, strict=True))
    assert weights["numbers"] > 0 > weights["other_speaker"]
    assert 0 < model.threshold < 1
    write_weights(model, tmp_path / "weights.tsv")
    lines = (tmp_path / "weights.tsv").read_text(encoding="utf-8").splitlines()
    assert [line.partition("\t")[0] for line in lines if line[0] != "#"] == [*FEATURES, "constant", "threshold"]
