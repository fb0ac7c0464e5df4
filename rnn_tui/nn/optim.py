"""Five ways from gradients to a change of the parameters, in order of increasing memory.

Every one works on flat arrays, so an update is a handful of calls however many layers there
are. θ are the parameters, g the gradients, η the learning rate. The definitions and the
default constants are PyTorch's.
"""

import math
from collections.abc import Callable
from functools import cache
from typing import Protocol

import numpy as np

from rnn_tui.nn.cell import FloatArray


class Optimizer(Protocol):
    """What an optimizer promises; `slots` and `count` are all that it remembers."""

    slots: dict[str, FloatArray]
    """Running averages and sums, each as long as the parameters."""
    count: int
    """Steps taken."""

    def step(self, parameters: FloatArray, grads: FloatArray, learning_rate: float) -> None:
        """Change the parameters in place; the gradients are left as they are."""


BLOCK = 16384
"""Elements worked on at a time, so that all passes over them stay in the cache."""


@cache
def blocks(size: int) -> tuple[slice, ...]:
    """Cut a flat array of that size into pieces."""
    return tuple(slice(start, start + BLOCK) for start in range(0, size, BLOCK))


class SGD:
    """θ = θ - η g."""

    def __init__(self, parameters: FloatArray) -> None:
        self.slots: dict[str, FloatArray] = {}
        self.count = 0
        self._work = np.empty_like(parameters[:BLOCK])

    def step(self, parameters: FloatArray, grads: FloatArray, learning_rate: float) -> None:
        """One step against the gradient."""
        self.count += 1
        for part in blocks(len(parameters)):
            g = grads[part]
            work = self._work[: len(g)]
            np.multiply(g, learning_rate, out=work)
            parameters[part] -= work


class Momentum:
    """v = μ v + g; θ = θ - η v, with μ = 0.9.

    Source: Sutskever et al. (2013), without Nesterov's look-ahead.
    """

    def __init__(self, parameters: FloatArray) -> None:
        self.slots = {"velocity": np.zeros_like(parameters)}
        self.count = 0
        self._work = np.empty_like(parameters[:BLOCK])

    def step(self, parameters: FloatArray, grads: FloatArray, learning_rate: float) -> None:
        """One step along the velocity."""
        self.count += 1
        for part in blocks(len(parameters)):
            v = self.slots["velocity"][part]
            work = self._work[: len(v)]
            v *= 0.9
            v += grads[part]
            np.multiply(v, learning_rate, out=work)
            parameters[part] -= work


class Adagrad:
    """s = s + g²; θ = θ - η g / (√s + ε), with ε = 1e-10.

    Source: Duchi, Hazan & Singer (2011).
    """

    def __init__(self, parameters: FloatArray) -> None:
        self.slots = {"square_sum": np.zeros_like(parameters)}
        self.count = 0
        self._work = np.empty_like(parameters[:BLOCK])

    def step(self, parameters: FloatArray, grads: FloatArray, learning_rate: float) -> None:
        """One step, shorter where gradients have been large."""
        self.count += 1
        for part in blocks(len(parameters)):
            g, s = grads[part], self.slots["square_sum"][part]
            work = self._work[: len(g)]
            np.multiply(g, g, out=work)
            s += work
            go(parameters[part], learning_rate, g, s, 1e-10, work)


class RMSprop:
    """s = α s + (1 - α) g²; θ = θ - η g / (√s + ε), with α = 0.99 and ε = 1e-8.

    Source: Tieleman & Hinton (2012), lecture 6.5 of "Neural Networks for Machine Learning".
    """

    def __init__(self, parameters: FloatArray) -> None:
        self.slots = {"square_mean": np.zeros_like(parameters)}
        self.count = 0
        self._work = np.empty_like(parameters[:BLOCK])

    def step(self, parameters: FloatArray, grads: FloatArray, learning_rate: float) -> None:
        """One step, shorter where gradients have lately been large."""
        self.count += 1
        for part in blocks(len(parameters)):
            g, s = grads[part], self.slots["square_mean"][part]
            work = self._work[: len(g)]
            s *= 0.99
            np.multiply(g, g, out=work)
            work *= 0.01
            s += work
            go(parameters[part], learning_rate, g, s, 1e-8, work)


class Adam:
    """RMSprop with momentum, and a correction for both averages starting at zero.

    m = β₁ m + (1 - β₁) g; v = β₂ v + (1 - β₂) g²;
    θ = θ - η m̂ / (√v̂ + ε), with m̂ = m / (1 - β₁ᵗ), v̂ = v / (1 - β₂ᵗ),
    β₁ = 0.9, β₂ = 0.999, ε = 1e-8.

    Source: Kingma & Ba (2015), algorithm 1.
    """

    def __init__(self, parameters: FloatArray) -> None:
        self.slots = {"mean": np.zeros_like(parameters), "square_mean": np.zeros_like(parameters)}
        self.count = 0
        self._work = np.empty_like(parameters[:BLOCK])

    def step(self, parameters: FloatArray, grads: FloatArray, learning_rate: float) -> None:
        """One step of about the learning rate in every direction."""
        self.count += 1
        # Both corrections are numbers: η m̂ / (√v̂ + ε) = η' m / (√v + ε'), with c = √(1 - β₂ᵗ),
        # η' = η c / (1 - β₁ᵗ), ε' = ε c.
        c = math.sqrt(1 - 0.999**self.count)
        rate = learning_rate * c / (1 - 0.9**self.count)
        for part in blocks(len(parameters)):
            g, m, v = grads[part], self.slots["mean"][part], self.slots["square_mean"][part]
            work = self._work[: len(g)]
            np.subtract(g, m, out=work)
            work *= 0.1
            m += work
            np.multiply(g, g, out=work)
            work -= v
            work *= 0.001
            v += work
            go(parameters[part], rate, m, v, 1e-8 * c, work)


def go(
    parameters: FloatArray,
    rate: float,
    direction: FloatArray,
    squares: FloatArray,
    epsilon: float,
    work: FloatArray,
) -> None:
    """θ = θ - η d / (√s + ε)."""
    np.sqrt(squares, out=work)
    work += epsilon
    np.divide(direction, work, out=work)
    work *= rate
    parameters -= work


OPTIMIZERS: dict[str, Callable[[FloatArray], Optimizer]] = {
    "sgd": SGD,
    "momentum": Momentum,
    "adagrad": Adagrad,
    "rmsprop": RMSprop,
    "adam": Adam,
}


def make_optimizer(name: str, parameters: FloatArray) -> Optimizer:
    """The optimizer of that name, for a flat array of parameters.

    Raises:
        KeyError: No optimizer has that name.
    """
    return OPTIMIZERS[name](parameters)
