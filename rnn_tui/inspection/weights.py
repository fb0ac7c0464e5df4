"""Gradient checks: of one weight, and of a whole network.

Both are done in float64, on a copy of the network, on one window of training: the gradient that
backpropagation through time gives, and what the loss does when the weight is moved a little
(`slope.py`). What a numerical slope cannot tell is said as that, and is no fault of the gradient:
`verdict.py`.
"""

import math
from dataclasses import replace
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from rnn_tui.errors import InputError
from rnn_tui.inspection.forward import one_of
from rnn_tui.inspection.precision import loss_of, rounding
from rnn_tui.inspection.slope import noise, slope
from rnn_tui.inspection.verdict import ParameterCheck, WeightCheck, summed_up
from rnn_tui.language import phrase
from rnn_tui.models.protocol import Model, ModelState
from rnn_tui.models.registry import build
from rnn_tui.nn.buffers import as_rows
from rnn_tui.nn.cell import FloatArray, IntArray, Parameters
from rnn_tui.nn.flat import views
from rnn_tui.nn.stack import EVERY, cut
from rnn_tui.training.dropout import dropping, masks_of
from rnn_tui.training.trainer import Trainer, TrainerState

BUDGET = 1e9
"""Multiplications a check of a network may take, about: half a second. Of a larger network only
so many weights are checked, evenly spread, on fewer time steps of one sequence."""
OVERHEAD = 20_000
"""What a time step costs however small the network, in multiplications."""
MOST_STEPS = 10


class Checker:
    """A float64 copy of a trainer's network, and the window it is checked on."""

    def __init__(self, trainer: Trainer, at: TrainerState | None = None, start: int = 0) -> None:
        """Copy the network.

        Args:
            trainer: Left as it is.
            at: Before which update; None: the next.
            start: The first time step, from 0, that the weights are moved in. The gradient is
                then what this step and all later ones add to it.
        """
        config, at = trainer.config, at or trainer.copy_state()
        exact = replace(config, dtype="float64")
        self.model: Model = build(exact, trainer.model.vocab_size)
        self.model.flat[:] = at.flat
        index = at.update % trainer.windows_per_epoch
        x, y = trainer.streams.window(index)
        state: ModelState = (
            self.model.zero_state(config.batch_size)
            if index == 0
            else tuple(tuple(exactly(part) for part in layer) for layer in at.hidden)
        )
        masks, early = masks_of(exact, at.update, x.shape), slice(start)
        if start:
            before = dropping(self.model, cut(masks, early, EVERY))
            state = before.forward(x[early], state)[1]
        self._masks = cut(masks, slice(start, None), EVERY)
        self.model = dropping(self.model, self._masks)
        self.x: IntArray = x[start:]
        self.y: IntArray = y[start:]
        self.state = state
        self._share = self.x.size / x.size

    def weight(self, name: str, index: tuple[int, ...]) -> WeightCheck:
        """Check one weight on the whole window and batch.

        Raises:
            KeyError: No parameter has that name.
            IndexError: It has no such weight.
            InputError: The loss is not finite.
        """
        array = self.model.parameters[name]
        self._differentiate()
        analytic = float(self.model.gradients[name][index])
        place = int(np.ravel_multi_index(index, array.shape))
        return self._moved(name, array, place, analytic)

    def network(self, budget: float = BUDGET) -> list[ParameterCheck]:
        """Check every parameter, as many of its weights as the budget allows.

        Raises:
            InputError: The loss is not finite.
        """
        total = self.model.flat.size
        if total * self._cost > budget:
            self._shorten()
        affordable = max(1, int(budget / self._cost))
        self._differentiate()
        return [
            self._parameter(name, min(array.size, math.ceil(affordable * array.size / total)))
            for name, array in self.model.parameters.items()
        ]

    @property
    def _cost(self) -> int:
        """Multiplications to check one weight: the loss is needed four times."""
        T, B = self.x.shape
        return int(4 * T * (self.model.flat.size * B + OVERHEAD))

    def _parameter(self, name: str, count: int) -> ParameterCheck:
        array, grad = self.model.parameters[name], self.model.gradients[name].reshape(-1).copy()
        places = np.unique(np.linspace(0, array.size - 1, count).astype(np.intp)).tolist()
        found = [self._moved(name, array, place, float(grad[place])) for place in places]
        return summed_up(name, array.shape, found)

    def _moved(self, name: str, array: FloatArray, place: int, analytic: float) -> WeightCheck:
        """Move the weight at a place of the flat array and look what the loss does."""
        weight = array.reshape(-1)[place : place + 1]
        index = tuple(int(i) for i in np.unravel_index(place, array.shape))
        value, rounded = float(weight[0]), float(self._rounding[name][index])
        return WeightCheck(
            name, index, value, analytic, rounded, slope(self._loss, weight, self._noise)
        )

    @cached_property
    def _noise(self) -> float:
        return noise(self._loss, self.model.flat, np.random.default_rng(0))

    @cached_property
    def _rounding(self) -> Parameters:
        found = rounding(self.model, self.x, self.y, self.state) * self._share
        return views(found, self.model.parameters)

    def _shorten(self) -> None:
        self.x, self.y = self.x[:MOST_STEPS, :1], self.y[:MOST_STEPS, :1]
        self.state = one_of(self.state, 0)
        self.model = dropping(self.model, cut(self._masks, slice(MOST_STEPS), slice(1)))

    def _differentiate(self) -> None:
        loss, _ = self.model.loss_and_grads(self.x, self.y, self.state)
        if not (math.isfinite(loss) and np.isfinite(self.model.grads_flat).all()):
            said = phrase("the loss is {loss}: there is no gradient to compare", loss=f"{loss:g}")
            raise InputError(said)
        self.model.grads_flat *= self._share

    def _loss(self) -> tuple[float, bytes]:
        """Return the loss, and which ReLUs are on."""
        logits, _ = self.model.forward(self.x, self.state)
        loss = loss_of(as_rows(logits).T, self.y.ravel()) * self._share
        return loss, self.model.relus_on(self.x, self.state)


def exactly(part: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """Return a part of a state in float64, where it is not ids."""
    return part.astype(np.float64) if part.dtype.kind == "f" else part.copy()


def check_network(trainer: Trainer) -> list[ParameterCheck]:
    """Check a trainer's network; the rows of `rnn-tui gradcheck`."""
    return Checker(trainer).network()


def worst(rows: list[ParameterCheck]) -> float:
    """Return the worst relative error of all that could be told; NaN: of none it could."""
    told = [row.relative_error for row in rows if not math.isnan(row.relative_error)]
    return max(told, default=math.nan)
