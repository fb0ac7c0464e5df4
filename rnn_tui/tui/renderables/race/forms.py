"""Six forms of a line, told apart without color, in whole cells so that ASCII tells them, too."""

import numpy as np

from rnn_tui.tui.renderables.braille import Dots, braille

FORMS = (
    "##",
    "######..",
    "#...",
    "######..#...",
    "####....",
    "##########..#...#...",
)
"""What is drawn of a line, column of dots by column of dots, over and over; two make a cell."""

SWATCH = 6
"""Cells of a line that tell its form."""


def form(number: int, columns: int) -> Dots:
    """Return in which of so many columns of dots (C,) a line is drawn.

    There are as many colors: from the seventh line on each has the form after its color's first
    one, so that the 36 pairs differ.
    """
    drawn = np.array([dot == "#" for dot in FORMS[(number + number // len(FORMS)) % len(FORMS)]])
    return np.resize(drawn, columns)


def swatch(number: int, cells: int) -> str:
    """Return a piece of the line of a network."""
    dots = np.zeros((4, 2 * cells), dtype=np.bool_)
    dots[1] = form(number, 2 * cells)
    return "".join(braille(dots)[0].tolist())
