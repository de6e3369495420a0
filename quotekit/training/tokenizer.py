"""Trains the tokenizer that ships: GUM's gold sentences and words, newswire's by rule, set in many typographies.

    train_tokenizer(Path("data"), Path("weights"))

takes about five minutes of one core. The data folder holds `train/gum.conllu.xz`, `train/worldwide_ner.jsonl.xz` and
`dev/gum.conllu.xz`, on which the model is scored after each epoch.
"""

from __future__ import annotations

import logging
import math
import random
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import attrs
import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from quotekit.analysis.characters import FEATURES, UNKNOWN, Characters, Labels, cut_by_labels, read_characters
from quotekit.analysis.tokenizer import PAD, Tokenizer
from quotekit.training.newswire import read_newswire
from quotekit.training.tokens import Paragraph, Text, read_gum, render
from quotekit.training.typography import Typesetter

__all__ = ["Scores", "TokenizerSettings", "score", "train_tokenizer"]

log = logging.getLogger(__name__)

IGNORED = -1  # the label of padding
WARM_UP = 0.05  # of the run; the learning rate rises for so long and then falls along a cosine
EPOCH_SEEDS = 1000  # the seeds of the epochs of one run; runs with different seeds share none

Example = tuple[Characters, Labels]


@attrs.frozen(kw_only=True)
class TokenizerSettings:
    """How large the network is and how long it learns; what ships was made with these values."""

    emb_dim: int = 32
    hidden_dim: int = 48
    dropout: float = 0.1
    unknown: float = 0.03  # of the characters are shown as unknown ones
    gum_copies: int = 2  # how often an epoch shows GUM, which is smaller than the newswire but gold
    epochs: int = 5
    batch_characters: int = 16_000
    longest: int = 300  # characters of a paragraph that are shown at once
    learning_rate: float = 4e-3


@attrs.frozen(kw_only=True)
class Scores:
    """F1, 0..1, of exact spans."""

    sentences: float
    words: float


def train_tokenizer(data: Path, out: Path, *, seed: int = 1, settings: TokenizerSettings | None = None) -> Tokenizer:
    """Train on the data folder `data` and write `tokenizer.json` and `tokenizer.safetensors` into `out`.

    The same seed and settings, with the same data and tables, give the same weights on one machine. A run that
    was cut off goes on after its last whole epoch when it is started again: `out` keeps a checkpoint until the
    run is done.
    """
    settings = settings or TokenizerSettings()
    gum = list(read_gum(data / "train" / "gum.conllu.xz"))
    news = list(read_newswire(data / "train" / "worldwide_ner.jsonl.xz"))
    held_out = list(read_gum(data / "dev" / "gum.conllu.xz"))
    paragraphs = [p for text in gum * settings.gum_copies + news for p in text.paragraphs if not _is_address(p)]
    torch.manual_seed(seed)
    sizes = {name: getattr(settings, name) for name in ("emb_dim", "hidden_dim", "dropout")}
    tokenizer = Tokenizer(sizes, _vocabulary(paragraphs))
    course = _Course(tokenizer, settings, out / "tokenizer-checkpoint.pt")
    names = _names(news)
    for epoch in range(course.resume(), settings.epochs):
        epoch_seed = seed * EPOCH_SEEDS + epoch
        typesetter = Typesetter(epoch_seed, names)
        course.run_epoch(epoch, epoch_seed, [typesetter.vary(paragraph) for paragraph in paragraphs])
        log.info("epoch %d: %s", epoch + 1, score(tokenizer, held_out))
    tokenizer.save(out)
    course.forget()
    return tokenizer


def score(tokenizer: Tokenizer, texts: Iterable[Text]) -> Scores:
    """How well the tokenizer finds the sentences and words of `texts`, whose paragraphs it is told."""
    rendered = [render(paragraph) for text in texts for paragraph in text.paragraphs]
    labels = tokenizer.label([text for text, _ in rendered])
    found = [cut_by_labels(text, ours) for (text, _), ours in zip(rendered, labels, strict=True)]
    gold = [cut_by_labels(text, truth) for text, truth in rendered]
    f1 = {}
    for part in ("sentences", "words"):
        ours, theirs = (
            {(n, *r) for n, c in enumerate(cuts) for r in getattr(c, part).tolist()} for cuts in (found, gold)
        )
        f1[part] = 2 * len(ours & theirs) / (len(ours) + len(theirs))
    return Scores(**f1)


class _Course:
    """One course of training: the optimizer, the learning rate and the checkpoint of a tokenizer."""

    def __init__(self, tokenizer: Tokenizer, settings: TokenizerSettings, checkpoint: Path) -> None:
        self._tokenizer = tokenizer
        self._settings = settings
        self._checkpoint = checkpoint
        self._optimizer = torch.optim.AdamW(tokenizer.network.parameters(), weight_decay=0.01)

    def resume(self) -> int:
        """Take up the state of a run that was cut off; how many epochs it had done."""
        if not self._checkpoint.exists():
            return 0
        state = torch.load(self._checkpoint, weights_only=True)
        self._tokenizer.network.load_state_dict(state["network"])
        self._optimizer.load_state_dict(state["optimizer"])
        return int(state["epochs"])

    def run_epoch(self, epoch: int, seed: int, paragraphs: Iterable[Paragraph]) -> None:
        """Learn from every paragraph once, and write the checkpoint."""
        network = self._tokenizer.network.train()
        torch.manual_seed(seed)
        examples = [example for paragraph in paragraphs for example in self._examples(paragraph)]
        batches = _batches(examples, self._settings.batch_characters, random.Random(seed))
        for number, batch in enumerate(batches):
            self._set_rate((epoch + number / len(batches)) / self._settings.epochs)
            self._optimizer.zero_grad()
            self._loss(batch).backward()  # type: ignore[no-untyped-call]
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            self._optimizer.step()
        network.eval()
        self._checkpoint.parent.mkdir(parents=True, exist_ok=True)
        state = {"network": network.state_dict(), "optimizer": self._optimizer.state_dict(), "epochs": epoch + 1}
        torch.save(state, self._checkpoint)

    def forget(self) -> None:
        """Remove the checkpoint."""
        self._checkpoint.unlink(missing_ok=True)

    def _examples(self, paragraph: Paragraph) -> Iterator[Example]:
        text, labels = render(paragraph)
        characters = read_characters(text, self._tokenizer.index)
        labels = labels[characters.places]
        for start in range(0, len(characters), self._settings.longest):
            end = start + self._settings.longest
            yield characters.cut(start, end), labels[start:end]

    def _set_rate(self, progress: float) -> None:
        """The learning rate after a share `progress`, 0..1, of the whole run."""
        cosine = (1 + math.cos(math.pi * progress)) / 2
        for group in self._optimizer.param_groups:
            group["lr"] = self._settings.learning_rate * min(1.0, progress / WARM_UP + 0.05) * cosine

    def _loss(self, batch: Sequence[Example]) -> Tensor:
        ids, features = _padded([characters for characters, _ in batch])
        hidden = (torch.rand(ids.shape) < self._settings.unknown) & (ids > UNKNOWN)
        word, sentence = self._tokenizer.scores(torch.where(hidden, UNKNOWN, ids), features)
        target = torch.full(ids.shape, IGNORED)
        for row, (_, labels) in enumerate(batch):
            target[row, : len(labels)] = torch.from_numpy(labels)
        ends, inside = functional.logsigmoid(word), functional.logsigmoid(-word)
        chances = [inside, ends + functional.logsigmoid(-sentence), ends + functional.logsigmoid(sentence)]
        return functional.nll_loss(torch.stack(chances, 1), target, ignore_index=IGNORED)


def _padded(texts: Sequence[Characters]) -> tuple[Tensor, Tensor]:
    """Ids and features of texts sorted the longest first; a pad ends each, as in Stanza."""
    lengths = [len(text) + 1 for text in texts]
    ids = np.full((len(texts), lengths[0]), PAD, dtype=np.int64)
    features = np.zeros((len(texts), lengths[0], len(FEATURES)), dtype=np.float32)
    for row, text in enumerate(texts):
        ids[row, : len(text)] = text.ids
        features[row, : len(text)] = text.features
    return torch.from_numpy(ids), torch.from_numpy(features)


def _batches(examples: Iterable[Example], characters: int, chance: random.Random) -> list[list[Example]]:
    """Batches of so many characters at the most, padding included; of like lengths, the longest first; shuffled."""
    batches: list[list[Example]] = [[]]
    longest = 0
    for example in sorted(examples, key=lambda example: -len(example[0]) * chance.uniform(0.9, 1.0)):
        longest = max(longest, len(example[0]))
        if batches[-1] and (len(batches[-1]) + 1) * longest > characters:
            batches.append([])
            longest = len(example[0])
        batches[-1].append(example)
    chance.shuffle(batches)
    return [sorted(batch, key=lambda example: -len(example[0])) for batch in batches]


def _vocabulary(paragraphs: Iterable[Paragraph], least: int = 5) -> list[str]:
    """The pad, the unknown character, then printable ASCII, typographic marks and all that is met `least` times."""
    counts = Counter(char for paragraph in paragraphs for token in paragraph for char in token.text)
    ascii_chars = {chr(code) for code in range(32, 127)}
    met = {char for char, count in counts.items() if count >= least}
    return ["<PAD>", "<UNK>", *sorted(ascii_chars | set("“”‘’«»„‹›–—…€£") | met)]


def _names(texts: Iterable[Text]) -> list[str]:
    """The names of people, in order of appearance."""
    names: dict[str, None] = {}
    for paragraph in (paragraph for text in texts for paragraph in text.paragraphs):
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
