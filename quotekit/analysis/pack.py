"""The model pack: a folder with the weights, their sizes, and checksums; 8-bit on disk, 32-bit in memory.

`pack.json` names every file with its SHA-256, so that a damaged or half-copied pack is told at once.
A matrix is stored as int8 rows with one float scale a row (symmetric rounding), everything else as it is.

A pack may come from anywhere. Nothing in it is code, no file is read that is larger than any pack needs, and nothing is
made in the sizes that a file claims before its tensors are seen to have them.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Iterator
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
FORMAT = 2
REMEDY = "reinstall quotekit, or give Attributor(model=…) the folder of a whole pack"
SCALE = ".scale"
WEIGHTS = ".safetensors"
CALIBRATION = "calibration.json"
LARGEST_WEIGHTS = 1 << 30  # bytes of a file of tensors: ten times this network's in 32 bits
LARGEST = 1 << 26  # bytes of any other file
LONGEST_HEADER = 1 << 20  # bytes of what a file of tensors says of them: seventy times what ours take
UNREADABLE = (OSError, ValueError, KeyError, TypeError, AttributeError, OverflowError, RuntimeError)


def check_pack(folder: Path) -> None:
    """Raise `ModelError` unless `folder` holds a whole pack of a format this version reads."""
    listing = folder / "pack.json"
    if not listing.is_file():
        raise ModelError(f"no model pack at {folder}: pack.json is missing; {REMEDY}")
    _check_size(listing)
    try:
        content = json.loads(listing.read_text(encoding="utf-8"))
        version, files = content["format"], content["files"].items()
    except UNREADABLE as error:
        raise ModelError(f"{listing} is damaged ({type(error).__name__}: {error}); {REMEDY}") from None
    if version != FORMAT:
        raise ModelError(f"{listing} has format {version!r}, this version reads {FORMAT}; install a matching quotekit")
    for name, digest in files:
        if Path(name).name != name:
            raise ModelError(f"{listing} is damaged (it names {name!r}, which is no file of the pack); {REMEDY}")
        if not (folder / name).is_file():
            raise ModelError(f"{folder / name} is missing; {REMEDY}")
        _check_size(folder / name)
        if _digest(folder / name) != digest:
            raise ModelError(f"{folder / name} is damaged (its checksum differs from pack.json); {REMEDY}")


def seal_pack(folder: Path, about: dict[str, Any]) -> None:
    """Write `pack.json`: the checksums of the files in `folder` that are loaded, and what to know `about` them."""
    names = sorted(p.name for p in folder.iterdir() if p.suffix in {".json", WEIGHTS} and p.name != "pack.json")
    content = {"format": FORMAT, **about, "files": {name: _digest(folder / name) for name in names}}
    (folder / "pack.json").write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")


def _check_size(path: Path) -> None:
    """Raise `ModelError` for a file that is too large to be a pack's; what is missing is told where it is read."""
    if not path.is_file():
        return
    size, is_weights = path.stat().st_size, path.suffix == WEIGHTS
    limit = LARGEST_WEIGHTS if is_weights else LARGEST
    if size > limit:
        raise ModelError(f"{path} holds {size:,} bytes, and a file of a pack at most {limit:,}; {REMEDY}")
    if is_weights:
        with path.open("rb") as file:
            header = int.from_bytes(file.read(8), "little")
        if header > min(LONGEST_HEADER, size - 8):
            raise ModelError(
                f"{path} is damaged (its header claims {header:,} bytes of {size:,}, and has at most "
                f"{LONGEST_HEADER:,}); {REMEDY}"
            )


def _digest(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while part := file.read(1 << 20):
            digest.update(part)
    return digest.hexdigest()


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

    sizes, tensors = folder / "encoder.json", folder / "encoder.safetensors"
    _check_size(sizes)
    _check_size(tensors)
    try:
        stored = load_file(tensors)
        shape = _fitting(json.loads(sizes.read_text(encoding="utf-8")), stored)
        network = AttributionNetwork(shape)
        network.load_state_dict({**network.ranges(), **_weights(stored)})
    except (*UNREADABLE, MemoryError, SafetensorError) as error:
        raise ModelError(f"the encoder in {folder} cannot be loaded ({error}); {REMEDY}") from None
    return network.eval()


def _fitting(sizes: dict[str, Any], stored: dict[str, Tensor]) -> NetworkShape:
    """The shape of the network, where it is that of the stored tensors. Raises `ValueError`.

    Whatever grows with the shape is compared, so that a network of a shape that fits is as large as the file.
    """
    shape = NetworkShape(**{**sizes, "feature_sizes": tuple(sizes["feature_sizes"])})
    if max(shape.layers, len(shape.feature_sizes)) > len(stored):
        raise ValueError(f"encoder.json asks for more than the {len(stored)} tensors there are")
    if min(shape.attention_heads, shape.head_width) < 1:
        raise ValueError(f"encoder.json asks for {shape.attention_heads} attention heads of {shape.head_width}")
    for name, wanted in _sizes(shape):
        found = tuple(stored[name].shape) if name in stored else None
        if found != wanted:
            raise ValueError(f"expected {name} as {wanted}, got {found}")
    return shape


def _sizes(shape: NetworkShape) -> Iterator[tuple[str, tuple[int, ...]]]:
    """The tensors of a network of that shape that grow with it, and their sizes."""
    width, seen, inner = shape.width, shape.attention_heads * shape.head_width, shape.inner_width
    yield "words.weight", (shape.vocabulary, width)
    yield "places.weight", (shape.positions, width)
    for number, size in enumerate(shape.feature_sizes):
        yield f"features.{number}.weight", (size, width)
    for number in range(shape.layers):
        yield f"layers.{number}.qkv.weight", (3 * seen, width)
        yield f"layers.{number}.attended.weight", (width, seen)
        yield f"layers.{number}.inner.weight", (inner, width)
        yield f"layers.{number}.outer.weight", (width, inner)
    for heads in ("reports", "nested"):
        yield f"{heads}.parts.weight", (shape.part_tags, width)
        yield f"{heads}.pointers.weight", (4 * shape.pointer_width, width)
    yield "mentions.weight", (shape.mention_tags, width)
    yield "transitions", (shape.part_tags, shape.part_tags)
    yield "cue_distance", (shape.distance_buckets,)
    yield "source_distance", (shape.distance_buckets,)


def _weights(stored: dict[str, Tensor]) -> dict[str, Tensor]:
    """Stored tensors as weights. Raises `ValueError` where a matrix has not one scale a row."""
    weights = {}
    for name, value in stored.items():
        if name.endswith(SCALE):
            continue
        scale = stored.get(name + SCALE)
        if scale is not None and scale.shape != value.shape[:1]:
            raise ValueError(f"expected a scale for each row of {name}, got {tuple(scale.shape)}")
        weights[name] = value if scale is None else value * scale[:, None]
    return weights


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
    _check_size(path)
    try:
        rows = json.loads(path.read_text(encoding="utf-8")).items()
        curves = {str(kind): (float(slope), float(offset)) for kind, (slope, offset) in rows}
        if not all(math.isfinite(number) for curve in curves.values() for number in curve):
            raise ValueError("a number that is not finite")
        return Calibration(curves)
    except UNREADABLE as error:
        raise ModelError(f"{path} cannot be read ({error}); {REMEDY}") from None


def save_calibration(calibration: Calibration, folder: Path) -> None:
    """Write a calibration into a pack's folder."""
    curves = {kind: [round(number, 4) for number in curve] for kind, curve in calibration.curves.items()}
    (folder / CALIBRATION).write_text(json.dumps(curves) + "\n", encoding="utf-8")


def load_wordpiece(folder: Path) -> tokenizers.Tokenizer:
    """The pack's word-piece tokenizer."""
    import tokenizers

    _check_size(folder / "wordpiece.json")
    try:
        return tokenizers.Tokenizer.from_file(str(folder / "wordpiece.json"))
    except Exception as error:  # tokenizers raises bare Exception
        raise ModelError(f"{folder / 'wordpiece.json'} cannot be loaded ({error}); {REMEDY}") from None
