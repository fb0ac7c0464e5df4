"""The formula of a micro-step, filled in."""

from typing import ClassVar

from textual.strip import Strip

from rnn_tui.language import mark, tr
from rnn_tui.models.registry import spec_of
from rnn_tui.protocol.snapshot import RunInfo
from rnn_tui.protocol.update import Opened
from rnn_tui.tui.control.bindings import table_of
from rnn_tui.tui.renderables.lines import sentence
from rnn_tui.tui.renderables.update import formulas
from rnn_tui.tui.widgets.update.opened import OpenedPanel

HIGH = 32
"""Lines from which the row of micro-steps has a frame."""


class FormulaPanel(OpenedPanel):
    """The formula of the last micro-step with its numbers."""

    EMPTY: ClassVar[str] = mark("The formula of each micro-step will stand here, with its numbers.")

    @property
    def is_forward(self) -> bool:
        """Whether the walk is on its way forward."""
        part = self.part
        if part is None or not part.steps:
            return False
        return part.steps[max(part.done, 1) - 1].phase in ("forward", "loss")

    def draw_part(self, part: Opened, info: RunInfo, width: int, height: int) -> list[Strip]:
        """Draw the equations."""
        if not part.steps:
            return self.draw_empty(width, height)
        if not part.done:
            start = table_of(self).named(tr(formulas.START))
            return sentence(start, width, height, self.palette.text)
        return formulas.draw(part, info.config, info.symbols, width, height, self.palette)

    def titles(self) -> tuple[str, ...]:
        """Name the micro-step; where the row above has no frame, also its number."""
        part = self.part
        if part is None:
            return (tr("Formula"),)
        name = formulas.title(part, spec_of(self.info.config).layer if self.info else "layer")
        alone = self.screen.maximized is not None
        if (self.screen.size.height >= HIGH and not alone) or not part.steps:
            return (name, tr("Formula"))
        place = tr("{done} of {all}", done=part.done, all=len(part.steps))
        short = f"{place} · {name}"
        if part.batch_size == 1:
            return (short, short, name)
        number = part.sequence + 1
        batch = tr("sequence {number} of {all}", number=number, all=part.batch_size)
        return (f"{place} · {batch} · {name}", short, name)
