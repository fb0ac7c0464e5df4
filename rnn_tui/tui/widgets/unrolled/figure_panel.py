"""The network unrolled in time, beside the panels of the Train screen."""

from rnn_tui.models.registry import spec_of
from rnn_tui.protocol.reading import Reading
from rnn_tui.protocol.snapshot import RunInfo, Snapshot
from rnn_tui.tui.messages import ViewChanged
from rnn_tui.tui.renderables.figure_layout import whole_height
from rnn_tui.tui.renderables.unrolled import pyramid, window
from rnn_tui.tui.renderables.unrolled.pyramid_layout import make_pyramid
from rnn_tui.tui.widgets.unrolled.unrolled_panel import UnrolledPanel

NONE = -1


class FigurePanel(UnrolledPanel):
    """The figure of screen 2; marked is what was found, else what cannot be drawn without."""

    FOLDED = False
    cursor = NONE
    _is_found = False

    def __init__(self, info: RunInfo | None, reading: Reading) -> None:
        super().__init__(id="figure")
        self.info, self.reading = info, reading

    def on_mount(self) -> None:
        """Ask for what is to be drawn."""
        super().on_mount()
        self._rest()
        self.post_message(ViewChanged())

    def show(self, snapshot: Snapshot, info: RunInfo) -> None:
        """Draw this moment, perhaps of another network or of a shorter window."""
        super().show(snapshot, info)
        self._rest()

    def read_anew(self, reading: Reading, found: int | None = None) -> None:
        """Put another window in the columns."""
        super().read_anew(reading, found)
        self._is_found = found is not None
        self._rest()

    def _rest(self) -> None:
        """Mark what a network without a hidden state makes the last step of, of others nothing."""
        rest = self.total - 1 if self.taps else NONE
        if not self._is_found and self.cursor != rest:
            self.cursor = rest
            self.changed()


def rows_of(info: RunInfo, width: int, most: int) -> int:
    """Return how many lines, at most so many, a figure takes with all it has; 0: no room."""
    config = info.config
    steps, vocabulary, layers = config.seq_length, len(info.symbols), config.num_layers
    taps = spec_of(config).taps(config)
    if any(len(layer) > 1 for layer in taps[1:]):
        for height in range(most, pyramid.LOWEST - 1, -1):
            layout = make_pyramid(
                width, height, steps=steps, vocabulary=vocabulary, layers=len(taps)
            )
            shown = (layout.columns, layout.symbols, layout.layers)
            if shown == (steps, vocabulary, len(taps)):
                return layout.height
        return 0
    strip = window.STRIP if taps else 0
    rows = whole_height(
        width,
        most - strip,
        steps=steps,
        vocabulary=vocabulary,
        hidden=config.hidden_size,
        layers=layers,
    )
    return rows and rows + strip
