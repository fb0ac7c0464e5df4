"""The table of the runs, a line each."""

import math

from rich.text import Text
from textual.widgets import DataTable

from rnn_tui.comparing.comparison import Comparison
from rnn_tui.language import tr
from rnn_tui.text.steady import steady
from rnn_tui.tui.renderables.compare.table import (
    COLUMNS,
    MOST_SETTINGS,
    order,
    setting,
    told,
)
from rnn_tui.tui.renderables.lines import cut
from rnn_tui.tui.renderables.numbers import loss
from rnn_tui.tui.renderables.race.forms import SWATCH, swatch
from rnn_tui.tui.theme.palette import Palette

WIDEST = 24
"""Cells of a text in the table."""
HERE, LINE = "here", "line"
"""The keys of columns whose cells change."""


class CompareTable(DataTable[Text]):
    """A line for each run; the marked one is Textual's cursor."""

    can_focus = False  # keys are the screen's: they can be remapped

    def __init__(self, comparison: Comparison, *, id: str | None = None) -> None:
        super().__init__(
            id=id, cursor_type="row", fixed_columns=3, cursor_foreground_priority="renderable"
        )  # the marked line keeps its color
        self._comparison = comparison
        self.places: list[int] = []
        """The places of the runs, line by line."""

    def fill(self, palette: Palette, by: int | None, cursor: float | None) -> None:
        """Write all lines.

        Args:
            palette: Colors.
            by: The column by which they are ordered; None: as they were given.
            cursor: Where the cursor stands on the chart.
        """
        marked = self._comparison.marked
        self.clear(columns=True)
        self.add_column("", key="number")
        self.add_column(" " * SWATCH, key=LINE)
        self.add_column(tr("run"), key="run")
        self.add_column(tr("at the cursor"), key=HERE)
        for number, column in enumerate(COLUMNS):
            self.add_column(tr(column.head) + (" ↑" if number == by else ""))
        names = self._comparison.differing[:MOST_SETTINGS]
        for name in names:
            self.add_column(Text(steady(tr(name))))
        self.places = order(self._comparison, by)
        for place in self.places:
            run = self._comparison.runs[place]
            values = [setting(run.settings.get(name)) for name in names]
            self.add_row(
                Text(str(place + 1), justify="right"),
                self._line(place, palette),
                _text(run.name),
                self._here(place, cursor),
                *(Text(told(column, run), justify="right") for column in COLUMNS),
                *map(_text, values),
                key=str(place),
            )
        self.move_cursor(row=self.places.index(marked))

    def show_line(self, place: int, palette: Palette) -> None:
        """Show whether a run is shown."""
        self.update_cell(str(place), LINE, self._line(place, palette))

    def show_cursor_at(self, cursor: float | None) -> None:
        """Show the losses at the chart's cursor."""
        for place in self.places:
            self.update_cell(str(place), HERE, self._here(place, cursor))

    def _line(self, place: int, palette: Palette) -> Text:
        if place in self._comparison.hidden:
            return Text(cut(tr("hidden"), SWATCH), style=palette.dim)
        return Text(swatch(place, SWATCH), style=palette.curve(place))

    def _here(self, place: int, cursor: float | None) -> Text:
        value = math.nan if cursor is None else self._comparison.at(place, cursor)
        return Text(loss(value) if math.isfinite(value) else "–", justify="right")


def _text(value: str) -> Text:
    """Return a text that is not ours, in few cells and without markup."""
    return Text(cut(steady(value), WIDEST))
