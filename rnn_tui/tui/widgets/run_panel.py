"""What is trained and how, for screens that have the room."""

import math
from collections.abc import Iterable

from textual.content import Content
from textual.widgets import Static

from rnn_tui.language import padded, tr
from rnn_tui.protocol.snapshot import RunInfo, Snapshot
from rnn_tui.text.steady import steady
from rnn_tui.tui.renderables.loss import time_bar
from rnn_tui.tui.renderables.numbers import significant, trimmed
from rnn_tui.tui.renderables.run_facts import Fact, facts
from rnn_tui.tui.widgets.panel import Shown

_NAME = 12
"""Cells for the name of a fact."""


class RunPanel(Static, Shown):
    """The settings, the numbers that no other panel shows, and what was chosen unasked."""

    DEFAULT_CSS = """
    RunPanel {
        height: 1fr;
        border: round $foreground 30%;
        border-title-color: $foreground;
        border-title-background: $background 0%;
        padding: 0 1;
    }
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(tr("The settings of the run will stand here."), id=id, markup=False)
        self._shown: tuple[object, ...] = ()
        self.speak()

    def speak(self) -> None:
        """Name the panel in the language that is spoken now."""
        self.border_title = Content(tr("This run"))

    def show(self, snapshot: Snapshot, info: RunInfo) -> None:
        """Draw this moment, where there is room for it."""
        if not self.display:
            return
        now, time = _now(snapshot), _time(snapshot)
        if self._shown != (id(info), now, time):
            self._shown = (id(info), now, time)
            self.update(_page(info, now, time))


def _now(snapshot: Snapshot) -> tuple[Fact, ...]:
    """Return the numbers of a moment."""
    loss = snapshot.smoothed
    limit = tr("full")
    if snapshot.speed:
        limit = tr("at most {speed} updates/s", speed=trimmed(snapshot.speed))
    perplexity = math.exp(min(loss, 700.0)) if not math.isnan(loss) else math.nan
    return (
        (tr("seed"), str(snapshot.seed)),
        (tr("speed"), limit),
        (tr("temperature"), trimmed(snapshot.temperature)),
        (
            tr("gradient"),
            tr("{norm} (norm before clipping)", norm=significant(snapshot.grad_norm)),
        ),
        (tr("perplexity"), tr("{number} (smoothed)", number=significant(perplexity))),
        (tr("bits/char"), tr("{number} (smoothed)", number=significant(loss / math.log(2)))),
    )


def _time(snapshot: Snapshot) -> tuple[Fact, ...]:
    """Return the branches, and what going back costs."""
    return tuple(time_bar.facts(snapshot.past)) if snapshot.past else ()


def _page(info: RunInfo, now: Iterable[Fact], time: Iterable[Fact]) -> Content:
    settings = [fact for fact in facts(info) if fact[0] != tr("seed")]
    notes = [Content(steady(tr(note))) for note in info.notes]
    return Content("\n").join(
        [
            *map(_line, settings),
            _heading(tr("now")),
            *map(_line, now),
            *([_heading(tr("training time")), *map(_line, time)] if time else []),
            *([_heading(tr("notes")), *notes] if notes else []),
        ]
    )


def _line(fact: Fact) -> Content:
    name, value = fact
    return Content.assemble((padded(name, _NAME), "dim"), value)


def _heading(text: str) -> Content:
    return Content.styled(f"\n{text}", "bold")
