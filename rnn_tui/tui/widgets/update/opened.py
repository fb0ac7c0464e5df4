"""What a panel of one update looks at, and what it says before the first micro-step."""

from collections.abc import Hashable

from rnn_tui.language import mark
from rnn_tui.protocol.snapshot import RunInfo
from rnn_tui.protocol.update import Opened
from rnn_tui.tui.widgets.inside_panel import InsidePanel

STANDING = mark("{backprop.on} goes through the next update, one micro-step at a time.")
RUNNING = mark(
    "Training runs. {train.pause} pauses it; {backprop.on} then goes through the next "
    "update step by step."
)


class OpenedPanel(InsidePanel[Opened]):
    """What the panels of one update share."""

    KIND = Opened
    FEATURE = "update"

    def looks_of(self, part: Opened, info: RunInfo) -> Hashable:
        """Return all numbers shown."""
        pictures = tuple((m.values.tobytes(), m.added) for m in part.matrices)
        vectors = tuple(v.values.tobytes() for v in part.vectors.values())
        return (part.done, len(part.steps), part.inputs.tobytes(), pictures, vectors, part.weight)
