"""How long the weights are."""

from collections.abc import Hashable
from typing import ClassVar

from rnn_tui.protocol.toy import Toy, ToyView
from textual.strip import Strip

from rnn_tui.protocol.snapshot import RunInfo
from rnn_tui.tui.renderables.lines import fill, line
from rnn_tui.tui.widgets.inside_panel import InsidePanel


class ToyPanel(InsidePanel[Toy]):
    """A line for each parameter: a panel of new data."""

    DEFAULT_CSS = """
    ToyPanel { height: 8; }
    """
    KIND = Toy
    ABOUT: ClassVar[tuple[str, str]] = ("Toy norms", "How long each toy parameter is.")
    EMPTY: ClassVar[str] = "The toy's norms will stand here."
    longest_first: bool = True

    @property
    def wants(self) -> ToyView:
        """As many as there is room for."""
        return ToyView(self.size.height, self.longest_first)

    def turn_over(self) -> str:
        """Turn the order over."""
        self.longest_first = not self.longest_first
        return f"The {'longest' if self.longest_first else 'shortest'} toy first."

    def looks_of(self, part: Toy, info: RunInfo) -> Hashable:
        """Return the norms."""
        return part.norms

    def draw_part(self, part: Toy, info: RunInfo, width: int, height: int) -> list[Strip]:
        """Write the norms."""
        style = self.palette.text
        lines = [line([(f"{name} {norm:.6f}", style)], width) for name, norm in part.norms]
        return fill(lines, width, height)

    def titles(self) -> tuple[str, ...]:
        """Name the panel."""
        return ("Toy norms",)
