"""The bundled tokenizer: Stanza's character network, which tells of every character whether a word or a sentence ends.

The network, its features and its labels are Stanza's. Ours is the way there and back: the pack holds safetensors
and JSON where Stanza has a torch file, and text becomes labels without a Stanza object a word.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import attrs
import numpy as np
import torch
from safetensors import SafetensorError
from safetensors.torch import load_file, save_file
from torch import Tensor, nn

from quotekit.analysis.characters import FEATURES, Characters, Labels, read_characters
from quotekit.errors import ModelError

__all__ = ["Tokenizer", "padded"]

WINDOW, CONTEXT = 400, 60  # characters read at a time, and those on either side that are only looked at
BATCH = 64
PAD = 0

CONFIG, WEIGHTS = "tokenizer.json", "tokenizer.safetensors"
_REMEDY = "install quotekit again, or train a tokenizer with `python -m quotekit.training tokenizer`"


@attrs.frozen(kw_only=True)
class _Window:
    """Characters `first:last` of a paragraph are read, of which `kept:kept_last` are labeled."""

    paragraph: int
    first: int
    last: int
    kept: int
    kept_last: int


class Tokenizer:
    """Stanza's tokenizer network and its vocabulary; may be used from several threads.

    `config` has the sizes under Stanza's names: `emb_dim`, `hidden_dim`, and `dropout`, 0..1, for training.
    """

    def __init__(self, config: Mapping[str, Any], vocabulary: Sequence[str]) -> None:
        self.config = dict(config)
        self.vocabulary = tuple(vocabulary)
        self.index = {char: number for number, char in enumerate(self.vocabulary)}
        self.network = _Network(self.config, len(self.vocabulary))

    @classmethod
    def load(cls, pack: Path) -> Tokenizer:
        """Read `tokenizer.json` and `tokenizer.safetensors` from the folder `pack`.

        Raises `ModelError` naming the file where one is missing or damaged, or the two do not fit each other.
        """
        path = pack / CONFIG
        try:
            description = json.loads(path.read_text(encoding="utf-8"))
            tokenizer = cls(description["config"], description["vocabulary"])
            path = pack / WEIGHTS
            tokenizer.network.load_state_dict(load_file(path))
        except FileNotFoundError:
            raise ModelError(f"expected the tokenizer's file {path}, found none; {_REMEDY}") from None
        except (ValueError, KeyError, TypeError, RuntimeError, OSError, SafetensorError) as error:
            raise ModelError(
                f"expected {path} to hold a tokenizer, got a file that does not: {error!r}; {_REMEDY}"
            ) from error
        tokenizer.network.eval()
        return tokenizer

    def save(self, pack: Path) -> None:
        """Write the two files into the folder `pack`, which is made where it is missing."""
        pack.mkdir(parents=True, exist_ok=True)
        description = {"config": self.config, "vocabulary": self.vocabulary}
        (pack / CONFIG).write_text(json.dumps(description, indent=1) + "\n", encoding="utf-8")
        save_file(self.network.state_dict(), pack / WEIGHTS)

    def scores(self, ids: Tensor, features: Tensor) -> tuple[Tensor, Tensor]:
        """Logits (batch, characters) of a word ending, and of a sentence ending where a word does; to train by.

        The layers are called one by one: the arguments of Stanza's own `forward` change from release to release,
        while the layers are what the models it has saved depend on.
        """
        states, _ = self.network.rnn(self._embed(ids, features))
        return self._classify(self.network.dropout(states))

    def _embed(self, ids: Tensor, features: Tensor) -> Tensor:
        return torch.cat([self.network.dropout(self.network.embeddings(ids)), features], 2)

    def _classify(self, states: Tensor) -> tuple[Tensor, Tensor]:
        return self.network.tok_clf(states).squeeze(2), self.network.sent_clf(states).squeeze(2)

    def label(self, paragraphs: Sequence[str]) -> list[Labels]:
        """Of each code point of each paragraph whether nothing, a word or a sentence ends with it.

        A paragraph's labels do not depend on the others. A long one is read in windows that overlap.
        """
        texts = [read_characters(paragraph, self.index) for paragraph in paragraphs]
        windows = [window for number, text in enumerate(texts) for window in _windows(number, len(text))]
        windows.sort(key=lambda window: window.first - window.last)
        labels = [np.zeros(len(paragraph), dtype=np.int64) for paragraph in paragraphs]
        for start in range(0, len(windows), BATCH):
            batch = windows[start : start + BATCH]
            cuts = [texts[window.paragraph].cut(window.first, window.last) for window in batch]
            for window, cut, found in zip(batch, cuts, self._likeliest(cuts), strict=True):
                kept = slice(window.kept - window.first, window.kept_last - window.first)
                labels[window.paragraph][cut.places[kept]] = found[kept.start : kept.stop]
        return labels

    def _likeliest(self, texts: Sequence[Characters]) -> Labels:
        """Labels (texts, characters of the longest, and the pad) of texts sorted the longest first."""
        ids, features, lengths = padded(texts)
        with torch.inference_mode(), _one_thread():
            rightward, leftward = (_one_way(self.network.rnn, suffix) for suffix in ("", "_reverse"))
            states = self._embed(ids, features)
            ends, _ = leftward(_turned(states, lengths))
            states = torch.cat([rightward(states)[0], _turned(ends, lengths)], 2)
            word, sentence = map(torch.sigmoid, self._classify(states))
            labels: Labels = torch.stack([1 - word, word * (1 - sentence), word * sentence]).argmax(0).numpy()
        return labels


class _Network(nn.Module):
    """The layers of Stanza's tokenizer network under its names; importing Stanza's own would take a second or two."""

    def __init__(self, config: Mapping[str, Any], characters: int) -> None:
        super().__init__()
        width, hidden = config["emb_dim"], config["hidden_dim"]
        self.embeddings = nn.Embedding(characters, width, padding_idx=PAD)
        self.rnn = nn.LSTM(width + len(FEATURES), hidden, bidirectional=True, batch_first=True)
        self.tok_clf = nn.Linear(2 * hidden, 1)
        self.sent_clf = nn.Linear(2 * hidden, 1)
        self.dropout = nn.Dropout(config["dropout"])


def _one_way(rnn: nn.LSTM, suffix: str) -> nn.LSTM:
    """One direction of a layer: each alone can read texts of unlike lengths as they are, which takes half the time."""
    layer = nn.LSTM(rnn.input_size, rnn.hidden_size, batch_first=True, device="meta")
    layer.load_state_dict({name: getattr(rnn, name + suffix) for name in layer.state_dict()}, assign=True)
    return layer


def _turned(states: Tensor, lengths: Tensor) -> Tensor:
    """Each text back to front, its padding left behind it."""
    places = (lengths[:, None] - 1 - torch.arange(states.shape[1])) % states.shape[1]
    return states[torch.arange(len(states))[:, None], places]


@contextmanager
def _one_thread() -> Iterator[None]:
    """Steps this small gain nothing from several threads, and on a busy machine wait for them endlessly.

    The number is the calling thread's own.
    """
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        yield
    finally:
        torch.set_num_threads(threads)


def padded(texts: Sequence[Characters]) -> tuple[Tensor, Tensor, Tensor]:
    """Ids, features and lengths of texts sorted the longest first; a pad ends each, as in Stanza."""
    lengths = [len(text) + 1 for text in texts]
    ids = np.full((len(texts), lengths[0]), PAD, dtype=np.int64)
    features = np.zeros((len(texts), lengths[0], len(FEATURES)), dtype=np.float32)
    for row, text in enumerate(texts):
        ids[row, : len(text)] = text.ids
        features[row, : len(text)] = text.features
    return torch.from_numpy(ids), torch.from_numpy(features), torch.tensor(lengths)


def _windows(paragraph: int, length: int) -> Iterator[_Window]:
    """Windows over a paragraph of `length` characters, each of which is kept in exactly one."""
    step = length if length <= WINDOW else WINDOW - 2 * CONTEXT
    for kept in range(0, length, step):
        kept_last = min(kept + step, length)
        first, last = max(0, kept - CONTEXT), min(length, kept_last + CONTEXT)
        yield _Window(paragraph=paragraph, first=first, last=last, kept=kept, kept_last=kept_last)
