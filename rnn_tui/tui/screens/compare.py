"""The screen of `rnn-tui compare`: several runs on one chart, and a table of them."""

from dataclasses import replace
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import DataTable, Static

from rnn_tui.comparing.comparison import Comparison
from rnn_tui.comparing.run import ALONG, Kind
from rnn_tui.comparing.smoothing import SMOOTHINGS
from rnn_tui.language import mark, tr
from rnn_tui.tui.control.bindings import bindings
from rnn_tui.tui.renderables.compare.table import COLUMNS
from rnn_tui.tui.renderables.numbers import trimmed
from rnn_tui.tui.renderables.sight import Sight
from rnn_tui.tui.screens.colored import CURVE_COLORS, ColoredScreen
from rnn_tui.tui.screens.resize_guard import ResizeGuard
from rnn_tui.tui.theme.palette import CURVES
from rnn_tui.tui.widgets.compare.chart import NEARER, CompareChart
from rnn_tui.tui.widgets.compare.table import WIDEST, CompareTable
from rnn_tui.tui.widgets.key_bar import KeyBar

SCOPE = "compare"
KINDS: dict[Kind, str] = {
    "training": mark("Training loss, running mean · nats per symbol"),
    "each": mark("Training loss of single updates · nats per symbol"),
    "validation": mark("Validation loss · nats per symbol"),
}


class CompareScreen(ResizeGuard, ColoredScreen):
    """Chart above, table below."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(SCOPE)
    COMPONENT_CLASSES: ClassVar[set[str]] = ColoredScreen.COMPONENT_CLASSES | {
        f"role--{curve}" for curve in CURVES
    }
    DEFAULT_CSS = f"""
    CompareScreen {{
        background: $background;
        overflow: hidden;
        #curves {{ height: 1fr; min-height: 6; }}
        #table {{ height: auto; max-height: 45%; min-height: 4;
            scrollbar-background: $background; scrollbar-color: $foreground 25%; }}
        #what {{ height: 1; padding: 0 1; text-wrap: nowrap; }}
        {CURVE_COLORS}
    }}
    """

    def __init__(self, comparison: Comparison) -> None:
        super().__init__()
        self._comparison = comparison
        self._by: int | None = None
        self._chart = CompareChart(comparison, id="curves")
        self._table = CompareTable(comparison, id="table")

    def compose(self) -> ComposeResult:
        """Lay out chart, table and keys."""
        yield Static(id="what", markup=False)
        yield self._chart
        yield self._table
        yield KeyBar([SCOPE], id="keys")

    def on_mount(self) -> None:
        """Fill the table."""
        self._fill()
        self._say()

    def _fill(self) -> None:
        self._table.fill(self._chart.palette, self._by, self._chart.sight.cursor)

    def _say(self) -> None:
        """Say how the curves are told."""
        choice, parts = self._comparison.choice, []
        parts.append(tr(KINDS[choice.kind]))
        if choice.smoothing:
            parts.append(tr("smoothed {weight}", weight=f"{choice.smoothing:g}"))
        if self._chart.log_scale or self._chart.log_along:
            parts.append(tr("logarithmic"))
        if (cursor := self._chart.sight.cursor) is not None:
            counted = tr(ALONG[choice.along])
            parts.append(tr("cursor at {place} {counted}", place=trimmed(cursor), counted=counted))
        hidden = len(self._comparison.hidden)
        if hidden:
            shown, every = len(self._comparison.shown), len(self._comparison.runs)
            parts.append(tr("{shown} of {every} runs shown", shown=shown, every=every))
        if left_out := len(self._comparison.left_out):
            parts.append(tr("left out as no whole log: {count}", count=left_out))
        self.query_one("#what", Static).update(" · ".join(parts))

    def _again(self) -> None:
        """Draw what is told otherwise now."""
        self._chart.redraw()
        self._table.show_cursor_at(self._chart.sight.cursor)
        self._say()

    def on_data_table_row_highlighted(self, event: DataTable.RowHighlighted) -> None:
        """Mark the run of this line."""
        if event.cursor_row < len(self._table.places):
            place = self._table.places[event.cursor_row]
            if place != self._comparison.marked:
                self._comparison.marked = place
                self._chart.redraw()

    def on_compare_chart_pointed(self) -> None:
        """Show the numbers at the cursor."""
        self._table.show_cursor_at(self._chart.sight.cursor)
        self._say()

    def action_mark(self, lines: int) -> None:
        """Mark a run above or below."""
        self._table.move_cursor(row=self._table.cursor_row + lines)

    def action_show(self) -> None:
        """Hide the marked run, or show it."""
        self._comparison.hidden ^= {self._comparison.marked}
        self._shown_anew([self._comparison.marked])

    def action_only(self) -> None:
        """Show the marked run alone, or all of them."""
        places = range(len(self._comparison.runs))
        others = set(places) - {self._comparison.marked}
        self._comparison.hidden = set() if self._comparison.hidden == others else others
        self._shown_anew(places)

    def _shown_anew(self, places: "range | list[int]") -> None:
        for place in places:
            self._table.show_line(place, self._chart.palette)
        self._again()

    def action_sort(self) -> None:
        """Order the lines by the next column."""
        self._by = 0 if self._by is None else self._by + 1
        if self._by == len(COLUMNS):
            self._by = None
        self._fill()

    def action_smooth(self) -> None:
        """Smooth more, after the most not at all."""
        choice = self._comparison.choice
        after = (SMOOTHINGS.index(choice.smoothing) + 1) % len(SMOOTHINGS)
        self._comparison.choice = replace(choice, smoothing=SMOOTHINGS[after])
        self._again()

    def action_axis(self) -> None:
        """Count something else along the bottom; all of it is seen."""
        names, choice = list(ALONG), self._comparison.choice
        along = names[(names.index(choice.along) + 1) % len(names)]
        self._comparison.choice = replace(choice, along=along)
        self._chart.sight = Sight()
        self._again()

    def action_loss(self) -> None:
        """Show another loss."""
        kinds, choice = list(KINDS), self._comparison.choice
        kind = kinds[(kinds.index(choice.kind) + 1) % len(kinds)]
        self._comparison.choice = replace(choice, kind=kind)
        self._again()

    def action_log(self) -> None:
        """Make the axis of losses logarithmic or linear."""
        self._chart.log_scale = not self._chart.log_scale
        self._again()

    def action_log_along(self) -> None:
        """Make the bottom axis logarithmic or linear."""
        self._chart.log_along = not self._chart.log_along
        self._chart.sight = Sight()
        self._again()

    def action_scroll_table(self, columns: int) -> None:
        """Show the settings that have no room."""
        self._table.scroll_relative(x=columns * WIDEST, animate=False)

    def action_cursor(self, columns: int) -> None:
        """Move the cursor on the chart."""
        self._chart.step(columns)

    def action_nearer(self, nearer: bool) -> None:
        """See less of the bottom axis, or more."""
        self._chart.zoom(NEARER if nearer else 1 / NEARER)

    def action_whole(self) -> None:
        """See all of the bottom axis, without a cursor."""
        self._chart.look(Sight())
