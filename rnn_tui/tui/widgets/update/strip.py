"""Where we are in an update: the micro-steps in a row."""

from typing import ClassVar

from textual.strip import Strip

from rnn_tui.language import mark, tr
from rnn_tui.protocol.snapshot import RunInfo
from rnn_tui.protocol.update import Opened
from rnn_tui.tui.control.bindings import table_of
from rnn_tui.tui.renderables.lines import fill, sentence
from rnn_tui.tui.renderables.update import strip
from rnn_tui.tui.widgets.update.opened import RUNNING, STANDING, OpenedPanel


class StripPanel(OpenedPanel):
    """The micro-steps in a row."""

    SAYS_SO = False
    ZOOMS = False
    EMPTY: ClassVar[str] = mark("The micro-steps of an update will stand here.")

    def draw_part(self, part: Opened, info: RunInfo, width: int, height: int) -> list[Strip]:
        """Draw the row and the characters read."""
        if not part.steps:
            text = RUNNING if self.snapshot and self.snapshot.state == "running" else STANDING
            text = table_of(self).named(tr(text))
            return sentence(text, width, height, self.palette.text)
        return fill(strip.draw(part, info.symbols, width, self.palette), width, height)

    def titles(self) -> tuple[str, ...]:
        """Say where we are, and in which sequence of the batch."""
        part = self.part
        if part is None or not part.steps:
            return (tr("One update"),)
        place = tr("micro-step {done} of {all}", done=part.done, all=len(part.steps))
        update = tr("One update")
        if part.batch_size == 1:
            return (f"{update} · {place}", place)
        batch = tr(
            "sequence {number} of the {all} in the batch",
            number=part.sequence + 1,
            all=part.batch_size,
        )
        return (f"{update} · {place} · {batch}", f"{update} · {place}", place)
