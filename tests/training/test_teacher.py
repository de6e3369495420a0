"""The teacher: another body under the same heads."""

import zipfile

import pytest
import torch

from quotekit.analysis.network import Batch, NetworkShape
from quotekit.errors import ModelError
from quotekit.training import teacher as room
from quotekit.training.initial import take_over
from quotekit.training.teacher import Teacher, load_mpnet

SMALL = NetworkShape(
    vocabulary=300, width=24, layers=2, attention_heads=2, head_width=12, inner_width=32, positions=66, pointer_width=8
)


@pytest.fixture
def network():
    """A small teacher, whose features and distances already count."""
    torch.manual_seed(3)
    small = Teacher(SMALL).eval()
    for table in (*small.features, small.relative):
        torch.nn.init.normal_(table.weight)
    return small


def batch_of(pieces, padding=0):
    """One window of pieces, each a token."""
    row = torch.tensor([pieces + [0] * padding])
    present = torch.tensor([[True] * len(pieces) + [False] * padding])
    features = torch.zeros(1, row.shape[1], 3, dtype=torch.long)
    return Batch(row, features, present, torch.arange(len(pieces))[None])


def test_padding_says_nothing(network):
    """A window's scores are the same with padding behind it."""
    with torch.inference_mode():
        bare, padded = (network(batch_of([101, 7, 8, 9, 102], padding)).reports.parts for padding in (0, 11))
    torch.testing.assert_close(bare, padded)


def test_it_sees_where_pieces_stand(network):
    """The same pieces in another order say something else of the piece between them."""
    with torch.inference_mode():
        there, back = (network(batch_of([101, a, 5, b, 102])).reports.parts[0, 2] for a, b in ((7, 8), (8, 7)))
    assert not torch.allclose(there, back)


def test_distances_are_fine_near_by_and_coarse_far_off():
    """Each direction has sixteen buckets: eight for the nearest, the last for all from 128 pieces on."""
    row = room._buckets(200)[0].tolist()
    assert row[:8] == [0, *range(17, 24)]
    assert row[7:9] == [23, 24]
    assert row[127:] == [31] * 73
    assert room._buckets(200)[:, 0].tolist()[:9] == [0, 1, 2, 3, 4, 5, 6, 7, 8]


ATTENTION = ("attn.q", "attn.k", "attn.v")


def their_state(network):
    """The weights of a network under MPNet's names."""
    state = {}
    for name, value in network.state_dict().items():
        parts = name.split(".")
        if parts[0] == "layers" and parts[2] == "qkv":
            for letter, third in zip("qkv", value.chunk(3), strict=True):
                state[f"encoder.layer.{parts[1]}.attention.attn.{letter}.{parts[3]}"] = third.contiguous()
        elif parts[0] == "layers" and parts[2] in THEIRS:
            state[f"encoder.layer.{parts[1]}.{THEIRS[parts[2]]}.{parts[3]}"] = value
        elif parts[0] in EMBEDDINGS:
            state[f"{EMBEDDINGS[parts[0]]}.{parts[1]}"] = value
    return state


THEIRS = {
    "attended": "attention.attn.o", "attention_norm": "attention.LayerNorm", "inner": "intermediate.dense",
    "outer": "output.dense", "norm": "output.LayerNorm",
}  # fmt: skip
EMBEDDINGS = {
    "words": "embeddings.word_embeddings", "places": "embeddings.position_embeddings",
    "input_norm": "embeddings.LayerNorm", "relative": "encoder.relative_attention_bias",
}  # fmt: skip


def test_the_body_takes_mpnets_weights(network):
    """Under their own names the weights come back to where they were; the heads stay."""
    other = Teacher(SMALL).eval()
    heads = other.reports.parts.weight.clone()
    take_over(other, their_state(network), room._NAMES, ATTENTION)
    with torch.inference_mode():
        first, second = (net.encode(batch_of([101, 7, 8, 102])) for net in (network, Teacher(SMALL).eval()))
        assert not torch.allclose(first, second)
        for table, other_table in zip(network.features, other.features, strict=True):
            other_table.load_state_dict(table.state_dict())
        torch.testing.assert_close(other.encode(batch_of([101, 7, 8, 102])), first)
    assert torch.equal(other.reports.parts.weight, heads)


def test_weights_that_lack_a_layer_are_refused(network):
    """What is missing is named."""
    state = {name: value for name, value in their_state(network).items() if "LayerNorm" not in name}
    with pytest.raises(ModelError, match=r"attention_norm\.weight"):
        take_over(Teacher(SMALL), state, room._NAMES, ATTENTION)


def test_a_missing_volume_names_its_package(monkeypatch):
    """The error says what to install."""
    monkeypatch.setattr(room, "VOLUMES", ("quotekit-nothing-part-001",))
    with pytest.raises(ModelError, match="pip install quotekit-nothing-part-001"):
        load_mpnet(Teacher(SMALL))


def test_the_volumes_are_one_archive(monkeypatch, network, tmp_path):
    """The parts are put together before they are opened."""
    from safetensors.torch import save

    whole = tmp_path / "whole.zip"
    with zipfile.ZipFile(whole, "w") as archive:
        archive.writestr("all-mpnet-base-v2/model.safetensors", save(their_state(network)))
    content = whole.read_bytes()
    parts = {"a": content[:1000], "b": content[1000:]}
    monkeypatch.setattr(room, "VOLUMES", ("a", "b"))
    monkeypatch.setattr(room, "_volume", parts.__getitem__)
    loaded = load_mpnet(Teacher(SMALL))
    assert torch.equal(loaded.relative.weight, network.relative.weight)
