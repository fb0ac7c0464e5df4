"""The gradients of all weights."""

from typing import ClassVar

from textual.content import Content
from textual.strip import Strip

from rnn_tui.language import cells, mark, tr
from rnn_tui.lessons.lesson import Step
from rnn_tui.protocol.commands import CheckWeight, GoThrough
from rnn_tui.protocol.snapshot import RunInfo
from rnn_tui.protocol.update import Opened
from rnn_tui.tui.control.bindings import table_of
from rnn_tui.tui.control.copying import Copied
from rnn_tui.tui.messages import CommandRequested
from rnn_tui.tui.renderables.update import matrices
from rnn_tui.tui.widgets.update.marked_weight import legends, numbers_of
from rnn_tui.tui.widgets.update.opened import RUNNING, STANDING, OpenedPanel

PAUSE_FIRST = mark("{train.pause} pauses; then a weight's gradient can be checked.")
NOT_YET = mark("The update is being laid open; {backprop.check} then checks a weight's gradient.")


class MatrixPanel(OpenedPanel):
    """The gradients of all weights; one cell is marked."""

    SAYS_SO = False
    EMPTY: ClassVar[str] = mark("The gradients of all weights will fill up here.")
    marked: tuple[int, int, int] = (0, 0, 0)
    """Number of the matrix, row and column."""

    @property
    def fitting(self) -> tuple[int, int]:
        """Rows and columns of each matrix there is room for."""
        part = self.part
        if part is None or self.info is None:
            return 4, 8
        shapes = [(matrix.name, matrix.shape) for matrix in part.matrices]
        layers = self.info.config.num_layers
        return matrices.fit(shapes, layers, self.size.width, self.size.height)

    def move(self, by: tuple[int, int]) -> None:
        """Mark another cell, so far down and right; past the edge of a matrix lies the next one."""
        part, (down, right) = self.part, by
        if part is None:
            return
        number, row, column = self.marked
        rows, columns = part.matrices[number].values.shape
        row, column = min(row + down, rows - 1), column + right
        if not 0 <= column < columns:
            number = (number + (1 if right > 0 else -1)) % len(part.matrices)
            rows, columns = part.matrices[number].values.shape
            column = 0 if right > 0 else columns - 1
        self.marked = number, min(max(row, 0), rows - 1), min(column, columns - 1)
        self.label()
        self.redraw()

    def point_out(self, step: Step, *, answered: bool) -> None:
        """Mark a weight."""
        self.marked = step.weight
        self.label()
        self.redraw()

    def _marked_in(self, part: Opened) -> str:
        """Return the name of the matrix in which a weight is marked."""
        return part.matrices[min(self.marked[0], len(part.matrices) - 1)].name

    def draw_part(self, part: Opened, info: RunInfo, width: int, height: int) -> list[Strip]:
        """Draw the gradients."""
        cell = self.marked[1:] if part.weight else (-1, -1)
        return matrices.draw(
            part.matrices,
            part.limit,
            info.config.num_layers,
            (self._marked_in(part), *cell),
            width,
            height,
            self.palette,
            self.scale,
        )

    def titles(self) -> tuple[str, ...]:
        """Name the unit."""
        part = self.part
        if part is None:
            return (tr("Gradients"),)
        told = matrices.unit(part.limit)
        which = tr("Gradients summed up so far")
        if not part.steps:
            which = tr("Gradients of the last update")
        unit = f" · {told}" if told else ""
        blocks = any(matrix.blocks for matrix in part.matrices)
        coarse = tr(" · a cell is the largest of its block") if blocks else ""
        short, (more, fewer) = tr("Gradients"), self._more(part)
        return (
            f"{which}{unit}{coarse}{more}",
            f"{which}{unit}{more}",
            f"{short}{unit}{more}",
            f"{short}{unit}{fewer}",
            short,
        )

    def _more(self, part: Opened) -> tuple[str, str]:
        """Say which matrices are seen, where not all of them are, and how to get to the others."""
        layers = self.info.config.num_layers if self.info else 1
        room = (self.size.width, self.size.height)
        first, last = matrices.whole(part.matrices, layers, self._marked_in(part), *room)
        if last - first + 1 == len(part.matrices):
            return "", ""
        place = {"first": first, "last": last, "all": len(part.matrices)}
        key = table_of(self)["backprop.next"].face
        return (
            tr(" · matrices {first}–{last} of {all}, {key} to the others", key=key, **place),
            tr(" · {first}–{last} of {all}", **place),
        )

    def legend(self) -> Content:
        """Say everything about the marked weight."""
        part = self.part
        if part is None or part.weight is None or self.info is None:
            return Content("")
        key = table_of(self)["backprop.check"].face
        for text in legends(part, part.weight, self.info, key):
            if cells(text) <= self.size.width - 4:
                return Content(text.replace("-", "−"))
        return Content("")

    def check(self) -> str:
        """Have the gradient of the marked weight checked."""
        weight = self.part.weight if self.part is not None else None
        if weight is None:
            running = self.snapshot is not None and self.snapshot.state == "running"
            return PAUSE_FIRST if running else NOT_YET
        self.post_message(CommandRequested(CheckWeight(weight.name, weight.index)))
        return ""

    def made_of(self) -> str:
        """Go back to the formula that the marked gradient came from last."""
        weight = self.part.weight if self.part is not None else None
        if weight is None:
            running = self.snapshot is not None and self.snapshot.state == "running"
            return RUNNING if running else STANDING
        self.post_message(CommandRequested(GoThrough("grown", weight.name)))
        return ""

    @property
    def copied(self) -> Copied | None:
        """Return the marked weight and its gradient, with a minus that programs read."""
        part = self.part
        return None if part is None or part.weight is None else numbers_of(part, part.weight)
