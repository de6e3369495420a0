"""The model pack: a folder with the weights, their sizes, and checksums; 8-bit on disk, 32-bit in memory.

`pack.json` names every file with its SHA-256, so that a damaged or half-copied pack is told at once.
A matrix is stored as int8 rows with one float scale a row (symmetric rounding), everything else as it is.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs

from quotekit.analysis.kernels import eight_bit_rows
from quotekit.analysis.network import AttributionNetwork, NetworkShape
from quotekit.analysis.scores import Calibration
from quotekit.errors import ModelError

if TYPE_CHECKING:
    import tokenizers
    from torch import Tensor

__all__ = [
    "BUNDLED",
    "check_pack",
    "load_calibration",
    "load_network",
    "load_wordpiece",
    "quantize",
    "save_calibration",
    "save_network",
    "seal_pack",
]

BUNDLED = Path(__file__).resolve().parent.parent / "models"
FORMAT = 1
REMEDY = "reinstall quotekit, or give Attributor(model=…) the folder of a whole pack"
SCALE = ".scale"
CALIBRATION = "calibration.json"


def check_pack(folder: Path) -> None:
    """Raise `ModelError` unless `folder` holds a whole pack of a format this version reads."""
    listing = folder / "pack.json"
    if not listing.is_file():
        raise ModelError(f"no model pack at {folder}: pack.json is missing; {REMEDY}")
    try:
        content = json.loads(listing.read_text(encoding="utf-8"))
        version, files = content["format"], content["files"].items()
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ModelError(f"{listing} is damaged ({type(error).__name__}: {error}); {REMEDY}") from None
    if version != FORMAT:
        raise ModelError(f"{listing} has format {version!r}, this version reads {FORMAT}; install a matching quotekit")
    for name, digest in files:
        if not (folder / name).is_file():
            raise ModelError(f"{folder / name} is missing; {REMEDY}")
        if _digest(folder / name) != digest:
            raise ModelError(f"{folder / name} is damaged (its checksum differs from pack.json); {REMEDY}")


def seal_pack(folder: Path, about: dict[str, Any]) -> None:
    """Write `pack.json`: the checksums of the files in `folder` that are loaded, and what to know `about` them."""
    names = sorted(p.name for p in folder.iterdir() if p.suffix in {".json", ".safetensors"} and p.name != "pack.json")
    content = {"format": FORMAT, **about, "files": {name: _digest(folder / name) for name in names}}
    (folder / "pack.json").write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def quantize(weights: dict[str, Tensor]) -> dict[str, Tensor]:
    """Weights as stored: every matrix as int8 rows, with a `.scale` for each row."""
    stored = {}
    for name, weight in weights.items():
        if weight.ndim == 2 and weight.numel() >= 4096:
            stored[name], stored[name + SCALE] = eight_bit_rows(weight)
        else:
            stored[name] = weight
    return stored


def load_network(folder: Path) -> AttributionNetwork:
    """The network of a pack, ready to score; raises `ModelError` where the files do not fit together."""
    from safetensors import SafetensorError
    from safetensors.torch import load_file

    try:
        sizes = json.loads((folder / "encoder.json").read_text(encoding="utf-8"))
        sizes["feature_sizes"] = tuple(sizes["feature_sizes"])
        network = AttributionNetwork(NetworkShape(**sizes))
        stored = load_file(folder / "encoder.safetensors")
        weights = {
            name: value * stored[name + SCALE][:, None] if name + SCALE in stored else value
            for name, value in stored.items()
            if not name.endswith(SCALE)
        }
        network.load_state_dict({**network.ranges(), **weights})
    except (OSError, ValueError, KeyError, TypeError, RuntimeError, SafetensorError) as error:
        raise ModelError(f"the encoder in {folder} cannot be loaded ({error}); {REMEDY}") from None
    return network.eval()


def save_network(network_shape: NetworkShape, weights: dict[str, Tensor], folder: Path) -> None:
    """Write an encoder into a pack's folder."""
    from safetensors.torch import save_file

    (folder / "encoder.json").write_text(json.dumps(attrs.asdict(network_shape), indent=1) + "\n", encoding="utf-8")
    save_file(quantize(weights), folder / "encoder.safetensors")
    (folder / "encoder.safetensors").chmod(0o644)  # safetensors would keep it from other users


def load_calibration(folder: Path) -> Calibration:
    """The pack's calibration of scores; a pack without one leaves them raw."""
    path = folder / CALIBRATION
    if not path.is_file():
        return Calibration()
    try:
        curves = json.loads(path.read_text(encoding="utf-8"))
        return Calibration({str(kind): (float(slope), float(offset)) for kind, (slope, offset) in curves.items()})
    except (ValueError, TypeError, AttributeError) as error:
        raise ModelError(f"{path} cannot be read ({error}); {REMEDY}") from None


def save_calibration(calibration: Calibration, folder: Path) -> None:
    """Write a calibration into a pack's folder."""
    curves = {kind: [round(number, 4) for number in curve] for kind, curve in calibration.curves.items()}
    (folder / CALIBRATION).write_text(json.dumps(curves) + "\n", encoding="utf-8")


def load_wordpiece(folder: Path) -> tokenizers.Tokenizer:
    """The pack's word-piece tokenizer."""
    import tokenizers

    try:
        return tokenizers.Tokenizer.from_file(str(folder / "wordpiece.json"))
    except Exception as error:  # tokenizers raises bare Exception
        raise ModelError(f"{folder / 'wordpiece.json'} cannot be loaded ({error}); {REMEDY}") from None
