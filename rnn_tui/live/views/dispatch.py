"""Looking inside a run: what the screens ask for, and the walk through an update."""

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from typing import Any

from rnn_tui.inspection.walk import Walk
from rnn_tui.inspection.weights import Checker
from rnn_tui.language import mark, phrase
from rnn_tui.live.gradual import Gradual
from rnn_tui.live.run import RefusalError, Run
from rnn_tui.live.throttled import Latest
from rnn_tui.live.views.gradient_checks import said_of_network, said_of_weight
from rnn_tui.live.views.update import opened
from rnn_tui.models.registry import spec_of
from rnn_tui.models.spec import Feature
from rnn_tui.protocol.commands import GoThrough
from rnn_tui.protocol.inside import Inside, InsideView
from rnn_tui.protocol.update import BackpropView
from rnn_tui.training.trainer import Trainer

SHARE = 0.02
"""Of the time, at most so much goes into looking inside while training runs."""


class Inspector:
    """What is seen of the inside of one run."""

    def __init__(self, run: Run, clock: Callable[[], float]) -> None:
        self.run = run
        self.latest: dict[type[InsideView], Latest[Inside]]
        self.latest = defaultdict(lambda: Latest(clock, SHARE))
        self.gradual: dict[type[InsideView], Gradual[Inside]] = {}
        self._clock = clock
        self.walk: Walk | None = None
        self._walks = 0
        self._twin: Trainer | None = None
        self._loss_before = math.nan

    def look(self, view: InsideView) -> Inside | None:
        """Return the part of a snapshot that a view asks for; a little old while training runs.

        None: this network has no such inside, as its description says.
        """
        if view.FEATURE and self._lacks(view.FEATURE):
            return None
        if view.IN_SLICES:
            return self._gradual(view).get(view, self.run, lambda: slices(self.run, view))
        # A walk begins by copying the trainer's state, which would first finish a validation.
        standing = not self.run.running and not self.run.trainer.validating
        latest = self.latest[type(view)]
        if isinstance(view, BackpropView) and standing:
            walk = self._current()
            asked = (view, self._walks, walk.done)
            return latest.get(asked, self.run, lambda: opened(walk, view))
        return latest.get(view, self.run, lambda: answer(self.run, view))

    def is_working_on(self, views: Iterable[InsideView]) -> bool:
        """Return whether there will be more to see of these than there was at the last look."""
        return any(view.IN_SLICES and self._gradual(view).working for view in views)

    def _gradual(self, view: InsideView) -> Gradual[Inside]:
        """Return the last answer to such a question."""
        kind = type(view)
        return self.gradual.setdefault(kind, Gradual(self._clock, SHARE * view.PART))

    def go(self, to: GoThrough) -> str:
        """Walk through the update."""
        if self.run.running:
            raise RefusalError(
                mark("Training runs: {train.pause} pauses it, then {backprop.on} goes on.")
            )
        if lacking := self._lacks("update"):
            raise RefusalError(lacking)
        walk = self._current()
        if walk.done == walk.last and to.to in ("on", "step on"):
            walk = self._begin()
        if to.to == "grown" and not walk.trace.grown(to.name, walk.done):
            raise RefusalError(
                mark("No micro-step so far added to this gradient: {backprop.on} goes on.")
            )
        self._move(walk, to)
        return ""

    @property
    def walked(self) -> int:
        """How many micro-steps of the next update are done; one that is made is none of these."""
        walk = self.walk
        return walk.done if walk and walk.current and not walk.made else 0

    def walk_to(self, done: int) -> None:
        """Have so many micro-steps of the next update done, but not make it."""
        walk = self._current()
        walk.move(min(done, walk.last - 1))

    def check_weight(self, name: str, index: tuple[int, ...]) -> str:
        """Compare a weight's gradient, as far as it is summed up, with a numerical one."""
        shape = getattr(self.run.trainer.model.parameters.get(name), "shape", None)
        if shape is None or len(index) != len(shape) or not all(map(_within, index, shape)):
            raise RefusalError(
                phrase("There is no weight {weight}.", weight=f"{name}{list(index)}")
            )
        walk, trainer = self._at_hand(), self.run.trainer
        T = walk.trace.T if walk else len(trainer.streams.window(trainer.window_index)[0])
        steps = range(walk.trace.since(name, walk.done) if walk else 0, T)
        check = self._checker(walk, steps.start if steps else 0).weight(name, index)
        return said_of_weight(check, trainer.config.num_layers, steps, T)

    def check_network(self) -> str:
        """Compare the gradients of all weights, or of as many as a second allows."""
        walk = self._at_hand()
        rows = self._checker(walk).network()
        return said_of_network(rows, self.run.trainer.model.flat.size)

    def _at_hand(self) -> Walk | None:
        """Return the walk whose update is on the screen; None: there is none."""
        if self.run.running:
            raise RefusalError(
                mark("Training runs: {train.pause} pauses it, then gradients can be checked.")
            )
        return None if self.run.trainer.validating or self._lacks("update") else self._current()

    def _lacks(self, feature: Feature) -> str:
        """Return what the network would need for it; empty where it has it."""
        config = self.run.trainer.config
        return spec_of(config).lacks(feature, config)

    def _checker(self, walk: Walk | None, start: int = 0) -> Checker:
        """Return the network as it is shown: before the update at hand, even where it is made."""
        return Checker(self.run.trainer, walk.trace.before if walk else None, start)

    def _current(self) -> Walk:
        """Return the walk through the update at hand; a new one where training has moved on."""
        return self.walk if self.walk and self.walk.current else self._begin()

    def _begin(self) -> Walk:
        self.walk = Walk(self.run.trainer, make=self._make, twin=self._twin)
        self._twin = self.walk.trace.twin
        self._walks += 1
        return self.walk

    def _make(self) -> None:
        self._loss_before = self.run.loss
        self.run.step()

    def _move(self, walk: Walk, to: GoThrough) -> None:
        was_made = walk.made
        match to.to:
            case "on" | "step on":
                walk.on(time_step=to.to == "step on")
            case "back" | "step back":
                walk.back(time_step=to.to == "step back")
            case "first":
                walk.move(0)
            case "last":
                walk.move(walk.last)
            case "place":
                walk.move(min(to.done, walk.last - 1))
            case "grown":
                walk.move(walk.trace.grown(to.name, walk.done))
        if was_made and not walk.made:
            self.run.update_undone(self._loss_before)


def answer(run: Run, view: InsideView) -> Inside:
    """Have a view answered by the module here that is named like its own in `protocol`."""
    found: Inside = _module(view).answer(run, view)
    return found


def slices(run: Run, view: InsideView) -> Iterator[Inside]:
    """Have it answered bit by bit."""
    found: Iterator[Inside] = _module(view).slices(run, view)
    return found


def _module(view: InsideView) -> Any:
    name = type(view).__module__.rpartition(".")[2]
    return import_module(f"rnn_tui.live.views.{name}")


def _within(i: int, size: int) -> bool:
    return 0 <= i < size
