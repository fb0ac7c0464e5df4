"""How far back the error reaches, in a picture."""

from collections.abc import Hashable
from typing import ClassVar

from textual.strip import Strip

from rnn_tui.language import mark, phrase, tr
from rnn_tui.lessons.lesson import Step
from rnn_tui.protocol.gradient_flow import Gradients
from rnn_tui.protocol.reading import BEGINNING, Reading
from rnn_tui.protocol.snapshot import RunInfo
from rnn_tui.tui.renderables import flow
from rnn_tui.tui.renderables.whereabouts import places
from rnn_tui.tui.widgets.gradients.pictures import Picture, pictures
from rnn_tui.tui.widgets.inside_panel import InsidePanel


class FlowPanel(InsidePanel[Gradients]):
    """The norms for all pairs of time steps, and one row of them as bars."""

    KIND = Gradients
    FEATURE = "flow"
    EMPTY: ClassVar[str] = mark("How far back each error reaches will be drawn here.")
    chosen: int | None = None
    """Which target's error the bars show, from 0; None: the last."""
    shown: int = 0
    """Which of the pictures, of those that this network has."""

    @property
    def steps(self) -> int:
        """How many time steps fit."""
        return flow.visible_steps(*self.size, self.info.symbols if self.info else ())

    def move(self, by: int) -> None:
        """Choose another target."""
        part = self.part
        if part is not None and len(part.inputs):
            last = min(len(part.inputs), self.steps) - 1
            now = last if self.chosen is None else self.chosen
            self.chosen = min(max(now + by, 0), last)
            self._changed()

    def point_out(self, step: Step, *, answered: bool) -> None:
        """Choose the target of a time step."""
        self.chosen, self.shown = None if step.at is None else step.at - 1, 0
        self._changed()

    def next_layer(self) -> str:
        """Show the layer below; then the LSTM's cell state; then what was read; then the top."""
        if self.part is None:
            return ""
        self.shown = (self.shown + 1) % len(pictures(self.part))
        self._changed()
        return self._norms_of(self.part).way

    @property
    def span(self) -> int:
        """As many as fit of a window."""
        return min(self.steps, self.info.config.seq_length) if self.info else self.steps

    def read_anew(self, reading: Reading, found: int | None = None) -> None:
        """Look at another text; the bars are of the step that foresees what was found."""
        if reading != self.reading or found is not None:
            self.chosen = None if found is None else max(found - 1, 0)
        super().read_anew(reading, found)
        self._changed()

    def _changed(self) -> None:
        self.label()
        self.redraw()

    def _norms_of(self, part: Gradients) -> Picture:
        found = pictures(part)
        return found[min(self.shown, len(found) - 1)]

    def looks_of(self, part: Gradients, info: RunInfo) -> Hashable:
        """Return the norms."""
        arrays = (part.inputs, part.targets, part.h, part.x, part.least)
        return (part.unknown, *(array.tobytes() for array in arrays))

    def draw_part(self, part: Gradients, info: RunInfo, width: int, height: int) -> list[Strip]:
        """Draw triangle and bars."""
        norms = self._norms_of(part).norms
        chosen = len(part.inputs) - 1 if self.chosen is None else self.chosen
        return flow.draw(part, norms, info.symbols, chosen, width, height, self.palette)

    def titles(self) -> tuple[str, ...]:
        """Name what is differentiated by what."""
        by, what = "h_k", phrase("the hidden state")
        if self.part is not None:
            picture = self._norms_of(self.part)
            by, what = picture.by, picture.what
        norm = f"‖∂L_t/∂{by}‖"
        if self.info is not None and self.reading.typed is None and self.reading != BEGINNING:
            count = self.span if self.part is None else len(self.part.inputs)
            long, mid, short, least = places(self.reading, count, self.info)
            named = tr("{norm} · row t, column k", norm=norm)
            full = tr("{norm} · row t, column k · {what}", norm=norm, what=what)
            return (
                f"{full} · {long}",
                f"{named} · {mid}",
                f"{norm} · {mid}",
                f"{norm} · {short}",
                f"{norm} · {least}",
            )
        return (
            tr(
                "{norm} · row: whose error · column: where it arrives · {what}",
                norm=norm,
                what=what,
            ),
            tr("{norm} · row t, column k · {what}", norm=norm, what=what),
            tr("{norm} · row t, column k", norm=norm),
        )
