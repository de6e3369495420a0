"""The model pack: a damaged or half-copied one is told at once, with the remedy."""

import json
import shutil

import pytest
import torch

from quotekit.analysis.pack import (
    BUNDLED,
    LARGEST,
    LARGEST_WEIGHTS,
    LONGEST_HEADER,
    _weights,
    check_pack,
    load_calibration,
    load_network,
    load_wordpiece,
    quantize,
    seal_pack,
)
from quotekit.errors import ModelError

PACK = BUNDLED / "en"


@pytest.fixture
def pack(tmp_path):
    """A copy of the bundled pack."""
    return shutil.copytree(PACK, tmp_path / "en")


def test_the_bundled_pack_is_whole():
    """What ships passes its own check."""
    check_pack(PACK)


def test_the_bundled_pack_is_small():
    """The pack stays within the 30 MB that DESIGN.md sets."""
    assert sum(path.stat().st_size for path in PACK.iterdir()) <= 30_000_000


def test_a_folder_without_a_pack_is_named(tmp_path):
    """The message names the folder and the remedy."""
    with pytest.raises(ModelError, match=r"no model pack at .*pack\.json is missing; reinstall quotekit"):
        check_pack(tmp_path)


def test_a_missing_file_is_named(pack):
    """A half-copied pack is told by the file that lacks."""
    (pack / "encoder.safetensors").unlink()
    with pytest.raises(ModelError, match=r"encoder\.safetensors is missing; reinstall"):
        check_pack(pack)


def test_a_damaged_file_is_named(pack):
    """One changed byte is found."""
    path = pack / "encoder.safetensors"
    data = bytearray(path.read_bytes())
    data[-1] ^= 1
    path.write_bytes(data)
    with pytest.raises(ModelError, match=r"encoder\.safetensors is damaged"):
        check_pack(pack)


@pytest.mark.parametrize("listing", ["", "[]", "{}", '{"format": 1}', '{"format": 1, "files": []}'])
def test_a_damaged_listing_is_named(pack, listing):
    """A pack.json that is not one is told as such."""
    (pack / "pack.json").write_text(listing)
    with pytest.raises(ModelError, match=r"pack\.json is damaged"):
        check_pack(pack)


def test_a_pack_of_another_format_is_refused(pack):
    """A pack of a later version names both versions."""
    listing = json.loads((pack / "pack.json").read_text())
    (pack / "pack.json").write_text(json.dumps({**listing, "format": 99}))
    with pytest.raises(ModelError, match="format 99, this version reads 2"):
        check_pack(pack)


def test_sizes_that_do_not_fit_the_weights_are_refused(pack):
    """A network of other sizes than the weights is not half-loaded."""
    sizes = json.loads((pack / "encoder.json").read_text())
    (pack / "encoder.json").write_text(json.dumps({**sizes, "layers": 4}))
    with pytest.raises(ModelError, match="cannot be loaded"):
        load_network(pack)


def test_damaged_word_pieces_are_refused(pack):
    """The message names the file."""
    (pack / "wordpiece.json").write_text("{}")
    with pytest.raises(ModelError, match=r"wordpiece\.json cannot be loaded"):
        load_wordpiece(pack)


def tensors(header: object, data: bytes = b"", claimed: int | None = None) -> bytes:
    """A file of tensors with this header, which claims to be so long."""
    told = header if isinstance(header, bytes) else json.dumps(header).encode()
    return (len(told) if claimed is None else claimed).to_bytes(8, "little") + told + data


HUGE = {"dtype": "F32", "shape": [1 << 40, 1 << 20], "data_offsets": [0, 8]}
DAMAGED = {
    "nothing": b"",
    "half a length": b"\x01\x00",
    "no header": tensors(b"", claimed=0),
    "a header longer than the file": tensors({}, claimed=1 << 20),
    "a header of exabytes": tensors({}, claimed=(1 << 63) - 1),
    "a header that is no JSON": tensors(b"weights!"),
    "a header that is no object": tensors([1, 2]),
    "a shape of exabytes": tensors({"words.weight": HUGE}, bytes(8)),
    "a shape that overflows": tensors({"words.weight": {**HUGE, "shape": [1 << 62, 1 << 62]}}, bytes(8)),
    "offsets beyond the file": tensors({"words.weight": {**HUGE, "shape": [1 << 40], "data_offsets": [0, 1 << 42]}}),
    "offsets the wrong way round": tensors({"words.weight": {**HUGE, "shape": [2], "data_offsets": [8, 0]}}, bytes(8)),
    "a type nobody knows": tensors({"words.weight": {**HUGE, "shape": [2], "dtype": "F1024"}}, bytes(8)),
    "no tensors": tensors({}),
}


@pytest.mark.parametrize("content", DAMAGED.values(), ids=DAMAGED)
def test_damaged_tensors_are_refused(pack, content):
    """Whatever the file claims, no memory is taken for it."""
    (pack / "encoder.safetensors").write_bytes(content)
    with pytest.raises(ModelError, match=r"encoder\.safetensors is damaged|the encoder in .* cannot be loaded"):
        load_network(pack)


def test_truncated_tensors_are_refused(pack):
    """A download that broke off."""
    path = pack / "encoder.safetensors"
    path.write_bytes(path.read_bytes()[:100_000])
    with pytest.raises(ModelError, match=r"the encoder in .* cannot be loaded"):
        load_network(pack)


def test_a_long_header_is_refused_before_it_is_read(pack):
    """Even where the file is as long."""
    (pack / "encoder.safetensors").write_bytes(tensors(b" " * (LONGEST_HEADER + 1)))
    with pytest.raises(ModelError, match="its header claims 1,048,577 bytes of 1,048,585, and has at most 1,048,576"):
        load_network(pack)


@pytest.mark.parametrize(
    ("sizes", "told"),
    [
        ({"vocabulary": 1 << 40}, "expected words.weight as"),
        ({"inner_width": 1 << 40}, "expected layers.0.inner.weight as"),
        ({"layers": 1 << 40}, "asks for more than the"),
        ({"feature_sizes": [1] * 1000}, "asks for more than the"),
        ({"layers": 7}, "expected layers.6.qkv.weight as .*, got None"),
        ({"attention_heads": 0}, "asks for 0 attention heads of 32"),
        ({"attention_heads": -8, "head_width": -32}, "asks for -8 attention heads of -32"),
        ({"attention_heads": 7}, "expected layers.0.qkv.weight as"),
        ({"width": -12}, "words.weight"),
        ({"layers": "many"}, "cannot be loaded"),
        ({"colour": 1}, "unexpected keyword"),
    ],
    ids=str,
)
def test_sizes_that_no_tensor_has_are_refused(pack, sizes, told):
    """Before anything is made in them: a terabyte that a file asks for is not taken."""
    stated = json.loads((pack / "encoder.json").read_text())
    (pack / "encoder.json").write_text(json.dumps({**stated, **sizes}))
    with pytest.raises(ModelError, match=told):
        load_network(pack)


def test_scales_of_another_matrix_are_refused():
    """One row's scale for a matrix of many rows would make a matrix of its own size for each."""
    with pytest.raises(ValueError, match="expected a scale for each row of w"):
        _weights({"w": torch.ones(1, 8, dtype=torch.int8), "w.scale": torch.ones(1 << 10)})


@pytest.mark.parametrize(
    ("name", "size", "limit"),
    [
        ("encoder.safetensors", LARGEST_WEIGHTS, "1,073,741,824"),
        ("tokenizer.json", LARGEST, "67,108,864"),
        ("pack.json", LARGEST, "67,108,864"),
    ],
)
def test_a_file_that_is_too_large_is_refused_before_it_is_read(pack, name, size, limit):
    """With its size and the limit; the hole in it takes no room on the disk."""
    with (pack / name).open("r+b") as file:
        file.truncate(size + 1)
    message = rf"{name} holds {size + 1:,} bytes, and a file of a pack at most {limit}; reinstall"
    with pytest.raises(ModelError, match=message):
        check_pack(pack)


@pytest.mark.parametrize(
    ("load", "name"),
    [(load_network, "encoder.json"), (load_wordpiece, "wordpiece.json"), (load_calibration, "calibration.json")],
)
def test_what_is_loaded_is_limited_too(pack, load, name):
    """Also where nobody has checked the pack."""
    with (pack / name).open("r+b") as file:
        file.truncate(LARGEST + 1)
    with pytest.raises(ModelError, match=f"{name} holds 67,108,865 bytes"):
        load(pack)


@pytest.mark.parametrize("name", ["../en/encoder.json", "/etc/hostname", "a/b.json"])
def test_a_listing_reaches_no_other_folder(pack, name):
    """A pack's files are in its folder."""
    listing = json.loads((pack / "pack.json").read_text())
    (pack / "pack.json").write_text(json.dumps({**listing, "files": {name: ""}}))
    with pytest.raises(ModelError, match=r"pack\.json is damaged \(it names"):
        check_pack(pack)


@pytest.mark.parametrize(
    "content", ["7", "{", '{"direct": 1}', '{"direct": [1, NaN]}', '{"direct": [1, 1e999]}', "[" * 100_000]
)
def test_a_damaged_calibration_is_refused(pack, content):
    """So that no score is without meaning."""
    (pack / "calibration.json").write_text(content)
    with pytest.raises(ModelError, match=r"calibration\.json cannot be read"):
        load_calibration(pack)


def test_a_sealed_pack_passes_its_check(pack):
    """Sealing writes the checksums that the check reads."""
    (pack / "more.json").write_text("{}")
    seal_pack(pack, {"lang": "en"})
    check_pack(pack)
    assert "more.json" in json.loads((pack / "pack.json").read_text())["files"]


def test_eight_bits_keep_a_weight_within_half_a_step():
    """Rounding moves no weight by more than half of its row's step."""
    weight = torch.randn(64, 128)
    stored = quantize({"w": weight})
    back = stored["w"] * stored["w.scale"][:, None]
    assert stored["w"].dtype == torch.int8
    assert ((back - weight).abs() <= stored["w.scale"][:, None] / 2 + 1e-6).all()
