"""How the unrolled network is laid out in the room there is."""

from typing import ClassVar

from rnn_tui.models.registry import spec_of
from rnn_tui.nn.cells import CELLS
from rnn_tui.protocol.unrolled import UnrolledView
from rnn_tui.tui.renderables.figure_layout import LOWEST, MOST_SYMBOLS, Layout, make_layout
from rnn_tui.tui.renderables.unrolled import compared, pyramid, window
from rnn_tui.tui.renderables.unrolled.pyramid_layout import PyramidLayout, make_pyramid
from rnn_tui.tui.widgets.unrolled.experiment import ExperimentPanel


class LaidOutPanel(ExperimentPanel):
    """A panel that knows which columns it has room for, and what they are made of."""

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

    def _first_of(self, layout: Layout) -> int:
        """Return the leftmost column with which the mark is in sight, and what it is made of."""
        least = max(self.cursor - layout.columns + 1, 0)
        behind = self.reach - 1 if isinstance(layout, PyramidLayout) else 0
        return min(max(self.first, least), max(self.cursor - behind, least))
