"""The model pack: a damaged or half-copied one is told at once, with the remedy."""

import json
import shutil

import pytest
import torch

from quotekit.analysis.pack import BUNDLED, check_pack, load_network, load_wordpiece, quantize, seal_pack
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
    with pytest.raises(ModelError, match="format 99, this version reads 1"):
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
