"""The roles of color, the same on every screen; never the only bearer of a meaning.

Widgets fill a `Palette` from the theme through component classes (`role--right`, …), so that a
theme or a stylesheet changes colors without touching Python. Drawing functions only know roles.
"""

from collections.abc import Callable
from dataclasses import dataclass, fields

from rich.style import Style
from textual.color import Color

LEVELS = 16
"""Steps of the scale for probabilities: more are not told apart, and every step is one `Style`."""

_PLAIN = Style()
_REVERSE = Style(reverse=True)


@dataclass(frozen=True, slots=True)
class Palette:
    """A style for every role; the default paints nothing but text."""

    text: Style = _PLAIN
    strong: Style = _PLAIN
    dim: Style = _PLAIN
    right: Style = _PLAIN
    """The right answer; also `▸`."""
    wrong: Style = _PLAIN
    """A favorite that is wrong, and every fault; also `×` or `✗`."""
    bar: Style = _PLAIN
    """A probability that is neither."""
    train: Style = _PLAIN
    band: Style = _PLAIN
    """Smallest to largest training loss, around `train`."""
    validation: Style = _PLAIN
    """The second hue; also dotted."""
    mark: Style = _PLAIN
    """A knob that was turned; also `│`."""
    forward: Style = _PLAIN
    """Left to right."""
    backward: Style = _PLAIN
    """Right to left."""
    unknown: Style = _PLAIN
    """Not yet known; also `·`."""
    ghost: Style = _PLAIN
    """A branch that is not the present one."""
    curve1: Style = _PLAIN
    """One curve of several networks; each also has a form of its own."""
    curve2: Style = _PLAIN
    curve3: Style = _PLAIN
    curve4: Style = _PLAIN
    curve5: Style = _PLAIN
    curve6: Style = _PLAIN
    here: Style = _REVERSE
    """Where we are."""
    shades: tuple[Style, ...] = (_PLAIN,) * LEVELS
    """Probabilities from 0 to 1: contrast rises with the value."""

    def shade(self, probability: float) -> Style:
        """Return the style of a probability; NaN counts as 0."""
        level = int(probability * LEVELS) if probability > 0 else 0
        return self.shades[min(level, LEVELS - 1)]

    def curve(self, number: int) -> Style:
        """Return the style of one of several curves, from 0; after the last, the first again."""
        style: Style = getattr(self, CURVES[number % len(CURVES)])
        return style


CURVES = ("curve1", "curve2", "curve3", "curve4", "curve5", "curve6")
"""The roles of the curves of several networks, in their order."""
ROLES = tuple(field.name for field in fields(Palette) if field.name != "shades")


def make_palette(look_up: Callable[[str], Style], shades: tuple[Style, ...]) -> Palette:
    """Return the palette whose roles are found by `look_up`."""
    return Palette(**{role: look_up(role) for role in ROLES}, shades=shades)


def make_shades(background: Color, hue: Color, foreground: Color) -> tuple[Style, ...]:
    """Return a scale from a faint `hue` to the full `foreground`, contrast rising all the way.

    A terminal that has only its own 16 colors gets dim, plain and bold instead, which also
    survives where there is no color at all.
    """
    if any(color.ansi is not None for color in (background, hue, foreground)):
        return _attribute_shades()
    faint = background.blend(hue, 0.62)
    steps = (faint.blend(foreground, level / (LEVELS - 1)) for level in range(LEVELS))
    return tuple(Style(color=color.rich_color) for color in steps)


def _attribute_shades() -> tuple[Style, ...]:
    third = LEVELS // 3
    dim, bold = Style(dim=True), Style(bold=True)
    return (dim,) * third + (_PLAIN,) * (LEVELS - 2 * third) + (bold,) * third
