"""Five ways from gradients to a change of the parameters, in order of increasing memory.

Every one works on flat arrays, so an update is a handful of calls however many layers there
are. θ are the parameters, g the gradients, η the learning rate, λ the weight decay. The
definitions and the default constants are PyTorch's.
"""

import math
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

Pieces = list[tuple[slice, tuple[FloatArray, ...]]]


def cut(parameters: FloatArray, slots: dict[str, FloatArray]) -> Pieces:
    """Return where each piece lies, the slots there in order, and as much room to work in."""
    room, pieces = np.empty_like(parameters[:BLOCK]), []
    for start in range(0, len(parameters), BLOCK):
        part = slice(start, min(start + BLOCK, len(parameters)))
        there = (slot[part] for slot in slots.values())
        pieces.append((part, (*there, room[: part.stop - start])))
    return pieces


class SGD:
    """θ = θ - η g."""

    def __init__(self, parameters: FloatArray) -> None:
        self.slots: dict[str, FloatArray] = {}
        self.count = 0
        self._pieces = cut(parameters, self.slots)

    def step(self, parameters: FloatArray, grads: FloatArray, learning_rate: float) -> None:
        """One step against the gradient."""
        self.count += 1
        for part, (work,) in self._pieces:
            g = grads[part]
            np.multiply(g, learning_rate, out=work)
            parameters[part] -= work


class Momentum:
    """v = μ v + g; θ = θ - η v, with μ = 0.9.

    Source: Sutskever et al. (2013), without Nesterov's look-ahead.
    """

    def __init__(self, parameters: FloatArray) -> None:
        self.slots = {"velocity": np.zeros_like(parameters)}
        self.count = 0
        self._pieces = cut(parameters, self.slots)

    def step(self, parameters: FloatArray, grads: FloatArray, learning_rate: float) -> None:
        """One step along the velocity."""
        self.count += 1
        for part, (v, work) in self._pieces:
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
        self._pieces = cut(parameters, self.slots)

    def step(self, parameters: FloatArray, grads: FloatArray, learning_rate: float) -> None:
        """One step, shorter where gradients have been large."""
        self.count += 1
        for part, (s, work) in self._pieces:
            g = grads[part]
            np.multiply(g, g, out=work)
            s += work
            adaptive_step(parameters[part], learning_rate, g, s, 1e-10, work)


class RMSprop:
    """s = α s + (1 - α) g²; θ = θ - η g / (√s + ε), with α = 0.99 unless said, and ε = 1e-8.

    Source: Tieleman & Hinton (2012), lecture 6.5 of "Neural Networks for Machine Learning".
    """

    def __init__(self, parameters: FloatArray, alpha: float = 0.99) -> None:
        self.slots = {"square_mean": np.zeros_like(parameters)}
        self.count, self.alpha = 0, alpha
        self._pieces = cut(parameters, self.slots)

    def step(self, parameters: FloatArray, grads: FloatArray, learning_rate: float) -> None:
        """One step, shorter where gradients have lately been large."""
        self.count += 1
        for part, (s, work) in self._pieces:
            g = grads[part]
            s *= self.alpha
            np.multiply(g, g, out=work)
            work *= 1 - self.alpha
            s += work
            adaptive_step(parameters[part], learning_rate, g, s, 1e-8, work)


class Adam:
    """RMSprop with momentum, and a correction for both averages starting at zero.

    m = β₁ m + (1 - β₁) g = m + 0.1 (g - m); v = β₂ v + (1 - β₂) g² = v + 0.001 (g² - v);
    θ = θ - η m̂ / (√v̂ + ε), with m̂ = m / (1 - β₁ᵗ), v̂ = v / (1 - β₂ᵗ),
    β₁ = 0.9, β₂ = 0.999, ε = 1e-8.

    Source: Kingma & Ba (2015), algorithm 1.
    """

    def __init__(self, parameters: FloatArray) -> None:
        self.slots = {"mean": np.zeros_like(parameters), "square_mean": np.zeros_like(parameters)}
        self.count = 0
        self._pieces = cut(parameters, self.slots)
        # Arrays without axes: Python's numbers would be made arrays at every call.
        self._tenth, self._thousandth, self._rate, self._epsilon = (
            np.array(number, parameters.dtype) for number in (0.1, 0.001, 0, 0)
        )

    def step(self, parameters: FloatArray, grads: FloatArray, learning_rate: float) -> None:
        """One step of about the learning rate in every direction."""
        self.count += 1
        # Both corrections are numbers: η m̂ / (√v̂ + ε) = η' m / (√v + ε'), with c = √(1 - β₂ᵗ),
        # η' = η c / (1 - β₁ᵗ), ε' = ε c.
        c = math.sqrt(1 - 0.999**self.count)
        self._rate[()] = learning_rate * c / (1 - 0.9**self.count)
        self._epsilon[()] = 1e-8 * c
        for part, (m, v, work) in self._pieces:
            g = grads[part]
            # m += 0.1 * (g - m)
            np.subtract(g, m, out=work)
            work *= self._tenth
            m += work
            # v += 0.001 * (g ** 2 - v)
            np.multiply(g, g, out=work)
            work -= v
            work *= self._thousandth
            v += work
            adaptive_step(parameters[part], self._rate, m, v, self._epsilon, work)


class Decaying:
    """θ = (1 - η λ) θ, biases too; then another optimizer's step, which knows nothing of it.

    Source: Loshchilov & Hutter (2019), Decoupled Weight Decay Regularization.
    """

    def __init__(self, optimizer: Optimizer, weight_decay: float) -> None:
        self.optimizer, self.weight_decay = optimizer, weight_decay
        self.slots = optimizer.slots

    @property
    def count(self) -> int:
        """Steps taken."""
        return self.optimizer.count

    @count.setter
    def count(self, count: int) -> None:
        self.optimizer.count = count

    def step(self, parameters: FloatArray, grads: FloatArray, learning_rate: float) -> None:
        """One step from parameters that are a little smaller."""
        parameters *= 1 - learning_rate * self.weight_decay
        self.optimizer.step(parameters, grads, learning_rate)


def adaptive_step(
    parameters: FloatArray,
    rate: float | FloatArray,
    direction: FloatArray,
    squares: FloatArray,
    epsilon: float | FloatArray,
    work: FloatArray,
) -> None:
    """θ = θ - η d / (√s + ε)."""
    np.sqrt(squares, out=work)
    work += epsilon
    np.divide(direction, work, out=work)
    work *= rate
    parameters -= work
