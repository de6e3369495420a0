"""Word counts as tables."""

from __future__ import annotations

from pathlib import Path

from quotekit.training.frequencies import count_words, write_frequencies


def test_words_and_pairs_are_counted(tmp_path: Path) -> None:
    """By their keys; what is too rare, and pairs that are chance, stay out."""
    texts = ["The dam, the Dam", *["White House aide of the"] * 4, *["the of the the of"] * 40, "once"]
    write_frequencies(count_words(texts), tmp_path)
    words, pairs = (
        [line.split("\t") for line in (tmp_path / name).read_text(encoding="utf-8").splitlines() if line[0] != "#"]
        for name in ("frequencies.tsv", "word_pairs.tsv")
    )
    assert words[0] == ["the", "126"]
    assert ["dam", "2"] not in words
    assert ["white house", "4"] in pairs
    assert not any(pair == "of the" for pair, _ in pairs)
