"""What an expression of a lesson can be worth: a number, a word, or numbers with named places."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt


class ExpressionError(Exception):
    """An expression that cannot be read or worked out; the message says why."""


@dataclass(frozen=True, slots=True)
class Axis:
    """What the places along one side of a table are called."""

    name: str
    first: int = 1
    """The number of the first place."""
    symbols: tuple[str, ...] = ()
    """The characters by which its places are called; empty: they have numbers."""

    def place(self, key: object, size: int) -> int:
        """Return where a place is, from 0."""
        if self.symbols:
            if not isinstance(key, str):
                raise ExpressionError(f'a {self.name} is named in quotes, as "a", not {told(key)}')
            if key not in self.symbols:
                raise ExpressionError(f'there is no {self.name} "{key}" in the text')
            return self.symbols.index(key)
        if isinstance(key, bool) or not isinstance(key, int | float) or key != int(key):
            raise ExpressionError(f"a {self.name} has a whole number, not {told(key)}")
        last = self.first + size - 1
        if not self.first <= key <= last:
            raise ExpressionError(f"there is no {self.name} {key:g}: {self.first} to {last}")
        return int(key) - self.first

    def label(self, place: int) -> "float | str":
        """Return what a place, from 0, is called."""
        return self.symbols[place] if self.symbols else float(self.first + place)


@dataclass(frozen=True, eq=False, slots=True)
class Table:
    """Numbers, truths or characters in rows and columns whose places have names."""

    values: npt.NDArray[Any]
    axes: tuple[Axis, ...]

    def at(self, keys: tuple[object, ...]) -> "Value":
        """Return the part at some places, named from the first side on."""
        if len(keys) > len(self.axes):
            raise ExpressionError(f"{len(keys)} places are named, and there are {len(self.axes)}")
        sides = zip(self.axes, keys, self.values.shape, strict=False)
        found = self.values[tuple(axis.place(key, size) for axis, key, size in sides)]
        return made(found, self.axes[len(keys) :])


Single = float | bool | str
Value = Single | Table


def made(found: Any, axes: tuple[Axis, ...]) -> Value:
    """Return what NumPy found as a value."""
    array = np.asarray(found)
    if array.ndim:
        return Table(array, axes)
    single = array.item()
    return single if isinstance(single, bool | str) else float(single)


def told(value: object) -> str:
    """Say what a value is, in an error."""
    match value:
        case bool():
            return "yes" if value else "no"
        case str():
            return f'"{value}"'
        case Table(values):
            return f"a table of {' × '.join(map(str, values.shape))}"
        case int() | float():
            return f"{value:g}"
    return str(value)
