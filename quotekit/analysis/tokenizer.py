"""The bundled tokenizer: Stanza's character network, which tells of every character whether a word or a sentence ends.

The network, its features and its labels are Stanza's. Ours is the way there and back: the pack holds safetensors
and JSON where Stanza has a torch file, and text becomes labels without a Stanza object a word.
"""

from __future__ import annotations

import heapq
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

from quotekit.analysis.characters import (
    FEATURES,
    INSIDE,
    SENTENCE_END,
    WORD_END,
    Characters,
    Labels,
    Ranges,
    read_characters,
)
from quotekit.errors import ModelError

__all__ = ["PAD", "Tokenizer"]

WINDOW, CONTEXT = 400, 60  # characters read at a time, and those on either side that are only looked at
BATCH = 64
PAD = 0
SEAM = 2  # places behind each window in its row: the pad, as in Stanza, and one at which the network forgets all
FORGET = -1e4  # what closes every gate of an LSTM

CONFIG, WEIGHTS = "tokenizer.json", "tokenizer.safetensors"
_REMEDY = "install quotekit again, or train a tokenizer with `python -m quotekit.training tokenizer`"


@attrs.frozen(kw_only=True)
class _Window:
    """Characters `first:last` of a text are read, of which `kept:kept_last` are labeled."""

    text: int
    first: int
    last: int
    kept: int
    kept_last: int

    def __len__(self) -> int:
        return self.last - self.first


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

    def label(self, texts: Sequence[str], paragraphs: Sequence[Ranges] | None = None) -> list[Labels]:
        """Of each code point of each text whether nothing, a word or a sentence ends with it.

        `paragraphs` has those of each text, none of them empty; without it a text is one. A paragraph's labels do not
        depend on the others. A long one is read in windows that overlap.
        """
        parts: Sequence[Ranges | None] = paragraphs or [None] * len(texts)
        read = [read_characters(text, self.index, part) for text, part in zip(texts, parts, strict=True)]
        windows = [w for n, text in enumerate(read) for part in text.paragraphs().tolist() for w in _windows(n, *part)]
        windows.sort(key=len, reverse=True)
        labels = [np.zeros(len(text), dtype=np.int64) for text in texts]
        for batch in range(0, len(windows), BATCH):
            rows = _rows(windows[batch : batch + BATCH])
            found = self._likeliest([[read[w.text].cut(w.first, w.last) for w in row] for row in rows])
            for row, ends in zip(rows, found, strict=True):
                offset = 0
                for window in row:
                    kept = read[window.text].places[window.kept : window.kept_last]
                    start = offset + window.kept - window.first
                    labels[window.text][kept] = ends[start : start + len(kept)]
                    offset += len(window) + SEAM
        return labels

    def _likeliest(self, rows: Sequence[Sequence[Characters]]) -> Labels:
        """Labels (rows, characters of the longest row and its seams) of texts laid end to end.

        A layer reads such rows in half the time that it takes for texts of unlike lengths.
        """
        ids, features = _laid_out(rows)
        with torch.inference_mode(), _one_thread():
            weights = _forgetting(self.network.rnn)
            start = torch.zeros(2, len(rows), self.network.rnn.hidden_size)
            states, _, _ = torch.lstm(
                self._embed(ids, features), (start, start), weights,
                has_biases=True, num_layers=1, dropout=0.0, train=False, bidirectional=True, batch_first=False,
            )  # fmt: skip
            word, sentence = map(torch.sigmoid, self._classify(states))
            word_end, sentence_end = word * (1 - sentence), word * sentence
            ends = torch.maximum(word_end, sentence_end) > 1 - word
            found = torch.where(ends, torch.where(sentence_end > word_end, SENTENCE_END, WORD_END), INSIDE)
            labels: Labels = found.T.numpy()
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


def _forgetting(rnn: nn.LSTM) -> list[Tensor]:
    """The layer's weights with one more input: where that is 1, all that was read is forgotten, in both directions."""
    forget = torch.full((4 * rnn.hidden_size, 1), FORGET)
    return [w for first, *others in rnn.all_weights for w in (torch.cat([first, forget], 1), *others)]


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


def _rows(windows: Sequence[_Window]) -> list[list[_Window]]:
    """The windows, the longest first, in rows of about one length: each goes to the row that is the shortest so far."""
    lengths = [len(window) + SEAM for window in windows]
    rows: list[list[_Window]] = [[] for _ in range(sum(lengths) // lengths[0])]
    ends = [(0, number) for number in range(len(rows))]
    for window, length in zip(windows, lengths, strict=True):
        end, number = ends[0]
        rows[number].append(window)
        heapq.heapreplace(ends, (end + length, number))
    return rows


def _laid_out(rows: Sequence[Sequence[Characters]]) -> tuple[Tensor, Tensor]:
    """Ids (characters, rows) and features, of which the last tells to forget."""
    longest = max(sum(len(text) + SEAM for text in row) for row in rows)
    ids = np.full((len(rows), longest), PAD, dtype=np.int64)
    features = np.zeros((len(rows), longest, len(FEATURES) + 1), dtype=np.float32)
    features[:, :, -1] = 1
    for number, row in enumerate(rows):
        start = 0
        for text in row:
            end = start + len(text)
            ids[number, start:end] = text.ids
            features[number, start:end, :-1] = text.features
            features[number, start : end + 1, -1] = 0
            start = end + SEAM
    return torch.from_numpy(ids.T), torch.from_numpy(features.swapaxes(0, 1))


def _windows(text: int, start: int, end: int) -> Iterator[_Window]:
    """Windows over the paragraph `start:end` of a text, whose every character is kept in exactly one."""
    step = end - start if end - start <= WINDOW else WINDOW - 2 * CONTEXT
    for kept in range(start, end, step):
        kept_last = min(kept + step, end)
        first, last = max(start, kept - CONTEXT), min(end, kept_last + CONTEXT)
        yield _Window(text=text, first=first, last=last, kept=kept, kept_last=kept_last)
