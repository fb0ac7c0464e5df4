"""What the rows and columns of a parameter stand for, once it is laid flat.

A bias lies as one row for each gate; a convolution's taps lie side by side.
"""

import math
import re
from dataclasses import dataclass
from typing import Literal

from rnn_tui.models.config import NetworkConfig
from rnn_tui.nn.cells import CELLS

Kind = Literal["unit", "symbol", "number", "nothing"]

_LAYER = re.compile(r"rnn\.(\w+?)_l(\d+)|(?:hidden|conv)\.(\d+)\.(\w+)")


@dataclass(frozen=True, slots=True)
class Axis:
    """Rows or columns."""

    kind: Kind
    """What each is: a hidden unit, a symbol, nobody knows what; nothing: there is one row."""
    period: int = 0
    """After so many they are the same units or symbols again, of the next gate or tap; 0: never."""
    gates: str = ""
    """Letters of the gates, where those follow one another."""
    layer: int = 0
    """Whose units."""

    def place(self, at: int) -> tuple[str, int]:
        """Return the gate's letter, if any, and the number of the unit or symbol, from 0."""
        if not self.period:
            return "", at
        block, inside = divmod(at, self.period)
        return self.gates[block : block + 1], inside


def axes(name: str, config: NetworkConfig, vocab_size: int) -> tuple[Axis, Axis]:
    """Return what rows and columns of a parameter stand for."""
    hidden, top = config.hidden_size, config.num_layers - 1
    symbols = Axis("symbol", vocab_size)
    if name.startswith("linear."):
        bias = name.endswith("bias")
        return (Axis("nothing"), symbols) if bias else (symbols, Axis("unit", hidden, layer=top))
    found = _LAYER.fullmatch(name)
    if found is None:
        return Axis("number"), Axis("number")
    layer = int(found[2] or found[3] or 0)
    own = Axis("unit", hidden, layer=layer)
    below = Axis("unit", hidden, layer=layer - 1) if layer else symbols
    kind = found[1] or found[4]
    gates = CELLS[config.cell].letters if config.network == "recurrent" else ""
    by_gate = Axis("unit", hidden, gates, layer)
    if kind.startswith("bias"):
        return Axis("nothing", 1, gates if kind == "bias" else ""), own
    return by_gate, own if kind == "weight_hh" else below


def grid_shape(shape: tuple[int, ...], rows: Axis) -> tuple[int, int]:
    """Return how many rows and columns a parameter has once it is laid flat."""
    if len(shape) > 1:
        return shape[0], math.prod(shape[1:])
    count = max(len(rows.gates), 1)
    return count, shape[0] // count


def index_at(shape: tuple[int, ...], rows: Axis, row: int, column: int) -> tuple[int, ...]:
    """Return which element of a parameter stands at a place once it is laid flat."""
    match shape:
        case (_,):
            return (row * grid_shape(shape, rows)[1] + column,)
        case (_, channels, _):
            tap, channel = divmod(column, channels)
            return row, channel, tap
    return row, column


def unit_at(rows: Axis, columns: Axis, row: int, column: int) -> tuple[int, int] | None:
    """Return layer and number of the hidden unit that a weight belongs to: that of its row first.

    None: it belongs to none.
    """
    for axis, at in ((rows, row), (columns, column)):
        if axis.kind == "unit":
            return axis.layer, axis.place(at)[1]
    return None
