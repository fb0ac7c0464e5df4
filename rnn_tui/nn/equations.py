"""Equations as text, for whoever lays a network open: in letters, and with places for numbers."""

from collections.abc import Iterable
from string import Template
from typing import NamedTuple


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
    """Return the equations with what stands for each `$name`."""

    def put(text: str) -> str:
        return Template(text).substitute(letters)

    return [
        Equation(put(one.left), put(one.letters), tuple(map(put, one.filled)), put(one.words))
        for one in equations
    ]
