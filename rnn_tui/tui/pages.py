"""The screens, and where they are found.

All but the first are imported when they are first opened: all at once they would take a tenth of
the time to the first frame.
"""

from importlib import import_module
from typing import Any

from textual.screen import Screen

PAGES = {
    "train": "train.TrainScreen",
    "unrolled": "unrolled.UnrolledScreen",
    "backprop": "backprop.BackpropScreen",
    "gradients": "gradients.GradientsScreen",
}
"""In the order of their keys; the first is open at the start."""
HELP, PALETTE = "help.HelpScreen", "commands.Commands"


def found(place: str) -> Any:
    """Return the class of a screen: `train.TrainScreen` in `rnn_tui/tui/screens/`."""
    module, _, name = place.rpartition(".")
    return getattr(import_module(f"rnn_tui.tui.screens.{module}"), name)


def make_page(name: str) -> Screen[Any]:
    """Make a screen by its name."""
    made: Screen[Any] = found(PAGES[name])()
    return made
