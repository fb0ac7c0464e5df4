"""The pairs of colors that mean different things, as people see them who lack a kind of cone.

Sources: Machado, Oliveira, Fernandes (2009), A physiologically-based model for simulation of color
vision deficiency, severity 1.0; CIE 1976 L*a*b*; WCAG 2 contrast.
"""

from itertools import combinations

import numpy as np
import numpy.typing as npt
import pytest
from rich.style import Style

from rnn_tui.tui.theme.palette import CURVES
from rnn_tui.tui.widgets.race.chart import RaceChart
from rnn_tui.tui.widgets.unrolled.unrolled_panel import UnrolledPanel
from tests.tui.stage import Stage

Colors = npt.NDArray[np.float64]

SIGHT = {
    "all cones": np.eye(3),
    "protanopia": np.array([[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216],
                            [-0.003882, -0.048116, 1.051998]]),
    "deuteranopia": np.array([[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413],
                              [-0.011820, 0.042940, 0.968881]]),
}  # fmt: skip
TO_XYZ = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
FAR, APART = 70.0, 15.0
"""CIE Lab units; 2.3 is a just noticeable difference."""
PAIRS = {("right", "wrong"): APART, ("train", "validation"): FAR, ("forward", "backward"): FAR}
"""Green and red are the closest; `▸` and `×` tell them, too."""
CURVES_APART = 20.0
"""Of six curves, which have forms of their own, too."""
LEGIBLE = 3.0
"""WCAG contrast of large or bold glyphs with what is behind them."""


def linear(color: tuple[int, int, int]) -> Colors:
    value = np.array(color) / 255
    return np.where(value <= 0.04045, value / 12.92, ((value + 0.055) / 1.055) ** 2.4)


def lab(light: Colors) -> Colors:
    xyz = TO_XYZ @ np.clip(light, 0, 1) / TO_XYZ.sum(axis=1)
    f = np.where(xyz > 216 / 24389, np.cbrt(xyz), (24389 / 27 * xyz + 16) / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def distance(one: tuple[int, int, int], other: tuple[int, int, int], sight: str) -> float:
    return float(
        np.linalg.norm(np.subtract(*(lab(SIGHT[sight] @ linear(c)) for c in (one, other))))
    )


def contrast(one: tuple[int, int, int], other: tuple[int, int, int]) -> float:
    light = sorted(float(TO_XYZ[1] @ linear(color)) for color in (one, other))
    return (light[1] + 0.05) / (light[0] + 0.05)


def rgb(style: Style, *, behind: bool = False) -> tuple[int, int, int]:
    color = style.bgcolor if behind else style.color
    assert color is not None
    return tuple(color.get_truecolor())


def test_the_yardstick() -> None:
    assert lab(linear((255, 255, 255))) == pytest.approx([100, 0, 0], abs=0.02)
    assert lab(linear((255, 0, 0))) == pytest.approx([53.24, 80.09, 67.20], abs=0.05)
    assert contrast((0, 0, 0), (255, 255, 255)) == pytest.approx(21)
    red, green = (200, 60, 40), (110, 110, 30)
    assert distance(red, green, "deuteranopia") < distance(red, green, "all cones") / 2


@pytest.mark.parametrize("theme", ["textual-dark", "textual-light"])
async def test_colors_that_mean_different_things_look_different(theme: str) -> None:
    stage = Stage(theme=theme)
    async with stage.open() as pilot:
        await pilot.press("0")
        await stage.settle(pilot)
        chart = stage.app.screen.query_one(RaceChart)
        palette, ground = chart.palette, chart.background_colors[1].rgb
        await pilot.press("2")
        await stage.settle(pilot)
        scale = stage.app.screen.query_one(UnrolledPanel).scale
    for sight in SIGHT:
        for (one, other), least in PAIRS.items():
            colors = rgb(getattr(palette, one)), rgb(getattr(palette, other))
            assert distance(*colors, sight) > least, (sight, one, other)
        for one, other in combinations(CURVES, 2):
            colors = rgb(getattr(palette, one)), rgb(getattr(palette, other))
            assert distance(*colors, sight) > CURVES_APART, (sight, one, other)
        ends = rgb(scale.style(-1.0), behind=True), rgb(scale.style(1.0), behind=True)
        assert distance(*ends, sight) > FAR, sight
    for role in {role for pair in PAIRS for role in pair} | {"text", *CURVES}:
        assert contrast(rgb(getattr(palette, role)), ground) > LEGIBLE, role
