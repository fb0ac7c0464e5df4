"""A raster of characters, each a cell wide, and the roles they are painted in."""

from collections.abc import Collection
from dataclasses import dataclass
from itertools import pairwise
from typing import Self

import numpy as np
import numpy.typing as npt
from rich.cells import cell_len
from rich.segment import Segment
from textual.strip import Strip

from rnn_tui.text.steady import steady
from rnn_tui.tui.renderables.braille import Dots, braille
from rnn_tui.tui.theme.palette import CURVES, Palette

ROLES = ("dim", "mark", "band", "train", "validation", "wrong", "ghost", "here", "strong", *CURVES)
"""Roles by the number that stands for them."""
DIM, MARK, BAND, TRAIN, VALIDATION, WRONG, GHOST, HERE, STRONG = range(len(ROLES) - len(CURVES))
FIRST_CURVE = STRONG + 1
"""The first of several curves; the others follow."""


@dataclass(frozen=True, slots=True, eq=False)
class Raster:
    """Characters (H, W) and their roles (H, W); a part is a view, so drawing there draws here.

    A character is empty where the one before it takes two columns.
    """

    characters: npt.NDArray[np.str_]
    roles: npt.NDArray[np.uint8]

    @classmethod
    def blank(cls, width: int, height: int) -> Self:
        """Return a raster of blanks."""
        return cls(np.full((height, width), " ", dtype="<U1"), np.zeros((height, width), np.uint8))

    @property
    def width(self) -> int:
        """Columns W."""
        return int(self.characters.shape[1])

    @property
    def height(self) -> int:
        """Rows H."""
        return int(self.characters.shape[0])

    def part(self, left: int, rows: int, right: int | None = None) -> Self:
        """Return the part right of column `left`, left of `right` and above row `rows`."""
        return type(self)(self.characters[:rows, left:right], self.roles[:rows, left:right])

    def line(self, left: int, row: int) -> Self:
        """Return one row right of column `left`."""
        return type(self)(self.characters[row : row + 1, left:], self.roles[row : row + 1, left:])

    def write(self, y: int, x: int, text: str, role: int) -> None:
        """Write `text`, cut at the right edge; a wide character fills a cell and leaves one empty.

        Wide ones are of our own words only: what is not ours is made `narrow`.
        """
        every = [part for c in text for part in ((c, "") if cell_len(c) > 1 else (c,))]
        shown = every[: self.width - x]
        if len(shown) < len(every) and every[len(shown)] == "":
            shown[-1] = " "  # half of one
        self.characters[y, x : x + len(shown)] = shown
        self.roles[y, x : x + len(shown)] = role

    def dots(self, dots: Dots, role: int) -> None:
        """Put braille over whatever is there."""
        shapes = braille(dots)
        there = shapes != " "
        self.characters[there] = shapes[there]
        self.roles[there] = role

    def free(self, y: int, x: int, length: int, below: Collection[int]) -> bool:
        """Tell whether there is room, and nothing in it but lines of the roles in `below`."""
        if x < 0 or x + length > self.width:
            return False
        there, roles = self.characters[y, x : x + length], self.roles[y, x : x + length]
        words = np.strings.isalnum(there) | (there == "")
        return bool(np.all((there == " ") | (np.isin(roles, list(below)) & ~words)))

    def lines(self, palette: Palette) -> list[Strip]:
        """Paint it."""
        styles = [getattr(palette, role) for role in ROLES]
        rows = []
        for text, role in zip(self.characters.tolist(), self.roles, strict=True):
            edges = [0, *(np.flatnonzero(np.diff(role)) + 1).tolist(), self.width]
            runs = ((a, b, styles[role[a]]) for a, b in pairwise(edges))
            segments = [Segment("".join(text[a:b]), style) for a, b, style in runs]
            rows.append(Strip(segments, self.width))
        return rows


def narrow(text: str) -> str:
    """Return a text that is not ours for cells that take one column each."""
    return "".join(c if cell_len(c) == 1 else "?" for c in steady(text))
