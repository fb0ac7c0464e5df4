"""One update laid open: every quantity of every time step, for one sequence of the batch.

The trainer itself is not touched: a second one, in the same state, makes the same update, bit for
bit, and its network is what is looked at, through a window of its kind (`windows/`).
"""

import math
from functools import cached_property, lru_cache
from typing import Any

import numpy as np

from rnn_tui.inspection.backward import BackwardStep
from rnn_tui.inspection.clipping import Clipping
from rnn_tui.inspection.forward import ForwardStep
from rnn_tui.inspection.microsteps import MicroStep, micro_steps
from rnn_tui.inspection.names import layer_of
from rnn_tui.inspection.windows.choice import window_of
from rnn_tui.models.protocol import ModelState
from rnn_tui.nn.cell import FloatArray, Parameters
from rnn_tui.nn.clip import clip_factor
from rnn_tui.nn.flat import views
from rnn_tui.training.dropout import dropping, masks_of
from rnn_tui.training.trainer import StepReport, Trainer, TrainerState


class Trace:
    """The update that a trainer would make next."""

    def __init__(self, trainer: Trainer, sequence: int = 0, twin: Trainer | None = None) -> None:
        """Make the update once, on the side.

        Args:
            trainer: In the state before the update; left as it is.
            sequence: Which sequence of the batch to lay open.
            twin: A trainer of the same settings and text to work with, if there is one already.
        """
        self.sequence = sequence
        self.before: TrainerState = trainer.capture()
        self.twin = twin or Trainer(trainer.config, trainer.corpus)
        self._enter()
        self.x, self.y = self.twin.streams.window(self.twin.window_index)
        model = self.model = self.twin.model
        first = trainer.window_index == 0
        B = trainer.config.batch_size
        start: ModelState = model.zero_state(B) if first else self.before.hidden
        masks = masks_of(trainer.config, self.before.update, self.x.shape)
        dropping(model, masks).loss_and_grads(self.x, self.y, start)
        self.raw_grads: FloatArray = model.grads_flat.copy()
        """Before clipping (P,)."""
        self.report: StepReport = self.twin.step()
        self.grads: FloatArray = model.grads_flat.copy()
        """After clipping (P,)."""
        self.after: TrainerState = self.twin.capture()
        self._enter()
        self.window = window_of(
            trainer.config, dropping(model, masks), self.x, self.y, start, sequence
        )
        self.steps: tuple[MicroStep, ...] = micro_steps(self.T, self.window.layers)
        self.contribution = lru_cache(maxsize=2)(self.window.contribution)
        self._totals: dict[int, Parameters] = {}

    @property
    def T(self) -> int:  # noqa: N802
        """Time steps of the window."""
        return len(self.x)

    @property
    def loss(self) -> float:
        """Mean over the window and the batch, as the update had it."""
        return self.report.loss

    @property
    def learning_rate(self) -> float:
        """Of this update."""
        return self.report.learning_rate

    def forward(self, t: int) -> ForwardStep[Any]:
        """Return what happens at time step t (from 0), forward."""
        return self.window.forward(t)

    @cached_property
    def losses(self) -> FloatArray:
        """Of every time step of the sequence (T,)."""
        return np.array([self.forward(t).loss for t in range(self.T)])

    def backward(self, t: int) -> BackwardStep[Any]:
        """Return what happens at time step t, backward."""
        return self.window.backward(t)

    def total(self, done: int) -> Parameters:
        """Return the gradients summed up over the whole batch when `done` micro-steps are done."""
        since = {name: self.since(name, done) for name in self.model.parameters}
        # The latest first: an earlier sum goes on from it.
        sums = {t: self._total_from(t) for t in sorted(set(since.values()), reverse=True)}
        return {name: sums[t][name] for name, t in since.items()}

    def since(self, name: str, done: int) -> int:
        """Return from which time step on a parameter's gradient is summed up; T: from none yet."""
        step = self.steps[done - 1] if done else None
        if step is None or step.phase in ("forward", "loss"):
            return self.T
        if step.phase != "backward":
            return 0
        here = (other for other in self.steps[:done] if other.group == step.group)
        return step.t if any(_adds(other, name) for other in here) else step.t + 1

    def added(self, step: MicroStep) -> Parameters:
        """Return what a micro-step adds to the gradients; empty where it adds nothing."""
        if step.phase != "backward":
            return {}
        grads = self.contribution(step.t)
        return {name: grad for name, grad in grads.items() if _adds(step, name)}

    def grown(self, name: str, done: int) -> int:
        """Return after which of the micro-steps done a gradient has grown last; 0: after none."""
        steps = enumerate(self.steps[:done], 1)
        adding = (at for at, one in steps if one.phase == "backward" and _adds(one, name))
        return max(adding, default=0)

    @property
    def clipping(self) -> Clipping:
        """What clipping did to the gradient."""
        config = self.twin.config
        norm, after = (math.sqrt(float(g @ g)) for g in (self.raw_grads, self.grads))
        largest, limit = config.clip_norm, config.clip_value
        factor = 1.0 if largest is None else clip_factor(norm, largest)
        cut = 0 if limit is None else int((np.abs(self.raw_grads) > limit).sum())
        return Clipping(norm, after, largest, factor, limit, cut)

    def named(self, flat: FloatArray) -> Parameters:
        """Return an array over all parameters (P,) as views by the parameters' names."""
        return views(flat, self.model.parameters)

    def _enter(self) -> None:
        self.twin.restore(self.before)

    def _total_from(self, t: int) -> Parameters:
        """Sum of the contributions of the time steps from the last down to t."""
        kept = self._totals
        if t not in kept:
            start = min((later for later in kept if later > t), default=self.T)
            zeros = {n: np.zeros_like(p) for n, p in self.model.parameters.items()}
            kept.setdefault(self.T, zeros)
            for earlier in reversed(range(t, start)):
                grads, sums = self.contribution(earlier), kept[earlier + 1]
                kept[earlier] = {name: sums[name] + grads[name] for name in sums}
                for old in set(kept) - {earlier, earlier + 1, self.T}:
                    del kept[old]
        return kept[t]


def _adds(step: MicroStep, name: str) -> bool:
    """Return whether a backward micro-step adds to a parameter's gradient."""
    return layer_of(name) == step.layer
