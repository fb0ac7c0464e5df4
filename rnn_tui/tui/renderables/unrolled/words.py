"""The rows of words above and below the boxes of the unrolled figure."""

from collections.abc import Callable

import numpy as np
from rich.style import Style

from rnn_tui.language import tr
from rnn_tui.protocol.unrolled import Unrolled
from rnn_tui.tui.renderables import chance
from rnn_tui.tui.renderables.canvas import Canvas
from rnn_tui.tui.renderables.numbers import thousands
from rnn_tui.tui.renderables.unrolled import compared
from rnn_tui.tui.renderables.unrolled.boxes import MIDDLE, REVERSE, Boxes

ONE_HOT = 7
"""Up to so many symbols the one-hot vector is written out."""
UNKNOWN = "·"

Word = Callable[[int], tuple[str, Style]]
"""What stands in a column, and how it looks."""


class Words(Boxes):
    """What stands in these rows: targets, what is expected, what is read, losses."""

    def sign(self, column: int) -> str:
        """Return the mark of a target that nobody can foresee; nothing for others."""
        return chance.sign(self.part.least, column)

    def _row(self, canvas: Canvas, y: int, name: str, word: Word) -> int:
        self._name(canvas, y, name)
        for column in self.columns:
            text, style = word(column)
            canvas.center(self.layout.box(column) + MIDDLE, y, text, style)
        return y + 1

    def _expected(self, canvas: Canvas, y: int, name: str, part: Unrolled) -> int:
        """Write what each time step expects most."""

        def word(column: int) -> tuple[str, Style]:
            if self.options.covered:
                return UNKNOWN, self.palette.unknown
            text = compared.expected(part, column, self.symbols)
            mark = compared.moved(text, compared.expected(self.was, column, self.symbols))
            return text + mark, compared.look_of(part, column, self.palette)

        return self._row(canvas, y, name, word)

    def _target(self, column: int) -> tuple[str, Style]:
        target = int(self.part.targets[column])
        return (self._glyph(target), self.palette.right) if target >= 0 else ("?", self.palette.dim)

    def _one_hot(self, column: int) -> tuple[str, Style]:
        id, count = int(self.part.inputs[column]), len(self.symbols)
        if count > ONE_HOT:
            return tr("1 at {place}", place=thousands(id + 1)), self.palette.dim
        return " ".join("1" if k == id else "0" for k in range(count)), self.palette.dim

    def _input(self, column: int) -> tuple[str, Style]:
        now, was = (self._glyph(int(part.inputs[column])) for part in (self.part, self.was))
        glyph = compared.both(now, was)
        here = self.part.first + column == self.options.cursor
        return (f" {glyph} ", REVERSE) if here else (glyph, self.palette.strong)

    def _loss(self, column: int) -> tuple[str, Style]:
        values = (float(part.losses[column]) for part in (self.part, self.was))
        now, was = ("–" if np.isnan(value) else f"{value:.3f}" for value in values)
        text, sign = compared.both(now, was), self.sign(column)
        return (f" {text}{sign}" if sign else text), self.palette.text

    def _step(self, column: int) -> tuple[str, Style]:
        return thousands(self.part.first + column + 1), self.palette.dim
