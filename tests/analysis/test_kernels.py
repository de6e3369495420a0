"""8-bit linear maps against 32-bit ones that take in the same levels."""

import numpy as np
import pytest
import torch
from torch import nn

from quotekit.analysis import kernels
from quotekit.analysis.encoder import Encoder
from quotekit.analysis.kernels import EightBitLinear, supported, use_eight_bits
from quotekit.analysis.network import AttributionNetwork, NetworkShape, Rounding
from quotekit.analysis.pack import BUNDLED
from quotekit.document import Document

needs_kernels = pytest.mark.skipif(not supported(), reason="this processor multiplies no 8-bit integers")
TEXT = (
    "“It is late,” said Anna Berg. Officials told reporters that the bridge would close, citing a report by engineers."
)


def learned(low: float, high: float) -> Rounding:
    """A range as training leaves it."""
    range_ = Rounding().eval()
    range_.low.fill_(low)
    range_.high.fill_(high)
    return range_


@needs_kernels
def test_a_map_in_eight_bits_counts_like_one_in_floats():
    """With rounded inputs and rounded weights both come to the same sums, but for the last bits."""
    torch.manual_seed(1)
    linear, range_ = nn.Linear(64, 32), learned(-2.0, 3.0)
    scale = linear.weight.detach().abs().amax(dim=1, keepdim=True) / 127
    linear.weight.data = torch.round(linear.weight.data / scale) * scale
    x = torch.randn(5, 64)
    with torch.inference_mode():
        assert torch.allclose(EightBitLinear(linear, range_)(x), linear(range_(x)), atol=0.05)


@needs_kernels
def test_what_a_map_gives_is_added_to_what_it_is_given():
    """The sum of the two, in one step."""
    torch.manual_seed(1)
    eight = EightBitLinear(nn.Linear(64, 32), learned(-2.0, 3.0))
    x, onto = torch.randn(5, 64), torch.randn(5, 32)
    with torch.inference_mode():
        assert torch.allclose(eight(x, onto.clone()), eight(x) + onto, atol=1e-5)


def test_a_range_that_was_never_learned_rounds_nothing():
    """Weights trained without ranges are used as they are."""
    x = torch.randn(3, 4)
    assert torch.equal(Rounding().eval()(x), x)


def test_zero_is_a_level():
    """What is nothing stays nothing, wherever the range lies."""
    assert learned(-0.17, 24.0)(torch.zeros(2)).tolist() == [0.0, 0.0]


def test_training_moves_the_range():
    """The first batch sets it, later ones move it a little."""
    range_ = Rounding().train()
    range_.active = True
    range_(torch.tensor([-1.0, 1.0]))
    range_(torch.tensor([-1.0, 2.0]))
    assert (range_.low.item(), range_.high.item()) == (-1.0, pytest.approx(1.05))


def test_a_network_without_ranges_stays_as_it_is():
    """Packs of other makers, trained without ranges, are computed in floats."""
    network = AttributionNetwork(NetworkShape(vocabulary=50, width=24, layers=1, inner_width=48)).eval()
    assert isinstance(use_eight_bits(network).layers[0].get_submodule("qkv"), nn.Linear)


def test_without_kernels_everything_stays_in_floats(monkeypatch):
    """A processor or a torch that cannot do it loses nothing but speed."""
    monkeypatch.setattr(kernels, "supported", lambda: False)
    network = Encoder(BUNDLED / "en")._network
    assert isinstance(network.layers[0].get_submodule("qkv"), nn.Linear)


@needs_kernels
def test_the_scores_hardly_depend_on_the_processor(monkeypatch):
    """Probabilities with and without 8-bit kernels differ by 0.02 in the mean at the most."""
    document = Document(text=TEXT)
    (fast,) = Encoder(BUNDLED / "en").score([document])
    monkeypatch.setattr(kernels, "supported", lambda: False)
    (slow,) = Encoder(BUNDLED / "en").score([document])
    assert np.abs(np.exp(fast.parts) - np.exp(slow.parts)).mean() < 0.02


@needs_kernels
def test_a_text_alone_and_in_a_batch_scores_alike():
    """The levels are fixed, so what else is in a batch does not matter."""
    encoder = Encoder(BUNDLED / "en")
    alone, (together, _) = (
        encoder.score([Document(text=TEXT)])[0],
        encoder.score([Document(text=TEXT), Document(text="She left. " * 30)]),
    )
    assert np.allclose(alone.parts, together.parts, atol=1e-2)
