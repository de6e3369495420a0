"""Trains the tokenizer that ships: GUM's gold sentences and words, newswire's by rule, set in many typographies.

    train_tokenizer(Path("data"), Path("quotekit/models/en"))

takes a quarter of an hour on one core. The data folder holds `train/gum.conllu.xz`, `train/worldwide_ner.jsonl.xz`
and `dev/gum.conllu.xz`, on which the model is scored after each epoch.
"""

from __future__ import annotations

import logging
import math
import random
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import attrs
import torch
from torch import Tensor
from torch.nn import functional

from quotekit.analysis.characters import UNKNOWN, Characters, Labels, cut_by_labels, read_characters
from quotekit.analysis.sentences import Splitter
from quotekit.analysis.tokenizer import Tokenizer, padded
from quotekit.training.tokenizer_text import Paragraph, Text, read_gum, read_newswire, render
from quotekit.training.typography import Typesetter

__all__ = ["Scores", "TokenizerSettings", "score", "train_tokenizer"]

log = logging.getLogger(__name__)

IGNORED = -1  # the label of padding


@attrs.frozen(kw_only=True)
class TokenizerSettings:
    """How large the network is and how long it learns."""

    emb_dim: int = 32
    hidden_dim: int = 48
    rnn_layers: int = 1
    dropout: float = 0.1
    unit_dropout: float = 0.03  # of the characters are read as unknown
    epochs: int = 10
    batch_characters: int = 16_000
    longest: int = 600
    learning_rate: float = 4e-3
    gum_copies: int = 2


@attrs.frozen(kw_only=True)
class Scores:
    """F1, 0..1, of exact spans."""

    sentences: float
    words: float


def train_tokenizer(data: Path, out: Path, *, seed: int = 1, settings: TokenizerSettings | None = None) -> Tokenizer:
    """Train on the data folder `data` and write `tokenizer.json` and `tokenizer.safetensors` into `out`.

    The same seed and settings on the same machine give the same weights. A run that was cut off goes on after
    its last whole epoch when it is started again: `out` holds a checkpoint until the run is done.
    """
    settings = settings or TokenizerSettings()
    gum = list(read_gum(data / "train" / "gum.conllu.xz"))
    news = list(read_newswire(data / "train" / "worldwide_ner.jsonl.xz"))
    held_out = list(read_gum(data / "dev" / "gum.conllu.xz"))
    paragraphs = [p for text in gum * settings.gum_copies + news for p in text.paragraphs if not _is_address(p)]
    torch.manual_seed(seed)
    tokenizer = Tokenizer(_config(settings), _vocabulary(paragraphs))
    course = _Course(tokenizer, settings, out / "tokenizer-checkpoint.pt")
    names = _names(news)
    for epoch in range(course.resume(), settings.epochs):
        course.run_epoch(paragraphs, Typesetter(seed * 1000 + epoch, names), epoch)
        log.info("epoch %d: %s", epoch + 1, score(tokenizer, held_out))
    tokenizer.save(out)
    course.forget()
    return tokenizer


def score(tokenizer: Tokenizer, texts: Iterable[Text]) -> Scores:
    """How many of the sentences and words of `texts` the tokenizer finds, their paragraphs being given."""
    found, gold = Counter[str](), Counter[str]()
    right = Counter[str]()
    rendered = [render(paragraph) for text in texts for paragraph in text.paragraphs]
    for (text, labels), cuts in zip(
        rendered, Splitter.using(tokenizer).split([text for text, _ in rendered]), strict=True
    ):
        truth = cut_by_labels(text, labels)
        for part in ("sentences", "words"):
            ours = {(span.start, span.end) for span in getattr(cuts, part)}
            theirs = set(map(tuple, getattr(truth, part).tolist()))
            found[part] += len(ours)
            gold[part] += len(theirs)
            right[part] += len(ours & theirs)
    f1 = {part: 2 * right[part] / (found[part] + gold[part]) for part in gold}
    return Scores(sentences=f1["sentences"], words=f1["words"])


class _Course:
    """One course of training: the network's optimizer, its learning rate and its checkpoint."""

    def __init__(self, tokenizer: Tokenizer, settings: TokenizerSettings, checkpoint: Path) -> None:
        self._tokenizer = tokenizer
        self._settings = settings
        self._checkpoint = checkpoint
        self._optimizer = torch.optim.AdamW(
            tokenizer.network.parameters(), lr=settings.learning_rate, weight_decay=0.01
        )

    def resume(self) -> int:
        """Take up the state of a run that was cut off; the number of epochs it has done."""
        if not self._checkpoint.exists():
            return 0
        state = torch.load(self._checkpoint, weights_only=True)
        self._tokenizer.network.load_state_dict(state["network"])
        self._optimizer.load_state_dict(state["optimizer"])
        return int(state["epochs"])

    def run_epoch(self, paragraphs: Sequence[Paragraph], typesetter: Typesetter, epoch: int) -> None:
        """Learn from every paragraph once, each set anew, and write the checkpoint."""
        network = self._tokenizer.network.train()
        torch.manual_seed(epoch)
        examples = [e for p in paragraphs for e in _examples(typesetter.vary(p), self._tokenizer, self._settings)]
        batches = list(_batches(examples, self._settings.batch_characters, random.Random(epoch)))
        for number, batch in enumerate(batches):
            progress = (epoch + number / len(batches)) / self._settings.epochs
            for group in self._optimizer.param_groups:
                group["lr"] = (
                    self._settings.learning_rate
                    * min(1.0, 20 * progress + 0.05)
                    * (1 + math.cos(math.pi * progress))
                    / 2
                )
            loss = self._loss(batch)
            self._optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            self._optimizer.step()
        network.eval()
        self._checkpoint.parent.mkdir(parents=True, exist_ok=True)
        state = {"network": network.state_dict(), "optimizer": self._optimizer.state_dict(), "epochs": epoch + 1}
        torch.save(state, self._checkpoint)

    def forget(self) -> None:
        """Remove the checkpoint."""
        self._checkpoint.unlink(missing_ok=True)

    def _loss(self, batch: Sequence[tuple[Characters, Labels]]) -> Tensor:
        ids, features, _ = padded([characters for characters, _ in batch])
        ids = torch.where((torch.rand(ids.shape) < self._settings.unit_dropout) & (ids > 0), UNKNOWN, ids)
        word, sentence = self._tokenizer.scores(ids, features, None)
        target = torch.full(ids.shape, IGNORED)
        for row, (_, labels) in enumerate(batch):
            target[row, : len(labels)] = torch.from_numpy(labels)
        ends, goes_on = functional.logsigmoid(word), functional.logsigmoid(-word)
        chances = torch.stack(
            [goes_on, ends + functional.logsigmoid(-sentence), ends + functional.logsigmoid(sentence)], 1
        )
        return functional.nll_loss(chances, target, ignore_index=IGNORED)


def _config(settings: TokenizerSettings) -> dict[str, Any]:
    sizes = attrs.asdict(settings, filter=attrs.filters.include("emb_dim", "hidden_dim", "rnn_layers", "dropout"))
    return {**sizes, "feat_dropout": 0.0}


def _vocabulary(paragraphs: Iterable[Paragraph], least: int = 5) -> list[str]:
    """The pad, the unknown character, then printable ASCII and all that is met `least` times."""
    counts = Counter(char for paragraph in paragraphs for token in paragraph for char in token.text)
    chars = (
        {chr(code) for code in range(32, 127)} | set("“”‘’«»„‹›–—…€£") | {c for c, n in counts.items() if n >= least}
    )
    return ["<PAD>", "<UNK>", *sorted(chars)]


def _names(texts: Iterable[Text]) -> list[str]:
    """The names of people, in order of appearance."""
    names: dict[str, None] = {}
    for paragraph in (p for text in texts for p in text.paragraphs):
        name: list[str] = []
        for token in paragraph:
            if name and token.entity != "I-Person":
                names[" ".join(name)] = None
                name = []
            if token.entity == "B-Person" or (name and token.entity == "I-Person"):
                name.append(token.text)
    return list(names)


def _is_address(paragraph: Paragraph) -> bool:
    """Whether a paragraph is a web address, of which the newswire has one an article."""
    return paragraph[0].text.startswith("http")


def _examples(
    paragraph: Paragraph, tokenizer: Tokenizer, settings: TokenizerSettings
) -> Iterator[tuple[Characters, Labels]]:
    text, labels = render(paragraph)
    characters = read_characters(text, tokenizer.index)
    labels = labels[characters.places]
    for start in range(0, len(characters), settings.longest):
        yield characters.cut(start, start + settings.longest), labels[start : start + settings.longest]


def _batches(
    examples: Sequence[tuple[Characters, Labels]], characters: int, chance: random.Random
) -> Iterator[list[tuple[Characters, Labels]]]:
    """Batches of about as many characters, of examples about as long, the longest first, in any order."""
    ordered = sorted(examples, key=lambda example: -len(example[0]) * chance.uniform(0.9, 1.0))
    batches: list[list[tuple[Characters, Labels]]] = [[]]
    for example in ordered:
        if batches[-1] and (len(batches[-1]) + 1) * len(batches[-1][0][0]) > characters:
            batches.append([])
        batches[-1].append(example)
    chance.shuffle(batches)
    for batch in batches:
        yield sorted(batch, key=lambda example: -len(example[0]))
