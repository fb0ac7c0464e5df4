"""The network unrolled in time, with its own numbers."""

from collections.abc import Hashable
from typing import ClassVar

from textual.content import Content
from textual.strip import Strip

from rnn_tui.language import mark, phrase, tr
from rnn_tui.nn.cells import CELLS
from rnn_tui.protocol.reading import BEGINNING
from rnn_tui.protocol.snapshot import RunInfo, Snapshot
from rnn_tui.protocol.unrolled import Unrolled
from rnn_tui.tui.control.copying import Copied
from rnn_tui.tui.renderables.chance import beside_mean
from rnn_tui.tui.renderables.lines import fitting
from rnn_tui.tui.renderables.unrolled import marked_step, pyramid, window
from rnn_tui.tui.renderables.unrolled.boxes import FigureOptions
from rnn_tui.tui.renderables.unrolled.covered import without_targets
from rnn_tui.tui.renderables.unrolled.figure import draw
from rnn_tui.tui.renderables.unrolled.pyramid_layout import PyramidLayout
from rnn_tui.tui.renderables.unrolled.said import mean
from rnn_tui.tui.renderables.whereabouts import places
from rnn_tui.tui.widgets.unrolled.marked import MarkedPanel
from rnn_tui.tui.widgets.unrolled.step_words import opened, told
from rnn_tui.tui.widgets.unrolled.titles import of_pyramid, of_recurrent, of_window


class UnrolledPanel(MarkedPanel):
    """A column per time step; one of them, and one hidden unit, is marked."""

    FEATURE = "unrolled"
    EMPTY: ClassVar[str] = mark("The network will be drawn here, a column for every time step.")

    def part_of(self, snapshot: Snapshot | None) -> Unrolled | None:
        """Return the snapshot's part for this panel, without what is covered."""
        part = super().part_of(snapshot)
        return without_targets(part) if part is not None and self.covered else part

    def looks_of(self, part: Unrolled, info: RunInfo) -> Hashable:
        """Return all numbers shown."""
        both = (part, part.unchanged) if part.unchanged else (part,)
        return part.change, info.symbols, *map(self._numbers, both)

    def _numbers(self, part: Unrolled) -> Hashable:
        arrays = (part.inputs, part.targets, part.top_ids, part.logits, part.earlier, *part.before)
        arrays += (part.least,)
        layers = (values for layer in part.layers for values in layer.values())
        return (
            part.first,
            part.unknown,
            part.unit,
            *(a.tobytes() for a in (*arrays, *layers)),
        )

    def draw_part(self, part: Unrolled, info: RunInfo, width: int, height: int) -> list[Strip]:
        """Draw the columns that have arrived."""
        words = () if self.taps else CELLS[info.config.cell].words
        carried = () if self.taps else CELLS[info.config.cell].state
        options = FigureOptions(
            self.probabilities,
            self.cursor,
            self.unit,
            self.shown_layer,
            words,
            carried,
            self.covered,
        )
        layout, symbols, taps = self._layout, info.symbols, self.taps
        pyramidal = isinstance(layout, PyramidLayout)
        if len(part.inputs) and (bool(part.before), part.unit is None) != (not taps, not pyramidal):
            return self.draw_empty(width, height)  # asked for before another network was chosen
        if self._low and len(part.inputs):
            return marked_step.draw(part, symbols, options, width, height, self.palette)
        room = (width, height, self.palette, self.scale)
        if isinstance(layout, PyramidLayout):
            return pyramid.draw(part, symbols, layout, options, taps, *room)
        if taps:
            return window.draw(part, symbols, layout, options, self.reach, *room)
        return draw(part, symbols, layout, options, *room)

    def titles(self) -> tuple[str, ...]:
        """Name the numbers and the text, and before all what is changed."""
        usual = self._usual_titles()
        if experiment := self._experiment():
            return (*(f"{experiment} · {title}" for title in usual), experiment)
        return usual

    def _usual_titles(self) -> tuple[str, ...]:
        what = tr("probabilities") if self.probabilities else tr("logits")
        text, part = self._named, self.part
        if not self.taps:
            return of_recurrent(what, text, anywhere=bool(self.reading.start))
        if not isinstance(self._layout, PyramidLayout):
            return of_window(what, text, self.reach)
        unit = self.unit if part is None or part.unit is None else part.unit
        return of_pyramid(what, text, self.taps, self.reach, unit)

    @property
    def _named(self) -> str:
        """What is read."""
        if self.reading.typed is not None:
            return tr("your text")
        if self.info is None or self.reading == BEGINNING:
            return tr("the beginning of the text")
        return places(self.reading, self.total, self.info)[1]

    def legend(self) -> Content:
        """Say everything about the marked time step, and the mean loss."""
        part = self.part
        if part is None or part.unknown or not len(part.inputs):
            return Content("")
        left = "←" if part.first else " "
        right = "→" if part.first + len(part.inputs) < part.total else " "
        steps = tr("{count} steps", count=part.total)
        place = "" if left == right == " " else f"{left} {steps} {right}  "
        means = beside_mean(mean(part, own=self.reading.typed is not None), part.mean_least)
        tried = [f"{about}{place}{text}" for about in (self._about(part), "") for text in means]
        if self.unfolded and not self._layout.gates:
            inside = opened(part, self.cursor, self.unit, self.shown_layer)
            tried = [inside, *tried] if inside else tried
        return Content(fitting(self.size.width - 4, *tried))

    @property
    def copied(self) -> Copied | None:
        """Return all digits of the marked time step, with a minus that programs read."""
        part = self.part
        about = "" if part is None or part.unknown else self._about(part).strip()
        if not about:
            return None
        what = phrase("the numbers of time step {step}", step=self.cursor + 1)
        return Copied(what, about.replace("−", "-"))

    def _about(self, part: Unrolled) -> str:
        """Return all digits of the marked time step."""
        return told(part, self.info, self.cursor, self.unit, self.shown_layer) if self.info else ""
