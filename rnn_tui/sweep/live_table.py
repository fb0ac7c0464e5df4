"""The table that shows how a sweep goes: done, under way, the best, how long it will take."""

from collections.abc import Sequence
from dataclasses import dataclass

from rich.console import Console, Group
from rich.live import Live
from rich.table import Table
from rich.text import Text

from rnn_tui.sweep.progress import Underway
from rnn_tui.sweep.record import Record
from rnn_tui.sweep.run import Result, Run
from rnn_tui.sweep.summary import told_loss
from rnn_tui.sweep.words import NONE, loss, roughly

AROUND = 5
"""Lines of the terminal that are not for runs: two above, two below, and the shell's."""


@dataclass(frozen=True, slots=True)
class Now:
    """What is to be shown."""

    record: Record
    underway: Sequence[Underway]
    seconds_left: float | None
    best: tuple[Run, Result] | None


class LiveTable:
    """Paints over itself, and is gone at the end; nothing but the caller makes it paint."""

    def __init__(self, console: Console | None = None) -> None:
        self.console = console or Console()
        self._live = Live(console=self.console, auto_refresh=False, transient=True)

    def begin(self) -> None:
        """Begin to paint."""
        self._live.start()

    def end(self) -> None:
        """Leave the terminal as it was."""
        self._live.stop()

    def paint(self, now: Now) -> None:
        """Show how it goes."""
        self._live.update(Group(*self._parts(now)), refresh=True)

    def _parts(self, now: Now) -> "list[Text | Table]":
        record, count = now.record, len(now.underway)
        left = "" if now.seconds_left is None else f" · about {roughly(now.seconds_left)} left"
        said = f"{record.done} of {len(record.runs)} runs done · {count} under way{left}"
        room = max(1, self.console.height - AROUND)
        parts: list[Text | Table] = [_line(said, "bold")]
        parts.append(_table(now.underway[:room]) if count else _line("The workers are starting."))
        if count > room:
            parts.append(_line(f"and {count - room} more"))
        parts.append(_line(_best(now.best)))
        return parts


def _line(said: str, style: str = "") -> Text:
    return Text(said, style=style, no_wrap=True, overflow="ellipsis")


def _table(underway: Sequence[Underway]) -> Table:
    table = Table(box=None, pad_edge=False, expand=False)
    table.add_column("run", no_wrap=True, overflow="ellipsis", ratio=1)
    ends = [f"{one.run.config.updates:,}" if one.run.config.updates else "" for one in underway]
    # As wide as at the end: nothing moves while the numbers grow.
    widest = max(2 * len(end) + len(" of ") for end in ends)
    for name, width in (("update", widest), ("loss", 7), ("validation", 10)):
        table.add_column(name, justify="right", no_wrap=True, min_width=width)
    for one, end in zip(underway, ends, strict=True):
        update = f"{one.update:,}" + (f" of {end}" if end else "")
        table.add_row(Text(one.run.name), update, loss(one.loss), loss(one.validation))
    return table


def _best(best: tuple[Run, Result] | None) -> str:
    if best is None:
        return f"best: {NONE} (no run is at its end yet)"
    run, result = best
    kind = "loss" if result.best is None else "validation"
    return f"best: {kind} {loss(told_loss(result))}, {run.name}"
