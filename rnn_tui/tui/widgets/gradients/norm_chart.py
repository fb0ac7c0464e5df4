"""The gradient's norm over training."""

from collections.abc import Hashable
from typing import ClassVar

from textual.content import Content
from textual.strip import Strip

from rnn_tui.language import mark, tr
from rnn_tui.protocol.gradient_flow import Gradients
from rnn_tui.protocol.snapshot import RunInfo
from rnn_tui.tui.renderables.axes import Range, settle
from rnn_tui.tui.renderables.loss import chart
from rnn_tui.tui.renderables.loss.losses import Guide, wanted_range
from rnn_tui.tui.renderables.numbers import significant
from rnn_tui.tui.widgets.inside_panel import InsidePanel


class NormChart(InsidePanel[Gradients]):
    """The gradient's norm over training, and where it is cut."""

    KIND = Gradients
    EMPTY: ClassVar[str] = mark("The gradient's norm will be drawn here.")
    _range: Range | None = None

    def looks_of(self, part: Gradients, info: RunInfo) -> Hashable:
        """Return the curve."""
        return (part.norms.update.tobytes(), part.norms.high.tobytes(), part.limit)

    def draw_part(self, part: Gradients, info: RunInfo, width: int, height: int) -> list[Strip]:
        """Draw curve and limit on a logarithmic axis."""
        levels = () if part.limit is None else (Guide(tr("clip"), part.limit),)
        self._range = settle(self._range, wanted_range(part.norms, levels, log=True))
        return chart.draw(part.norms, levels, self._range, width, height, self.palette)

    def titles(self) -> tuple[str, ...]:
        """Name the curve."""
        return (tr("Gradient norm before clipping · log"), tr("Gradient norm · log"), tr("Norm"))

    def legend(self) -> Content:
        """Say the last norm."""
        norm = self.snapshot.grad_norm if self.snapshot else float("nan")
        return Content("" if norm != norm else tr("last {norm}", norm=significant(norm)))
