"""One update laid open: where we are, the formula, the gradients."""

from collections.abc import Hashable
from typing import ClassVar

from textual.content import Content
from textual.strip import Strip

from rnn_tui.inspection.weight_axes import axes
from rnn_tui.language import cells, mark, phrase, tr
from rnn_tui.models.registry import spec_of
from rnn_tui.protocol.commands import CheckWeight, GoThrough
from rnn_tui.protocol.snapshot import RunInfo
from rnn_tui.protocol.update import Opened, Weight
from rnn_tui.text.glyphs import named
from rnn_tui.text.steady import steady
from rnn_tui.tui.control.bindings import table_of
from rnn_tui.tui.control.copying import Copied
from rnn_tui.tui.messages import CommandRequested
from rnn_tui.tui.renderables.lines import fill, sentence
from rnn_tui.tui.renderables.update import formulas, known, matrices, strip
from rnn_tui.tui.renderables.update.filled import indexed
from rnn_tui.tui.widgets.inside_panel import InsidePanel

HIGH = 32
"""Lines from which the row of micro-steps has a frame."""
STANDING = mark("{backprop.on} goes through the next update, one micro-step at a time.")
RUNNING = mark(
    "Training runs. {train.pause} pauses it; {backprop.on} then goes through the next "
    "update step by step."
)


PAUSE_FIRST = mark("{train.pause} pauses; then a weight's gradient can be checked.")
NOT_YET = mark("The update is being laid open; {backprop.check} then checks a weight's gradient.")


class OpenedPanel(InsidePanel[Opened]):
    """What the three panels share."""

    KIND = Opened
    FEATURE = "update"

    def looks_of(self, part: Opened, info: RunInfo) -> Hashable:
        """Return all numbers shown."""
        pictures = tuple((m.values.tobytes(), m.added) for m in part.matrices)
        vectors = tuple(v.values.tobytes() for v in part.vectors.values())
        return (part.done, len(part.steps), part.inputs.tobytes(), pictures, vectors, part.weight)


class StripPanel(OpenedPanel):
    """The micro-steps in a row."""

    SAYS_SO = False
    ZOOMS = False
    EMPTY: ClassVar[str] = mark("The micro-steps of an update will stand here.")

    def draw_part(self, part: Opened, info: RunInfo, width: int, height: int) -> list[Strip]:
        """Draw the row and the characters read."""
        if not part.steps:
            text = RUNNING if self.snapshot and self.snapshot.state == "running" else STANDING
            text = table_of(self).named(tr(text))
            return sentence(text, width, height, self.palette.text)
        return fill(strip.draw(part, info.symbols, width, self.palette), width, height)

    def titles(self) -> tuple[str, ...]:
        """Say where we are, and in which sequence of the batch."""
        part = self.part
        if part is None or not part.steps:
            return (tr("One update"),)
        place = tr("micro-step {done} of {all}", done=part.done, all=len(part.steps))
        update = tr("One update")
        if part.batch_size == 1:
            return (f"{update} · {place}", place)
        batch = tr(
            "sequence {number} of the {all} in the batch",
            number=part.sequence + 1,
            all=part.batch_size,
        )
        return (f"{update} · {place} · {batch}", f"{update} · {place}", place)


class KnownPanel(OpenedPanel):
    """What is known so far, in time."""

    SAYS_SO = False
    EMPTY: ClassVar[str] = mark("What is known of each time step will stand here.")

    @property
    def fitting(self) -> tuple[int, int]:
        """Time steps and hidden units there is room for; none where the panel is not shown."""
        return known.fit(self.size.width, self.size.height) if self.display else (0, 0)

    def looks_of(self, part: Opened, info: RunInfo) -> Hashable:
        """Return what is known."""
        if part.known is None:
            return None
        arrays = (part.known.h, part.known.dh, part.known.losses)
        return (part.done, part.inputs.tobytes(), *(array.tobytes() for array in arrays))

    def draw_part(self, part: Opened, info: RunInfo, width: int, height: int) -> list[Strip]:
        """Draw the time steps."""
        if part.known is None:
            return self.draw_empty(width, height)
        return known.draw(part, part.known, info.symbols, width, height, self.palette, self.scale)

    def titles(self) -> tuple[str, ...]:
        """Name the numbers and the unit of the gradients."""
        part = self.part
        if part is None or part.known is None:
            return (tr("Known so far"),)
        told = matrices.unit(part.limit)
        layers = self.info.config.num_layers if self.info else 1
        long = tr("Known so far · h and dL/dh {unit}", unit=told)
        if layers > 1:
            long = tr("Known so far · h of layer {layer} and dL/dh {unit}", layer=layers, unit=told)
        return (long.rstrip(), tr("Known so far"))


class FormulaPanel(OpenedPanel):
    """The formula of the last micro-step with its numbers."""

    EMPTY: ClassVar[str] = mark("The formula of each micro-step will stand here, with its numbers.")

    @property
    def is_forward(self) -> bool:
        """Whether the walk is on its way forward."""
        part = self.part
        if part is None or not part.steps:
            return False
        return part.steps[max(part.done, 1) - 1].phase in ("forward", "loss")

    def draw_part(self, part: Opened, info: RunInfo, width: int, height: int) -> list[Strip]:
        """Draw the equations."""
        if not part.steps:
            return self.draw_empty(width, height)
        if not part.done:
            start = table_of(self).named(tr(formulas.START))
            return sentence(start, width, height, self.palette.text)
        return formulas.draw(part, info.config, info.symbols, width, height, self.palette)

    def titles(self) -> tuple[str, ...]:
        """Name the micro-step; where the row above has no frame, also its number."""
        part = self.part
        if part is None:
            return (tr("Formula"),)
        name = formulas.title(part, spec_of(self.info.config).layer if self.info else "layer")
        alone = self.screen.maximized is not None
        if (self.screen.size.height >= HIGH and not alone) or not part.steps:
            return (name, tr("Formula"))
        place = tr("{done} of {all}", done=part.done, all=len(part.steps))
        short = f"{place} · {name}"
        if part.batch_size == 1:
            return (short, short, name)
        number = part.sequence + 1
        batch = tr("sequence {number} of {all}", number=number, all=part.batch_size)
        return (f"{place} · {batch} · {name}", short, name)


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
        if part is None or part.weight is None:
            return Content("")
        weight, name = part.weight, _named(part, part.weight)
        key = table_of(self)["backprop.check"].face
        value = f"{weight.value:.6g}"
        texts = [
            tr(
                "{weight} = {value}  gradient {gradient}  {key} checks it",
                weight=name,
                value=value,
                gradient=f"{weight.gradient:.6g}",
                key=key,
            ),
            tr("{weight} gradient {gradient}", weight=name, gradient=f"{weight.gradient:.4g}"),
        ]
        if symbol := self._unread(part, weight):
            never = tr(
                "{weight} = {value}  gradient 0: {symbol} is never read here",
                weight=name,
                value=value,
                symbol=symbol,
            )
            texts.insert(0, never)
        for text in texts:
            if cells(text) <= self.size.width - 4:
                return Content(text.replace("-", "−"))
        return Content("")

    def _unread(self, part: Opened, weight: Weight) -> str:
        """Return the symbol whose weight it is, where the window has no such one; else ""."""
        if self.info is None or self.info.config.network != "recurrent" or part.batch_size > 1:
            return ""
        columns = axes(weight.name, self.info.config, len(self.info.symbols))[1]
        symbol = weight.index[-1]
        if len(weight.index) < 2 or columns.kind != "symbol" or symbol in part.inputs:
            return ""
        return steady(named(self.info.symbols[symbol], self.info.letters[symbol]))

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
        if part is None or part.weight is None:
            return None
        weight, name = part.weight, _named(part, part.weight)
        numbers = f"{name} = {weight.value:.6g}  gradient {weight.gradient:.6g}"
        return Copied(phrase("{weight} and its gradient", weight=name), numbers)


def _named(part: Opened, weight: Weight) -> str:
    return indexed(weight, several=any(step.layer for step in part.steps))
