"""The panels of the Train screen, and the figure of a small network that leaves them empty."""

from textual.containers import Container

from rnn_tui.protocol.reading import BEGINNING, Reading
from rnn_tui.protocol.snapshot import RunInfo
from rnn_tui.tui.renderables.figure_layout import LOWEST, MOST_SYMBOLS, NARROWEST
from rnn_tui.tui.widgets.run_panel import RunPanel

OTHERS = 19
"""Lines for the two rows of panels above the figure, at least; of 120×40 they leave what hello's
figure takes, also while a string to find is being typed."""
FRAME = 2


class TrainPanels(Container):
    """A grid of panels."""

    info: RunInfo | None = None
    """Of a run whose network can be drawn."""
    reading: Reading = BEGINNING

    def suit(self, info: RunInfo | None, reading: Reading) -> None:
        """Be the panels of this run, or of a replayed one, which has no network to be drawn."""
        self.reading = reading
        if info is not self.info:
            self.info = info
            # The figure's modules take 45 ms; the first numbers need not wait for them.
            self.call_after_refresh(self._arrange)

    def on_resize(self) -> None:
        """Take the room there is now."""
        self._arrange()

    def _arrange(self) -> None:
        rows = self._rows_of_figure()
        if rows and not self.query("#figure"):
            from rnn_tui.tui.widgets.unrolled.figure_panel import FigurePanel

            self.mount(FigurePanel(self.info, self.reading))
        for figure in self.query("#figure"):
            figure.display = bool(rows)
        self.set_class(bool(rows), "-figured")
        if rows:
            self.styles.grid_rows = f"11fr 9fr {rows + FRAME}"
        else:
            self.styles.clear_rule("grid_rows")

    def _rows_of_figure(self) -> int:
        """Return how many lines the figure takes; 0: there is none."""
        if self.info is None or len(self.info.symbols) > MOST_SYMBOLS:
            return 0
        run = self.query_one(RunPanel)
        width = self.size.width - (run.outer_size.width if run.display else 0) - FRAME
        most = self.size.height - OTHERS - FRAME
        if width < NARROWEST or most < LOWEST:
            return 0
        # Nobody else needs its modules for the first frame.
        from rnn_tui.tui.widgets.unrolled.figure_panel import rows_of

        return rows_of(self.info, width, most)
