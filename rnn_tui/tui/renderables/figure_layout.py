"""How the room for the unrolled figure is divided: a column per time step, a box per vector."""

from dataclasses import dataclass, replace

MARGIN = 8
"""Cells for the names of the rows, left of the first column."""
GAP = 6
"""Cells before a box, for its labels and the arrow that leads to it; at least."""
WIDEST_GAP = 11
INNER = 9
"""Cells in a box: a blank, a number of six, a mark, a blank; or so many units as heat cells."""
BOX = INNER + 2
END = 2
"""Cells after the last box, for the arrow that leads on."""
NARROWEST = MARGIN + GAP + BOX + END
LOWEST = 9
ROOMY = 15
"""From so many lines on there are rows for the one-hot vector and the number of the time step."""
FEW = 4
"""So many rows a box has before other layers get theirs."""
MOST_SYMBOLS = 12
FOLDED = 20
"""Cells left of it for the folded network, where there is room for that."""
COMFORT, MANY = GAP + BOX + 3, 8
"""There is where all columns, or so many of them, keep so many cells each."""
TAIL = 8
"""Cells after the last box that are left free beside the folded network: for numbers of before."""


@dataclass(frozen=True, slots=True)
class Layout:
    """Sizes in cells."""

    left: int
    """Column where the margin begins."""
    gap: int
    columns: int
    """Time steps that fit."""
    symbols: int
    """Rows of a box of logits."""
    units: int
    """Rows of a box of hidden units; the numbers of all units, or one number and heat cells."""
    gates: int
    """Rows below them, for gates and cell state."""
    layers: int
    """How many layers are shown: all or one."""
    wires: int
    """Rows between boxes."""
    heat: bool
    """Whether units are heat cells."""
    plain: int
    """Rows without a frame: target, input, loss; in a roomy one also one-hot and time step."""
    compared: int = 0
    """Rows that say what was expected before a change, and what now."""
    fold: int | None = None
    """Column where the folded network begins; None: there is no room for it."""

    @property
    def pitch(self) -> int:
        """Cells from one column to the next."""
        return self.gap + BOX

    @property
    def height(self) -> int:
        """Rows of the whole figure."""
        boxes = self.symbols + 2 + self.layers * (self.units + self.gates + 2)
        return self.plain + self.compared + boxes + self.wires * (self.layers + 1)

    def box(self, column: int) -> int:
        """Return where the box of a column begins."""
        return self.left + MARGIN + column * self.pitch + self.gap


def whole_height(
    width: int, most: int, *, steps: int, vocabulary: int, hidden: int, layers: int
) -> int:
    """Return how many lines, at most so many, the figure takes with all it has; 0: no room."""
    for height in range(most, LOWEST - 1, -1):
        layout = make_layout(
            width,
            height,
            steps=steps,
            vocabulary=vocabulary,
            hidden=hidden,
            layers=layers,
            gates=0,
        )
        shown = (layout.columns, layout.symbols, layout.layers, layout.heat)
        if shown == (steps, vocabulary, layers, False):
            return layout.height
    return 0


def make_layout(
    width: int,
    height: int,
    *,
    steps: int,
    vocabulary: int,
    hidden: int,
    layers: int,
    gates: int,
    compared: int = 0,
    folded: bool = False,
) -> Layout:
    """Divide `height` lines of `width` cells.

    Args:
        width: Cells.
        height: Lines.
        steps: Time steps there are.
        vocabulary: Symbols there are.
        hidden: Units of a layer.
        layers: Layers there are.
        gates: Rows for gates and cell state in every layer, where they have room.
        compared: Rows for what was expected before a change and what now, where they have room.
        folded: Whether the folded network is to stand beside it, where there is room.
    """
    sizes = (vocabulary, hidden, layers, gates)
    if folded and (width - FOLDED - MARGIN - TAIL) // COMFORT >= min(steps, MANY):
        beside = _divided(width - FOLDED, height, steps, *sizes, compared, TAIL)
        if beside.units > 1:
            return replace(beside, left=beside.left + FOLDED, fold=beside.left)
    return _divided(width, height, steps, *sizes, compared, END)


def _divided(
    width: int,
    height: int,
    steps: int,
    vocabulary: int,
    hidden: int,
    layers: int,
    gates: int,
    compared: int,
    end: int,
) -> Layout:
    compared = compared if height >= LOWEST + compared else 0
    height -= compared
    columns = max(min((width - MARGIN - end) // (GAP + BOX), steps), 1)
    gap = min((width - MARGIN - end) // columns - BOX, WIDEST_GAP)
    left = max((width - MARGIN - end - columns * (gap + BOX)) // 2, 0)
    all_symbols = min(vocabulary, MOST_SYMBOLS)
    all_units = hidden if hidden <= INNER else 1 + -(-hidden // INNER)
    symbols, units = min(all_symbols, FEW), min(all_units, FEW)
    plain = 5 if height >= ROOMY else 3
    if plain == 3:
        symbols = min(symbols, max((height - plain - 4 + 1) // 2, 1))
    if height < plain + gates + 6:  # a row of logits, and of the hidden state, with their frames
        gates = 0
    spare = height - plain - symbols - 2
    shown = layers if layers * (units + gates + 2) <= spare else 1
    if units + gates + 2 > spare:
        units = max(spare - gates - 2, 1)
    spare -= shown * (units + gates + 2)
    while spare > 0:
        before = spare
        if units < all_units and spare >= shown:
            units, spare = units + 1, spare - shown
        if symbols < all_symbols and spare:
            symbols, spare = symbols + 1, spare - 1
        if spare == before:
            break
    wires = min(max(spare, 0) // (shown + 1), 2)
    heat = units < hidden
    return Layout(left, gap, columns, symbols, units, gates, shown, wires, heat, plain, compared)
