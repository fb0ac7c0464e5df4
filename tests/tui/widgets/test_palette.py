from itertools import pairwise

import pytest
from rich.color import ColorType
from textual.color import Color
from textual.theme import BUILTIN_THEMES

from rnn_tui.tui.theme.palette import LEVELS, Palette, make_shades

THEMES = [name for name, theme in BUILTIN_THEMES.items() if not theme.ansi]


def contrast(one: Color, other: Color) -> float:
    """Ratio of relative luminances. Source: WCAG 2.1, contrast ratio."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(color: Color) -> float:
    parts = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in color.normalized]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def colors(name: str) -> tuple[Color, Color, Color]:
    made = BUILTIN_THEMES[name].to_color_system().generate()
    background, hue, foreground = (
        Color.parse(made[part]) for part in ("background", "text-primary", "foreground")
    )
    return background, hue, foreground


@pytest.mark.parametrize("theme", THEMES)
def test_contrast_rises_with_the_probability_and_begins_legible(theme: str) -> None:
    background, hue, foreground = colors(theme)
    shades = [style.color for style in make_shades(background, hue, foreground)]
    ratios = [contrast(Color.from_rich_color(shade), background) for shade in shades]
    assert len(ratios) == LEVELS
    assert all(a < b for a, b in pairwise(ratios))
    assert ratios[0] > 2.0


def test_without_mixed_colors_there_is_dim_plain_and_bold() -> None:
    default = Color(0, 0, 0, ansi=-1)
    shades = make_shades(default, Color.parse("ansi_blue"), default)
    assert [bool(s.dim) for s in shades] == [True] * 5 + [False] * 11
    assert [bool(s.bold) for s in shades] == [False] * 11 + [True] * 5
    assert all(s.color is None or s.color.type == ColorType.DEFAULT for s in shades)


def test_probabilities_find_their_level() -> None:
    shades = make_shades(*colors("textual-dark"))
    palette = Palette(shades=shades)
    at = {0.0: 0, 0.06: 0, 0.07: 1, 0.5: 8, 0.999: 15, 1.0: 15, float("nan"): 0, -0.1: 0}
    assert all(palette.shade(p) is shades[level] for p, level in at.items())
