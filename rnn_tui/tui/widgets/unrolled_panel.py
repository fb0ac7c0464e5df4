"""The network unrolled in time, with its own numbers."""

from collections.abc import Hashable
from typing import ClassVar

import numpy as np
from textual.content import Content
from textual.strip import Strip

from rnn_tui.language import mark, phrase, tr
from rnn_tui.models.registry import spec_of
from rnn_tui.nn.cells import CELLS
from rnn_tui.protocol.reading import BEGINNING, Reading
from rnn_tui.protocol.snapshot import RunInfo, Snapshot
from rnn_tui.protocol.unrolled import Unrolled, UnrolledView
from rnn_tui.text.steady import steady
from rnn_tui.tui.control.copying import Copied
from rnn_tui.tui.renderables.chance import beside_mean
from rnn_tui.tui.renderables.figure_layout import INNER, LOWEST, MOST_SYMBOLS, Layout, make_layout
from rnn_tui.tui.renderables.lines import fitting
from rnn_tui.tui.renderables.unrolled import compared, marked_step, pyramid, window
from rnn_tui.tui.renderables.unrolled.boxes import FigureOptions
from rnn_tui.tui.renderables.unrolled.covered import without_targets
from rnn_tui.tui.renderables.unrolled.figure import draw
from rnn_tui.tui.renderables.unrolled.pyramid_layout import PyramidLayout, make_pyramid
from rnn_tui.tui.renderables.unrolled.said import mean
from rnn_tui.tui.renderables.whereabouts import places
from rnn_tui.tui.widgets.experiment import ExperimentPanel

STEP = mark("step {step}:")


class UnrolledPanel(ExperimentPanel):
    """A column per time step; one of them, and one hidden unit, is marked."""

    FEATURE = "unrolled"
    EMPTY: ClassVar[str] = mark("The network will be drawn here, a column for every time step.")

    FOLDED: ClassVar[bool] = True
    """Whether the network before it is unrolled stands beside it, where there is room."""
    first: int = 0
    """Index of the leftmost column."""
    probabilities: bool = False
    unfolded: bool = False

    @property
    def wants(self) -> UnrolledView:
        """The columns there is room for."""
        layout = self._layout
        return UnrolledView(
            self.reading,
            self._first_of(layout),
            layout.columns,
            MOST_SYMBOLS if self._low else layout.symbols,
            self.unfolded and self.has_gates,
            unit=self.unit if isinstance(layout, PyramidLayout) else None,
            earlier=self.reach - 1,
            change=self.change,
        )

    def part_of(self, snapshot: Snapshot | None) -> Unrolled | None:
        """Return the snapshot's part for this panel, without what is covered."""
        part = super().part_of(snapshot)
        return without_targets(part) if part is not None and self.covered else part

    @property
    def taps(self) -> pyramid.Taps:
        """How many time steps back each layer reads; none where a hidden state is carried on."""
        return spec_of(self.info.config).taps(self.info.config) if self.info else ()

    @property
    def reach(self) -> int:
        """Symbols that a time step of a network without hidden state sees; else 1."""
        return (spec_of(self.info.config).reach(self.info.config) if self.info else None) or 1

    @property
    def has_gates(self) -> bool:
        """Whether the cell has anything to unfold."""
        return self.info is not None and not self.taps and bool(CELLS[self.info.config.cell].gates)

    @property
    def total(self) -> int:
        """Time steps there are."""
        if self.reading.typed is not None:
            return len(self.reading.typed)
        part = self.part
        if part is not None and not part.unknown:
            return part.total
        return self.info.config.seq_length if self.info else 8

    @property
    def _pyramidal(self) -> bool:
        """Whether the network is drawn as a pyramid above the text."""
        return any(len(layer) > 1 for layer in self.taps[1:])

    @property
    def _low(self) -> bool:
        """Whether there is room for the marked step only, without its figure."""
        lowest = LOWEST + window.STRIP * bool(self.taps)
        return self.size.height < (pyramid.LOWEST if self._pyramidal else lowest)

    @property
    def _layout(self) -> Layout:
        config, taps = self.info.config if self.info else None, self.taps
        width, height = self.size
        steps, vocabulary = max(self.total, 1), len(self.info.symbols) if self.info else 4
        if self._pyramidal:
            return make_pyramid(
                width,
                height,
                steps=steps,
                vocabulary=vocabulary,
                layers=len(taps),
                compared=int(self._is_changed),
            )
        return make_layout(
            width,
            height - window.STRIP if taps else height,
            steps=steps,
            vocabulary=vocabulary,
            hidden=config.hidden_size if config else 3,
            layers=config.num_layers if config else 1,
            gates=CELLS[config.cell].inner_rows
            if config and self.unfolded and self.has_gates
            else 0,
            compared=compared.ROWS if self._is_changed else 0,
            folded=self.FOLDED and not taps,
        )

    @property
    def _is_changed(self) -> bool:
        """Whether what is shown is not as the network says it."""
        return self.part is not None and self.part.unchanged is not None

    def move(self, by: int) -> None:
        """Mark an earlier or later time step, and bring it into sight."""
        self.cursor = min(max(self.cursor + by, 0), self.total - 1)
        self.first = self._first_of(self._layout)
        self.changed()

    def _first_of(self, layout: Layout) -> int:
        """Return the leftmost column with which the mark is in sight, and what it is made of."""
        least = max(self.cursor - layout.columns + 1, 0)
        behind = self.reach - 1 if isinstance(layout, PyramidLayout) else 0
        return min(max(self.first, least), max(self.cursor - behind, least))

    def choose(self, by: int) -> None:
        """Mark another hidden unit."""
        if self.info:
            self.unit = (self.unit + by) % self.info.config.hidden_size
            self.changed()

    def choose_row(self, by: int) -> None:
        """Mark the hidden unit in the row below or above."""
        self.choose(by * (INNER if self._layout.heat else 1))

    def next_layer(self) -> None:
        """Show the layer below, where there is no room for all; then the top one again."""
        if self.info:
            self.shown_layer = (self.shown_layer - 1) % self.info.config.num_layers
            self.changed()

    def toggle_probabilities(self) -> None:
        """Show probabilities instead of logits, or logits again."""
        self.probabilities = not self.probabilities
        self.changed()

    def toggle_gates(self) -> str:
        """Unfold gates and cell state, or fold them."""
        if self.taps:
            return mark("This network has no cell to open.")
        if not self.has_gates:
            having = ", ".join(f"--cell {name}" for name, cell in CELLS.items() if cell.gates)
            return phrase("This cell has no gates. Those with gates: {cells}.", cells=having)
        self.unfolded = not self.unfolded
        self.changed()
        return ""

    @property
    def span(self) -> int:
        """As many as a window has."""
        return self.info.config.seq_length if self.info else self.total

    def read_anew(self, reading: Reading, found: int | None = None) -> None:
        """Put another text in the columns; marked is the step that foresees what was found."""
        if reading != self.reading or found is not None:
            self.first = self.cursor = 0
        if reading != self.reading:
            self.change = None
        super().read_anew(reading, found)
        if found is not None:
            self.move(found - 1)
        self.changed()

    def point_out(self, at: int | None, unit: int, *, unfolded: bool) -> None:
        """Mark a time step and a hidden unit, and open the cell or close it."""
        self.first, self.cursor, self.change = 0, (at or 1) - 1, None
        self.unit, self.unfolded = unit - 1, unfolded
        self.changed()

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
        text = self._named
        if not self.taps:
            unrolled = tr("Unrolled")
            return (
                tr("Unrolled in time · {what} · {text}", what=what, text=text),
                f"{unrolled} · {text if self.reading.start else what}",
                unrolled,
            )
        if not isinstance(self._layout, PyramidLayout):
            seen = tr("The last {count} symbols", count=self.reach)
            return (f"{seen} · {what} · {text}", f"{seen} · {what}", seen)
        part = self.part
        unit = self.unit if part is None or part.unit is None else part.unit
        values = {
            "kernel": len(self.taps[0]),
            "apart": " ".join(str(layer[-2]) for layer in self.taps if len(layer) > 1),
            "reach": self.reach,
        }
        long = tr("Convolutions · kernel {kernel}, dilation d {apart} · reach {reach}", **values)
        short = tr("Convolutions · kernel {kernel}, d {apart} · reach {reach}", **values)
        shown = tr("unit {number}", number=unit + 1)
        return (
            f"{long} · {shown} · {what} · {text}",
            f"{long} · {shown} · {what}",
            f"{short} · {shown} · {what}",
            short,
        )

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
        tried = (f"{about}{place}{text}" for about in (self._about(part), "") for text in means)
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
        """Return all digits of the marked time step, and those of before where they were others."""
        at = self.cursor - part.first
        if not 0 <= at < len(part.inputs) or self.info is None:
            return ""
        was = part.unchanged or part
        now, before = (self._hidden(reading, at) for reading in (part, was))
        unit = min(self.unit, part.layers[0]["h"].shape[1] - 1) if part.unit is None else part.unit
        hidden = f"h{unit + 1} {compared.both(now, before)}"
        if part.targets[at] < 0 or np.isnan(part.losses[at]):
            return f"{tr(STEP, step=self.cursor + 1)} {hidden}  "
        target = steady(self.info.symbols[int(part.targets[at])])
        p = compared.both(f"{part.target_probs[at]:.5f}", f"{was.target_probs[at]:.5f}")
        loss = compared.both(f"{part.losses[at]:.5f}", f"{was.losses[at]:.5f}")
        cost = tr("loss {number}", number=loss)
        return f"{tr(STEP, step=self.cursor + 1)} {hidden}  p({target}) {p}  {cost}  "

    def _hidden(self, part: Unrolled, at: int) -> str:
        """Write the marked unit's number."""
        top = part.layers[self.shown_layer % len(part.layers)]["h"]
        return f"{top[at, min(self.unit, top.shape[1] - 1)]:.5f}".replace("-", "−")
