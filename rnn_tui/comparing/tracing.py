"""From the lines of a log to the runs in it: each start, on the branch on which it ended."""

import math
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from rnn_tui.comparing.points import NO_ROWS, Rows, Thinned, joined, number
from rnn_tui.comparing.run import Curve, Run, Setting
from rnn_tui.language import mark
from rnn_tui.runlog.reader import Event, whole
from rnn_tui.text.visible import visible
from rnn_tui.training.history import History

UPDATE, SAMPLE = b'{"event":"update",', b'{"event":"sample",'
"""How most lines begin; samples are the long ones, and nothing is looked for in them."""
MOST_BRANCHES = 16
"""A screen holds eight; of a log with more the oldest are forgotten."""
MOST_SETTINGS, LONGEST = 60, 200
"""Settings taken from a log, and characters of a text in one: there are thirty, and a name."""
TEXT, PARAMETERS = mark("text"), mark("parameters")


@dataclass(slots=True)
class Branch:
    """One course of the training."""

    rows: Rows = field(default_factory=NO_ROWS.copy)
    validations: History = field(default_factory=History)
    new: Thinned = field(default_factory=Thinned)

    def settle(self, later: Callable[[Rows], float]) -> None:
        """Read what is new; `later` says how many seconds are to be added to it."""
        rows, self.new = self.new.rows(), Thinned()
        if len(rows):
            rows[:, 1] += later(rows)
            self.rows = joined(self.rows, rows)

    def until(self, update: float) -> "Branch":
        """Return the course up to an update."""
        history = self.validations.until(int(update), self.validations)
        return Branch(self.rows[self.rows[:, 0] <= update], history)


class Trace:
    """A run while its log is read."""

    def __init__(self, start: Event, before: "Trace | None" = None) -> None:
        """Begin.

        Args:
            start: The event.
            before: The run before it in the log, whose curve one from a checkpoint continues.
        """
        self.facts = start
        self.state, self.ended = "running", False
        going_on = before if number(start["update"]) else None
        self.name: str = going_on.name if going_on else ""
        self.branch: Branch = (
            going_on.branch.until(number(start["update"])) if going_on else Branch()
        )
        self.branches = {1: self.branch}
        self._since = float(self.branch.rows[-1, 1]) if len(self.branch.rows) else 0.0
        """Seconds that the run has gone on for at the start."""
        self.clock: float = before.clock if before and not before.ended else 0.0
        """What the log's clock showed then: it goes on where a key began the run again."""
        self._offset: float | None = None

    def go_over(self, event: Event) -> None:
        """Go on with another branch: a new one, or one that is there."""
        self.settle()
        name, update = int(event["number"]), number(event["update"])
        if name not in self.branches:
            parent = self.branches.get(int(event["parent"]), self.branch)
            self.branches[name] = parent.until(update)
        self.branch = self.branches[name]
        while len(self.branches) > MOST_BRANCHES:
            del self.branches[next(one for one in self.branches if one != name)]

    def settle(self) -> None:
        """Read what is new of the present branch."""
        self.branch.settle(self._later)

    def _later(self, rows: Rows) -> float:
        """Return how much later rows are than their log says."""
        if self._offset is None:
            goes_on = rows[0, 1] >= self.clock
            self._offset = self._since - (self.clock if goes_on else 0.0)
        self.clock = float(rows[-1, 1])
        return self._offset

    def run(self, name: str) -> Run:
        """Return what was found."""
        self.settle()
        rows = self.branch.rows
        update = rows[:, 0].copy()
        pairs = np.array(self.branch.validations.validations).reshape(-1, 2)
        settings = settings_of(self.facts)
        seen = [settings.get(name) for name in ("batch-size", "seq-length")]
        return Run(
            name=self.name or name,
            settings=settings,
            curves={
                "training": Curve(update, rows[:, 3].copy()),
                "each": Curve(update, rows[:, 2].copy()),
                "validation": Curve(pairs[:, 0], pairs[:, 1]),
            },
            seconds=Curve(update, np.maximum.accumulate(rows[:, 1])),
            per_epoch=positive(self.facts.get("windows_per_epoch")),
            per_update=positive(seen[0]) * positive(seen[1]),
            best=self.branch.validations.lowest(),
            state=self.state,
        )


class Tracer:
    """Takes the lines of a log, and has the runs that were begun in it."""

    def __init__(self) -> None:
        self.traces: list[Trace] = []
        self.newest = 0
        """The highest version of the format that was met."""

    def take(self, lines: list[bytes]) -> None:
        """Go on by some lines; what is damaged, or not known, changes nothing."""
        updates: list[bytes] = []
        for line in lines:
            if line.startswith(UPDATE):
                updates.append(line)
            elif line and not line.startswith(SAMPLE) and (event := event_of(line)):
                if event["event"] in ("start", "branch", "update"):
                    self._add(updates)
                    updates = [line] if event["event"] == "update" else []
                with suppress(KeyError, TypeError, ValueError, OverflowError):
                    self._obey(event)
        self._add(updates)

    def _add(self, updates: list[bytes]) -> None:
        if self.traces:
            self.traces[-1].branch.new.add(updates)

    def _obey(self, event: Event) -> None:
        if event["event"] == "start":
            self.newest = max(self.newest, event["version"])
            self._begin(event)
        elif self.traces:
            obey(self.traces[-1], event)

    def _begin(self, event: Event) -> None:
        if self.traces:
            self.traces[-1].settle()
        trace = Trace(event, self.traces[-1] if self.traces else None)
        if number(event["update"]):
            del self.traces[-1:]  # it is the same run
        self.traces.append(trace)


def obey(trace: Trace, event: Event) -> None:
    """Take in an event of a run."""
    match event["event"]:
        case "validation":
            update, loss = int(event["update"]), number(event["loss"])
            if 0 <= update < 1 << 53:
                trace.branch.validations.add_validation(update, loss)
        case "state":
            trace.state = visible(str(event["state"]))[:LONGEST]
        case "end":
            trace.ended = True
        case "branch":
            trace.go_over(event)
        case "name":
            trace.name = visible(str(event["name"]))[:LONGEST]


def event_of(line: bytes) -> Event | None:
    """Return the event of a line; None: it is damaged."""
    try:
        return whole(line)
    except RecursionError:
        return None


def settings_of(facts: Mapping[str, Any]) -> dict[str, Setting]:
    """Return the settings of a run by the names of their options, with text and size."""
    found = {TEXT: facts.get("corpus_name"), **scalars(facts.get("config"))}
    found[PARAMETERS] = facts.get("parameter_count")
    return {
        name: visible(value)[:LONGEST] if isinstance(value, str) else value
        for name, value in found.items()
        if value is None or isinstance(value, str | int | float)
    }


def scalars(config: Any) -> dict[str, Any]:
    """Return the settings in a log, whatever it says they are."""
    if not isinstance(config, dict):
        return {}
    names = list(config)[:MOST_SETTINGS]
    return {visible(name)[:LONGEST].replace("_", "-"): config[name] for name in names}


def positive(value: object) -> float:
    """Return a positive number, NaN where it is none."""
    known = isinstance(value, int | float) and 0 < value < 2**53
    return float(value) if known and isinstance(value, int | float) else math.nan
