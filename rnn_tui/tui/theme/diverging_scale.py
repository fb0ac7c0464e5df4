"""The scale of numbers that can be negative: hidden values and gradients.

The sign is told by the hue and by a glyph, the size by how far the cell stands out.
"""

from dataclasses import dataclass

from rich.style import Style
from textual.color import Color

LEVELS = 9
"""Steps from zero to either end."""
FAINT = 0.04
"""Below this share of the largest, a number has no sign worth showing."""

_PLAIN = Style()


@dataclass(frozen=True, slots=True)
class Diverging:
    """Styles for numbers from -1 to 1; the default tells them by the glyph alone."""

    negative: tuple[Style, ...] = (_PLAIN,) * LEVELS
    positive: tuple[Style, ...] = (_PLAIN,) * LEVELS

    @property
    def colored(self) -> bool:
        """Whether there are colors; else a sign has to tell."""
        return self.positive[-1].bgcolor is not None

    def style(self, share: float) -> Style:
        """Return the style of a number, as a share of the largest; NaN counts as 0."""
        levels = self.negative if share < 0 else self.positive
        size = min(abs(share), 1.0) if share == share else 0.0
        return levels[round(size * (LEVELS - 1))]

    def cell(self, share: float, width: int = 1) -> tuple[str, Style]:
        """Return a cell with the number's sign in it, and its style."""
        if share != share:
            return "?" * width, _PLAIN
        sign = "−" if share < -FAINT else "+" if share > FAINT else "·"
        return sign * width, self.style(share)


def make_diverging(
    background: Color, foreground: Color, negative: Color, positive: Color
) -> Diverging:
    """Return a scale from the background to either hue.

    A terminal that has only its own 16 colors gets dim, plain and bold glyphs instead.
    """
    if any(color.ansi is not None for color in (background, foreground, negative, positive)):
        glyphs = _attributes()
        return Diverging(glyphs, glyphs)
    return Diverging(
        _towards(background, foreground, negative), _towards(background, foreground, positive)
    )


def _towards(background: Color, foreground: Color, hue: Color) -> tuple[Style, ...]:
    styles = []
    for level in range(LEVELS):
        share = level / (LEVELS - 1)
        behind = background.blend(hue, 0.06 + 0.84 * share)
        contrast = Color.parse("black" if behind.brightness > 0.55 else "white")
        before = behind.blend(contrast if share > 0.3 else foreground, 0.8)
        styles.append(Style(color=before.rich_color, bgcolor=behind.rich_color))
    return tuple(styles)


def _attributes() -> tuple[Style, ...]:
    third = LEVELS // 3
    dim, bold = Style(dim=True), Style(bold=True)
    return (dim,) * third + (_PLAIN,) * (LEVELS - 2 * third) + (bold,) * third
