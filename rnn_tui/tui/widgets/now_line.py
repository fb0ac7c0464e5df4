"""One line that says what is going on."""

from collections.abc import Hashable
from typing import ClassVar

from rich.cells import cell_len
from textual.strip import Strip

from rnn_tui.language import mark
from rnn_tui.protocol.snapshot import RunInfo, Snapshot
from rnn_tui.tui.control.bindings import table_of
from rnn_tui.tui.renderables.lines import cut, line
from rnn_tui.tui.renderables.now import told
from rnn_tui.tui.widgets.panel import Drawn


class NowLine(Drawn):
    """A sentence and a key to try: where not all of both has room, the sentence in fewer words."""

    ZOOMS: ClassVar[bool] = False
    DEFAULT_CSS = "NowLine { height: 1; padding: 0 1; }"
    ABOUT: ClassVar[tuple[str, str]] = (
        mark("What is going on"),
        mark(
            "A sentence on where the training stands, from its losses: against blind "
            "guessing, against who knows how often each character comes (the unigram line), "
            "what follows each (the bigram line), and against the least possible loss, where "
            "that is known. The smoothed loss is judged, which lags behind. Beside it one key "
            "to try next."
        ),
    )

    def looks(self, snapshot: Snapshot, info: RunInfo) -> Hashable:
        """Return the sentences."""
        return told(snapshot, info)

    def draw(self, width: int, height: int) -> list[Strip]:
        """Draw them."""
        if self.snapshot is None or self.info is None:
            return [Strip.blank(width)]
        found = told(self.snapshot, self.info, covered=self.covered)
        said, short, trial = map(table_of(self).named, found)
        for text in (said, short):
            if cell_len(text) + 2 + cell_len(trial) <= width:
                return [line([(text, self.palette.text), (f"  {trial}", self.palette.dim)], width)]
        return [line([(cut(said, width), self.palette.text)], width)]
