"""Going through one update, micro-step by micro-step, on and back."""

from collections.abc import Callable
from copy import deepcopy

import numpy as np

from rnn_tui.inspection.microsteps import MicroStep, next_time_step, previous_time_step
from rnn_tui.inspection.trace import Trace
from rnn_tui.training.history import History
from rnn_tui.training.trainer import Trainer


class Walk:
    """A cursor over the micro-steps of the trainer's next update.

    Only the last micro-step changes anything: it has the trainer make its update, and going back
    from it takes the update back.
    """

    def __init__(
        self,
        trainer: Trainer,
        *,
        sequence: int = 0,
        make: Callable[[], object] | None = None,
        twin: Trainer | None = None,
    ) -> None:
        """Stand before the first micro-step.

        Args:
            trainer: Whose next update to go through.
            sequence: Which sequence of the batch to lay open.
            make: Makes the trainer's update; None: `trainer.step`.
            twin: For `Trace`.
        """
        self.trainer = trainer
        self.trace = Trace(trainer, sequence, twin)
        self.done = 0
        """How many micro-steps are done."""
        self._make = make or trainer.step
        self._history: History | None = None

    @property
    def last(self) -> int:
        """How many micro-steps there are."""
        return len(self.trace.steps)

    @property
    def step(self) -> MicroStep | None:
        """The micro-step done last; None at the start."""
        return self.trace.steps[self.done - 1] if self.done else None

    @property
    def made(self) -> bool:
        """Whether the trainer has made the update."""
        return self._history is not None

    @property
    def current(self) -> bool:
        """Whether the trainer is still where this walk left it."""
        expected, trainer = self.trace.after if self.made else self.trace.before, self.trainer
        return (
            trainer.update == expected.update
            and trainer.knobs == expected.knobs
            and np.array_equal(trainer.model.flat, expected.flat, equal_nan=True)
        )

    def move(self, done: int) -> None:
        """Go to where `done` micro-steps are done."""
        done = min(max(done, 0), self.last)
        if done == self.last and not self.made:
            self._history = deepcopy(self.trainer.history)
            self._make()
        elif done < self.last and self._history is not None:
            self.trainer.restore(self.trace.before)
            self.trainer.history, self._history = self._history, None
        self.done = done

    def on(self, *, time_step: bool = False) -> None:
        """Do the next micro-step, or all up to the end of the next time step."""
        self.move(next_time_step(self.trace.steps, self.done) if time_step else self.done + 1)

    def back(self, *, time_step: bool = False) -> None:
        """Undo the last micro-step, or all down to the end of the time step before."""
        self.move(previous_time_step(self.trace.steps, self.done) if time_step else self.done - 1)
