"""What of the network's inside a screen can look at; part of a `View`."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class UnrolledView:
    """The network unrolled in time."""

    text: str | None = None
    """What stands in the columns; None: the beginning of the training text."""
    first: int = 0
    """Leftmost time step shown, from 0."""
    steps: int = 8
    """Time steps shown, at most."""
    rows: int = 12
    """Symbols per time step, at most."""
    gates: bool = False
    """Whether gates and cell state are unfolded."""


@dataclass(frozen=True, slots=True)
class BackpropView:
    """One update laid open."""

    entries: int = 8
    """Numbers of a vector, at most."""
    rows: int = 8
    """Rows of a matrix, at most; of a larger one blocks are shown."""
    columns: int = 16
    steps: int = 8
    """Time steps of the overview, at most; 0: nobody looks at it."""
    units: int = 4
    """Hidden units of the overview, at most."""
    marked: tuple[int, int, int] = (0, 0, 0)
    """Number of the matrix, row and column of the cell under the cursor."""


@dataclass(frozen=True, slots=True)
class GradientsView:
    """How far back the error reaches."""

    text: str | None = None
    """As in `UnrolledView`."""
    steps: int = 32
    """Time steps, at most."""
    bins: int = 200
    """Points of the norm's curve, at most."""


InsideView = UnrolledView | BackpropView | GradientsView
