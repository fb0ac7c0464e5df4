"""The loss over the updates: axes around braille curves."""

from dataclasses import dataclass

from textual.strip import Strip

from rnn_tui.language import tr
from rnn_tui.protocol.branches import Ghost, Past
from rnn_tui.protocol.snapshot import Curves
from rnn_tui.tui.renderables.axes import Range, round_up
from rnn_tui.tui.renderables.lines import fill, sentence
from rnn_tui.tui.renderables.loss.curves import draw_curves
from rnn_tui.tui.renderables.loss.losses import Guide
from rnn_tui.tui.renderables.loss.plot import Axes, column
from rnn_tui.tui.renderables.loss.time_bar import draw_bar, looks_back
from rnn_tui.tui.renderables.raster import HERE, Raster
from rnn_tui.tui.theme.palette import Palette


@dataclass(frozen=True, eq=False, slots=True)
class Moment:
    """Where in training time the picture is taken."""

    past: Past | None = None
    update: int = 0
    ghosts: tuple[Ghost, ...] = ()
    """Other branches, in the unit of the curves."""
    refused: tuple[int, float] | None = None
    """An update that was not made, with its loss in that unit."""

    @property
    def last(self) -> float:
        """The last update of any branch drawn."""
        ends = [float(ghost.update[-1]) for ghost in self.ghosts if ghost.update.size]
        return max(ends, default=0.0)


NOW = Moment()


def draw(
    curves: Curves,
    levels: tuple[Guide, ...],
    over: Range,
    width: int,
    height: int,
    palette: Palette,
    moment: Moment = NOW,
) -> list[Strip]:
    """Draw curves and guide lines (all in one unit) into `height` lines of `width` cells."""
    axes = Axes.fitting(over, width, height)
    if axes is None:
        return sentence(tr("No room for the loss curve."), width, height, palette.dim)
    raster = Raster.blank(width, height)
    end = round_up(max(moment.last, float(curves.update.max(initial=0.0)), 10.0))
    along = Range(0.0, end)
    axes.draw(raster, along, [tr("updates")])
    left, rows = axes.left, axes.rows
    plot = raster.part(left, rows)
    draw_curves(plot, curves, levels, over, along, moment.ghosts, moment.refused)
    if moment.past and looks_back(moment.past, moment.update):
        draw_bar(raster.line(left, rows), moment.past, moment.update, along)
        plot.roles[:, column(moment.update, along, plot.width)] = HERE
    return fill(raster.lines(palette), width, height)
