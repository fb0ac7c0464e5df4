"""Five ways from gradients to a change of the parameters, in order of increasing memory.

Every one works on flat arrays, so an update is a handful of calls however many layers there
are. θ are the parameters, g the gradients, η the learning rate. The definitions and the
default constants are PyTorch's.
"""

import math
from collections.abc import Callable
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


class SGD:
    """θ = θ - η g."""

    def __init__(self, parameters: FloatArray) -> None:
        self.slots: dict[str, FloatArray] = {}
        self.count = 0

    def step(self, parameters: FloatArray, grads: FloatArray, learning_rate: float) -> None:
        """One step against the gradient."""
        self.count += 1
        parameters -= learning_rate * grads


class Momentum:
    """v = μ v + g; θ = θ - η v, with μ = 0.9.

    Source: Sutskever et al. (2013), without Nesterov's look-ahead.
    """

    def __init__(self, parameters: FloatArray) -> None:
        self.slots = {"velocity": np.zeros_like(parameters)}
        self.count = 0

    def step(self, parameters: FloatArray, grads: FloatArray, learning_rate: float) -> None:
        """One step along the velocity."""
        self.count += 1
        v = self.slots["velocity"]
        v *= 0.9
        v += grads
        parameters -= learning_rate * v


class Adagrad:
    """s = s + g²; θ = θ - η g / (√s + ε), with ε = 1e-10.

    Source: Duchi, Hazan & Singer (2011).
    """

    def __init__(self, parameters: FloatArray) -> None:
        self.slots = {"square_sum": np.zeros_like(parameters)}
        self.count = 0

    def step(self, parameters: FloatArray, grads: FloatArray, learning_rate: float) -> None:
        """One step, shorter where gradients have been large."""
        self.count += 1
        s = self.slots["square_sum"]
        s += grads * grads
        parameters -= learning_rate * grads / (np.sqrt(s) + 1e-10)


class RMSprop:
    """s = α s + (1 - α) g²; θ = θ - η g / (√s + ε), with α = 0.99 and ε = 1e-8.

    Source: Tieleman & Hinton (2012), lecture 6.5 of "Neural Networks for Machine Learning".
    """

    def __init__(self, parameters: FloatArray) -> None:
        self.slots = {"square_mean": np.zeros_like(parameters)}
        self.count = 0

    def step(self, parameters: FloatArray, grads: FloatArray, learning_rate: float) -> None:
        """One step, shorter where gradients have lately been large."""
        self.count += 1
        s = self.slots["square_mean"]
        s *= 0.99
        s += 0.01 * grads * grads
        parameters -= learning_rate * grads / (np.sqrt(s) + 1e-8)


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

    def step(self, parameters: FloatArray, grads: FloatArray, learning_rate: float) -> None:
        """One step of about the learning rate in every direction."""
        self.count += 1
        m, v = self.slots["mean"], self.slots["square_mean"]
        m *= 0.9
        m += 0.1 * grads
        v *= 0.999
        v += 0.001 * grads * grads
        m_scale = learning_rate / (1 - 0.9**self.count)
        v_scale = 1 / math.sqrt(1 - 0.999**self.count)
        parameters -= m_scale * m / (np.sqrt(v) * v_scale + 1e-8)


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
