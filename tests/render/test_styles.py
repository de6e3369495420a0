"""The colors of the style sheets."""

from __future__ import annotations

import re
from importlib import resources

import pytest

CSS = resources.files("quotekit.render").joinpath("base.css").read_text(encoding="utf-8")
LIGHT = dict(re.findall(r"--(\w+): (#\w{6})", CSS))
BOTH = {name: (light, dark) for name, light, dark in re.findall(r"--(\w+): light-dark\((#\w{6}), (#\w{6})\)", CSS)}

GROUNDS = {
    "ink": ("ground", "panel", "content", "content2", "content3", "on", "ins", "del", "alarmed"),
    "faint": ("ground", "panel", "on", "ins", "del"),
    "source": ("ground", "content", "content2", "content3", "on"),
    "cue": ("ground", "content", "content2", "content3", "on"),
    "link": ("ground", "panel", "on"),
    "alarm": ("ground", "alarmed"),
}
PAIRS = [(color, ground) for color, grounds in GROUNDS.items() for ground in grounds]


def luminance(color: str) -> float:
    """How bright a color is, 0..1, as WCAG 2 has it."""
    parts = (int(color[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("color", "ground"), PAIRS)
def test_text_can_be_read_on_its_ground(color: str, ground: str, scheme: int) -> None:
    """Every text has a contrast of 4.5 with everything it stands on."""
    bright, dim = sorted((luminance(BOTH[color][scheme]), luminance(BOTH[ground][scheme])), reverse=True)
    assert (bright + 0.05) / (dim + 0.05) >= 4.5


def test_old_browsers_see_the_same_light_colors() -> None:
    """The colors for browsers that know no `light-dark` are those of the light scheme."""
    assert {name: light for name, (light, _) in BOTH.items()} == LIGHT


def test_parts_differ_without_color() -> None:
    """Each part of an attribution has a line of its own."""
    lines = re.findall(r"^\.qk-(?:source|cue|target|via) \{.*?underline (\w+)", CSS, re.MULTILINE)
    assert sorted(lines) == ["dashed", "dotted", "solid", "wavy"]
