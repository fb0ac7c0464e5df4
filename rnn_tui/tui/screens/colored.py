"""A screen whose panels draw in the roles of color."""

from typing import ClassVar

from textual.screen import Screen

from rnn_tui.tui.theme.palette import CURVES, ROLES


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
