"""What a log tells, event by event: the course of a run up to a moment."""

from collections import deque
from dataclasses import dataclass
from math import nan
from typing import Any

import numpy as np
import numpy.typing as npt

from rnn_tui.runlog.reader import Event
from rnn_tui.text.visible import visible
from rnn_tui.training.history import CAPACITY, History, KnobMark

KEPT = 50
"""Newest samples kept."""


@dataclass(frozen=True, eq=False, slots=True)
class LoggedSample:
    """A text the network wrote."""

    update: int
    temperature: float
    text: str
    ids: npt.NDArray[np.int64]
    probs: npt.NDArray[np.float64]


@dataclass(eq=False, slots=True)
class LoggedBranch:
    """One course of the training."""

    number: int
    history: History
    parent: int = 0
    fork: int = 0
    head: int = 0
    change: str = ""
    marked: int = 0
    """Marks that were there at the fork already."""

    def mark(self, update: int, label: str) -> None:
        """Take in that a knob or weights were turned; at the fork that is what was changed."""
        self.history.mark(update, label)
        if self.parent and update == self.fork:
            there = self.marks_at_fork[self.marked :] or [KnobMark(update, label)]
            self.change = ", ".join(mark.label for mark in there)

    @property
    def marks_at_fork(self) -> list[KnobMark]:
        """Those on the curve at that update."""
        return [mark for mark in self.history.marks if mark.update == self.fork]


class Course:
    """The run as it stands after some of the events; `take` the next."""

    def __init__(self) -> None:
        self.starts = 0
        self.facts: Event = {}
        """The last start: settings, vocabulary, sizes."""
        self._begin({"update": 0})

    def _begin(self, event: Event) -> None:
        self.update = int(event["update"])
        self.seconds = self.pace = 0.0
        """`pace`: updates a second between the last two updates noted."""
        self.epoch = 1
        self.grad_norm = self.learning_rate = nan
        self.temperature = self.speed = 0.0
        self._updated = 0.0
        self.state, self.reason = "running", ""
        self.samples: deque[LoggedSample] = deque(maxlen=KEPT)
        self.branches = {1: LoggedBranch(1, History(), head=self.update)}
        self.branch = self.branches[1]

    def take(self, event: Event) -> None:
        """Go on by one event; one that is not known changes nothing.

        Raises:
            KeyError: The event lacks something.
            TypeError: It holds something of another kind.
            ValueError: The same.
        """
        match event["event"]:
            case "start":
                before = self.branch.history
                self._begin(event)
                self.facts = event
                self.starts += 1
                if self.update:  # it goes on from a checkpoint
                    self.branch.history = before.until(self.update, before)
            case "update":
                self._update(event)
            case "validation":
                self.branch.history.add_validation(int(event["update"]), number(event["loss"]))
            case "knob":
                self.branch.mark(int(event["update"]), visible(str(event["label"])))
            case "sample":
                self.samples.appendleft(sample(event))
            case "state":
                self.state, self.reason = str(event["state"]), visible(str(event["reason"]))
                self.update = int(event["update"])
                self.temperature = number(event["temperature"])
                self.speed = number(event["speed"])
            case "branch":
                self._branch(event)
            case "end":
                self.state, self.reason = "finished", visible(str(event["reason"]))
        self.seconds = float(event.get("seconds", 0.0))

    def _update(self, event: Event) -> None:
        history = self.branch.history
        updates, seconds = int(event["update"]) - self.update, event["seconds"] - self._updated
        self.pace, self._updated = updates / max(seconds, 1e-3), event["seconds"]
        self.update = self.branch.head = int(event["update"])
        if history.bins.update and history.bins.update[-1] >= self.update:  # some were taken back
            history = self.branch.history = history.until(self.update - 1, history)
        self.epoch = int(event["epoch"])
        self.grad_norm, self.learning_rate = (
            number(event[name]) for name in ("grad_norm", "learning_rate")
        )
        history.loss = number(event["loss"])
        history.mean, history.weight = number(event["smoothed"]), 1.0
        low, high = number(event["low"]), number(event["high"])
        history.bins.append(self.update, low, high, history.smoothed)
        if len(history.bins.update) == CAPACITY:
            history.bins.merge_neighbors()

    def _branch(self, event: Event) -> None:
        number, update = int(event["number"]), int(event["update"])
        if number not in self.branches:
            parent = self.branches[int(event["parent"])]
            history = parent.history.until(update, parent.history)
            if history.bins.update:
                history.mean, history.loss = history.bins.smoothed[-1], history.bins.high[-1]
            branch = LoggedBranch(number, history, parent.number, update, update)
            if "marks" in event:  # of those at this update, not all may have been made before
                before = [mark for mark in history.marks if mark.update < update]
                labels = [visible(str(label)) for label in event["marks"]]
                history.marks = before + [KnobMark(update, label) for label in labels]
            branch.marked = len(branch.marks_at_fork)
            self.branches[number] = branch
        self.branch = self.branches[number]
        self.update = update


def sample(event: Event) -> LoggedSample:
    """Return a text the network wrote."""
    ids = np.array(event["ids"], np.int64).reshape(-1)
    probs = np.array(event["probs"], np.float64).reshape(-1)
    if len(ids) != len(probs) or (len(ids) and ids.min() < 0):
        raise ValueError("a sample's numbers do not fit together")
    text = str(event["text"])
    return LoggedSample(int(event["update"]), number(event["temperature"]), text, ids, probs)


def number(value: Any) -> float:
    """Return a number; null stands for one that was not finite."""
    return nan if value is None else float(value)
