"""A screen whose panels draw in the roles of color."""

from typing import ClassVar

from textual.screen import Screen

from rnn_tui.tui.theme.palette import CURVES, ROLES

# Told apart without one kind of cone, too: `tests/tui/test_color_blind.py`.
CURVE_COLORS = """
    .role--curve1 { color: #4db8ff; }
    .role--curve2 { color: #e08a2e; }
    .role--curve3 { color: #2a9d7a; }
    .role--curve4 { color: #f0e660; }
    .role--curve5 { color: #ffc0cb; }
    .role--curve6 { color: #8070ff; }
    &:light {
        .role--curve1 { color: #2a78d0; }
        .role--curve2 { color: #996600; }
        .role--curve3 { color: #2f8a5a; }
        .role--curve4 { color: #551a00; }
        .role--curve5 { color: #b03080; }
        .role--curve6 { color: #33207a; }
    }
    &:ansi {
        .role--curve1 { color: ansi_blue; }
        .role--curve2 { color: ansi_yellow; }
        .role--curve3 { color: ansi_green; }
        .role--curve4 { color: ansi_cyan; }
        .role--curve5 { color: ansi_magenta; }
        .role--curve6 { color: ansi_red; }
    }
"""
"""Of the screens that draw several curves, each of which has these roles, too."""


class ColoredScreen(Screen[None]):
    """Gives each role its style in the present theme, once for all panels.

    With roles of their own a dozen panels took a quarter of the time from the start of the app to
    the first frame: Textual matches every one of them with every rule.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        f"role--{role}" for role in ROLES if role not in CURVES
    }

    # $text-… are the theme's hues made legible on its background, light or dark. Faint roles
    # are dim where a terminal cannot mix colors.
    DEFAULT_CSS = """
    ColoredScreen {
        .role--strong { text-style: bold; }
        .role--dim { color: $foreground 60%; }
        .role--right { color: $text-success; }
        .role--wrong { color: $text-error; }
        .role--bar { color: $foreground 55%; }
        .role--train { color: $text-accent; }
        .role--band { color: $text-accent 55%; }
        .role--validation { color: $text-primary; }
        .role--mark { color: $foreground 70%; }
        .role--forward { color: $text-primary; }
        .role--backward { color: $text-warning; }
        .role--unknown { color: $foreground 40%; }
        .role--ghost { color: $foreground 40%; }
        .role--here { color: $foreground; text-style: reverse; }
        &:ansi {
            .role--dim, .role--band, .role--unknown, .role--ghost { text-style: dim; }
        }
    }
    """
