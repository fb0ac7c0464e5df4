"""The screens, and where they are found.

All but the first are imported when they are first opened: all at once they would take a tenth of
the time to the first frame.
"""

from importlib import import_module
from typing import Any

from textual.screen import Screen

HELP, PALETTE, GLOSSARY = "help.HelpScreen", "commands.Commands", "glossary.GlossaryScreen"


def found(place: str) -> Any:
    """Return the class of a screen: `train.TrainScreen` in `rnn_tui/tui/screens/`."""
    module, _, name = place.rpartition(".")
    return getattr(import_module(f"rnn_tui.tui.screens.{module}"), name)


def make_page(name: str) -> Screen[Any]:
    """Make the screen that a key opens: of `train`, `train.TrainScreen`."""
    made: Screen[Any] = found(f"{name}.{name.capitalize()}Screen")()
    return made
