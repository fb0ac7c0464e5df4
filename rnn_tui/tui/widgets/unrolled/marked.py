"""What is marked in the unrolled network, and what of it is shown: as keys ask for it."""

from rnn_tui.language import mark, phrase
from rnn_tui.lessons.lesson import Step
from rnn_tui.nn.cells import CELLS
from rnn_tui.protocol.reading import Reading
from rnn_tui.tui.renderables.figure_layout import INNER
from rnn_tui.tui.widgets.unrolled.laid_out import LaidOutPanel


class MarkedPanel(LaidOutPanel):
    """A panel in which one time step, and one hidden unit, is marked."""

    def move(self, by: int) -> None:
        """Mark an earlier or later time step, and bring it into sight."""
        self.cursor = min(max(self.cursor + by, 0), self.total - 1)
        self.first = self._first_of(self._layout)
        self.changed()

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

    def point_out(self, step: Step, *, answered: bool) -> None:
        """Mark a time step and a hidden unit, and open the cell or close it."""
        self.first, self.cursor, self.change = 0, (step.at or 1) - 1, None
        self.unit, self.unfolded = step.unit - 1, answered and step.gates
        self.changed()
