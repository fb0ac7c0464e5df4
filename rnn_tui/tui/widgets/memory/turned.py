"""What turned weights make of the network."""

from collections.abc import Hashable
from typing import ClassVar

from textual.strip import Strip

from rnn_tui.language import counted, mark, tr
from rnn_tui.protocol.snapshot import RunInfo
from rnn_tui.protocol.turned import TurnedSeen, TurnedView
from rnn_tui.tui.renderables.memory import turned as drawn
from rnn_tui.tui.widgets.memory.look_panel import LookPanel
from rnn_tui.tui.widgets.memory.weights import WeightsPicture


class TurnedPanel(LookPanel[TurnedSeen]):
    """What the panels of answers have."""

    KIND = TurnedSeen

    def looks_of(self, part: TurnedSeen, info: RunInfo) -> Hashable:
        """Return text and numbers."""
        numbers = tuple(
            (n.loss, n.probs.tobytes(), n.goes_on.tobytes(), n.factor, n.radii, n.passed)
            for n in (part.now, part.before)
            if n is not None
        )
        text = (part.unknown, part.context.tobytes(), part.top.tobytes())
        return (*text, numbers, part.words, part.done)


class TurnedAnswers(TurnedPanel):
    """Loss, predictions and what would be written, before and now."""

    EMPTY: ClassVar[str] = mark("What the network makes of a text will stand here.")

    @property
    def wants(self) -> TurnedView:
        """The text, and the layer of the parameter that is shown."""
        layer = self.screen.query_one(WeightsPicture).of_layer
        return TurnedView(self.reading, layer)

    def draw_part(self, part: TurnedSeen, info: RunInfo, width: int, height: int) -> list[Strip]:
        """Draw the numbers."""
        if part.unknown:
            return self.never_seen(part.unknown, width, height)
        return drawn.draw_answers(part, info, width, height, self.palette)

    def titles(self) -> tuple[str, ...]:
        """Say what was turned, and of what the loss is."""
        part, info = self.part, self.info
        if part is None or info is None:
            return (tr("What answers"),)
        of = tr(counted(part.count, info.unit))
        turned = f" · {part.turned}" if part.turned else ""
        name = tr("What answers")
        after = (tr("After {turn}", turn=part.turned),) if turned else ()
        return (f"{name} · {of}{turned}", f"{name}{turned}", *after, name)


class TurnedWords(TurnedPanel):
    """What W_hh does to memory and gradients."""

    EMPTY: ClassVar[str] = mark("What W_hh does to memory will be said here.")

    def draw_part(self, part: TurnedSeen, info: RunInfo, width: int, height: int) -> list[Strip]:
        """Write the sentences."""
        if part.unknown or part.count < 1:
            return self.draw_empty(width, height)
        return drawn.draw_words(part, info, width, height, self.palette)

    def titles(self) -> tuple[str, ...]:
        """Name the panel."""
        return (tr("What W_hh does to memory and gradients"), tr("What W_hh does"))
