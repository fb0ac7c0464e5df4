"""A line that says which of several looks is seen, and what is read."""

from collections.abc import Hashable

from textual.strip import Strip

from rnn_tui.language import tr
from rnn_tui.language.cells import cells as cells_of
from rnn_tui.protocol.snapshot import RunInfo, Snapshot
from rnn_tui.tui.renderables.lines import PLAIN, Part, cells, fill, fitting, spread
from rnn_tui.tui.widgets.panel import Drawn


class LooksBar(Drawn):
    """The names of all looks, the present one marked."""

    DEFAULT_CSS = "LooksBar { height: 1; padding: 0 1; }"

    names: tuple[str, ...] = ()
    present: str = ""
    reads: tuple[str, ...] = ("",)
    """What is read, in fewer and fewer words."""

    def mark(self, names: tuple[str, ...], present: str, reads: tuple[str, ...]) -> None:
        """Say another."""
        self.names, self.present, self.reads = names, present, reads
        self.redraw()

    def looks(self, snapshot: Snapshot, info: RunInfo) -> Hashable:
        """Nothing of it: only keys change this line."""
        return ()

    def draw(self, width: int, height: int) -> list[Strip]:
        """Draw the names, and what is read at the right."""
        parts: list[Part] = []
        for name in self._names_from(width):
            style = self.palette.here if name == self.present else self.palette.dim
            parts += [(f" {tr(name)} ", style), (" ", PLAIN)]
        room = width - cells(parts) - 1
        reads = fitting(room, *self.reads)
        return fill([spread(parts, [(reads, self.palette.dim)], width)], width, height)

    def _names_from(self, width: int) -> tuple[str, ...]:
        """Return the names from such a one on that the present one is seen."""
        names = self.names
        while self.present in names[1:]:
            seen = names[: names.index(self.present) + 1]
            if sum(cells_of(tr(name)) + 3 for name in seen) <= width:
                break
            names = names[1:]
        return names
