"""What the network expects next at each time step of a stretch of the text."""

from collections.abc import Hashable
from typing import ClassVar

import numpy as np
from textual.content import Content
from textual.strip import Strip

from rnn_tui.language import mark, tr
from rnn_tui.protocol.reading import BEGINNING, Reading
from rnn_tui.protocol.snapshot import RunInfo, Snapshot
from rnn_tui.tui.renderables.chance import beside_mean
from rnn_tui.tui.renderables.lines import fitting
from rnn_tui.tui.renderables.numbers import loss
from rnn_tui.tui.renderables.softmax import Layout, draw, make_layout
from rnn_tui.tui.renderables.whereabouts import places
from rnn_tui.tui.widgets.panel import Panel


class SoftmaxBars(Panel):
    """One column per time step, one bar per symbol; right and wrong favorites stand out."""

    ABOUT: ClassVar[tuple[str, str]] = (
        mark("Next character at each step"),
        mark(
            "A window on the text, at first its beginning, one column for each time step. "
            "Above it h→e: after "
            "reading h the right answer is e. The bars are the network's probabilities "
            "(softmax) in percent, ▸ and green at the right character, × and red at a "
            "favorite that is wrong. Where the alphabet is large, each column lists its own "
            "likeliest characters. Below stands the mean loss of the columns shown, by the "
            "weights as they are now; screen 2 has the same number under the same name, where "
            "it shows the same steps. In a built-in text whose rule is known a ? by a loss says "
            "that it is chance: even the rule gives that character half a chance at most. "
            "Where a small network leaves room, it stands below, unrolled as on screen 2."
        ),
    )
    EMPTY: ClassVar[str] = mark("What the network expects at every time step will stand here.")
    OF_NETWORK: ClassVar[bool] = True

    first: int = 0
    """Index of the leftmost step shown."""

    @property
    def span(self) -> int:
        """As many as a window has."""
        return self._total

    def read_anew(self, reading: Reading, found: int | None = None) -> None:
        """Show another window; what was found in it is to be in sight."""
        if reading != self.reading or found is not None:
            shown = self._layout.steps
            last = max(self._total - shown, 0)
            self.first = 0 if found is None else min(max(found - 1 - shown // 2, 0), last)
        super().read_anew(reading, found)
        self.label()
        self.redraw()

    @property
    def visible_steps(self) -> int:
        """How many steps to ask for, from the first of the window to the last one shown."""
        return self.first + self._layout.steps

    @property
    def visible_rows(self) -> int:
        """How many symbols fit in a column."""
        return self._layout.rows

    def scroll_steps(self, by: int) -> None:
        """Show later steps, or earlier ones where `by` is negative."""
        first = min(max(self.first + by, 0), self._total - self._layout.steps)
        if first != self.first:
            self.first = first
            self.label()
            self.redraw()

    @property
    def _total(self) -> int:
        """Steps of a window."""
        if self.snapshot is None or self.info is None:
            return 8
        return max(self.info.config.seq_length, len(self.snapshot.window.inputs))

    @property
    def _layout(self) -> Layout:
        vocabulary = len(self.info.symbols) if self.info else 1
        return make_layout(self.size.width, self.size.height, vocabulary, self._total)

    def looks(self, snapshot: Snapshot, info: RunInfo) -> Hashable:
        """Return the probabilities."""
        window = snapshot.window
        numbers = (window.top_probs, window.losses, window.least)
        arrays = (window.inputs, window.targets, window.top_ids, *numbers)
        return (*(array.tobytes() for array in arrays), info.symbols)

    def draw_moment(
        self, snapshot: Snapshot, info: RunInfo, width: int, height: int
    ) -> list[Strip]:
        """Draw the columns that fit; those asked for and not yet here stay away for a moment."""
        window, layout = snapshot.window, self._layout
        first = self._leftmost(len(window.inputs))
        return draw(
            window, info.symbols, first, layout, width, height, self.palette, covered=self.covered
        )

    def _leftmost(self, here: int) -> int:
        """Return the index of the leftmost column of a window of which `here` steps are here."""
        return min(self.first, max(here - self._layout.steps, 0))

    def on_resize(self) -> None:
        """Stay within the window when more of it fits."""
        self.first = min(self.first, max(self._total - self._layout.steps, 0))
        super().on_resize()

    def titles(self) -> tuple[str, ...]:
        """Name the unit."""
        unit = tr(self.info.unit if self.info else "character")
        if self.info is not None and self.reading != BEGINNING:
            here = len(self.snapshot.window.inputs) if self.snapshot else 0
            shown = min(self.span, here) if self._layout.steps >= self.span else self.span
            name = tr("Next {unit} · %", unit=unit)
            where = places(self.reading, shown, self.info)
            named = (f"{name} · {place}" for place in where[:-1])
            return (*named, *(f"% · {place}" for place in where[-2:]))
        return (
            tr("Next {unit} at each step · probability in %", unit=unit),
            tr("Next {unit} · probability in %", unit=unit),
            tr("Next {unit} · %", unit=unit),
        )

    def legend(self) -> Content:
        """Say the mean loss of the steps shown, and which these are."""
        total, shown = self._total, self._layout.steps
        window = self.snapshot.window if self.snapshot else None
        if window is None or not window.losses.size:
            return Content("")
        first = self._leftmost(len(window.losses))
        losses, known = (array[first : first + shown] for array in (window.losses, window.least))
        least = float(np.mean(known)) if known.size else np.nan
        mean = f"{loss(float(np.mean(losses))):>5}"
        last = first + len(losses)
        if shown >= total:
            said = tr("mean loss of steps 1–{last}: {loss} nats", last=last, loss=mean)
            short = tr("mean loss 1–{last}: {loss}", last=last, loss=mean)
            return Content(fitting(self.size.width - 4, *beside_mean([said, short], least)))
        left, right = "←" if first else " ", "→" if last < total else " "
        place = {"first": first + 1, "last": last, "total": total, "loss": mean}
        long = tr("mean loss of steps {first}–{last} of {total}: {loss} nats", **place)
        short = tr("mean loss {first}–{last} of {total}: {loss}", **place)
        texts = (f"{left} {text} {right}" for text in beside_mean([long, short], least))
        return Content(fitting(self.size.width - 4, *texts))
