"""The loss over the updates."""

from collections.abc import Hashable
from typing import ClassVar

from textual.content import Content
from textual.reactive import reactive
from textual.strip import Strip

from rnn_tui.language import mark, tr
from rnn_tui.protocol.snapshot import RunInfo, Snapshot
from rnn_tui.tui.renderables.axes import Range, settle
from rnn_tui.tui.renderables.loss.chart import Moment, draw
from rnn_tui.tui.renderables.loss.losses import (
    NAMES,
    Unit,
    convert,
    convert_ghosts,
    guides,
    told,
    wanted_range,
)
from rnn_tui.tui.renderables.loss.time_bar import looks_back
from rnn_tui.tui.renderables.loss.time_bar import told as where
from rnn_tui.tui.renderables.numbers import loss
from rnn_tui.tui.widgets.panel import Panel

UNITS: dict[Unit, str] = {
    "nats": mark("Loss in nats per character."),
    "bits": mark("Loss in bits per character."),
    "perplexity": mark("Loss as perplexity: the network is torn among so many characters."),
}
_NAMES = (mark("each update"), mark("smoothed"), mark("validation"))
_SHORT = (mark("each"), mark("mean"), mark("val"))


class LossPanel(Panel):
    """A chart of losses, whose scale and unit can be changed."""

    log_scale: reactive[bool] = reactive(False)
    """Logarithmic y axis. Not `log`: that is where Textual writes its own log."""
    unit: reactive[Unit] = reactive[Unit]("nats")
    """In what the loss is told."""

    _range: Range | None = None
    """What the y axis shows; kept while it serves, so that the picture does not jump."""

    def toggle_log(self) -> str:
        """Change between the linear and the logarithmic scale."""
        self.log_scale = not self.log_scale
        if self.log_scale:
            return mark("Loss on a logarithmic scale.")
        return mark("Loss on a linear scale.")

    def next_unit(self) -> str:
        """Take the next unit of the loss."""
        units = list(UNITS)
        self.unit = units[(units.index(self.unit) + 1) % len(units)]
        return UNITS[self.unit]

    @property
    def scale(self) -> str:
        """The scale, for the title."""
        return tr(" · log") if self.log_scale else ""

    def watch_log_scale(self) -> None:
        """Start a new axis."""
        self._start_over()

    def watch_unit(self) -> None:
        """Start a new axis."""
        self._start_over()

    def _start_over(self) -> None:
        self._range = None
        self.label()
        self.redraw()


class LossChart(LossPanel):
    """Training loss (each update, and smoothed) and validation loss, with levels worth knowing."""

    ABOUT: ClassVar[tuple[str, str]] = (
        mark("Loss"),
        mark(
            "How surprised the network is by the next character, on average; lower is better. A "
            "point can stand for many updates: the band runs from the smallest to the largest "
            "loss, the line is a running mean. The dotted second curve is the validation loss, "
            "measured on the end of the text, which the network never trains on; rnn-tui eval "
            "gives the same; ★ stands where it was lowest. Guide lines say what simpler guessers "
            "reach: uniform takes every character for equally likely, unigram knows how often "
            "each occurs, bigram also knows the character before. These are counted on the very "
            "text that is trained on, and belong to the training loss: below the bigram line, a "
            "network remembers more than one character, or has begun to know the text by heart. "
            "held-out bigram belongs to the dotted curve: counted on the same text, and tested "
            "on the end that is kept for validation, with some probability left for pairs never "
            "seen. A mark │ stands where a knob was turned, a gap where the loss was not a "
            "number; ↑24 says how high something is that is cut at the top edge."
        ),
    )
    EMPTY: ClassVar[str] = mark("The loss of every update will be drawn here.")

    def looks(self, snapshot: Snapshot, info: RunInfo) -> Hashable:
        """Return the curves."""
        curves = snapshot.curves
        arrays = (curves.update, curves.low, curves.high, curves.smoothed, curves.validation)
        marks = tuple((mark.update, mark.label) for mark in curves.marks)
        time = _time(snapshot), snapshot.state == "diverged"
        return (*(array.tobytes() for array in arrays), marks, curves.lowest, info.uniform, time)

    def draw_moment(
        self, snapshot: Snapshot, info: RunInfo, width: int, height: int
    ) -> list[Strip]:
        """Draw the curves."""
        curves = convert(snapshot.curves, self.unit)
        levels = () if self.covered else guides(info, self.unit)
        ghosts = convert_ghosts(snapshot.past.ghosts if snapshot.past else (), self.unit)
        wanted = wanted_range(curves, levels, log=self.log_scale, ghosts=ghosts)
        self._range = settle(self._range, wanted)
        refused = None
        if snapshot.state == "diverged":
            refused = snapshot.update + 1, told(snapshot.loss, self.unit)
        moment = Moment(snapshot.past, snapshot.update, ghosts, refused)
        return draw(curves, levels, self._range, width, height, self.palette, moment)

    def titles(self) -> tuple[str, ...]:
        """Name the unit and the scale."""
        time = where(self.snapshot.past, self.snapshot.update) if self.snapshot else ""
        symbol = tr(self.info.unit if self.info else "character")
        measure = tr(NAMES[self.unit])
        long = tr("Loss · {measure} per {unit}", measure=measure, unit=symbol) + self.scale
        short = tr("Loss · {measure}", measure=measure) + self.scale
        return (long + time, short + time, tr("Loss") + time if time else short)

    def legend(self) -> Content:
        """Say which curve is which, with the last values where there is room."""
        if self.snapshot is None:
            return Content("")
        for names, valued in ((_NAMES, True), (_NAMES, False), (_SHORT, False)):
            legend = Content("  ").join(self._entries(self.snapshot, names, valued=valued))
            if legend.cell_length <= self.size.width - 4:
                return legend
        return Content("")

    def _entries(
        self, snapshot: Snapshot, names: tuple[str, str, str], *, valued: bool
    ) -> list[Content]:
        """Return glyph, name and, where there is room, the newest value of every curve."""
        entries: list[tuple[str, str, float | None]]
        entries = [("⣿", "band", snapshot.loss), ("━", "train", snapshot.smoothed)]
        if snapshot.curves.validation.size:
            # The curve is the whole branch's; in its past the newest value of then is meant.
            entries.append(("╍", "validation", snapshot.validation))
        valued = valued and snapshot.update > 0
        return [
            Content.assemble(
                self.inked(glyph, role),
                f" {tr(name)}",
                f" {'–' if nats is None else loss(told(nats, self.unit)):>5}" if valued else "",
            )
            for (glyph, role, nats), name in zip(entries, names, strict=False)
        ]


def _time(snapshot: Snapshot) -> Hashable:
    """Return what the picture depends on beside the curves."""
    past = snapshot.past
    if past is None:
        return None
    ghosts = tuple(
        (ghost.number, ghost.smoothed.tobytes(), ghost.broke.tobytes()) for ghost in past.ghosts
    )
    if not looks_back(past, snapshot.update):
        return past.branch, ghosts
    return past.branch, ghosts, snapshot.update, past.goal, past.kept.tobytes()
