"""What is looked at of several runs, and how: what keys change, and what chart and table show."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from rnn_tui.comparing.reading import Found
from rnn_tui.comparing.run import Along, Curve, Floats, Kind, Run
from rnn_tui.comparing.settings import differing
from rnn_tui.comparing.smoothing import smooth


@dataclass(frozen=True, slots=True)
class Choice:
    """How the curves are told."""

    kind: Kind = "training"
    along: Along = "updates"
    smoothing: float = 0.0


class Comparison:
    """Runs, of which some are shown and one is marked, by their places in `runs`."""

    def __init__(self, found: Found) -> None:
        self.runs: Sequence[Run] = found.runs
        self.left_out = found.left_out
        self.differing = differing(found.runs)
        self.choice = Choice()
        self.hidden: set[int] = set()
        self.marked = 0
        self._curves: dict[tuple[int, Choice], Curve] = {}
        self._longest = max((run.updates for run in found.runs), default=0.0)

    @property
    def shown(self) -> list[int]:
        """Those that are not hidden."""
        return [place for place in range(len(self.runs)) if place not in self.hidden]

    def curve(self, place: int) -> Curve:
        """Return the curve of a run, over what is counted (in the place of updates)."""
        key = place, self.choice
        if key not in self._curves:
            if len(self._curves) >= 2 * len(self.runs):  # those of other choices
                self._curves.clear()
            self._curves[key] = self._made(self.runs[place])
        return self._curves[key]

    def _made(self, run: Run) -> Curve:
        choice, curve = self.choice, run.curves[self.choice.kind]
        loss = smooth(curve.update, curve.loss, choice.smoothing, self._longest)
        at = run.along(choice.along, curve.update)
        known = np.isfinite(at)
        return Curve(at[known], loss[known])

    def at(self, place: int, where: float) -> float:
        """Return the loss of a run at a place of the axis; NaN where its curve is not there."""
        return value_at(self.curve(place), where)


def value_at(curve: Curve, where: float) -> float:
    """Return the loss at a place, on the straight line between the points beside it."""
    at: Floats = curve.update
    if not at.size or not at[0] <= where <= at[-1]:
        return float("nan")
    return float(np.interp(where, at, curve.loss))
