"""The columns of numbers in the table of a race; their widths do not change."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rich.cells import cell_len

from rnn_tui.language import mark, tr
from rnn_tui.models.registry import spec_of
from rnn_tui.protocol.race import EntrantView, RaceView
from rnn_tui.protocol.snapshot import RunInfo
from rnn_tui.tui.renderables.lines import right
from rnn_tui.tui.renderables.numbers import compact, loss, significant, thousands

GAP = 2
"""Cells before a column."""
SAMPLE = 16
"""Cells that a sample is to have before a column less needed has any."""
BIGRAM = mark("−bigram")
"""The head of what a loss is less than the bigram's."""

Cell = Callable[[EntrantView, RunInfo], str]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of numbers."""

    head: str
    width: int
    importance: int
    """1: the last to go where room is scarce; 0: always there."""
    cell: Cell
    decimals: int = 0
    """So many have room behind the point, so that points stand below each other."""

    @property
    def title(self) -> str:
        """The head, over the right end of its numbers."""
        return " " * GAP + right(tr(self.head), self.width)

    def written(self, entrant: EntrantView, info: RunInfo) -> str:
        """Return what it says of a network."""
        text = self.cell(entrant, info)
        if self.decimals and text.replace(",", "").replace(".", "").isdecimal():
            _, point, decimals = text.partition(".")
            missing = self.decimals - len(decimals) + (not point)
            text += " " * min(missing, self.width - len(text))
        return " " * GAP + right(text, self.width)


def columns_of(race: RaceView) -> list[Column]:
    """Return all of them."""
    sizes = [_size(entrant) for entrant in race.entrants]
    wide = max(6, cell_len(tr("params")))
    return [
        Column(mark("size"), max([4, *map(cell_len, sizes)]), 7, lambda e, _: _size(e)),
        Column(mark("params"), wide, 1, _parameters),
        Column(mark("reach"), 6, 4, lambda e, _: _reach(e)),
        Column(mark("update"), 9, 5, lambda e, _: thousands(e.update)),
        Column(mark("loss"), 6, 0, lambda e, _: _told(e.smoothed), 3),
        Column(mark("val."), 6, 0, lambda e, _: _told(e.validation), 3),
        Column(mark("bits"), 6, 6, lambda e, _: _told(_bits(e.smoothed)), 3),
        Column(BIGRAM, 7, 3, lambda e, info: _signed(_bits(e.smoothed - info.bigram))),
        Column(mark("updates/s"), 11, 0, lambda e, _: speed(e), 2),
    ]


def fitting_columns(columns: Sequence[Column], room: int) -> list[Column]:
    """Return those that there is room for, in their order, beside a sample."""
    kept = [column for column in columns if not column.importance]
    for column in sorted((c for c in columns if c.importance), key=lambda c: c.importance):
        if sum(c.width + GAP for c in [*kept, column]) + GAP + SAMPLE <= room:
            kept.append(column)
    return [column for column in columns if column in kept]


def speed(entrant: EntrantView) -> str:
    """Return updates a second or, where it makes none, why."""
    if entrant.state == "stopped":
        return tr("worker gone")
    if not _built(entrant):
        return tr("starting")
    if entrant.state != "running":
        return tr(entrant.state)  # marked in the header
    rate = entrant.updates_per_second
    return significant(rate) if rate >= 1 else f"{rate:.2f}"


def _built(entrant: EntrantView) -> bool:
    return entrant.parameter_count > 0


def _parameters(entrant: EntrantView, _: RunInfo) -> str:
    return compact(entrant.parameter_count) if _built(entrant) else "–"


def _size(entrant: EntrantView) -> str:
    return spec_of(entrant.config).size(entrant.config)


def _reach(entrant: EntrantView) -> str:
    """Return how many symbols back it sees, the present one included."""
    reach = spec_of(entrant.config).reach(entrant.config)
    return tr("all") if reach is None else thousands(reach) if reach < 100_000 else compact(reach)


def _told(nats: float | None) -> str:
    """Return a loss in at most six cells."""
    if nats is None or math.isnan(nats):
        return "–"
    written = loss(nats)
    return written if len(written) <= 6 else compact(nats) if nats < 1e9 else tr("huge")


def _bits(nats: float) -> float:
    return nats / math.log(2)


def _signed(bits: float) -> str:
    """Return a difference in at most seven cells."""
    if math.isnan(bits):
        return "–"
    sign = "+" if bits > 0 else "−" if bits < 0 else " "
    return sign + (f"{abs(bits):.2f}" if abs(bits) < 100 else _told(abs(bits)))
