"""Trained weights → the pack that ships: 8-bit encoder, word pieces, sealed with checksums."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from safetensors.torch import load_file

from quotekit.analysis.network import NetworkShape
from quotekit.analysis.pack import save_network, seal_pack
from quotekit.training.initial import minilm_wordpiece

__all__ = ["pack_encoder"]


def pack_encoder(weights: Path, folder: Path, about: dict[str, Any]) -> None:
    """Put the encoder of `weights` (safetensors, 32-bit) into the pack at `folder` and seal it anew.

    What else lies in `folder`, the Stanza tokenizer and the card, stays; `about` is kept in `pack.json`.
    """
    folder.mkdir(parents=True, exist_ok=True)
    save_network(NetworkShape(), load_file(weights), folder)
    minilm_wordpiece().save(str(folder / "wordpiece.json"), pretty=False)
    seal_pack(folder, about)
