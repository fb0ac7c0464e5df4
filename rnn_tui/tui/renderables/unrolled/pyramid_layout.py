"""How the room for the pyramid is divided: a few cells per time step, a row per layer."""

from dataclasses import dataclass

from rnn_tui.tui.renderables.figure_layout import BOX, MOST_SYMBOLS, Layout

LEFT = 13
"""Cells for the names of the rows, and for the symbols beside the box of logits."""
RIGHT = 9
"""Cells for the marked time step's number of every layer."""
NARROW, WIDE = 3, 10
"""Cells of a time step."""
NUMBERS = 8
"""From so many cells on a number is written out."""
SHARES = 4
"""From so many cells on there is room for percent."""
PLAIN = 5
"""Rows that are always there: target, its probability, input, step, words."""


@dataclass(frozen=True, slots=True)
class PyramidLayout(Layout):
    """A column of a few cells for each time step, a row for each layer."""

    @property
    def height(self) -> int:
        """Rows of the whole figure."""
        layers = self.layers + self.wires * (self.layers + 1)
        return PLAIN + self.compared + self.symbols + 2 + layers

    def cell(self, column: int) -> int:
        """Return where the cells of a time step begin."""
        return self.left + LEFT + column * self.pitch

    def middle(self, column: int) -> int:
        """Return the cell that lines lead to."""
        return self.cell(column) + self.pitch // 2


def make_pyramid(
    width: int, height: int, *, steps: int, vocabulary: int, layers: int, compared: int = 0
) -> PyramidLayout:
    """Divide `height` lines of `width` cells; lines between the layers where there is room."""
    room = width - LEFT - RIGHT
    wide = min(max(room // steps, NARROW), WIDE)
    columns = max(min(room // wide, steps), 1)
    left = max((room - columns * wide) // 2, 0)
    spare = height - PLAIN - compared - layers - 2
    shown = layers if spare > 0 else max(height - PLAIN - compared - 3, 1)
    wires = int(spare - (layers + 1) > 1)
    symbols = max(min(vocabulary, MOST_SYMBOLS, spare - wires * (layers + 1)), 1)
    return PyramidLayout(
        left, wide - BOX, columns, symbols, 1, 0, shown, wires, False, PLAIN, compared
    )
