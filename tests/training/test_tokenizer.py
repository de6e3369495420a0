"""How the tokenizer is trained: its corpora, their typography, and a run of training."""

from __future__ import annotations

import json
import lzma
from pathlib import Path

import attrs
import pytest
import torch

from quotekit.analysis.characters import cut_by_labels
from quotekit.training.newswire import read_newswire
from quotekit.training.tokenizer import Scores, TokenizerSettings, score, train_tokenizer
from quotekit.training.tokens import Text, Token, read_gum, render
from quotekit.training.typography import Typesetter

SMALL = TokenizerSettings(emb_dim=8, hidden_dim=8, epochs=2)

GUM = """\
# newdoc id = GUM_news_bridge
# newpar
# text = We can't stay.
1	We	we	PRON	PRP	_	4	nsubj	_	_
2-3	can't	_	_	_	_	_	_	_	_
2	ca	can	AUX	MD	_	4	aux	_	_
3	n't	not	PART	RB	_	4	advmod	_	_
4	stay	stay	VERB	VB	_	0	root	_	SpaceAfter=No
5	.	.	PUNCT	.	_	4	punct	_	_

# newpar
# text = Go!
1	Go	go	VERB	VB	_	0	root	_	SpaceAfter=No
2	!	!	PUNCT	.	_	1	punct	_	_

"""

NEWSWIRE = [
    "Mr . Abdi said , “ We don ’ t know . ” He left the U . S . on Friday .",
    'A 20 - year - old asked : " Who pays ? " Nobody ( not even Dr . Cole ) knew . . .',
    "“ Who pays ? ” Mary Cole asked . The mayor ' s office did not say .",
    "It opens at 9 a.m. on Jan . 5 . Prices rose by 3 % .",
]


def write(path: Path, text: str) -> Path:
    """A compressed corpus file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with lzma.open(path, "wt", encoding="utf-8") as file:
        file.write(text)
    return path


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data folder with two tiny corpora."""
    folder = tmp_path / "data"
    sentences = [{"tokens": line.split(), "tags": ["O"] * len(line.split())} for line in NEWSWIRE]
    sentences[0]["tags"][2] = "B-Person"
    write(folder / "train" / "gum.conllu.xz", GUM * 20)
    write(folder / "dev" / "gum.conllu.xz", GUM)
    write(folder / "train" / "worldwide_ner.jsonl.xz", json.dumps({"doc": "news", "sentences": sentences}) + "\n")
    return folder


@pytest.fixture
def newswire(data: Path) -> Text:
    """The tiny newswire as it is read."""
    (text,) = read_newswire(data / "train" / "worldwide_ner.jsonl.xz")
    return text


def sentences_of(paragraph: tuple[Token, ...]) -> list[str]:
    """The sentences of a paragraph as strings."""
    text, labels = render(paragraph)
    return [text[start:end] for start, end in cut_by_labels(text, labels).sentences.tolist()]


def test_gum_is_read_with_its_spaces_and_sentences(data: Path) -> None:
    """Paragraphs, sentences and the parts of "can't" come as the treebank has them."""
    (text,) = read_gum(data / "dev" / "gum.conllu.xz")
    assert text.id == "GUM_news_bridge"
    assert [sentences_of(paragraph) for paragraph in text.paragraphs] == [["We can't stay."], ["Go!"]]
    assert [token.text for token in text.paragraphs[0]] == ["We", "ca", "n't", "stay", "."]


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (0, ["Mr. Abdi said, “We don’t know.”", "He left the U.S. on Friday."]),
        (1, ['A 20-year-old asked: "Who pays?"', "Nobody (not even Dr. Cole) knew..."]),
        (2, ["“Who pays?” Mary Cole asked.", "The mayor's office did not say."]),
        (3, ["It opens at 9 a.m. on Jan. 5.", "Prices rose by 3%."]),
    ],
)
def test_newswire_is_set_as_running_text(newswire: Text, number: int, expected: list[str]) -> None:
    """The newswire's tokens are set with the spaces and cut into the sentences a reader would."""
    assert sentences_of(newswire.paragraphs[number]) == expected


def test_clitics_of_the_newswire_are_words(newswire: Text) -> None:
    """What the newswire cuts as "don ’ t" becomes the treebank's two words."""
    words = [token.text for token in newswire.paragraphs[0]]
    assert words[5:9] == ["We", "do", "n’t", "know"]


@pytest.mark.parametrize("seed", range(20))
def test_typesetting_keeps_what_makes_a_paragraph(newswire: Text, seed: int) -> None:
    """However a paragraph is set, it renders, its last token ends a sentence, and a stop is not lost."""
    typesetter = Typesetter(seed, ["Omar Farah"])
    for paragraph in newswire.paragraphs * 20:
        varied = typesetter.vary(paragraph)
        text, labels = render(varied)
        assert len(text) == len(labels)
        assert varied[-1].ends
        assert sum(token.ends for token in varied) >= 1


def test_typesetting_repeats_with_its_seed(newswire: Text) -> None:
    """The same seed sets the same paragraphs alike."""
    first, second = (Typesetter(7, ["Omar Farah"]) for _ in range(2))
    assert [first.vary(p) for p in newswire.paragraphs * 20] == [second.vary(p) for p in newswire.paragraphs * 20]


def test_training_writes_the_pack_and_repeats_with_its_seed(data: Path, tmp_path: Path) -> None:
    """Two runs with one seed write the same bytes; another seed does not."""
    weights = []
    for number, seed in enumerate((1, 1, 2)):
        train_tokenizer(data, tmp_path / str(number), seed=seed, settings=SMALL)
        weights.append((tmp_path / str(number) / "tokenizer.safetensors").read_bytes())
    assert weights[0] == weights[1] != weights[2]
    assert sorted(path.name for path in (tmp_path / "0").iterdir()) == ["tokenizer.json", "tokenizer.safetensors"]


def test_training_goes_on_where_it_was_cut_off(data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A run stopped after an epoch and started again ends with the weights of a run in one piece."""
    whole = train_tokenizer(data, tmp_path / "whole", settings=SMALL)
    monkeypatch.setattr("quotekit.training.tokenizer.score", _interrupt)
    with pytest.raises(KeyboardInterrupt):
        train_tokenizer(data, tmp_path / "parts", settings=SMALL)
    monkeypatch.undo()
    parts = train_tokenizer(data, tmp_path / "parts", settings=SMALL)
    states = zip(whole.network.state_dict().values(), parts.network.state_dict().values(), strict=True)
    assert all(torch.equal(one, other) for one, other in states)


def _interrupt(*_: object) -> Scores:
    raise KeyboardInterrupt


def test_training_learns(data: Path, tmp_path: Path) -> None:
    """A few epochs on a handful of sentences are enough to know their words."""
    settings = attrs.evolve(SMALL, epochs=30, batch_characters=100, learning_rate=1e-2, hidden_dim=16)
    tokenizer = train_tokenizer(data, tmp_path, settings=settings)
    assert score(tokenizer, read_gum(data / "dev" / "gum.conllu.xz")).words > 0.9
