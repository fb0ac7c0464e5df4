"""What is known of each time step, once some micro-steps are done."""

from collections.abc import Hashable
from typing import ClassVar

from textual.strip import Strip

from rnn_tui.language import mark, tr
from rnn_tui.protocol.snapshot import RunInfo
from rnn_tui.protocol.update import Opened
from rnn_tui.tui.renderables.update import known, matrices
from rnn_tui.tui.widgets.update.opened import OpenedPanel


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
