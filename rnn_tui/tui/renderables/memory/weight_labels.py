"""What rows, columns and single weights of a parameter are called."""

from dataclasses import dataclass

from rnn_tui.inspection.names import on_paper
from rnn_tui.inspection.weight_axes import Axis, axes, grid_shape, index_at, unit_at
from rnn_tui.language import tr
from rnn_tui.protocol.snapshot import RunInfo
from rnn_tui.protocol.weights import WeightsSeen
from rnn_tui.text.glyphs import named
from rnn_tui.text.steady import steady
from rnn_tui.tui.renderables.glyphs import SLOT, slot

LABEL = 6
"""Cells before a row."""
EVERY = 5
"""Columns from one number to the next, where each has two cells."""


def row_name(rows: Axis, at: int, info: RunInfo) -> str:
    """Name a row in so many cells."""
    gate, place = rows.place(at)
    if rows.kind == "symbol":
        return f"{'':{LABEL - SLOT - 1}}{slot(info.symbols[place])} "
    text = gate if rows.kind == "nothing" else f"{gate}{place + 1}"
    return f"{text:>{LABEL - 1}} "


def column_names(
    columns: Axis, first: int, count: int, info: RunInfo, cell: int
) -> list[tuple[int, str]]:
    """Return the names of columns, each with the column that it begins at.

    Args:
        columns: What they are.
        first: The first one that is seen.
        count: So many.
        info: Of the run.
        cell: Cells of each.
    """
    found: list[tuple[int, str]] = []
    free = first
    for at in range(first, first + count):
        gate, place = columns.place(at)
        if columns.kind == "symbol":
            found.append((at, " " * (cell - SLOT) + slot(info.symbols[place])))
        elif cell > SLOT:
            found.append((at, f"{f'{gate}{place + 1}':>{cell}}"))
        elif at >= free:
            text = f"{gate}{place + 1}" if place % EVERY == EVERY - 1 or at == first else ""
            taken = max(-(-len(text) // cell), 1)
            found.append((at, text.ljust(taken * cell)))
            free = at + taken
    return found


@dataclass(frozen=True, slots=True)
class Marked:
    """One weight, as the screen names it."""

    parameter: str
    index: tuple[int, ...]
    name: str
    """On paper: W_hh[2,1], rows and columns from 1."""
    ends: str
    """From what to what it leads: "h3 → h2", "l → i2"; "bias of f of h1"."""
    unit: tuple[int, int] | None
    """Layer and number of the hidden unit that it belongs to, from 0; None: to none."""


def marked(seen: WeightsSeen, info: RunInfo, number: int, place: tuple[int, int]) -> Marked:
    """Name the weight at a place of a parameter, whichever of them is shown by now."""
    parameter, shape = seen.names[number], seen.shapes[number]
    rows, columns = axes(parameter, info.config, len(info.symbols))
    index = index_at(shape, rows, *place)
    name = on_paper(parameter, info.config.num_layers)
    there, here = _end(columns, place[1], info), _end(rows, place[0], info)
    # A dense network's first weight has the symbols again for each place that it sees.
    if columns.kind == "symbol" and (
        back := (grid_shape(shape, rows)[1] - 1 - place[1]) // columns.period
    ):
        there = tr("{symbol}, {back} back", symbol=there, back=back)
    return Marked(
        parameter,
        index,
        f"{name}[{','.join(str(at + 1) for at in index)}]",
        _bias(here, there) if rows.kind == "nothing" else f"{there} → {here}",
        unit_at(rows, columns, *place),
    )


def moved(
    seen: WeightsSeen, info: RunInfo, number: int, place: tuple[int, int], by: tuple[int, int]
) -> tuple[int, int]:
    """Return the place so far down and right, within the parameter."""
    rows, _ = axes(seen.names[number], info.config, len(info.symbols))
    high, wide = grid_shape(seen.shapes[number], rows)
    row, column = place[0] + by[0], place[1] + by[1]
    return min(max(row, 0), high - 1), min(max(column, 0), wide - 1)


def _bias(gate: str, unit: str) -> str:
    if gate:
        return tr("bias of {gate} of {unit}", gate=gate, unit=unit)
    return tr("bias of {unit}", unit=unit)


def _end(axis: Axis, at: int, info: RunInfo) -> str:
    gate, place = axis.place(at)
    if axis.kind == "symbol":
        return steady(named(info.symbols[place], info.letters[place]))
    if axis.kind == "nothing":
        return gate
    return f"{gate or 'h'}{place + 1}"
