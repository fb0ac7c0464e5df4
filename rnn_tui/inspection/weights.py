"""Gradient checks: of one weight, and of a whole network.

Both are done in float64, on a copy of the network, on the window that comes next in training:
the gradient that backpropagation through time gives, and what the loss does when the weight is
moved a little (`nn.gradcheck`).
"""

import math
from dataclasses import dataclass

import numpy as np

from rnn_tui.nn.cell import FloatArray, IntArray
from rnn_tui.nn.gradcheck import numerical_gradient
from rnn_tui.training.model import CharModel, ModelState
from rnn_tui.training.trainer import Trainer

BUDGET = 1e9
"""Multiplications a check of a network may take, about: half a second. Of a larger network only
so many weights are checked, evenly spread, on fewer time steps of one sequence."""
DELTAS = (1e-3, 1e-5, 1e-7)
"""How far a weight is moved, until analytic and numerical gradient agree. With little, tiny
gradients of large networks drown in rounding; with much, a ReLU may change sides on the way."""
AGREED = 1e-6
RIGHT = 1e-5
"""A relative error below this says that the derivative is right."""
OVERHEAD = 20_000
"""What a time step costs however small the network, in multiplications."""
MOST_STEPS = 10
TINY = 1e-12
"""A gradient below this is none."""


@dataclass(frozen=True, slots=True)
class WeightCheck:
    """One weight, two ways."""

    name: str
    index: tuple[int, ...]
    value: float
    analytic: float
    numerical: float
    relative_error: float
    """As `Checker.error` measures it."""


@dataclass(frozen=True, slots=True)
class ParameterCheck:
    """All weights, or some of them, of one parameter."""

    name: str
    shape: tuple[int, ...]
    checked: int
    """How many weights were moved."""
    relative_error: float
    """The worst, as `Checker.error` measures it."""


class Checker:
    """A float64 copy of a trainer's network, and the window it is checked on."""

    def __init__(self, trainer: Trainer) -> None:
        config, model = trainer.config, trainer.model
        self.model = CharModel(
            model.vocab_size,
            cell=config.cell,
            activation=config.activation,
            hidden_size=config.hidden_size,
            num_layers=config.num_layers,
            dtype="float64",
            rng=np.random.default_rng(config.seed),
        )
        self.model.flat[:] = model.flat
        self.x: IntArray
        self.y: IntArray
        self.x, self.y = trainer.streams.window(trainer.window_index)
        first = trainer.window_index == 0
        self.state: ModelState = (
            self.model.zero_state(config.batch_size)
            if first
            else tuple(tuple(p.astype(np.float64) for p in layer) for layer in trainer.state)
        )

    def weight(self, name: str, index: tuple[int, ...]) -> WeightCheck:
        """Check one weight on the whole window and batch.

        Raises:
            KeyError: No parameter has that name.
            IndexError: It has no such weight.
        """
        array = self.model.parameters[name]
        value = float(array[index])
        self._differentiate()
        analytic = float(self.model.gradients[name][index])
        place = int(np.ravel_multi_index(index, array.shape))
        moved = array.reshape(-1)[place : place + 1]
        numerical, error = self._numerical(name, moved, analytic)
        return WeightCheck(name, index, value, analytic, numerical, error)

    def _numerical(self, name: str, weight: FloatArray, analytic: float) -> tuple[float, float]:
        """The numerical gradient of one weight (1,) that agrees best, and its error."""
        best = 0.0, np.inf
        for delta in DELTAS:
            numerical = float(numerical_gradient(self._loss, weight, delta)[0])
            error = self.error(name, analytic, numerical)
            best = min(best, (numerical, error), key=lambda found: found[1])
            if error < AGREED:
                break
        return best

    def error(self, name: str, analytic: float, numerical: float) -> float:
        """|a - n| / (|a| + |n|) of a weight of a parameter.

        As in `nn.gradcheck`, what is smaller than a thousandth of the parameter's largest
        gradient is measured against that thousandth: of the rest the difference is rounding.
        """
        largest = float(np.abs(self.model.gradients[name]).max())
        size = max(abs(analytic) + abs(numerical), 2e-3 * largest, TINY)
        return abs(analytic - numerical) / size

    def network(self, budget: float = BUDGET) -> list[ParameterCheck]:
        """Check every parameter, as many of its weights as the budget allows."""
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
        places = np.unique(np.linspace(0, array.size - 1, count).astype(np.intp))
        weights = array.reshape(-1)
        errors = [self._numerical(name, weights[p : p + 1], float(grad[p]))[1] for p in places]
        return ParameterCheck(name, array.shape, len(places), max(errors))

    def _shorten(self) -> None:
        self.x, self.y = self.x[:MOST_STEPS, :1], self.y[:MOST_STEPS, :1]
        self.state = tuple(tuple(p[:1].copy() for p in layer) for layer in self.state)

    def _differentiate(self) -> None:
        self.model.loss_and_grads(self.x, self.y, self.state)

    def _loss(self) -> float:
        return self.model.mean_loss(self.x, self.y, self.state)[0]


def check_network(trainer: Trainer) -> list[ParameterCheck]:
    """Check a trainer's network; the rows of `rnn-tui gradcheck`."""
    return Checker(trainer).network()


def worst(rows: list[ParameterCheck]) -> float:
    """The worst relative error of all; below 1e-6 the derivative is right."""
    return max(row.relative_error for row in rows)
