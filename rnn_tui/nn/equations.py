"""Equations as text, for whoever lays a network open: in letters, and with places for numbers."""

from collections.abc import Iterable
from string import Template
from typing import NamedTuple

from rnn_tui.language import tr

_RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
_LOWERED = str.maketrans("-0123456789", "₋₀₁₂₃₄₅₆₇₈₉")


class Equation(NamedTuple):
    """A left side, its right side in letters, and the same with numbers.

    `$t` and `$p` stand for this time step and the one before it, `$f` for the activation; see `on`.
    """

    left: str
    letters: str = ""
    filled: tuple[str, ...] = ()
    """Lines of numbers; `{name}` stands for a vector or a number of that name."""
    words: str = ""
    """What it means."""


def on(equations: Iterable[Equation], **letters: str) -> list[Equation]:
    """Return the equations, in the language that is spoken, with what stands for each `$name`."""

    def put(text: str) -> str:
        return Template(tr(text)).substitute(letters)

    return [
        Equation(put(one.left), put(one.letters), tuple(map(put, one.filled)), put(one.words))
        for one in equations
    ]


def raised(number: int) -> str:
    """Write a number above the line: a power, or which layer."""
    return str(number).translate(_RAISED)


def lowered(number: int) -> str:
    """Write a number below the line."""
    return str(number).translate(_LOWERED)


def index(t: int) -> str:
    """Write a time step, from 0, as a subscript from 1; 0 and below are before the window."""
    return lowered(t + 1)
