"""The curves of the runs that are shown, with a cursor on them."""

import numpy as np
from textual import events
from textual.message import Message
from textual.strip import Strip

from rnn_tui.comparing.comparison import Comparison
from rnn_tui.comparing.run import ALONG
from rnn_tui.language import tr
from rnn_tui.tui.renderables.axes import Range, close_up, round_up
from rnn_tui.tui.renderables.compare.chart import Picture, draw
from rnn_tui.tui.renderables.loss.losses import finite
from rnn_tui.tui.renderables.race.chart import wanted_range
from rnn_tui.tui.renderables.race.curve import Curve
from rnn_tui.tui.renderables.sight import Sight, crop
from rnn_tui.tui.widgets.panel import Drawn

NEARER = 0.5
"""What is seen after zooming in, of what was seen before."""
LEAST = 1e-3
"""How far the bottom axis reaches at least."""


class CompareChart(Drawn):
    """One chart for all runs."""

    class Pointed(Message):
        """The cursor stands somewhere else."""

    def __init__(self, comparison: Comparison, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._comparison = comparison
        self.sight = Sight()
        self.log_scale = self.log_along = False

    def whole(self) -> Range:
        """Return the bottom axis from end to end."""
        ends = [self._comparison.curve(place).update for place in self._comparison.shown]
        high = round_up(max([LEAST, *(float(at.max(initial=0.0)) for at in ends)]))
        if not self.log_along:
            return Range(0.0, high)
        above = [float(at[at > 0].min(initial=high)) for at in ends]
        low = min(above, default=high)
        return Range(low if low < high else high / 10, high, log=True)

    def picture(self) -> Picture:
        """Return what is drawn."""
        comparison, along = self._comparison, self.sight.seen(self.whole())
        curves = []
        for place in comparison.shown:
            curve = comparison.curve(place)
            at, losses = crop(along, curve.update, curve.loss)
            chosen = place == comparison.marked
            curves.append(Curve(place, str(place + 1), at, losses, chosen, broken=False))
        seen = curves or [Curve(0, "", np.empty(0), np.empty(0), chosen=False, broken=False)]
        over = wanted_range(seen, (), log=self.log_scale)
        if self.sight.near and (losses := finite(*(curve.losses for curve in curves))).size:
            low, high = float(losses.min()), min(float(losses.max()), over.high)
            over = close_up(low, high, log=self.log_scale)
        counted = tr(ALONG[comparison.choice.along])
        return Picture(curves, over, along, counted, self.sight.cursor)

    def draw(self, width: int, height: int) -> list[Strip]:
        """Draw it."""
        return draw(self.picture(), width, height, self.palette)

    def _plot(self) -> tuple[int, int]:
        """Return the first column of the plot and how many there are."""
        picture = self.picture()
        axes = picture.axes(self.size.width, self.size.height)
        if axes is None:
            return 0, 1
        return axes.left, max(self.size.width - axes.left - picture.margin, 1)

    def look(self, sight: Sight) -> None:
        """Look elsewhere."""
        self.sight = sight
        self.redraw()
        self.post_message(self.Pointed())

    def step(self, columns: int) -> None:
        """Move the cursor by so many columns."""
        self.look(self.sight.stepped(self.whole(), self._plot()[1], columns))

    def zoom(self, factor: float) -> None:
        """See more or less, around the cursor."""
        self.look(self.sight.zoomed(self.whole(), factor))

    def _under(self, x: int) -> float:
        left, columns = self._plot()
        share = min(max((x - left) / max(columns - 1, 1), 0.0), 1.0)
        return self.sight.seen(self.whole()).at(share)

    def on_click(self, event: events.Click) -> None:
        """Put the cursor there."""
        self.look(self.sight.pointed(self.whole(), self._under(event.x)))

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Come nearer."""
        self.look(self.sight.zoomed(self.whole(), NEARER, self._under(event.x)))

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Go farther away."""
        self.look(self.sight.zoomed(self.whole(), 1 / NEARER, self._under(event.x)))
